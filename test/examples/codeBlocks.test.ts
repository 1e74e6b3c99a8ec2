import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { prepare } from "../../tools/setup.mjs";
import { pages, snippetsOn } from "../rules/pages";
import { ROOT, textOf } from "../rules/sources";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  paths: {
    "pulumi-rhombus": [path.join(ROOT, "dist/index.d.ts")],
    "pulumi-rhombus/emulator": [path.join(ROOT, "dist/emulator/index.d.ts")],
  },
};

/** The blocks that are programs of their own, by the name of the file in which they are compiled. */
const programs = new Map(
  pages.flatMap((page) =>
    snippetsOn(textOf(page))
      .filter(({ file }) => file === undefined)
      .map(({ code }, index) => [path.join(ROOT, `${page}.${index + 1}.ts`), `${code}\n`] as const),
  ),
);

describe("the TypeScript on the pages", function () {
  this.timeout(120_000);
  before(() => prepare({ engine: false, install: false, log: () => {} }));

  it("compiles under strict rules, each block as a module of its own", () => {
    const host = ts.createCompilerHost(OPTIONS);
    const { fileExists, readFile } = host;
    host.fileExists = (file) => programs.has(file) || fileExists(file);
    host.readFile = (file) => programs.get(file) ?? readFile(file);
    const program = ts.createProgram([...programs.keys()], OPTIONS, host);
    const problems = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...[...programs.keys()].flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))),
    ];
    assert.deepEqual(
      problems.map(({ file, start = 0, messageText }) => {
        const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
        return `${path.basename(file?.fileName ?? "")}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      }),
      [],
    );
  });

  it("is found wherever it is: every fence of TypeScript is a block", () => {
    const fences = pages.flatMap((page) => [...textOf(page).matchAll(/^ *```(?:ts|typescript)\b/gm)]);
    const blocks = pages.flatMap((page) => snippetsOn(textOf(page)));
    assert.equal(blocks.length, fences.length);
    assert.ok(programs.size > 0);
  });

  it("has a complete example on the page of each resource", () => {
    const examples = pages.filter((page) => page.startsWith("docs/resources/"));
    const complete = examples.filter((page) => /new rhombus\.\w+\(/.test(snippetsOn(textOf(page))[0]?.code ?? ""));
    assert.deepEqual(
      examples.filter((page) => !complete.includes(page)),
      ["docs/resources/doors-and-options.md"],
    );
  });
});
