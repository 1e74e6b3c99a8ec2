import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { ensureEngine } from "../../../../tools/engine/engine.mjs";
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

  it("builds the CLI and the language host with the committed checksums, and adds the launcher, once", async () => {
    machine.go("3.259.0");
    const engine = await ensureEngine(machine);
    assert.deepEqual(engine, { bin: path.join(machine.engines, ENGINE, "bin"), version: "3.259.0", source: "go" });
    const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
    assert.deepEqual(readdirSync(engine.bin).sort(), programs);
    assert.deepEqual(await ensureEngine(machine), { ...engine, source: "cache" });
    const [cli, language, ...more] = machine.callsOf("go");
    assert.match(cli ?? "", /engine\/go\/cli\/? GOWORK=off build -mod=readonly -trimpath .*Version=3\.259\.0 /);
    assert.match(language ?? "", /engine\/go\/language\/? GOWORK=off build -mod=readonly .*pulumi-language-nodejs$/);
    assert.deepEqual(more, []);
  });

  it("reports what it does, how long that takes, and the elapsed time", async () => {
    machine.go("3.259.0");
    await ensureEngine({ ...machine, progressEveryMs: 1 });
    assert.match(machine.lines[0] ?? "", /building the Pulumi CLI 3\.259\.0 from Go modules: about 5 minutes, once/);
    assert.ok(machine.lines.some((line) => /^ {2}the Pulumi CLI: \d+ s so far$/.test(line)));
    assert.ok(machine.lines.some((line) => /^ {2}the Node language host: done in \d+ s$/.test(line)));
  });

  it("quotes Go if the build fails, and leaves no files", async () => {
    machine.go("", { instead: "echo 'go.mod requires go >= 1.25.11' >&2; exit 1" });
    await assert.rejects(
      ensureEngine(machine),
      /go: the Pulumi CLI: failed \(exit 1\)\ngo\.mod requires go >= 1\.25\.11/,
    );
    assert.deepEqual(machine.cached(), []);
  });

  it("does not store a CLI that reports another version", async () => {
    machine.go("3.1.0");
    await assert.rejects(ensureEngine(machine), /holds 3\.1\.0 instead of 3\.259\.0/);
    assert.deepEqual(machine.cached(), []);
  });

  it("leaves one complete engine if two runs build at the same time", async () => {
    machine.go("3.259.0");
    const [one, other] = await Promise.all([ensureEngine(machine), ensureEngine(machine)]);
    assert.deepEqual(one, other);
    assert.deepEqual(machine.cached(), [ENGINE]);
    assert.equal((await ensureEngine(machine)).source, "cache");
  });

  it("replaces an engine in the cache if a program is missing", async () => {
    machine.program("pulumi", "echo 3.259.0", machine.folder("cache/pulumi-rhombus/engine", ENGINE, "bin"));
    machine.go("3.259.0");
    assert.equal((await ensureEngine(machine)).source, "go");
    assert.deepEqual(machine.cached(), [ENGINE]);
    assert.equal((await ensureEngine(machine)).source, "cache");
  });

  it("removes its draft when a signal stops it, and tries no other source", () => {
    machine.go("", { instead: "kill -TERM $PPID; exec sleep 60" });
    const env = { ...machine.env, PULUMI_RHOMBUS_ENGINE: "go,path" };
    const run = spawnSync(process.execPath, [MAIN], { env, encoding: "utf8" });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /the Pulumi CLI: stopped by SIGTERM\n$/);
    assert.deepEqual(machine.cached(), []);
  });

  it("does not use the draft of a killed build, and removes it a day later", async () => {
    machine.go("", { instead: "kill -KILL $PPID" });
    spawnSync(process.execPath, [MAIN], { env: machine.env });
    const [draft = ""] = machine.cached();
    assert.match(draft, /^\.draft-/);
    machine.go("3.259.0");
    assert.equal((await ensureEngine(machine)).source, "go");

    utimesSync(path.join(machine.engines, draft), 0, 0);
    machine.pulumi("v3.240.0");
    await ensureEngine({ ...machine, env: { ...machine.env, PULUMI_RHOMBUS_ENGINE: "path" } });
    assert.ok(!machine.cached().includes(draft));
  });
});
