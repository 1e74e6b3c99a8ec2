import assert from "node:assert/strict";
import { bringEngine } from "../../../../tools/engine/engine.mjs";
import { Machine } from "../machine";

/** Refuses connections at once: nothing listens on port 1. */
const CLOSED_SITE = "http://127.0.0.1:1/";

describe("the choice of an engine", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const reasonsNamed = async (): Promise<string[]> => {
    const error = await bringEngine({ ...machine, site: CLOSED_SITE }).catch((reason: unknown) => reason);
    assert.ok(error instanceof Error);
    return [...error.message.matchAll(/^ {2}- (path|cache|download|go):/gm)].map((match) => match[1] ?? "");
  };

  it("tries PATH, the cache, the download and Go, in this order", async () => {
    assert.deepEqual(await reasonsNamed(), ["path", "cache", "download", "go"]);
  });

  it("prefers the CLI on PATH to the cache", async () => {
    machine.pulumi("v3.259.0", { folder: machine.folder("cache/pulumi-rhombus/engine", engineName(), "bin") });
    machine.pulumi("v3.240.0");
    assert.equal((await bringEngine(machine)).source, "path");
  });

  it("takes the cache where the CLI on PATH is too old", async () => {
    machine.pulumi("v3.259.0", { folder: machine.folder("cache/pulumi-rhombus/engine", engineName(), "bin") });
    machine.pulumi("v3.100.0");
    assert.deepEqual(await bringEngine(machine), {
      bin: `${machine.engines}/${engineName()}/bin`,
      version: "3.259.0",
      source: "cache",
    });
  });

  it("tries only what PULUMI_RHOMBUS_ENGINE names, in its order", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "go, path";
    assert.deepEqual(await reasonsNamed(), ["go", "path"]);
  });

  it("does not take the CLI on PATH when told cache", async () => {
    machine.pulumi("v3.259.0");
    machine.env.PULUMI_RHOMBUS_ENGINE = "cache";
    await assert.rejects(bringEngine(machine), /cache: .*lacks pulumi, pulumi-language-nodejs/);
  });

  it("refuses a way that does not exist", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "cache,docker";
    await assert.rejects(bringEngine(machine), /"docker" is not one of path, cache, download, go/);
  });

  it("says how to get an engine when there is none", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "path,go";
    await assert.rejects(
      bringEngine(machine),
      /no pulumi on PATH\n.*no go on PATH\nWays to get one:\n.*install the Pulumi CLI/,
    );
  });
});

function engineName(): string {
  return `3.259.0-${process.platform}-${process.arch}`;
}
