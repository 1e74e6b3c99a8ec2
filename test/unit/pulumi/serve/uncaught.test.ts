import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { redactUncaught } from "../../../../provider/pulumi/serve/uncaught";

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

  it("is without secrets also when it is no error, or cannot be changed", () => {
    const thrown: unknown[] = [
      "a text with s3cr3t",
      Object.freeze(new Error("s3cr3t")),
      { message: "an object with s3cr3t" },
      { toString: () => "s3cr3t as a text" },
      new AggregateError([new Error("s3cr3t")], "several: s3cr3t"),
      {
        get stack() {
          throw new Error("s3cr3t");
        },
      },
    ];
    for (const [event, other] of [
      ["uncaughtException", "unhandledRejection"],
      ["unhandledRejection", "uncaughtException"],
    ] as const) {
      const [process, printed]: [EventEmitter, Set<unknown>] = [new EventEmitter(), new Set()];
      for (const each of [event, other]) process.on(each, (error) => printed.add(error));
      redactUncaught(process, redact);
      for (const each of thrown) for (const name of [event, other]) process.emit(name, each, Promise.resolve());
      assert.equal(printed.size, thrown.length, "each is shown once");
      for (const each of printed) assert.doesNotMatch(printedBySdk(each), /s3cr3t/);
    }
  });

  it("is left alone when it has no text", () => {
    const [process, printed]: [EventEmitter, unknown[]] = [new EventEmitter(), []];
    process.on("uncaughtException", (error) => printed.push(error));
    redactUncaught(process, redact);
    const strange = [undefined, null, 4, {}, new Error("nothing secret")];
    for (const error of strange) process.emit("uncaughtException", error);
    assert.deepEqual(printed, strange);
    assert.equal(printed.at(-1), strange.at(-1));
  });
});

function printedBySdk(thrown: unknown): string {
  const { stack, message } = Object(thrown);
  return String(stack || message || thrown);
}
