import assert from "node:assert/strict";
import { campusSeed, type Fault, type LoggedRequest, type PlannedFault } from "../../provider/emulator";
import { begin, type Declared, endAll, patient } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const refused: Readonly<Record<string, Fault>> = {
  "error: true": { kind: "errorEnvelope", errorMsg: "Something broke.", when: "after" },
  "403": { kind: "status", status: 403, when: "after" },
  "400": { kind: "status", status: 400, when: "after" },
};
const failed = { kind: "status", status: 500 } as const;
const everything = { operation: "*", with: failed, times: 99 } as const;
const created = [
  ["a group", group({ userUuids: [acme.users.ada.uuid] }), "createAccessControlGroup"],
  ["an OnGuard deployment", onGuard({ saveClips: true }), "createOrUpdateHoneywellOnGuardIntegration"],
  ["Genea", genea({ saveClips: true }), "updateGeneaIntegrationV2"],
  ["Kisi", kisi({ enabled: false }), "updateKisiIntegrationV2"],
] as const;

function adopting({ type, inputs }: Declared): Declared {
  return { type, inputs: { ...inputs, adopt: true } };
}

describe("a creation that Rhombus refused although it carried it out", () => {
  afterEach(endAll);

  for (const [what, declared, operation] of created) {
    for (const [fault, plan] of Object.entries(refused)) {
      it(`is an error that names the way out, and adopt: true takes the object over: ${what}, ${fault}`, async () => {
        const { emulator, stack } = await begin({ behaviours: { groupNames: "duplicates" } });
        emulator.fail({ operation, with: plan });
        await assert.rejects(
          stack.up({ it: declared }),
          /exists now, although Rhombus refused to make it.*`adopt: true`/,
        );
        assert.ok(!stack.has("it"));
        await stack.up({ it: adopting(declared) });
        assert.equal(emulator.remains().length, 1);
        assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
      });
    }

    it(`is the same error where reads lag: ${what}`, async () => {
      const behaviours = { groupNames: "duplicates", readLagMs: 100 } as const;
      const { emulator, stack } = await begin({ behaviours, patience: patient });
      emulator.fail({ operation, with: refused["403"] ?? failed });
      await assert.rejects(stack.up({ it: declared }), /exists now, although Rhombus refused to make it/);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
    });

    it(`is a plain refusal where nothing was created: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation, with: { kind: "errorEnvelope", errorMsg: "Something broke." }, times: 2 });
      await assert.rejects(stack.up({ it: declared }), /failed: Something broke\.$/);
      assert.deepEqual(emulator.remains(), []);
    });
  }

  for (const fault of ["400", "error: true"]) {
    const declared = group({ userUuids: [acme.users.ada.uuid] });
    const plan = { operation: "createAccessControlGroup", with: refused[fault] ?? failed } as const;

    it(`of a group with members does not create a second group without them where reads lag: ${fault}`, async () => {
      const behaviours = { groupNames: "duplicates", readLagMs: 250 } as const;
      const { emulator, stack } = await begin({ behaviours, patience: patient });
      emulator.fail(plan);
      await assert.rejects(stack.up({ it: declared }), /exists now, although Rhombus refused to make it/);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
    });

    it(`of a group with members is reported as a duplicate where reads show it only after a second creation: ${fault}`, async () => {
      const behaviours = { groupNames: "duplicates", readLagMs: 450 } as const;
      const { emulator, stack } = await begin({ behaviours, patience: patient });
      emulator.fail(plan);
      await assert.rejects(stack.up({ it: declared }), /after a call that failed .*now exists more than once/);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [2, true]);
    });
  }

  it("is not taken into the state where another program was quicker", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "findAccessControlGroupsByOrg" && emulator.isEmpty() && console.addGroup({ name: "Staff" });
    const { emulator, stack, console } = await begin({ onRequest });
    await assert.rejects(stack.up({ it: group() }), /although Rhombus refused to make it.*400 .*or by somebody else/);
    assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
  });

  it("of an OnGuard deployment restores the existing one that Rhombus changed instead", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" } });
    const before = console.onGuard();
    emulator.fail({
      operation: "createOrUpdateHoneywellOnGuardIntegration",
      with: { kind: "status", status: 403, when: "after" },
    });
    await assert.rejects(stack.up({ it: onGuard() }), /403/);
    assert.deepEqual([console.onGuard(), stack.has("it")], [before, false]);
  });
});

describe("a creation whose answer was lost, and reads fail as well", () => {
  afterEach(endAll);

  for (const [what, declared, operation] of created) {
    for (const when of ["before", "after"] as const) {
      it(`is an error that names the object and the remedy: ${what}, lost ${when} the write`, async () => {
        const onRequest = (request: LoggedRequest) => {
          if (request.operation === operation && lost.remaining === 0) outage ??= emulator.fail(everything);
        };
        const { emulator, stack } = await begin({ onRequest });
        let outage: PlannedFault | undefined;
        const lost = emulator.fail({ operation, with: { ...failed, when } });
        await assert.rejects(stack.up({ it: declared }), /may have been made: the answer was lost .*`adopt: true`/);
        outage?.cancel();
        assert.ok(!stack.has("it"));
        await stack.up({ it: when === "after" ? adopting(declared) : declared });
        assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
      });
    }
  }
});

describe("a creation whose answer was lost, where Rhombus may have changed an existing deployment", () => {
  afterEach(endAll);

  it("is an error that names the number of deployments to check", async () => {
    const operation = "createOrUpdateHoneywellOnGuardIntegration";
    const onRequest = (request: LoggedRequest) => {
      if (request.operation === operation) emulator.fail(everything);
    };
    const { emulator, stack } = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" }, onRequest });
    emulator.fail({ operation, with: { kind: "reset", when: "after" } });
    await assert.rejects(
      stack.up({ it: onGuard() }),
      /`adopt: true`.*check those that were there \(2\).*renamed one of them/,
    );
  });
});
