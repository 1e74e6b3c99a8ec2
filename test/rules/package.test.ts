import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { publicNames } from "./publicNames";
import { ROOT, textOf } from "./sources";

/** The parts of package.json that the rules are about. */
interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly typesVersions: { readonly "*": Readonly<Record<string, readonly string[]>> };
}

const manifest: Manifest = JSON.parse(textOf("package.json"));

describe("the package", function () {
  this.timeout(60_000);

  it("exports the public names and no others, and its package.json", () => {
    const listed = Object.entries(publicNames).map(([name, text]) => [name, text.trim().split(/\s+/).sort()]);
    assert.deepEqual(exportedNames(), Object.fromEntries(listed));
    assert.equal(manifest.exports["./package.json"], "./package.json");
  });

  it("says where the types are to compilers that do not look at exports", () => {
    const subpaths = Object.entries(manifest.exports).flatMap(([subpath, target]) => {
      return typeof target === "string" || subpath === "." ? [] : [[subpath.slice(2), [target.types]]];
    });
    assert.deepEqual(manifest.typesVersions["*"], Object.fromEntries(subpaths));
  });
});

function exportedNames(): Record<string, string[]> {
  const entrances = Object.entries(manifest.exports).flatMap(([subpath, target]): [string, string][] => {
    if (typeof target === "string") return [];
    const source = target.types.replace(/^\.\/dist\/(.*)\.d\.ts$/, "provider/$1.ts");
    return [[path.posix.join("pulumi-rhombus", subpath), path.join(ROOT, source)]];
  });
  const files = entrances.map(([, file]) => file);
  const program = ts.createProgram(files, { module: ts.ModuleKind.Node20, noEmit: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const names = entrances.map(([specifier, file]): [string, string[]] => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    assert.ok(symbol, `${file} is no module`);
    const exported = checker.getExportsOfModule(symbol).map(({ name }) => name);
    return [specifier, exported.sort()];
  });
  return Object.fromEntries(names);
}
