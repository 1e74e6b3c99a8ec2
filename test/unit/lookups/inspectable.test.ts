import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { endRuns, refusalOf, run } from "./run";

const usersFrame = "    at main (/project/index.ts:3:1)";
const ownFrame = "    at lookUp (/project/node_modules/pulumi-rhombus/provider/lookups/lookup.ts:1:1)";
const strayFrames = [
  "    at applyHelperAsync (/project/node_modules/@pulumi/output.ts:516:25)",
  "    at async C:\\project\\node_modules\\@pulumi\\output.ts:516:25",
  "    at /project/node_modules/index.ts:1:1",
  "    at /project/node_modules/@index.ts:1:1",
];

describe("the stack of a look-up's error", () => {
  const { prepareStackTrace } = Error;
  // As Pulumi maps stacks to the sources that its own source maps name.
  beforeEach(() => {
    Error.prepareStackTrace = (error) => [error, ownFrame, ...strayFrames, usersFrame].join("\n");
  });
  afterEach(async () => {
    Error.prepareStackTrace = prepareStackTrace;
    await endRuns();
  });

  it("has no frame that hangs Node while it colours the stack, and keeps the others", async () => {
    await run();
    const { message, stack } = await refusalOf(rhombus.getLocation({ name: "Nowhere" }));
    assert.equal(stack, `LookupError: ${message}\n${ownFrame}\n${usersFrame}`);
  });

  it("leaves such frames out of its cause too", async () => {
    const emulator = await run();
    emulator.fail({ operation: "getLocations", with: { kind: "status", status: 500 } });
    const { cause } = await refusalOf(rhombus.getLocation({ name: "Nowhere" }));
    assert.ok(cause instanceof Error);
    assert.match(cause.stack ?? "", /^RhombusError: getLocations failed/);
    assert.deepEqual(cause.stack?.split("\n").slice(1), [ownFrame, usersFrame]);
  });

  it("keeps a message of several lines, whatever it says of node_modules", async () => {
    await run();
    const name = "a\n  b/node_modules/c";
    const { message, stack } = await refusalOf(rhombus.getLocation({ name }));
    assert.ok(stack?.startsWith(`LookupError: ${message}\n`), stack);
  });
});
