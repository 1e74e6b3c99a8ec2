import assert from "node:assert/strict";
import ts from "typescript";
import { campus } from "../../provider/emulator";
import { pages } from "./pages";
import { filesIn, parsed, textOf } from "./sources";

const { geneaAccounts, kisiAccounts } = campus();
const places = kisiAccounts.flatMap((account) => account.places);
const kisiDoors = places.flatMap(({ doors }) => doors.map(({ id }) => `${id}`));

/** The ids that Genea and Kisi list in the emulator, by the map whose keys they are. */
const listed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  GeneaIntegration: {
    doorInfoMap: geneaAccounts.flatMap(({ doors }) => doors.map(({ id }) => id)),
  },
  KisiIntegration: {
    placeToSettingsMap: places.map(({ id }) => `${id}`),
    doorInfoMap: kisiDoors,
    doorToCameraMap: kisiDoors,
  },
};

/** The code that a reader may copy: blocks of docstrings and pages, and the examples. */
const codes: readonly (readonly [where: string, code: string])[] = [
  ...["provider", "examples"].flatMap((folder) =>
    filesIn(folder).map((file) => [file, blocksIn(textOf(file))] as const),
  ),
  ...filesIn("examples").map((file) => [file, textOf(file)] as const),
  ...pages.map((page) => [page, blocksIn(textOf(page))] as const),
];

function blocksIn(text: string): string {
  return [...text.matchAll(/^[ *]*```ts\n([\s\S]*?)^[ *]*```/gm)]
    .map(([, code = ""]) => code.replaceAll(/^ *\* ?/gm, ""))
    .join("\n");
}

/** The keys written in the maps of doors and places of integrations, each with the map it is in. */
function keysIn(code: string): { type: string; map: string; key: string }[] {
  const found: { type: string; map: string; key: string }[] = [];
  const visit = (node: ts.Node, type: string) => {
    const made = ts.isNewExpression(node) ? /\w+$/.exec(node.expression.getText())?.[0] : undefined;
    const map = ts.isPropertyAssignment(node) ? node.name.getText() : "";
    const maps = ts.isPropertyAssignment(node) && Object.hasOwn(listed[type] ?? {}, map) ? node.initializer : undefined;
    for (const entry of maps !== undefined && ts.isObjectLiteralExpression(maps) ? maps.properties : []) {
      const { name } = entry;
      if (name !== undefined && (ts.isStringLiteral(name) || ts.isNumericLiteral(name)))
        found.push({ type, map, key: name.text });
    }
    node.forEachChild((child) => visit(child, made ?? type));
  };
  visit(parsed("example.ts", code), "");
  return found;
}

describe("the ids of doors and places in examples", () => {
  it("are those of the emulator, so that no example raises the warning of an unknown one", () => {
    const found = codes.flatMap(([where, code]) => keysIn(code).map((each) => ({ where, ...each })));
    const maps = new Set(found.map(({ type, map }) => `${type}.${map}`));
    for (const map of [
      "GeneaIntegration.doorInfoMap",
      "KisiIntegration.doorInfoMap",
      "KisiIntegration.placeToSettingsMap",
    ]) {
      assert.ok(maps.has(map), `no example of ${map}`);
    }
    assert.deepEqual(
      found.filter(({ type, map, key }) => !listed[type]?.[map]?.includes(key)),
      [],
    );
  });
});
