import assert from "node:assert/strict";
import { documentedIn } from "./docstrings";
import { filesIn } from "./sources";

const documented = filesIn("provider").flatMap((file) => documentedIn(file));

describe("docstrings", () => {
  it("stand before every name that a file of the provider exports, and before its members", () => {
    const without = documented.filter(({ text }) => !text);
    assert.deepEqual(listed(without), []);
  });

  it("end in a full stop, and so do their tags", () => {
    const open = documented.filter(({ text, tags }) => [text ?? ".", ...tags].some((text) => !text.endsWith(".")));
    assert.deepEqual(listed(open), []);
  });

  it("are looked for on every kind of name and member, once for overloads", () => {
    const text = `
      export const one = 1, two = 2;
      export function three(a: string): void;
      export function three(): void {}
      export type Four = { five: string };
      export interface Six { seven(): void }
      export class Eight { nine = 9; static ten() {} #no = 0; private alsoNo = 0; constructor() {} }
      const hidden = 0;`;
    const names = documentedIn("sample.ts", text).map(({ name }) => name);
    const members = ["Four.five", "Six.seven", "Eight.nine", "Eight.ten", "Eight.constructor"];
    assert.deepEqual(names.sort(), ["one", "two", "three", "Four", "Six", "Eight", ...members].sort());
  });
});

function listed(names: readonly { name: string; place: string }[]): string[] {
  return names.map(({ name, place }) => `${place} ${name}`);
}
