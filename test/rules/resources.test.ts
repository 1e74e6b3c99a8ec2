import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import * as index from "../../provider";
import { definitions } from "../../provider/resources/registry";
import * as runtime from "../../provider/runtime";
import { samples } from "../resources/facts";
import { resources } from "./resources";
import { filesIn, ROOT, textOf } from "./sources";

describe("every resource", () => {
  const types = resources.map(({ type }) => type).sort();

  it("is in the registry under its type", () => {
    assert.deepEqual(
      Object.values(definitions)
        .map(({ type }) => type)
        .sort(),
      types,
    );
    assert.deepEqual(Object.keys(definitions).sort(), types);
  });

  it("has a sample, with which the contract is tested", () => {
    const sampled = new Set<string>(Object.values(samples).map(({ type }) => type));
    assert.deepEqual([...sampled].sort(), types);
  });

  it("is exported by the runtime and by the package", () => {
    for (const entrance of [index, runtime]) {
      assert.deepEqual(
        types.filter((type) => !(type in entrance)),
        [],
      );
    }
  });

  it("has an example", () => {
    const programs = filesIn("examples").map(textOf).join("\n");
    const missing = types.filter((type) => !new RegExp(`new (?:\\w+\\.)?${type}\\(`).test(programs));
    assert.deepEqual(missing, []);
  });

  it("is in the README", () => {
    const missing = types.filter((type) => !textOf("README.md").includes(`\`${type}\``));
    assert.deepEqual(missing, []);
  });

  for (const { name, type } of resources) {
    it(`has a folder of its name with a class and a definition: ${name}`, () => {
      assert.equal(type, `${name[0]?.toUpperCase()}${name.slice(1)}`);
      assert.match(
        textOf(`provider/resources/${name}/resource.ts`),
        new RegExp(`export class ${type} extends RhombusResource`),
      );
      assert.ok(existsSync(path.join(ROOT, "provider/resources", name, "definition.ts")));
    });
  }
});
