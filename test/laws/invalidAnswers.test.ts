import assert from "node:assert/strict";
import type { Fault } from "../../provider/emulator";
import { begin, count, endAll } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const levels = 200_000;

const answers: Readonly<Record<string, Fault>> = {
  "202 and no body": { kind: "status", status: 202, when: "after" },
  "203 and another group": {
    kind: "status",
    status: 203,
    body: { group: { uuid: "AAAAAAAAAAAAAAAAAAAAAA" } },
    when: "after",
  },
  "206 and half a group": { kind: "status", status: 206, body: { group: {} }, when: "after" },
  "200 and nested arrays": {
    kind: "status",
    status: 200,
    body: `{"group":${"[".repeat(levels)}${"]".repeat(levels)}}`,
    when: "after",
  },
  "200 and nested objects": {
    kind: "status",
    status: 200,
    body: `${'{"group":'.repeat(levels)}0${"}".repeat(levels)}`,
    when: "after",
  },
  "500 and nested arrays": {
    kind: "status",
    status: 500,
    body: `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`,
    when: "after",
  },
};

const creates = [
  ["a group", group(), "createAccessControlGroup"],
  ["OnGuard", onGuard(), "createOrUpdateHoneywellOnGuardIntegration"],
  ["Genea", genea(), "updateGeneaIntegrationV2"],
  ["Kisi", kisi(), "updateKisiIntegrationV2"],
] as const;

describe("a create that is carried out and answered strangely", () => {
  afterEach(endAll);
  for (const [what, declared, operation] of creates) {
    for (const [answer, fault] of Object.entries(answers)) {
      it(`leaves neither an orphan nor a duplicate: ${what}, ${answer}`, async () => {
        const { emulator, stack, console } = await begin();
        const live = () => JSON.stringify([console.groups(), console.onGuard(), console.genea(), console.kisi()]);
        const before = live();
        emulator.fail({ operation, with: fault });
        await stack.up({ it: declared });
        if (operation !== "createOrUpdateHoneywellOnGuardIntegration") assert.equal(count(emulator, operation), 1);
        assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
        await stack.up({});
        assert.equal(live(), before);
      });
    }
  }
});
