import assert from "node:assert/strict";
import { type Documented, documentedIn } from "./docstrings";
import { PublishedArguments } from "./publishedArguments";
import { type Resource, resources } from "./resources";

/** The phrases for the effect of leaving out an argument. */
const WITHOUT = /\b(?:Default:|Managed only when given|[Nn]o longer declared)/;

const published = new PublishedArguments();

for (const resource of resources) {
  describe(`the documentation of ${resource.type}`, () => {
    const [args, outputs] = [published.of(resource.type), outputsOf(resource)];
    const fields = Object.entries(resource.fields);
    const namesWhere = (holds: (field: (typeof fields)[number][1]) => boolean | undefined) =>
      fields.flatMap(([name, field]) => (holds(field) ? name : [])).sort();
    const matching = (documented: readonly Pick<Documented, "name" | "text">[], words: RegExp) =>
      documented.flatMap(({ name, text }) => (words.test(text ?? "") ? ownName(name) : [])).sort();

    it("has an argument for each field", () => {
      assert.deepEqual(args.map(({ name }) => ownName(name)).sort(), Object.keys(resource.fields).sort());
    });

    it("has the definition's outputs and fields, except for instructions, as outputs", () => {
      const defined = [...namesWhere(({ instruction }) => !instruction), ...Object.keys(resource.outputs)];
      assert.deepEqual(outputs.map(({ name }) => ownName(name)).sort(), defined.sort());
    });

    for (const [title, words, expected] of [
      [
        "marks secret arguments, and no others, as secret",
        /\bSecret\b/,
        namesWhere(({ modifiers }) => modifiers.secret),
      ],
      [
        "names the arguments that force a replacement",
        /\bForces replacement\b/,
        namesWhere(({ modifiers }) => modifiers.replaces),
      ],
      ["states the effect of leaving out each argument", WITHOUT, namesWhere(() => true)],
    ] as const) {
      it(title, () => assert.deepEqual(matching(args, words), expected));
    }

    it("marks secret outputs, and no others, as secret", () => {
      const secret = Object.keys(resource.outputs).filter((name) => resource.outputs[name]?.modifiers.secret);
      const echoed = namesWhere(({ modifiers, instruction }) => modifiers.secret && !instruction);
      assert.deepEqual(matching(outputs, /\bSecret\b/), [...secret, ...echoed].sort());
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

/** The properties of the class. */
function outputsOf({ name, type }: Resource): Documented[] {
  const members = documentedIn(`provider/resources/${name}/resource.ts`);
  return members.filter((member) => member.name.startsWith(`${type}.`) && member.kind === "property");
}

function ownName(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}
