import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { applyFile } from "../../../../provider/cli/import/apply";
import { pulumiIn } from "../../../../provider/cli/pulumi/pulumiCli";

/** A Pulumi CLI that tells this process alone to end as soon as it imports, and goes on for long. */
function pulumiFrom(signal: string, first = ""): string {
  const folder = mkdtempSync(path.join(tmpdir(), "signals-"));
  const text = `#!${process.execPath}
require("node:fs").writeFileSync(${JSON.stringify(folder)} + "/given", process.argv[process.argv.indexOf("--file") + 1]);
${first}
process.kill(process.ppid, "${signal}");
setTimeout(() => {}, 8000);
`;
  writeFileSync(path.join(folder, "pulumi"), text);
  chmodSync(path.join(folder, "pulumi"), 0o755);
  return folder;
}

describe("pulumi-rhombus import --apply, with a signal", () => {
  let folder = "";
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"]) {
    it(`${signal} to its process alone interrupts Pulumi, fails, and leaves no file`, async () => {
      folder = pulumiFrom(signal);
      await assert.rejects(applyFile(pulumiIn(folder, { PATH: folder }), { resources: [] }, []), {
        name: "PulumiCliError",
      });
      assert.ok(!existsSync(path.dirname(readFileSync(path.join(folder, "given"), "utf8"))));
      assert.equal(process.listenerCount(signal), 0);
    });
  }

  it("fails even if Pulumi succeeds after the signal", async () => {
    folder = pulumiFrom("SIGTERM", 'process.on("SIGINT", () => process.exit(0));');
    await assert.rejects(
      applyFile(pulumiIn(folder, { PATH: folder }), { resources: [] }, []),
      /Stopped by SIGTERM, after/,
    );
  });
});
