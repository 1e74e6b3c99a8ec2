import assert from "node:assert/strict";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { ensureEngine } from "../../../../tools/engine/engine.mjs";
import { Machine } from "../machine";

describe("the engine from PATH", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    machine.env.PULUMI_RHOMBUS_ENGINE = "path";
  });
  afterEach(() => machine.remove());

  it("uses a CLI of 3.216 or newer", async () => {
    for (const version of ["3.216.0", "3.259.0", "3.300.1-alpha.5"]) {
      machine.pulumi(`v${version}`);
      const engine = await ensureEngine(machine);
      assert.deepEqual([engine.version, engine.source], [version, "path"]);
    }
    machine.pulumi("3.259.0");
    assert.equal((await ensureEngine(machine)).version, "3.259.0");
  });

  it("does not use an older CLI, another major version, or one that reports no version", async () => {
    for (const output of ["v3.215.9", "v3.216.0-alpha.1", "v2.300.0", "v4.0.0", "dev build"]) {
      machine.pulumi(`"${output}"`);
      await assert.rejects(ensureEngine(machine), new RegExp(`is ${output}; needed is 3\\.216\\.0 or newer`));
    }
  });

  it("links the CLI and its plugins, and no other program of their folder", async () => {
    machine.pulumi("v3.240.0");
    machine.program("node", "echo an old Node");
    machine.program("pulumi-language-yaml", "echo official");
    const { bin } = await ensureEngine(machine);
    assert.deepEqual(readdirSync(bin).sort(), [
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-language-yaml",
      "pulumi-resource-pulumi-nodejs",
    ]);
    assert.equal(realpathSync(path.join(bin, "pulumi")), realpathSync(path.join(machine.bin, "pulumi")));
  });

  it("uses the launcher of the distribution, or adds one", async () => {
    for (const [without, text] of [
      ["", /echo official/],
      ["pulumi-resource-pulumi-nodejs", /@pulumi\/pulumi\/cmd\/dynamic-provider/],
    ] as const) {
      machine.pulumi("v3.240.0", { folder: machine.folder(`bin${without}`), without });
      machine.env.PATH = machine.folder(`bin${without}`);
      const { bin } = await ensureEngine(machine);
      assert.match(readFileSync(path.join(bin, "pulumi-resource-pulumi-nodejs"), "utf8"), text);
    }
  });

  it("finds a plugin in another folder of PATH", async () => {
    const elsewhere = machine.folder("elsewhere");
    machine.pulumi("v3.240.0", { without: "pulumi-language-nodejs" });
    machine.program("pulumi-language-nodejs", "echo official", elsewhere);
    machine.env.PATH = `${machine.bin}${path.delimiter}${elsewhere}`;
    assert.ok(readdirSync((await ensureEngine(machine)).bin).includes("pulumi-language-nodejs"));
  });

  it("does not use a CLI without the Node language host", async () => {
    machine.pulumi("v3.240.0", { without: "pulumi-language-nodejs" });
    await assert.rejects(ensureEngine(machine), /pulumi comes without pulumi-language-nodejs/);
  });

  it("returns the same folder the second time", async () => {
    machine.pulumi("v3.240.0");
    const first = await ensureEngine(machine);
    assert.deepEqual(await ensureEngine(machine), first);
    assert.equal(machine.cached().length, 1);
  });
});
