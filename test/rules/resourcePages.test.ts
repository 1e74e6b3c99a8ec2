import assert from "node:assert/strict";
import { type Resource, resources } from "./resources";
import { textOf } from "./sources";

/** The row of the README's table of resources, by class. */
const rows = new Map(
  [...textOf("README.md").matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, type = "", cells = ""]) => [
    type,
    cells.split(" | "),
  ]),
);

/** The file name of a resource's page, such as `on-guard-integration.md`. */
function pageOf({ name }: Resource): string {
  return `docs/resources/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;
}

for (const resource of resources) {
  describe(`the page of ${resource.type}`, () => {
    const page = textOf(pageOf(resource));
    const fields = Object.entries(resource.fields);

    it("is linked from the README's table, which says what replaces the resource", () => {
      const [, replaces = "", link = ""] = rows.get(resource.type) ?? [];
      assert.ok(link.includes(`(${pageOf(resource)})`));
      const named = fields.flatMap(([name, { modifiers }]) => (modifiers.replaces ? `\`${name}\`` : []));
      assert.equal(replaces, named.join(", ") || "–");
    });

    it("describes each input and each output", () => {
      const names = [...fields.map(([name]) => name), ...Object.keys(resource.outputs)];
      assert.deepEqual(
        names.filter((name) => !page.includes(`\`${name}\``)),
        [],
      );
    });

    it("marks the secrets, and nothing else, as secret", () => {
      const secret = [...fields, ...Object.entries(resource.outputs)]
        .filter(([, { modifiers }]) => modifiers.secret)
        .map(([name]) => name);
      const marked = [...page.matchAll(/`(\w+)` \(secret\)/g)].map(([, name]) => name);
      assert.deepEqual(marked.sort(), secret.sort());
    });

    it("names what forces a replacement", () => {
      const forced = [...page.matchAll(/^\| `(\w+)`.*Forces replacement/gm)].map(([, name]) => name);
      assert.deepEqual(
        forced,
        fields.flatMap(([name, { modifiers }]) => (modifiers.replaces ? name : [])),
      );
    });
  });
}
