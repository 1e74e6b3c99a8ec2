import assert from "node:assert/strict";
import { PartialError } from "../../../../provider/core/resource/partialError";
import { omitCallErrors, serveCall } from "../../../../provider/pulumi/serve/failures";

const redact = (text: string) => text.replaceAll("s3cr3t", "[secret]");

/** The error that the SDK receives when a call fails. */
function servedError(error: Error, inputs: object = {}): Promise<unknown> {
  return serveCall(redact, inputs, () => Promise.reject(error)).then(
    () => assert.fail("the call succeeded"),
    (reason: unknown) => reason,
  );
}

describe("A failed call", () => {
  it("that leaves something half done gives its reasons without secrets", async () => {
    const reasons = ["s3cr3t is not set", "nor is the one after s3cr3t"];
    const error = await servedError(new PartialError({ id: "1", state: {}, reasons }));
    assert.ok(error instanceof Error && "reasons" in error);
    assert.deepEqual(error.reasons, ["[secret] is not set", "nor is the one after [secret]"]);
    assert.equal(error.message, "[secret] is not set nor is the one after [secret]");
  });

  it("leaves no text in the console, whose other texts stay", async () => {
    const written: unknown[][] = [];
    const console = { error: (...texts: unknown[]) => void written.push(texts) };
    omitCallErrors(console);
    const error = await servedError(new Error("403"));
    assert.ok(error instanceof Error);
    // As the SDK writes it.
    console.error(`${error}: ${error.stack}`);
    const others = [["warning: rhombus: a"], [], [`${error}: ${error.stack}`, "b"], [`c ${error}: ${error.stack}`]];
    for (const texts of others) console.error(...texts);
    assert.deepEqual(written, others);
  });
});
