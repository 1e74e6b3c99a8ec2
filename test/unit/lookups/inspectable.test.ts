import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { endRuns, errorOf, run } from "./run";

const usersFrame = "    at main (/project/index.ts:3:1)";
const ownFrame = "    at lookUp (/project/node_modules/pulumi-rhombus/provider/lookups/lookup.ts:1:1)";
const removedFrames = [
  "    at applyHelperAsync (/project/node_modules/@pulumi/output.ts:516:25)",
  "    at async C:\\project\\node_modules\\@pulumi\\output.ts:516:25",
  "    at /project/node_modules/index.ts:1:1",
  "    at /project/node_modules/@index.ts:1:1",
];

describe("the stack of a look-up's error", () => {
  const { prepareStackTrace } = Error;
  // Stacks as Pulumi maps them with its own source maps.
  beforeEach(() => {
    Error.prepareStackTrace = (error) => [error, ownFrame, ...removedFrames, usersFrame].join("\n");
  });
  afterEach(async () => {
    Error.prepareStackTrace = prepareStackTrace;
    await endRuns();
  });

  it("has no frame on which Node hangs while it colours the stack, but all others; neither has its cause", async () => {
    const emulator = await run();
    const { message, stack } = await errorOf(rhombus.getLocation({ name: "Nowhere" }));
    assert.equal(stack, `LookupError: ${message}\n${ownFrame}\n${usersFrame}`);
    emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 500 } });
    const { cause } = await errorOf(rhombus.getUsers());
    assert.ok(cause instanceof Error);
    assert.match(cause.stack ?? "", /^RhombusError: getUsersInOrg failed/);
    assert.deepEqual(cause.stack?.split("\n").slice(1), [ownFrame, usersFrame]);
  });

  it("has the whole message, even if it has several lines and contains node_modules", async () => {
    await run();
    const name = "a\n  b/node_modules/c";
    const { message, stack } = await errorOf(rhombus.getLocation({ name }));
    assert.ok(stack?.startsWith(`LookupError: ${message}\n`), stack);
  });
});
