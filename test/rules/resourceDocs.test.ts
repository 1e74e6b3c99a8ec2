import assert from "node:assert/strict";
import type { Field } from "../../provider/core/schema/field";
import { definitions } from "../../provider/resources/registry";
import { prepare } from "../../tools/setup.mjs";
import { type PublishedProperty, PublishedTypes } from "./publishedProperties";
import { filesIn, textOf } from "./sources";

/** The phrases for the effect of leaving out an argument. */
const WITHOUT = /\b(?:Required|Default:|Managed only when given|[Nn]o longer declared)/;

/** The cells of the README's table of resources, by class. */
const rows = new Map(
  [...textOf("README.md").matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, type = "", cells = ""]) => [
    type,
    cells.split(" | "),
  ]),
);

let published: PublishedTypes;
before("builds the declaration files", async function () {
  this.timeout(180_000);
  await prepare({ engine: false, install: false, log: () => {} });
  published = new PublishedTypes();
});

for (const { type, fields, outputs: ownOutputs } of Object.values(definitions)) {
  const inputs: [string, Field][] = Object.entries(fields);
  const outputs: [string, Field][] = [
    ...inputs.filter(([, { instruction }]) => !instruction),
    ...entriesOf(ownOutputs),
  ];
  const namesOf = (all: [string, Field][], matches: (field: Field) => unknown = () => true) =>
    all.flatMap(([name, field]) => (matches(field) ? name : [])).sort();
  const [isSecret, isReplacing] = [
    ({ modifiers }: Field) => modifiers.secret,
    ({ modifiers }: Field) => modifiers.replaces,
  ];

  describe(`the documentation of ${type}`, () => {
    for (const [title, suffix, matches, expected] of [
      ["has an argument for each field", "Args", () => true, namesOf(inputs)],
      ["has an output for each field, except for instructions, and each output", "", () => true, namesOf(outputs)],
      ["marks secret arguments as secret", "Args", /\bSecret\b/, namesOf(inputs, isSecret)],
      ["marks secret outputs as secret", "", /\bSecret\b/, namesOf(outputs, isSecret)],
      ["names the arguments that force a replacement", "Args", /\bForces replacement\b/, namesOf(inputs, isReplacing)],
      ["states the effect of leaving out each argument", "Args", WITHOUT, namesOf(inputs)],
      [
        "marks deprecated arguments",
        "Args",
        ({ isDeprecated }: PublishedProperty) => isDeprecated,
        namesOf(inputs, ({ modifiers }) => modifiers.deprecated !== undefined),
      ],
    ] as const) {
      it(title, () => {
        const found = published.of(`${type}${suffix}`).filter((property) => {
          return typeof matches === "function" ? matches(property) : matches.test(property.text);
        });
        assert.deepEqual(found.map(({ name }) => name).sort(), expected);
      });
    }
  });

  describe(`the page of ${type}`, () => {
    const file = `docs/resources/${type.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase()}.md`;
    const page = textOf(file);
    const all: [string, Field][] = [...inputs, ...entriesOf(ownOutputs)];
    const marked = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, name]) => name).sort();

    it("is linked from the README's table, which says what replaces the resource", () => {
      const [, replaces = "", link = ""] = rows.get(type) ?? [];
      assert.ok(link.includes(`(${file})`));
      const named = inputs.flatMap(([name, field]) => (isReplacing(field) ? `\`${name}\`` : []));
      assert.equal(replaces, named.join(", ") || "–");
    });

    it("describes each input and each output, and marks secrets and what forces a replacement", () => {
      assert.deepEqual(
        namesOf(all).filter((name) => !page.includes(`\`${name}\``)),
        [],
      );
      assert.deepEqual(marked(/`(\w+)` \(secret\)/g), namesOf(all, isSecret));
      assert.deepEqual(marked(/^\| `(\w+)`.*Forces replacement/gm), namesOf(inputs, isReplacing));
    });

    it("is not alone: there is a program with the resource in examples/", () => {
      assert.match(filesIn("examples").map(textOf).join("\n"), new RegExp(`new (?:\\w+\\.)?${type}\\(`));
    });
  });
}

function entriesOf(fields: Readonly<Record<string, Field>>): [string, Field][] {
  return Object.entries(fields);
}
