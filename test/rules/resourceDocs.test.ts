import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { type Documented, documentedIn } from "./docstrings";
import { type Resource, resources } from "./resources";
import { parsed, ROOT } from "./sources";

/** What resources share. */
const sharedFiles = readdirSync(path.join(ROOT, "provider/resources/fields"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => `provider/resources/fields/${file}`);

/** What tells a program's author what happens without a declaration. */
const WITHOUT = /\b(?:Default:|Managed only when given|[Nn]o longer declared)/;

for (const resource of resources) {
  describe(`what ${resource.type} says of itself`, () => {
    const { args, outputs } = facesOf(resource);
    const fields = Object.entries(resource.fields);
    const namesWhere = (holds: (field: (typeof fields)[number][1]) => boolean | undefined) =>
      fields.flatMap(([name, field]) => (holds(field) ? name : [])).sort();
    const saying = (said: readonly Documented[], words: RegExp) =>
      said.flatMap(({ name, text }) => (words.test(text ?? "") ? ownName(name) : [])).sort();

    it("declares the arguments that the definition has fields for", () => {
      assert.deepEqual(args.map(({ name }) => ownName(name)).sort(), Object.keys(resource.fields).sort());
    });

    it("has the definition's outputs and fields, except for instructions, as outputs", () => {
      const defined = [...namesWhere(({ instruction }) => !instruction), ...Object.keys(resource.outputs)];
      assert.deepEqual(outputs.map(({ name }) => ownName(name)).sort(), defined.sort());
    });

    it("calls the secret arguments secret, and no others", () => {
      assert.deepEqual(
        saying(args, /\bSecret\b/),
        namesWhere(({ modifiers }) => modifiers.secret),
      );
    });

    it("calls the secret outputs secret, and no others", () => {
      const secret = Object.keys(resource.outputs).filter((name) => resource.outputs[name]?.modifiers.secret);
      const echoed = namesWhere(({ modifiers, instruction }) => modifiers.secret && !instruction);
      assert.deepEqual(saying(outputs, /\bSecret\b/), [...secret, ...echoed].sort());
    });

    it("says which arguments force a replacement", () => {
      assert.deepEqual(
        saying(args, /\bForces replacement\b/),
        namesWhere(({ modifiers }) => modifiers.replaces),
      );
    });

    it("says what happens without each argument", () => {
      assert.deepEqual(saying(args, WITHOUT), Object.keys(resource.fields).sort());
    });

    it("marks deprecated arguments", () => {
      const marked = args.filter(({ tagNames }) => tagNames.includes("deprecated")).map(({ name }) => ownName(name));
      assert.deepEqual(
        marked.sort(),
        namesWhere(({ modifiers }) => modifiers.deprecated !== undefined),
      );
    });
  });
}

/** The members of the arguments' interface, its parents' included, and the properties of the class. */
function facesOf({ name, type }: Resource): { args: Documented[]; outputs: Documented[] } {
  const files = [`provider/resources/${name}/resource.ts`, ...sharedFiles];
  const documented = files.flatMap((file) => documentedIn(file));
  const parents = new Map(files.flatMap((file) => [...parentsIn(file)]));
  const membersOf = (owner: string): Documented[] => [
    ...documented.filter((member) => member.name.startsWith(`${owner}.`)),
    ...(parents.get(owner) ?? []).flatMap(membersOf),
  ];
  return { args: membersOf(`${type}Args`), outputs: membersOf(type).filter(({ kind }) => kind === "property") };
}

/** What the interfaces of a file extend, by their names. */
function parentsIn(file: string): Map<string, string[]> {
  const interfaces = parsed(file).statements.filter(ts.isInterfaceDeclaration);
  return new Map(
    interfaces.map(({ name, heritageClauses = [] }) => [
      name.text,
      heritageClauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText())),
    ]),
  );
}

function ownName(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}
