import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { redactUncaught } from "../../../../provider/pulumi/serve/uncaught";

const redact = (text: string) => text.replaceAll("s3cr3t", "[secret]");
const events = ["uncaughtException", "unhandledRejection"] as const;

/** The text that the SDK's listener writes. */
const printed = (thrown: unknown) => String(Object(thrown).stack || Object(thrown).message || thrown);

describe("an uncaught error", () => {
  it("has no secrets for the SDK's listeners, whatever was thrown, and is shown once", () => {
    const thrown: unknown[] = [
      new TypeError("no s3cr3t"),
      "a text with s3cr3t",
      Object.freeze(new Error("s3cr3t")),
      { message: "an object with s3cr3t" },
      { toString: () => "s3cr3t as a text" },
      new AggregateError([new Error("s3cr3t")], "several: s3cr3t"),
    ];
    for (const [event, other] of [events, [...events].reverse()]) {
      const [process, received]: [EventEmitter, Set<unknown>] = [new EventEmitter(), new Set()];
      for (const each of events) process.on(each, (error) => received.add(error));
      redactUncaught(process, redact);
      for (const each of thrown) for (const name of [event, other]) process.emit(`${name}`, each, Promise.resolve());
      assert.equal(received.size, thrown.length, "each is shown once");
      for (const each of received) assert.doesNotMatch(printed(each), /s3cr3t/);
      assert.match(printed([...received][0]), /^TypeError: no \[secret\]\n\s+at /);
    }
  });

  it("ends the process as before if there are no listeners", () => {
    const process = new EventEmitter();
    redactUncaught(process, redact);
    for (const event of events) assert.equal(process.listenerCount(event), 0);
  });

  it("is unchanged if it contains no secret", () => {
    const [process, received]: [EventEmitter, unknown[]] = [new EventEmitter(), []];
    process.on("uncaughtException", (error) => received.push(error));
    redactUncaught(process, redact);
    const strange = [undefined, null, 4, {}, new Error("nothing secret")];
    for (const error of strange) process.emit("uncaughtException", error);
    for (const [index, error] of strange.entries()) assert.equal(received[index], error);
  });
});
