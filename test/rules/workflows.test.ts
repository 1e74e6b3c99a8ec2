import assert from "node:assert/strict";
import { filesIn, textOf } from "./sources";

const files = [...filesIn(".github/workflows", ".yml"), "action.yml"];

describe("the workflows of this repository", () => {
  for (const file of files) {
    it(`${file}: each action of others is pinned by the hash of a commit, with its version beside it`, () => {
      const used = [...textOf(file).matchAll(/\buses: (.*)$/gm)].map(([, action = ""]) => action);
      assert.deepEqual(
        used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
        [],
      );
    });
  }

  it("pin an action by the same hash everywhere", () => {
    const pinned = files.flatMap((file) => [...textOf(file).matchAll(/\buses: (\S+)@(\S+)/g)]);
    const hashes = new Map(pinned.map(([, action, hash]) => [action, hash]));
    assert.deepEqual(
      pinned.filter(([, action, hash]) => hashes.get(action) !== hash).map(([use]) => use),
      [],
    );
  });

  it("may read the repository's contents, and no workflow may do more than its jobs say", () => {
    for (const file of filesIn(".github/workflows", ".yml")) {
      assert.match(textOf(file), /^permissions:\n {2}contents: read$/m, file);
    }
  });
});
