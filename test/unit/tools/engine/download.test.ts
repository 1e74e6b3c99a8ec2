import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { ensureEngine } from "../../../../tools/engine/engine.mjs";
import { Machine } from "../machine";

/** Writes the programs to `<root>/bin`, like the official installer. */
const INSTALLER = `
import { writeFileSync } from "node:fs";
const [root, version] = process.argv.slice(2);
for (const name of ["pulumi", "pulumi-language-nodejs"]) {
  writeFileSync(root + "/bin/" + name, "#!/bin/sh\\necho v" + version + "\\n", { mode: 0o755 });
}`;

const REAL_INSTALLER = path.join(__dirname, "../../../../tools/engine/install.mjs");

describe("the engine by download", () => {
  let machine: Machine;
  let server: Server;
  let requests: string[];
  let status: number;

  beforeEach((done) => {
    machine = new Machine();
    machine.env.PULUMI_RHOMBUS_ENGINE = "download";
    requests = [];
    status = 200;
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      response.writeHead(status).end();
    }).listen(0, "127.0.0.1", done);
  });
  afterEach((done) => {
    machine.remove();
    server.close(done);
  });

  const download = (script: string) => {
    const address = server.address();
    assert.ok(address && typeof address === "object");
    const installer = path.join(machine.root, "installer.mjs");
    writeFileSync(installer, script);
    return ensureEngine({ ...machine, site: `http://127.0.0.1:${address.port}/install`, installer });
  };

  it("checks that the site answers, then installs into the cache", async () => {
    const engine = await download(INSTALLER);
    assert.deepEqual(requests, ["HEAD /install"]);
    assert.equal(engine.source, "download");
    assert.ok(engine.bin.startsWith(machine.engines));
    assert.match(machine.lines[0] ?? "", /downloading the Pulumi CLI 3\.259\.0: about a minute, once/);
    assert.deepEqual(readdirSync(engine.bin).sort(), [
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("does not start a download if the site refuses", async () => {
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
    const root = path.join(machine.root, "installed");
    const run = spawnSync(process.execPath, [REAL_INSTALLER, root, "3.259.0"], { env: machine.env, encoding: "utf8" });
    assert.equal(run.stderr, "");
    assert.equal(run.status, 0);
  });

  it("sends no request if PULUMI_RHOMBUS_ENGINE is cache,go", async () => {
    machine.env.PULUMI_RHOMBUS_ENGINE = "cache,go";
    await assert.rejects(download(INSTALLER), /no go on PATH/);
    assert.deepEqual(requests, []);
  });
});
