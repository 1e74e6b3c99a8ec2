import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../../provider";
import { shortenStackTraces } from "../../../../provider/pulumi/declare/stackTraces";
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

/** The remainder of a stack of plain functions and constructors, each given as its file and its name. */
function framesOf(stack: readonly string[]): string[] {
  let shown: string[] = [];
  Error.prepareStackTrace = (_error, frames) => {
    shown = frames.map((frame) => `${frame.getFunctionName()}`);
  };
  const undo = shortenStackTraces("RhombusResource");
  const frames = stack.map((each) => {
    const [file, name = ""] = each.split(" ");
    const isConstructor = /^[A-Z]/.test(name);
    return {
      getFileName: () => file,
      getFunctionName: () => name,
      isConstructor: () => isConstructor,
      isToplevel: () => true,
    };
  });
  Reflect.apply(Error.prepareStackTrace, Error, [new Error("x"), frames]);
  undo();
  return shown;
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

  it("do so also if a class of the program has the name of one of this package", () => {
    class RhombusResource {
      readonly group = new rhombus.AccessControlGroup("staff");
    }
    const declareOwn = () => new RhombusResource();
    const names = placeOf(declareOwn).map(({ name }) => name);
    assert.deepEqual(names.slice(0, 3), ["<instance_members_initializer>", "RhombusResource", "declareOwn"]);
  });

  it("leave out the frames that run the program, so that no state contains them", async () => {
    // As in a program with top-level await: only Node's own frames are further out.
    await new Promise(setImmediate);
    const place = placeOf(() => new rhombus.AccessControlGroup("staff"));
    assert.ok(place.length > 0);
    assert.equal(place.at(-1)?.file, __filename);
  });

  it("leave out the frames that load a module of the program", () => {
    const names = framesOf([
      ...["/n/@pulumi/pulumi/resource.js callsites", "/n/pulumi-rhombus/resource.js RhombusResource"],
      ...["/n/pulumi-rhombus/group.js AccessControlGroup", "/app/groups.js declare", "node:loader compile"],
      ...["/n/@pulumi/pulumi/vendor/ts-node.js load", "/app/index.js main", "/n/@pulumi/pulumi/cmd/run.js run"],
    ]);
    assert.deepEqual(names, ["callsites", "AccessControlGroup", "declare", "main"]);
  });

  it("include a function named get of a bundled program", () => {
    const names = framesOf([
      ...["/n/@pulumi/pulumi/resource.js callsites", "/app/bundle.js RhombusResource"],
      ...["/app/bundle.js AccessControlGroup", "/app/bundle.js get", "/app/bundle.js main"],
    ]);
    assert.deepEqual(names, ["callsites", "AccessControlGroup", "get", "main"]);
  });

  it("are unchanged for a function of the program with the name of one of the SDK", () => {
    notingTraces();
    const stacks: unknown[] = [];
    const debuggablePromise = () => new Error("here").stack;
    const note: pulumi.ResourceTransformation = () => {
      stacks.push(debuggablePromise());
      return undefined;
    };
    new rhombus.AccessControlGroup("staff", {}, { transformations: [note] });
    assert.deepEqual(stacks, ["Error: here with its source"]);
  });

  it("respect a function that the program installs meanwhile, or that cannot be replaced", () => {
    notingTraces();
    const own = () => "of the program";
    const replace: pulumi.ResourceTransformation = () => {
      Error.prepareStackTrace = own;
      return undefined;
    };
    new rhombus.AccessControlGroup("staff", {}, { transformations: [replace] });
    assert.equal(Error.prepareStackTrace, own);
    Object.defineProperty(Error, "prepareStackTrace", { writable: false });
    new rhombus.AccessControlGroup("guests");
    Object.defineProperty(Error, "prepareStackTrace", { writable: true });
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
