import assert from "node:assert/strict";
import * as rhombus from "../../provider";
import { mockEngine } from "./mocked";

const { prepareStackTrace } = Error;

/** Notes who asked for a stack, in place of a program's source maps. */
function notingTraces(): string[] {
  const askers: string[] = [];
  Error.prepareStackTrace = (error, frames) => {
    askers.push(frames[0]?.getFunctionName() ?? "");
    return `${error} with its source`;
  };
  return askers;
}

describe("declaring a resource where stacks cost much", () => {
  beforeEach(async () => {
    await mockEngine();
  });
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });

  it("works out no stack for the SDK's promises, and that of the resource's place", () => {
    const askers = notingTraces();
    new rhombus.AccessControlGroup("staff");
    assert.ok(!askers.includes("debuggablePromise"), askers.join(", "));
    assert.ok(askers.includes("callsites"), askers.join(", "));
  });

  it("leaves stacks to others as they were, also when the SDK refuses the resource", () => {
    notingTraces();
    const before = Error.prepareStackTrace;
    assert.throws(() => new rhombus.AccessControlGroup(""), /Missing resource name/);
    assert.equal(Error.prepareStackTrace, before);
    assert.equal(new Error("later").stack, "Error: later with its source");
  });

  it("gives what the SDK throws its stack", () => {
    notingTraces();
    assert.throws(() => new rhombus.AccessControlGroup(""), { stack: /Missing resource name.* with its source/ });
  });

  it("changes nothing where nobody works stacks out", () => {
    Reflect.set(Error, "prepareStackTrace", undefined);
    new rhombus.AccessControlGroup("staff");
    assert.equal(Error.prepareStackTrace, undefined);
  });
});
