import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { redactUncaught } from "../../provider/pulumi/uncaught";

const redact = (text: string) => text.replaceAll("s3cr3t", "[secret]");

describe("an error that nobody has caught", () => {
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    it(`is without secrets when the SDK's listeners for ${event} print it`, () => {
      const [process, printed]: [EventEmitter, unknown[]] = [new EventEmitter(), []];
      process.on(event, (error: Error) => printed.push(error.message, error.stack));
      redactUncaught(process, redact);
      process.emit(event, new TypeError("no s3cr3t"));
      assert.equal(printed[0], "no [secret]");
      assert.match(String(printed[1]), /^TypeError: no \[secret\]\n\s+at /);
    });

    it(`ends the process as before, where nobody listens for ${event}`, () => {
      const process = new EventEmitter();
      redactUncaught(process, redact);
      assert.equal(process.listenerCount(event), 0);
    });
  }

  it("is left alone when it is no error, or cannot be changed", () => {
    const [process, printed]: [EventEmitter, unknown[]] = [new EventEmitter(), []];
    process.on("uncaughtException", (error) => printed.push(error));
    redactUncaught(process, redact);
    const strange = [undefined, "a text", Object.freeze(new Error("s3cr3t"))];
    for (const error of strange) process.emit("uncaughtException", error);
    assert.deepEqual(printed, strange);
  });
});
