import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { toLookupError } from "../../../provider/lookups/define/lookupError";
import { endRuns, errorOf, run } from "./run";

const usersFrame = "    at main (/project/index.ts:3:1)";
const ownFrame = "    at lookUp (/project/node_modules/pulumi-rhombus/provider/lookups/lookup.ts:1:1)";
const nodeFrame = "    at processTicksAndRejections (node:internal/process/task_queues:95:5)";
const hangingFrames = [
  "    at applyHelperAsync (/project/node_modules/@pulumi/output.ts:516:25)",
  "    at async C:\\project\\node_modules\\@pulumi\\output.ts:516:25",
  "    at /project/node_modules/index.ts:1:1",
  "    at /project/node_modules/@index.ts:1:1",
];

describe("the stack of a look-up's error", () => {
  const { prepareStackTrace } = Error;
  // Stacks as Pulumi maps them with its own source maps.
  beforeEach(() => {
    Error.prepareStackTrace = (error) => [error, ownFrame, nodeFrame, ...hangingFrames, usersFrame].join("\n");
  });
  afterEach(async () => {
    Error.prepareStackTrace = prepareStackTrace;
    await endRuns();
  });

  it("has the frames of the program only; so has its cause", async () => {
    const emulator = await run();
    const { message, stack } = await errorOf(rhombus.getLocation({ name: "Nowhere" }));
    assert.equal(stack, `LookupError: ${message}\n${usersFrame}`);
    emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 500 } });
    const { cause } = await errorOf(rhombus.getUsers());
    assert.ok(cause instanceof Error);
    assert.match(cause.stack ?? "", /^RhombusError: Try again later: .* getUsersInOrg failed/);
    assert.deepEqual(cause.stack?.split("\n").slice(1), [usersFrame]);
  });

  it("has no frame on which Node hangs while it colours the stack if it is another error, but all others", () => {
    const { stack } = Object(toLookupError("getUsers", new TypeError("a mistake"), String));
    assert.equal(stack, ["TypeError: a mistake", ownFrame, nodeFrame, usersFrame].join("\n"));
  });

  it("has the whole message, even if it has several lines and contains node_modules", async () => {
    await run();
    const name = "a\n  b/node_modules/c";
    const { message, stack } = await errorOf(rhombus.getLocation({ name }));
    assert.ok(stack?.startsWith(`LookupError: ${message}\n`), stack);
  });
});
