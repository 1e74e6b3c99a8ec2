import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { bringEngine } from "../../../../tools/engine/engine.mjs";
import { Machine } from "../machine";

const MAIN = path.join(__dirname, "../../../../tools/engine/main.mjs");
const ENGINE = `3.259.0-${process.platform}-${process.arch}`;

describe("the engine from Go modules", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    machine.env.PULUMI_RHOMBUS_ENGINE = "cache,go";
  });
  afterEach(() => machine.remove());

  it("builds the CLI and the language host, and adds the launcher", async () => {
    machine.go("3.259.0");
    const engine = await bringEngine(machine);
    assert.deepEqual(engine, { bin: path.join(machine.engines, ENGINE, "bin"), version: "3.259.0", source: "go" });
    assert.deepEqual(readdirSync(engine.bin).sort(), [
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("builds exactly what the committed sums pin, outside of any workspace", async () => {
    machine.go("3.259.0");
    await bringEngine(machine);
    const [cli, language, ...more] = machine.goCalls();
    assert.match(cli ?? "", /engine\/go\/cli\/? GOWORK=off build -mod=readonly -trimpath .*Version=3\.259\.0 /);
    assert.match(language ?? "", /engine\/go\/language\/? GOWORK=off build -mod=readonly .*pulumi-language-nodejs$/);
    assert.deepEqual(more, []);
  });

  it("is found in the cache the next time", async () => {
    machine.go("3.259.0");
    const built = await bringEngine(machine);
    assert.deepEqual(await bringEngine(machine), { ...built, source: "cache" });
    assert.equal(machine.goCalls().length, 2);
  });

  it("says what it does, for how long, and how long it has taken so far", async () => {
    machine.go("3.259.0");
    await bringEngine({ ...machine, progressEveryMs: 1 });
    assert.match(machine.lines[0] ?? "", /building the Pulumi CLI 3\.259\.0 from Go modules: about 5 minutes, once/);
    assert.ok(machine.lines.some((line) => /^ {2}the Pulumi CLI: \d+ s so far$/.test(line)));
    assert.ok(machine.lines.some((line) => /^ {2}the Node language host: done in \d+ s$/.test(line)));
  });

  it("quotes Go's words when the build fails, and leaves nothing behind", async () => {
    machine.go("", { instead: "echo 'go.mod requires go >= 1.25.11' >&2; exit 1" });
    await assert.rejects(
      bringEngine(machine),
      /go: the Pulumi CLI: failed \(exit 1\)\ngo\.mod requires go >= 1\.25\.11/,
    );
    assert.deepEqual(machine.cached(), []);
  });

  it("does not keep a CLI that reports another version", async () => {
    machine.go("3.1.0");
    await assert.rejects(bringEngine(machine), /holds 3\.1\.0 instead of 3\.259\.0/);
    assert.deepEqual(machine.cached(), []);
  });

  it("leaves one whole engine when two runs build at once", async () => {
    machine.go("3.259.0");
    const [one, other] = await Promise.all([bringEngine(machine), bringEngine(machine)]);
    assert.deepEqual(one, other);
    assert.deepEqual(machine.cached(), [ENGINE]);
    assert.equal((await bringEngine(machine)).source, "cache");
  });

  it("replaces an engine in the cache that has lost a program", async () => {
    machine.program("pulumi", "echo 3.259.0", machine.folder("cache/pulumi-rhombus/engine", ENGINE, "bin"));
    machine.go("3.259.0");
    assert.equal((await bringEngine(machine)).source, "go");
    assert.deepEqual(machine.cached(), [ENGINE]);
    assert.equal((await bringEngine(machine)).source, "cache");
  });

  it("removes its draft when it is told to stop, and tries no other way", () => {
    machine.go("", { instead: "kill -TERM $PPID; exec sleep 60" });
    const env = { ...machine.env, PULUMI_RHOMBUS_ENGINE: "go,path" };
    const run = spawnSync(process.execPath, [MAIN], { env, encoding: "utf8" });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /the Pulumi CLI: stopped by SIGTERM\n$/);
    assert.deepEqual(machine.cached(), []);
  });

  it("mistakes nothing that a killed build left for an engine, and sweeps it a day later", async () => {
    machine.go("", { instead: "kill -KILL $PPID" });
    spawnSync(process.execPath, [MAIN], { env: machine.env });
    const [draft = ""] = machine.cached();
    assert.match(draft, /^\.draft-/);
    machine.go("3.259.0");
    assert.equal((await bringEngine(machine)).source, "go");

    utimesSync(path.join(machine.engines, draft), 0, 0);
    machine.pulumi("v3.240.0");
    await bringEngine({ ...machine, env: { ...machine.env, PULUMI_RHOMBUS_ENGINE: "path" } });
    assert.ok(!machine.cached().includes(draft));
  });
});
