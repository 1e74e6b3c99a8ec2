import assert from "node:assert/strict";
import { ensureEngine } from "../../../../tools/engine/engine.mjs";
import { Machine } from "../machine";

/** An address that refuses connections: nothing listens on port 1. */
const CLOSED_SITE = "http://127.0.0.1:1/";

describe("the sources of an engine", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const sourcesWithReason = async (): Promise<string[]> => {
    const error = await ensureEngine({ ...machine, site: CLOSED_SITE }).catch((reason: unknown) => reason);
    assert.ok(error instanceof Error);
    return [...error.message.matchAll(/^ {2}- (path|cache|download|go):/gm)].map((match) => match[1] ?? "");
  };

  it("tries PATH, the cache, the download and Go, in this order", async () => {
    assert.deepEqual(await sourcesWithReason(), ["path", "cache", "download", "go"]);
  });

  it("prefers the CLI on PATH to the cache", async () => {
    machine.pulumi("v3.259.0", { folder: machine.folder("cache/pulumi-rhombus/engine", engineName(), "bin") });
    machine.pulumi("v3.240.0");
    assert.equal((await ensureEngine(machine)).source, "path");
  });

  it("uses the cache if the CLI on PATH is too old", async () => {
    machine.pulumi("v3.259.0", { folder: machine.folder("cache/pulumi-rhombus/engine", engineName(), "bin") });
    machine.pulumi("v3.100.0");
    assert.deepEqual(await ensureEngine(machine), {
      bin: `${machine.engines}/${engineName()}/bin`,
      version: "3.259.0",
      source: "cache",
    });
  });

  it("tries only the sources in PULUMI_RHOMBUS_ENGINE, in that order", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "go, path";
    assert.deepEqual(await sourcesWithReason(), ["go", "path"]);
  });

  it("does not use the CLI on PATH if PULUMI_RHOMBUS_ENGINE is cache", async () => {
    machine.pulumi("v3.259.0");
    machine.env.PULUMI_RHOMBUS_ENGINE = "cache";
    await assert.rejects(ensureEngine(machine), /cache: .*lacks pulumi, pulumi-language-nodejs/);
  });

  it("refuses an unknown source", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "cache,docker";
    await assert.rejects(ensureEngine(machine), /"docker" is not one of path, cache, download, go/);
  });

  it("explains how to get an engine if there is none", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "path,go";
    await assert.rejects(
      ensureEngine(machine),
      /no pulumi on PATH\n.*no go on PATH\nWays to get one:\n.*install the Pulumi CLI/,
    );
  });
});

function engineName(): string {
  return `3.259.0-${process.platform}-${process.arch}`;
}
