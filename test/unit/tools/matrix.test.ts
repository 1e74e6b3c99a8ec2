import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureMatrix } from "../../../tools/matrix/matrix.mjs";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../../tools/matrix/versions.mjs";
import { Machine } from "./machine";

/** A script that writes the files of the requested packages, like npm. */
const INSTALL = `
for wanted in "$@"; do
  name=\${wanted%@*}; version=\${wanted##*@}
  case "$wanted" in -*|install) continue ;; esac
  mkdir -p "node_modules/$name/bin"
  echo "{\\"version\\":\\"v$version\\"}" > "node_modules/$name/package.json"
  touch "node_modules/$name/bin/node"
done`;

describe("the versions of the matrix", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const cache = () => path.join(machine.root, "cache", "pulumi-rhombus", "matrix");
  const npm = (script: string) => machine.program("npm", `echo "$*" >> "${machine.root}/npm.log"\n${script}`);
  it("are installed from npm's registry, outside of any checkout, without running their scripts, once", async () => {
    npm(INSTALL);
    const { nodes, sdks } = await ensureMatrix(machine);
    assert.deepEqual(
      [nodes.map((node) => node.version), sdks.map((sdk) => sdk.version)],
      [NODE_VERSIONS, SDK_VERSIONS],
    );
    for (const folder of [...nodes.map(({ bin }) => bin), ...sdks.map(({ modules }) => modules)]) {
      assert.ok(folder.startsWith(cache()) && existsSync(folder), folder);
    }
    for (const call of machine.callsOf("npm"))
      assert.match(call, /^install .*--ignore-scripts .*(?:node-\w+-\w+|@pulumi\/pulumi)@\d/);
    assert.match(machine.lines[0] ?? "", /installing node-.* 20\.19\.0 for the matrix: about 20 s, once/);
    npm("exit 1");
    assert.deepEqual(await ensureMatrix(machine), { nodes, sdks });
  });

  it("are reported as missing if there is neither a cache nor a registry, and no files are left", async () => {
    npm("echo 'npm error ENOTFOUND' >&2; exit 1");
    await assert.rejects(ensureMatrix(machine), (error: Error) => {
      assert.match(error.message, /^The matrix of supported versions needs node-\S+ 20\.19\.0, which is not in/);
      assert.match(error.message, /ENOTFOUND\nRun this once with access to npm's registry\.$/);
      return true;
    });
    assert.deepEqual(readdirSync(cache()), []);
  });

  it("are installed again if the cache holds another version", async () => {
    npm(INSTALL);
    const { sdks } = await ensureMatrix(machine);
    const manifest = path.join(sdks[0]?.modules ?? "", "@pulumi", "pulumi", "package.json");
    writeFileSync(manifest, '{"version":"1.0.0"}');
    await ensureMatrix(machine);
    assert.match(readFileSync(manifest, "utf8"), new RegExp(SDK_VERSIONS[0] ?? ""));
  });

  it("are refused if npm has installed another version", async () => {
    npm(INSTALL.replace("v$version", "v1.0.0"));
    await assert.rejects(
      ensureMatrix(machine),
      /cannot be installed: .* contains node-\S+ 1\.0\.0 instead of 20\.19\.0/,
    );
  });
});
