import assert from "node:assert/strict";
import path from "node:path";
import type { DoctorContext } from "../../../../provider/cli/doctor/diagnosis";
import { PulumiCliError } from "../../../../provider/cli/pulumi/pulumiCli";
import { type Emulator, startEmulator } from "../../../../provider/emulator";
import { ProgramFolder, scriptedCli } from "../programFolder";
import { checkLines, contextFor, diagnosisOf } from "./diagnoses";

describe("doctor, about the software", () => {
  let emulator: Emulator;
  let programFolder: ProgramFolder;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.close());
  beforeEach(() => {
    programFolder = ProgramFolder.whole();
  });
  afterEach(() => programFolder.remove());

  it("reports no failure with a complete installation", async () => {
    const diagnosis = await diagnosisOf(contextFor(programFolder, emulator));
    assert.deepEqual([checkLines(diagnosis, "failed"), checkLines(diagnosis, "warning"), diagnosis.ok], [[], [], true]);
    assert.match(checkLines(diagnosis, "ok").join("\n"), /^pulumi-rhombus: 0\.1\.0, node_modules\/pulumi-rhombus$/m);
  });

  const missing = async () => {
    throw new PulumiCliError("There is no pulumi on the PATH.", true);
  };
  const wrong: readonly (readonly [what: string, change: (whole: DoctorContext) => DoctorContext, text: RegExp])[] = [
    ["an old Node", (whole) => ({ ...whole, node: "18.20.0" }), /^Node: 18\.20\.0, and >=20\.19 is needed \| Install/],
    [
      "an old CLI",
      (whole) => ({ ...whole, cli: scriptedCli({ version: "3.215.9" }) }),
      /^Pulumi CLI: 3\.215\.9, and >=3\.216\.0 <4 is needed/,
    ],
    ["no CLI", (whole) => ({ ...whole, cli: { run: missing } }), /^Pulumi CLI: There is no pulumi on the PATH/],
    ["no project", (whole) => ({ ...whole, folder: path.parse(whole.folder).root }), /^program: no Pulumi\.yaml here/],
    [
      "no stack",
      (whole) => ({ ...whole, cli: scriptedCli({ config: "no stack selected; please\nselect one" }) }),
      /^stack: no stack selected; please \| Select one/,
    ],
  ];
  for (const [what, change, text] of wrong) {
    it(`reports ${what} as a failure, with a remedy`, async () => {
      const diagnosis = await diagnosisOf(change(contextFor(programFolder, emulator)));
      assert.equal(diagnosis.ok, false);
      assert.match(checkLines(diagnosis, "failed")[0] ?? "", text);
    });
  }

  const broken: readonly (readonly [what: string, breaks: (shop: ProgramFolder) => void, text: RegExp])[] = [
    ["Pulumi's SDK is missing", (shop) => shop.remove("node_modules/@pulumi"), /^@pulumi\/pulumi: does not resolve/m],
    [
      "this package is missing",
      (shop) => shop.remove("node_modules/pulumi-rhombus"),
      /own package\.json, also under pnpm/,
    ],
    ["the package is not built", (shop) => shop.remove("node_modules/pulumi-rhombus/provider.js"), /is not complete/],
    [
      "main leads nowhere",
      (shop) => shop.write("Pulumi.yaml", "name: a\nmain: gone/ # moved\n"),
      /gone does not exist/,
    ],
    [
      "Pulumi's SDK is too old",
      (shop) => {
        shop.remove("node_modules/@pulumi");
        shop.package("@pulumi/pulumi", "3.100.0");
      },
      /^@pulumi\/pulumi: 3\.100\.0, node_modules\/@pulumi\/pulumi, and >=3\.216\.0 <4 is needed/m,
    ],
  ];
  for (const [what, breaks, text] of broken) {
    it(`reports that ${what}`, async () => {
      breaks(programFolder);
      const diagnosis = await diagnosisOf(contextFor(programFolder, emulator));
      assert.match(checkLines(diagnosis, "failed").join("\n"), text);
    });
  }

  for (const [file, text, isNode] of [
    ["Pulumi.yaml", "runtime: python", false],
    ["Pulumi.yaml", "runtime: # which\n  options:\n    toolchain: pip\n  name: 'python'", false],
    ["Pulumi.json", '{"name":"shop","runtime":{"name":"python","options":{}}}', false],
    ["Pulumi.json", '{"name":"shop","runtime":{"options":{},"name":"python"}}', false],
    ["Pulumi.yaml", "runtime: { name: nodejs }", true],
    ["Pulumi.yaml", "runtime:\n  name: nodejs\n  options:\n    typescript: true", true],
  ] as const) {
    it(`says that the program has to run with nodejs where ${JSON.stringify(text)} does ${isNode ? "" : "not "}say so`, async () => {
      programFolder.remove("Pulumi.yaml");
      programFolder.write(file, `${text}\n`);
      const failures = checkLines(await diagnosisOf(contextFor(programFolder, emulator)), "failed").join("\n");
      if (isNode) assert.equal(failures, "");
      else assert.match(failures, /^program: its runtime is python, and nodejs is needed \| Use/);
    });
  }

  it("warns if it is another copy than the program's", async () => {
    const context = contextFor(programFolder, emulator);
    const other = { ...context, manifest: { ...context.manifest, folder: __dirname } };
    assert.match(checkLines(await diagnosisOf(other), "warning").join(), /is another copy than this command's/);
  });

  it("warns of two copies of Pulumi's SDK", async () => {
    programFolder.package("pulumi-rhombus/node_modules/@pulumi/pulumi", "3.216.0");
    const diagnosis = await diagnosisOf(contextFor(programFolder, emulator));
    assert.match(checkLines(diagnosis, "warning").join(), /has another copy of @pulumi\/pulumi/);
  });

  for (const [written, folder] of [
    ["main: src/index.ts", "src"],
    ['main: "src"', "src"],
    ["main: 'src' # the program", "src"],
    ["description: |\n  main: elsewhere", "."],
    ["main: [unfinished", "."],
  ] as const) {
    it(`resolves from the folder in which Pulumi runs the program: ${JSON.stringify(written)}`, async () => {
      programFolder.write("src/index.ts", "");
      programFolder.write("Pulumi.yaml", `name: shop\n${written}\n`);
      const context = { ...contextFor(programFolder, emulator), folder: path.join(programFolder.folder, "src") };
      const diagnosis = await diagnosisOf(context);
      assert.ok(checkLines(diagnosis, "ok").includes(`program: ${path.join(programFolder.folder, folder)}`));
    });
  }
});
