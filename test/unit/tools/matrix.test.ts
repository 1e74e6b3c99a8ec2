import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bringMatrix } from "../../../tools/matrix/matrix.mjs";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../../tools/matrix/versions.mjs";
import { Machine } from "./machine";

/** What the real npm leaves behind, as a script: the packages that it is asked for, and a Node. */
const INSTALL = `
for wanted in "$@"; do
  name=\${wanted%@*}; version=\${wanted##*@}
  case "$wanted" in -*|install) continue ;; esac
  mkdir -p "node_modules/$name/bin"
  echo "{\\"version\\":\\"v$version\\"}" > "node_modules/$name/package.json"
  touch "node_modules/$name/bin/node"
done`;

describe("the versions for the matrix", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const kept = () => path.join(machine.root, "cache", "pulumi-rhombus", "matrix");
  const npm = (script: string) => machine.program("npm", `echo "$*" >> "${machine.root}/npm.log"\n${script}`);
  const asked = () => {
    const log = path.join(machine.root, "npm.log");
    return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  };

  it("are installed from npm's registry, outside of any checkout, by no script of theirs", async () => {
    npm(INSTALL);
    const { nodes, sdks } = await bringMatrix(machine);
    assert.deepEqual(
      [nodes.map((node) => node.version), sdks.map((sdk) => sdk.version)],
      [NODE_VERSIONS, SDK_VERSIONS],
    );
    for (const folder of [...nodes.map(({ bin }) => bin), ...sdks.map(({ modules }) => modules)]) {
      assert.ok(folder.startsWith(kept()) && existsSync(folder), folder);
    }
    for (const call of asked()) assert.match(call, /^install .*--ignore-scripts .*(?:node-\w+-\w+|@pulumi\/pulumi)@\d/);
    assert.match(machine.lines[0] ?? "", /installing node-.* 20\.19\.0 for the matrix: about 20 s, once/);
  });

  it("are taken from the cache the next time", async () => {
    npm(INSTALL);
    const first = await bringMatrix(machine);
    npm("exit 1");
    assert.deepEqual(await bringMatrix(machine), first);
    assert.equal(asked().length, 4);
  });

  it("are said to be missing where there is neither a cache nor a registry, and nothing is left behind", async () => {
    npm("echo 'npm error ENOTFOUND' >&2; exit 1");
    await assert.rejects(bringMatrix(machine), (error: Error) => {
      assert.match(
        error.message,
        /^The matrix of supported versions needs node-\S+ 20\.19\.0, which is not in the cache/,
      );
      assert.match(error.message, /ENOTFOUND\nRun this once where npm's registry is within reach\.$/);
      return true;
    });
    assert.deepEqual(readdirSync(kept()), []);
  });

  it("are installed anew where the cache holds something else", async () => {
    npm(INSTALL);
    const { sdks } = await bringMatrix(machine);
    const spoilt = path.join(sdks[0]?.modules ?? "", "@pulumi", "pulumi", "package.json");
    writeFileSync(spoilt, '{"version":"1.0.0"}');
    await bringMatrix(machine);
    assert.match(readFileSync(spoilt, "utf8"), new RegExp(SDK_VERSIONS[0] ?? ""));
  });

  it("are refused when npm has installed something else", async () => {
    npm(INSTALL.replace("v$version", "v1.0.0"));
    await assert.rejects(bringMatrix(machine), /cannot be installed: .* holds node-\S+ 1\.0\.0 instead of 20\.19\.0/);
  });
});
