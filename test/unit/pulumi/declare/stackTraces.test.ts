import assert from "node:assert/strict";
import * as rhombus from "../../../../provider";
import { mockEngine } from "../mocked";

const { prepareStackTrace } = Error;

interface Frame {
  readonly name: string | null;
  readonly file: string | null;
}

/** Stacks in place of those that a program's source maps give: for each, its frames, innermost first. */
function notingTraces(): Frame[][] {
  const traces: Frame[][] = [];
  Error.prepareStackTrace = (error, frames) => {
    traces.push(frames.map((frame) => ({ name: frame.getFunctionName(), file: frame.getFileName() ?? null })));
    return `${error} with its source`;
  };
  return traces;
}

/** The stack in which the SDK looks for the place of a resource, without what the SDK leaves out of it. */
function placeOf(declare: () => unknown): Frame[] {
  const traces = notingTraces();
  declare();
  const trace = traces.find(([asker]) => asker?.name === "callsites") ?? assert.fail("The SDK asks for no place.");
  return trace.slice(["callsites", "stackTrace", "Resource", "CustomResource", "a class that extends it"].length);
}

describe("The stack traces of a declared resource", () => {
  beforeEach(async () => {
    await mockEngine();
  });
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });

  it("are computed for the place of the resource, and for the SDK's promises only when leaks are searched", () => {
    const traces = notingTraces();
    new rhombus.AccessControlGroup("staff");
    const callers = () => traces.map(([caller]) => caller?.name);
    assert.deepEqual([callers().includes("callsites"), callers().includes("debuggablePromise")], [true, false]);
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
    new rhombus.AccessControlGroup("guests");
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    assert.ok(callers().includes("debuggablePromise"));
  });

  it("show where the program declares the resource, not this package", () => {
    const declareStaff = () => new rhombus.AccessControlGroup("staff");
    assert.equal(placeOf(declareStaff)[0]?.name, "declareStaff");
    const getStaff = () => rhombus.AccessControlGroup.get("staff", "eEx5WcmeQESyjjDjBtKsKQ");
    assert.equal(placeOf(getStaff)[0]?.name, "getStaff");
    const declareProvider = () => new rhombus.Provider("second", { apiKey: "k" });
    assert.equal(placeOf(declareProvider)[0]?.name, "declareProvider");
  });

  it("leave out the frames that run the program, so that no state holds them", async () => {
    // As in a program with top-level await: only Node's own frames are further out.
    await new Promise(setImmediate);
    const place = placeOf(() => new rhombus.AccessControlGroup("staff"));
    assert.ok(place.length > 0);
    assert.equal(place.at(-1)?.file, __filename);
  });

  it("are restored afterwards, also if the SDK refuses the resource", () => {
    notingTraces();
    const before = Error.prepareStackTrace;
    assert.throws(() => new rhombus.AccessControlGroup(""), { stack: /Missing resource name.* with its source/ });
    assert.equal(Error.prepareStackTrace, before);
    assert.equal(new Error("later").stack, "Error: later with its source");
  });

  it("are unchanged if no function prepares them", () => {
    Reflect.set(Error, "prepareStackTrace", undefined);
    new rhombus.AccessControlGroup("staff");
    assert.equal(Error.prepareStackTrace, undefined);
  });
});
