import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { filesIn, ROOT, textOf } from "./sources";

const sources = ["provider", "test", "tools"].flatMap((folder) => filesIn(folder));

describe("citations of pages in the code", () => {
  it("name a heading that exists", () => {
    const broken = sources.flatMap((file) =>
      [...textOf(file).matchAll(/(docs\/[\w/-]+\.md)#([\w-]+)/g)]
        .filter(([, page = "", anchor = ""]) => !anchorsOn(page).has(anchor))
        .map(([citation]) => `${file}: ${citation}`),
    );
    assert.deepEqual(broken, []);
  });
});

/** The anchors of a page's headings: lower case, without punctuation, spaces as hyphens. */
function anchorsOn(page: string): ReadonlySet<string> {
  if (!existsSync(path.join(ROOT, page))) return new Set();
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    ),
  );
}
