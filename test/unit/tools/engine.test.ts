import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { ensureEngine } from "../../../tools/engine/engine.mjs";
import { Machine } from "./machine";

const TOOLS = path.join(__dirname, "../../../tools/engine");
const MAIN = path.join(TOOLS, "main.mjs");
const ENGINE = `3.259.0-${process.platform}-${process.arch}`;
const PROGRAMS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("the Pulumi CLI for the tests", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const from = (sources: string, options: Parameters<typeof ensureEngine>[0] = {}) =>
    ensureEngine({ ...machine, env: { ...machine.env, PULUMI_RHOMBUS_ENGINE: sources }, ...options });

  describe("by its sources", () => {
    for (const [selection, expected] of [
      ["", ["path", "cache", "download", "go"]],
      ["go, path", ["go", "path"]],
    ] as const) {
      it(`tries ${expected.join(", ")} if PULUMI_RHOMBUS_ENGINE is "${selection}", and explains how to get one`, async () => {
        // Nothing listens on port 1.
        const error = await from(selection, { site: "http://127.0.0.1:1/" }).catch((reason: unknown) => reason);
        assert.ok(error instanceof Error);
        const tried = [...error.message.matchAll(/^ {2}- (path|cache|download|go):/gm)].map(([, source]) => source);
        assert.deepEqual(tried, expected);
        assert.match(error.message, /no pulumi on PATH\n[\s\S]*Ways to get one:\n.*install the Pulumi CLI/);
      });
    }

    it("refuses an unknown source", async () => {
      await assert.rejects(from("cache,docker"), /"docker" is not one of path, cache, download, go/);
    });
  });

  describe("from PATH", () => {
    it("is used if it is 3.216 or newer", async () => {
      for (const output of ["v3.216.0", "v3.259.0", "v3.300.1-alpha.5", "3.259.0"]) {
        machine.pulumi(output);
        const { version, source } = await from("path");
        assert.deepEqual([version, source], [output.replace("v", ""), "path"]);
      }
    });

    it("is not used if it is older, of another major version, or reports no version", async () => {
      for (const output of ["v3.215.9", "v3.216.0-alpha.1", "v2.300.0", "v4.0.0", "dev build"]) {
        machine.pulumi(`"${output}"`);
        await assert.rejects(from("path"), new RegExp(`is ${output}; needed is 3\\.216\\.0 or newer`));
      }
    });

    it("is linked with its plugins, and no other program of their folder, once", async () => {
      machine.pulumi("v3.240.0", { without: "pulumi-language-nodejs" });
      await assert.rejects(from("path"), /pulumi comes without pulumi-language-nodejs/);
      const elsewhere = machine.folder("elsewhere");
      machine.program("pulumi-language-nodejs", "echo official", elsewhere);
      machine.program("node", "echo an old Node");
      machine.program("pulumi-language-yaml", "echo official");
      machine.env.PATH = `${machine.bin}${path.delimiter}${elsewhere}`;
      const engine = await from("path");
      assert.deepEqual(readdirSync(engine.bin).sort(), [...PROGRAMS, "pulumi-language-yaml"].sort());
      const [linked, installed] = [engine.bin, machine.bin].map((bin) => realpathSync(path.join(bin, "pulumi")));
      assert.equal(linked, installed);
      assert.deepEqual(await from("path"), engine);
      assert.equal(machine.cached().length, 1);
    });

    for (const [without, text] of [
      ["", /echo official/],
      ["pulumi-resource-pulumi-nodejs", /@pulumi\/pulumi\/cmd\/dynamic-provider/],
    ] as const) {
      it(`has a launcher if the distribution lacks "${without}"`, async () => {
        machine.pulumi("v3.240.0", { without });
        const { bin } = await from("path");
        assert.match(readFileSync(path.join(bin, "pulumi-resource-pulumi-nodejs"), "utf8"), text);
      });
    }
  });

  describe("by download", () => {
    /** Writes the programs to `<root>/bin`, like the official installer. */
    const INSTALLER = `
import { writeFileSync } from "node:fs";
const [root, version] = process.argv.slice(2);
for (const name of ["pulumi", "pulumi-language-nodejs"]) {
  writeFileSync(root + "/bin/" + name, "#!/bin/sh\\necho v" + version + "\\n", { mode: 0o755 });
}`;
    let server: Server;
    let requests: string[];
    let status: number;
    beforeEach((done) => {
      requests = [];
      status = 200;
      server = createServer((request, response) => {
        requests.push(`${request.method} ${request.url}`);
        response.writeHead(status).end();
      }).listen(0, "127.0.0.1", done);
    });
    afterEach((done) => {
      server.close(done);
    });

    const download = (script: string) => {
      const address = server.address();
      assert.ok(address && typeof address === "object");
      const installer = path.join(machine.root, "installer.mjs");
      writeFileSync(installer, script);
      return from("download", { site: `http://127.0.0.1:${address.port}/install`, installer });
    };

    it("is installed into the cache after the site has answered", async () => {
      const { source, bin } = await download(INSTALLER);
      assert.deepEqual([requests, source], [["HEAD /install"], "download"]);
      assert.ok(bin.startsWith(machine.engines));
      assert.match(machine.lines[0] ?? "", /downloading the Pulumi CLI 3\.259\.0: about a minute, once/);
      assert.deepEqual(readdirSync(bin).sort(), PROGRAMS);
    });

    it("is not tried if the site refuses", async () => {
      status = 403;
      await assert.rejects(download("process.exit(1)"), /download: the download site answers 403/);
      assert.deepEqual(machine.cached(), []);
    });

    it("quotes a failed installer, and leaves no files", async () => {
      const broken = "console.error('no such release'); process.exit(3)";
      await assert.rejects(download(broken), /download: the download: failed \(exit 3\)\nno such release/);
      assert.deepEqual(machine.cached(), []);
    });

    it("calls the Automation API, which downloads nothing if the version is already installed", () => {
      machine.pulumi("v3.259.0", { folder: machine.folder("installed", "bin") });
      const args = [path.join(TOOLS, "install.mjs"), path.join(machine.root, "installed"), "3.259.0"];
      const run = spawnSync(process.execPath, args, { env: machine.env, encoding: "utf8" });
      assert.deepEqual([run.stderr, run.status], ["", 0]);
    });
  });

  describe("from Go modules", () => {
    it("is built with the committed checksums and a launcher, once, with the elapsed time", async () => {
      machine.go("3.259.0");
      const engine = await from("cache,go");
      assert.deepEqual(engine, { bin: path.join(machine.engines, ENGINE, "bin"), version: "3.259.0", source: "go" });
      assert.deepEqual(readdirSync(engine.bin).sort(), PROGRAMS);
      assert.deepEqual(await from("cache,go"), { ...engine, source: "cache" });
      const [cli, language, ...more] = machine.callsOf("go");
      assert.match(cli ?? "", /engine\/go\/cli\/? GOWORK=off build -mod=readonly -trimpath .*Version=3\.259\.0 /);
      assert.match(language ?? "", /engine\/go\/language\/? GOWORK=off build -mod=readonly .*pulumi-language-nodejs$/);
      assert.deepEqual(more, []);
      assert.match(machine.lines[0] ?? "", /building the Pulumi CLI 3\.259\.0 from Go modules: about 5 minutes, once/);
      assert.ok(machine.lines.some((line) => /^ {2}the Node language host: done in \d+ s$/.test(line)));
    });

    for (const [version, instead, reason] of [
      ["", "echo 'go.mod requires go >= 1.25' >&2; exit 1", /go: the Pulumi CLI: failed \(exit 1\)\ngo\.mod requires/],
      ["3.1.0", "", /contains 3\.1\.0 instead of 3\.259\.0/],
    ] as const) {
      it(`leaves no files if the reason of the failure is ${reason}`, async () => {
        machine.go(version, { instead });
        await assert.rejects(from("cache,go"), reason);
        assert.deepEqual(machine.cached(), []);
      });
    }

    it("is complete in the cache if two runs build at the same time, or if a program was missing", async () => {
      machine.program("pulumi", "echo 3.259.0", machine.folder("cache/pulumi-rhombus/engine", ENGINE, "bin"));
      machine.go("3.259.0");
      const [one, other] = await Promise.all([from("cache,go"), from("cache,go")]);
      assert.deepEqual(one, other);
      assert.deepEqual(machine.cached(), [ENGINE]);
      assert.equal((await from("cache,go")).source, "cache");
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
      spawnSync(process.execPath, [MAIN], { env: { ...machine.env, PULUMI_RHOMBUS_ENGINE: "cache,go" } });
      const [draft = ""] = machine.cached();
      assert.match(draft, /^\.draft-/);
      machine.go("3.259.0");
      assert.equal((await from("cache,go")).source, "go");
      utimesSync(path.join(machine.engines, draft), 0, 0);
      machine.pulumi("v3.240.0");
      await from("path");
      assert.ok(!machine.cached().includes(draft));
    });
  });
});
