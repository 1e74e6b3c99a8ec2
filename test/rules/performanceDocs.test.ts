import assert from "node:assert/strict";
import { textOf } from "./sources";

const STEPS = ["preview", "up", "unchanged", "refresh", "destroy"];
const IMPLEMENTATIONS = ["floor", "naive", "ours"];

/** The cells of each row of a page's tables. */
function rowsOf(page: string): string[][] {
  return [...textOf(page).matchAll(/^\| (.+) \|$/gm)].map(([, row = ""]) => row.replaceAll("*", "").split(" | "));
}

/** The section of the results that measures seconds, by groups and step; the medians in the order of the implementations. */
const [, seconds = ""] = /## Seconds\n([\s\S]*?)\n## /.exec(textOf("bench/RESULTS.md")) ?? [];
const medians = new Map(
  [...seconds.matchAll(/^\| (\d+) \| (\w+) \| ([\d.]+).*? \| ([\d.]+).*? \| ([\d.]+)/gm)].map(
    ([, groups, step, ...values]) => [`${groups} ${step}`, values.map(Number)],
  ),
);

/** Half a unit of the last digit that is written. */
function precisionOf(figure: string): number {
  return 0.5 * 10 ** -(figure.split(".")[1]?.length ?? 0);
}

describe("the page on performance", () => {
  it("shows the seconds of bench/RESULTS.md, rounded", () => {
    const rows = rowsOf("docs/performance.md").filter(([groups = ""]) => /^[\d,]+$/.test(groups));
    const wrong = rows.flatMap(([groups = "", provider = "", ...figures]) => {
      const implementation = IMPLEMENTATIONS.indexOf(provider === "this package" ? "ours" : provider);
      return STEPS.filter((step, index) => {
        const figure = figures[index] ?? "";
        const median = medians.get(`${groups.replace(",", "")} ${step}`)?.[implementation] ?? Number.NaN;
        return !(Math.abs(Number(figure) - median) <= precisionOf(figure) + 1e-9);
      }).map((step) => `${groups} ${provider} ${step}`);
    });
    assert.equal(rows.length, 6);
    assert.deepEqual(wrong, []);
  });

  it("shows the bytes of state of bench/RESULTS.md", () => {
    const measured = rowsOf("bench/RESULTS.md").find(([groups, step, , calls]) => {
      return groups === "200" && step === "up" && calls === "0";
    });
    const shown = rowsOf("docs/performance.md").filter((row) => row.length === 2 && /^\d,\d{3}$/.test(row[1] ?? ""));
    assert.deepEqual(
      shown.map(([, bytes = ""]) => bytes.replace(",", "")),
      [measured?.[2], measured?.[8], measured?.[5]],
    );
  });
});
