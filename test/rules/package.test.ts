import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { publicNames } from "./publicNames";
import { filesIn, ROOT, textOf } from "./sources";

/** The parts of package.json that the rules are about. */
interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly typesVersions: { readonly "*": Readonly<Record<string, readonly string[]>> };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(textOf("package.json"));

describe("the package", function () {
  this.timeout(60_000);

  it("exports what programs, Pulumi and tests import, and its package.json", () => {
    const specifiers = Object.keys(manifest.exports).map((subpath) => path.posix.join("pulumi-rhombus", subpath));
    assert.deepEqual(specifiers.sort(), [...Object.keys(publicNames), "pulumi-rhombus/package.json"].sort());
  });

  it("exports the public names and no others", () => {
    const listed = Object.entries(publicNames).map(([name, text]) => [name, text.trim().split(/\s+/).sort()]);
    assert.deepEqual(exportedNames(), Object.fromEntries(listed));
  });

  it("says where the types are to compilers that do not look at exports", () => {
    const subpaths = Object.entries(manifest.exports).flatMap(([subpath, target]) => {
      return typeof target === "string" || subpath === "." ? [] : [[subpath.slice(2), [target.types]]];
    });
    assert.deepEqual(manifest.typesVersions["*"], Object.fromEntries(subpaths));
  });

  it("imports each of its dependencies and nothing that it does not declare", () => {
    const { dependencies, peerDependencies } = manifest;
    const declared = [...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort();
    assert.deepEqual([...packagesIn("provider")].sort(), declared);
  });

  it("makes use of the five packages that it is built on", () => {
    const used = new Set([...packagesIn("provider"), ...packagesIn("test"), ...packagesIn("tools", ".mjs")]);
    const unused = ["@pulumi/pulumi", "axios", "uuid", "mocha", "sinon"].filter((name) => !used.has(name));
    assert.deepEqual(unused, []);
  });
});

/** The packages that the files of a folder import. */
function packagesIn(folder: string, ending?: string): Set<string> {
  const imported = filesIn(folder, ending).flatMap((file) => ts.preProcessFile(textOf(file)).importedFiles);
  return new Set(imported.flatMap(({ fileName }) => /^(?!node:|\.)(?:@[^/]+\/)?[^/]+/.exec(fileName)?.[0] ?? []));
}

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
