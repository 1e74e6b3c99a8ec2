import assert from "node:assert/strict";
import { campus } from "../../provider/emulator";
import { pages, snippetsOn } from "./pages";
import { filesIn, textOf } from "./sources";

const { geneaAccounts, kisiAccounts } = campus();
const places = kisiAccounts.flatMap((account) => account.places);

/** The ids of doors and places that Genea and Kisi list in the emulator. */
const listed = new Set([
  ...geneaAccounts.flatMap(({ doors }) => doors.map(({ id }) => id)),
  ...places.flatMap(({ id, doors }) => [`${id}`, ...doors.map((door) => `${door.id}`)]),
]);

describe("the ids of doors and places in examples", () => {
  it("are those of the emulator, so that no example causes the warning of an unknown one", () => {
    // The keys of OnGuard are two numbers, such as "1:4".
    const keys = [
      ...filesIn("examples").map((file) => [file, textOf(file)] as const),
      ...filesIn("provider/resources").map((file) => [file, textOf(file)] as const),
      ...pages.flatMap((page) => snippetsOn(textOf(page)).map(({ code }) => [page, code] as const)),
    ].flatMap(([file, code]) =>
      [...code.matchAll(/(?<=[{,*]\s*)(?:"([\w-]{4,})"|(\d{4,}))(?=: [{[])/g)].map(([, text, number]) => {
        return { file, key: text ?? number ?? "" };
      }),
    );
    assert.ok(keys.length > 3);
    assert.deepEqual(
      keys.filter(({ key }) => !listed.has(key)),
      [],
    );
  });
});
