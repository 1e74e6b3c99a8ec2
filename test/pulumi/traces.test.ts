import assert from "node:assert/strict";
import * as rhombus from "../../provider";
import { mockEngine } from "./mocked";

const { prepareStackTrace } = Error;

/** Stacks in place of those that a program's source maps give: for each, the functions that it names, innermost first. */
function notingTraces(): (string | null)[][] {
  const traces: (string | null)[][] = [];
  Error.prepareStackTrace = (error, frames) => {
    traces.push(frames.map((frame) => frame.getFunctionName()));
    return `${error} with its source`;
  };
  return traces;
}

/** The stack in which the SDK looks for the place of a resource, without what the SDK leaves out of it. */
function placeOf(declare: () => unknown): (string | null)[] {
  const traces = notingTraces();
  declare();
  const trace = traces.find(([asker]) => asker === "callsites") ?? assert.fail("The SDK has not looked for a place.");
  return trace.slice(["callsites", "stackTrace", "Resource", "CustomResource", "a class that extends it"].length);
}

describe("declaring a resource where stacks cost much", () => {
  beforeEach(async () => {
    await mockEngine();
  });
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });

  it("works out no stack for the SDK's promises, and that of the resource's place", () => {
    const traces = notingTraces();
    new rhombus.AccessControlGroup("staff");
    const askers = traces.map(([asker]) => asker);
    assert.ok(!askers.includes("debuggablePromise"), askers.join(", "));
    assert.ok(askers.includes("callsites"), askers.join(", "));
  });

  it("says that a resource stands where the program declares it, not in this package", () => {
    const declareStaff = () => new rhombus.AccessControlGroup("staff");
    assert.equal(placeOf(declareStaff)[0], "declareStaff");
    const declareProvider = () => new rhombus.Provider("second", { apiKey: "k" });
    assert.equal(placeOf(declareProvider)[0], "declareProvider");
  });

  it("says so also where a class of the program is called like one of this package", () => {
    class RhombusResource {
      readonly group = new rhombus.AccessControlGroup("staff");
    }
    const declareOwn = () => new RhombusResource();
    assert.deepEqual(placeOf(declareOwn).slice(0, 3), [
      "<instance_members_initializer>",
      "RhombusResource",
      "declareOwn",
    ]);
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
