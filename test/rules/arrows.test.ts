import assert from "node:assert/strict";
import { samples } from "./arrowSamples";
import { objectionsTo } from "./biome";
import { houseOf, houses, isAllowed } from "./houses";
import { cyclesIn, importsOf } from "./imports";
import { filesIn } from "./sources";

describe("the import arrows, as the lint has them", function () {
  this.timeout(60_000);
  let objections: ReadonlyMap<string, readonly string[]>;
  before(() => {
    const files = Object.entries(samples).map(([file, { refused, allowed }]) => {
      return { file, statements: [...refused, ...allowed].map(statementOf) };
    });
    objections = objectionsTo(files);
  });

  for (const [file, { refused, allowed }] of Object.entries(samples)) {
    it(`refuse ${refused.length} imports in ${file} and let ${allowed.length} pass`, () => {
      const objected = [...refused, ...allowed].filter((_, index) => objections.get(file)?.[index] !== "");
      assert.deepEqual(objected, refused);
    });
  }

  it("say what is allowed, and then what to do instead", () => {
    const messages = [...new Set([...objections.values()].flat())].filter((message) => message !== "");
    const remedies =
      /\. (?:Call|Everything|Import|Let|Put|Take|Use|Write) .+\.$|^Use ESM imports instead of require\.$/;
    assert.deepEqual(
      messages.filter((message) => !remedies.test(message)),
      [],
    );
  });
});

describe("the import arrows, as a table of houses", () => {
  const arrows = filesIn("provider").flatMap((file) => importsOf(file));

  for (const [file, { refused, allowed }] of Object.entries(samples)) {
    if (!file.startsWith("provider/")) continue;
    it(`agree with the lint about ${file}`, () => {
      const passes = (sample: string) => importsOf(file, statementOf(sample)).every(isAllowed);
      assert.deepEqual([...refused, ...allowed].filter(passes), allowed);
    });
  }

  it("hold for every import of the provider, in whatever form it is written", () => {
    const broken = arrows.filter((arrow) => !isAllowed(arrow)).map(({ from, to }) => `${from} → ${to}`);
    assert.deepEqual(broken, []);
  });

  it("leave no house empty and no file without a house", () => {
    const inhabited = new Set(filesIn("provider").map((file) => houseOf(file) ?? `no house: ${file}`));
    assert.deepEqual([...inhabited].sort(), Object.keys(houses).sort());
  });

  it("run in no circle", () => {
    assert.deepEqual(cyclesIn(arrows), []);
  });

  it("would show a circle", () => {
    const arrow = (from: string, to: string) => ({ from, to, typeOnly: false });
    assert.deepEqual(cyclesIn([arrow("a", "b"), arrow("b", "c"), arrow("c", "b")]), [["b", "c", "b"]]);
  });

  it("let examples import the package and the SDK only", () => {
    const imported = filesIn("examples").flatMap((file) => importsOf(file));
    const foreign = imported.filter(({ to }) => !/^(?:pulumi-rhombus|@pulumi\/pulumi|node:.*|examples\/.*)$/.test(to));
    assert.deepEqual(foreign, []);
  });
});

/** A sample is a whole statement, or only the name of a module. */
function statementOf(sample: string): string {
  return sample.includes(" ") ? sample : `import * as a from "${sample}"`;
}
