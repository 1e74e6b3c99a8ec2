import assert from "node:assert/strict";
import path from "node:path";
import type { DoctorContext } from "../../../../provider/cli/doctor/diagnosis";
import { thisNode } from "../../../../provider/cli/doctor/node";
import { tableOf } from "../../../../provider/cli/doctor/table";
import { projectAround } from "../../../../provider/cli/pulumi/project";
import { PulumiCliError } from "../../../../provider/cli/pulumi/pulumiCli";
import { CommandSetup, type ProgramFolder } from "../commandSetup";
import { scriptedCli } from "../scriptedCli";
import { checkLines, contextFor, diagnosisOf } from "./diagnoses";

describe("doctor, about the software", () => {
  const setup = CommandSetup.here();

  it("reports no failure with a complete installation", async () => {
    const diagnosis = await diagnosisOf(contextFor(setup));
    assert.deepEqual([checkLines(diagnosis, "failed"), checkLines(diagnosis, "warning"), diagnosis.ok], ["", "", true]);
    assert.match(checkLines(diagnosis, "ok"), /^pulumi-rhombus: 0\.1\.0, node_modules\/pulumi-rhombus$/m);
  });

  const missing = async () => {
    throw new PulumiCliError("There is no pulumi on the PATH.", true);
  };
  const root = path.parse(process.cwd()).root;
  const contexts: readonly (readonly [what: string, change: Partial<DoctorContext>, text: RegExp])[] = [
    [
      "an old Node",
      { node: { version: "18.20.0", hangsOnErrors: false } },
      /^Node: 18\.20\.0, and >=20\.19 is needed \| Install/,
    ],
    [
      "an old CLI",
      { cli: scriptedCli({ version: "3.215.9" }) },
      /^Pulumi CLI: 3\.215\.9, and >=3\.216\.0 <4 is needed/,
    ],
    ["no CLI", { cli: { run: missing } }, /^Pulumi CLI: There is no pulumi on the PATH/],
    ["no project", { folder: root }, /^program: no Pulumi\.yaml here/],
    [
      "no stack",
      { cli: scriptedCli({ config: "no stack selected; please\nselect one" }) },
      /^stack: no stack selected; please \| Select one/,
    ],
  ];
  for (const [what, change, text] of contexts) {
    it(`reports ${what} as a failure, with a remedy`, async () => {
      const diagnosis = await diagnosisOf({ ...contextFor(setup), ...change });
      assert.equal(diagnosis.ok, false);
      assert.match(checkLines(diagnosis, "failed"), text);
    });
  }

  const sdk = "node_modules/@pulumi/pulumi";
  const folders: readonly (readonly [what: string, change: (folder: ProgramFolder) => void, text: RegExp])[] = [
    ["a missing SDK", (folder) => folder.remove(sdk), /^@pulumi\/pulumi: does not resolve/m],
    [
      "this package missing",
      (folder) => folder.remove("node_modules/pulumi-rhombus"),
      /own package\.json, also under pnpm/,
    ],
    [
      "a package that is not built",
      (folder) => folder.remove("node_modules/pulumi-rhombus/provider.js"),
      /is not complete/,
    ],
    ["a wrong main", (folder) => folder.write("Pulumi.yaml", "main: gone/ # moved\n"), /gone does not exist/],
    [
      "another runtime",
      (folder) => folder.write("Pulumi.yaml", "runtime: python"),
      /^program: its runtime is python, and nodejs is needed \| Use/,
    ],
    [
      "an old SDK",
      (folder) => {
        folder.remove(sdk);
        folder.package("@pulumi/pulumi", "3.100.0");
      },
      /^@pulumi\/pulumi: 3\.100\.0, node_modules\/@pulumi\/pulumi, and >=3\.216\.0 <4 is needed/m,
    ],
  ];
  for (const [what, change, text] of folders) {
    it(`reports ${what}`, async () => {
      change(setup.programFolder);
      assert.match(checkLines(await diagnosisOf(contextFor(setup)), "failed"), text);
    });
  }

  it("warns of a Node that hangs on errors", async () => {
    const node = { version: "20.20.2", hangsOnErrors: true };
    const diagnosis = await diagnosisOf({ ...contextFor(setup), node });
    assert.match(checkLines(diagnosis, "warning"), /^Node: 20\.20\.2 hangs for a minute .* \| Install another version/);
    assert.equal(diagnosis.ok, true);
    const table = tableOf(diagnosis);
    assert.match(table, /\nNo check failed\. Read the 1 warning above before you deploy\.$/);
    const [text = "", remedy = ""] = table.split("\n");
    assert.equal(remedy.search(/\S/), text.indexOf("20.20.2"));
  });

  it("finds out by trying that this Node hangs on errors", () => {
    const { version, hangsOnErrors } = thisNode();
    assert.equal(version, process.versions.node);
    // Measured; other versions are not in this list.
    const measured: Readonly<Record<string, boolean>> = { "20.19.0": false, "20.20.2": true, "24.21.0": false };
    assert.equal(hangsOnErrors, measured[version] ?? hangsOnErrors);
  });

  it("warns of another copy of this package", async () => {
    const context = contextFor(setup);
    const other = { ...context, manifest: { ...context.manifest, folder: __dirname } };
    assert.match(checkLines(await diagnosisOf(other), "warning"), /is another copy than this command's/);
  });

  it("warns of another copy of Pulumi's SDK", async () => {
    setup.programFolder.package("pulumi-rhombus/node_modules/@pulumi/pulumi", "3.216.0");
    const diagnosis = await diagnosisOf(contextFor(setup));
    assert.match(checkLines(diagnosis, "warning"), /has another copy of @pulumi\/pulumi/);
  });
});

describe("a Pulumi project", () => {
  const setup = CommandSetup.here();

  for (const [file, text, runtime, main] of [
    ["Pulumi.yaml", "runtime: python", "python", "."],
    ["Pulumi.yaml", "runtime: # which\n  options:\n    toolchain: pip\n  name: 'python'", "python", "."],
    ["Pulumi.json", '{"name":"shop","runtime":{"options":{},"name":"python"}}', "python", "."],
    ["Pulumi.yaml", "runtime: { name: nodejs }", "nodejs", "."],
    ["Pulumi.yml", "main: src/index.ts", undefined, "src"],
    ["Pulumi.yaml", "main: 'src' # the program", undefined, "src"],
    ["Pulumi.yaml", "description: |\n  main: elsewhere", undefined, "."],
    ["Pulumi.yaml", "main: [unfinished", undefined, "."],
  ] as const) {
    it(`is read as Pulumi reads it: ${file} with ${JSON.stringify(text)}`, () => {
      const { programFolder } = setup;
      programFolder.remove("Pulumi.yaml");
      programFolder.write("src/index.ts", "");
      programFolder.write(file, `${text}\n`);
      assert.deepEqual(projectAround(path.join(programFolder.folder, "src")), {
        file: path.join(programFolder.folder, file),
        programFolder: path.join(programFolder.folder, main),
        runtime,
      });
    });
  }
});
