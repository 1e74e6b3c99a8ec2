import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "../..");

/** An import that breaks an arrow: the rule, the importing file, and what it imports. */
const planted: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ["no-unresolvable", "provider/emulator/planted.ts", "./nowhere"],
  ["no-dist", "provider/emulator/built.ts", "../../dist/index"],
  ["core-schema", "provider/core/schema/planted.ts", "../operations/target"],
  ["core-resource", "provider/core/resource/planted.ts", "../state/target"],
  ["core-state", "provider/core/state/planted.ts", "../ownership/target"],
  ["core-ownership", "provider/core/ownership/planted.ts", "../reconcile/target"],
  ["core-reconcile", "provider/core/reconcile/planted.ts", "../operations/target"],
  ["core", "provider/core/operations/planted.ts", "node:fs"],
  ["rhombus-schemas", "provider/rhombus/api/schemas/planted.ts", "axios"],
  ["rhombus-ids", "provider/rhombus/ids/planted.ts", "../json/target"],
  ["rhombus-json", "provider/rhombus/json/planted.ts", "../ids/target"],
  ["rhombus-redaction", "provider/rhombus/redaction/planted.ts", "../errors/target"],
  ["rhombus-errors", "provider/rhombus/errors/planted.ts", "../settings/target"],
  ["rhombus-settings", "provider/rhombus/settings/planted.ts", "../http/target"],
  ["rhombus-api", "provider/rhombus/api/planted.ts", "axios"],
  ["rhombus", "provider/rhombus/planted.ts", "../core/schema/target"],
  ["rhombus-http", "provider/rhombus/http/planted.ts", "../../core/schema/target"],
  ["pulumi", "provider/pulumi/serve/planted.ts", "../../rhombus/api/target"],
  ["definition", "provider/resources/one/planted.ts", "../other/definition"],
  ["definition-types", "provider/resources/one/definition.ts", "@pulumi/pulumi"],
  ["definition-sees-no-resource", "provider/resources/one/writing.ts", "./resource"],
  ["resource", "provider/resources/one/resource.ts", "../../rhombus/api/target"],
  ["resource-types", "provider/resources/other/resource.ts", "@pulumi/pulumi"],
  ["index", "provider/index.ts", "./core/schema/target"],
  ["runtime", "provider/runtime.ts", "./core/schema/target"],
  ["wiring", "provider/lookups/planted.ts", "../runtime"],
  ["emulator", "provider/emulator/shared.ts", "../core/schema/target"],
  ["cli", "provider/cli/planted.ts", "../index"],
  ["above", "provider/session.ts", "./cli/target"],
  ["examples", "examples/one/index.ts", "../../provider/core/schema/target"],
  ["no-circular", "provider/cli/circle.ts", "./circle"],
];

/** The targets of the planted imports. */
const targets = [
  ...rooms("core", ["schema", "resource", "state", "ownership", "reconcile", "operations"]),
  ...rooms("rhombus", ["ids", "json", "redaction", "errors", "settings", "http", "api"]),
  ...["provider/cli/target.ts", "provider/resources/other/definition.ts", "dist/index.ts"],
  ...["node_modules/@pulumi/pulumi/index.ts", "node_modules/axios/index.ts"],
];

interface Cruised {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

describe("import arrows", function () {
  this.timeout(60_000);
  const broken = new Set<string>();

  before("cruises a checkout in which each rule is broken", () => {
    const root = realpathSync(mkdtempSync(path.join(tmpdir(), "rhombus-arrows-")));
    try {
      for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
        cpSync(path.join(ROOT, name), path.join(root, name));
      }
      const write = (file: string, text: string) => {
        mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
        writeFileSync(path.join(root, file), text);
      };
      for (const file of targets) write(file, "export const target = 1;\n");
      for (const [, file, imported] of planted)
        write(file, `import * as it from "${imported}";\nexport const planted = it;\n`);
      const command = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
      const args = [command, "--output-type", "json", "provider", "examples"];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
      assert.notEqual(stdout, "", stderr);
      const { summary }: Cruised = JSON.parse(stdout);
      for (const { from, rule } of summary.violations) broken.add(`${rule.name}: ${from}`);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  for (const [rule, file, imported] of planted) {
    it(`${rule} forbids ${file} to import ${imported}`, () => {
      assert.ok(broken.has(`${rule}: ${file}`), [...broken].join("\n"));
    });
  }

  it("each rule is broken here", () => {
    const { forbidden }: { forbidden: { name: string }[] } = require(path.join(ROOT, ".dependency-cruiser.cjs"));
    // The highest room of core/ may import all others of it.
    const tried = ["core-operations", ...planted.map(([rule]) => rule)];
    assert.deepEqual(
      forbidden.filter(({ name }) => !tried.includes(name)),
      [],
    );
  });
});

function rooms(folder: string, names: readonly string[]): string[] {
  return names.map((room) => `provider/${folder}/${room}/target.ts`);
}
