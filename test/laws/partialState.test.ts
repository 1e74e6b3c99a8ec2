import assert from "node:assert/strict";
import { campusSeed, type OperationName } from "../../provider/emulator";
import { begin, type Declared, endAll, type Properties } from "../drivers/stack";
import { dock, genea, group, lobby, onGuard } from "../resources/declared";

const { users, genea: geneaAtAcme, locations } = campusSeed.acme;
const { ada, ben, deleted } = users;
const { lobby: front } = geneaAtAcme.doors;
const failed = { kind: "status", status: 500 } as const;
const refused = { kind: "status", status: 400 } as const;

interface PartialFailure {
  readonly before?: Declared;
  readonly program: Declared;
  /** Default: Rhombus does not store all values. */
  readonly operation?: OperationName;
  readonly error: RegExp;
  /** The outputs of the partial state; undefined for those that are absent. */
  readonly stored: Properties;
  /** The program that completes it. Default: the same. */
  readonly corrected?: Declared;
}

const rotated = { apiToken: geneaAtAcme.rotatedApiToken };
const partialFailures: Readonly<Record<string, PartialFailure>> = {
  "of members have those that were added, and the error names the other": {
    before: group({ userUuids: [ada.uuid] }),
    program: group({ userUuids: [ada.uuid, ben.uuid, deleted.uuid], description: "new" }),
    error: new RegExp(`does not show userUuids.*${deleted.uuid}.*Users must belong to this organization`),
    stored: { userUuids: [ada.uuid, ben.uuid].sort(), description: "new", __format: 1 },
    corrected: group({ userUuids: [ben.uuid], description: "new" }),
  },
  "of a group have no members if they cannot be added": {
    program: group({ userUuids: [ada.uuid, deleted.uuid], locationUuid: locations.warehouse.uuid }),
    operation: "addUsersToAccessControlGroup",
    error: /500/,
    stored: { userUuids: undefined, name: "Staff", locationUuid: locations.warehouse.uuid },
    corrected: group({ userUuids: [ada.uuid], locationUuid: locations.warehouse.uuid }),
  },
  "of an OnGuard creation have no flags": {
    program: onGuard({ doorInfoMap: { "1:4": lobby }, saveClips: true }),
    operation: "updateHoneywellOnGuardIntegration",
    error: /500.*does not show saveClips/,
    stored: { doorInfoMap: { "1:4": lobby }, saveClips: undefined },
  },
  "of an OnGuard update have the old flags": {
    before: onGuard({ doorInfoMap: { "1:4": lobby }, saveClips: false }),
    program: onGuard({ doorInfoMap: { "1:4": dock }, saveClips: true }),
    operation: "updateHoneywellOnGuardIntegration",
    error: /500/,
    stored: { doorInfoMap: { "1:4": dock }, saveClips: false },
  },
  "of Genea have the accepted doors and the new vendor key": {
    before: genea({ doorInfoMap: { [front.id]: lobby } }),
    program: genea({ ...rotated, doorInfoMap: { [front.id]: dock, nowhere: lobby } }),
    error: /doorInfoMap\.nowhere/,
    stored: { doorInfoMap: { [front.id]: dock }, ...rotated },
    corrected: genea({ ...rotated, doorInfoMap: { [front.id]: dock, [geneaAtAcme.doors.dock.id]: lobby } }),
  },
};

describe("partial states", () => {
  afterEach(endAll);

  for (const [what, { before, program, operation, error, stored, corrected = program }] of Object.entries(
    partialFailures,
  )) {
    it(`${what}, and the next up completes them`, async () => {
      // A creation with the members is refused, so that they are added by a call of their own.
      const { emulator, stack } = await begin({ behaviours: { failedDoors: true } });
      if (before !== undefined) await stack.up({ it: before });
      if (operation !== undefined) {
        emulator.fail({ operation: "createAccessControlGroup", with: refused });
        emulator.fail({ operation, with: failed, times: 9 });
      }
      await assert.rejects(stack.up({ it: program }), error);
      const { id, outputs } = stack.stored("it");
      for (const [name, value] of Object.entries(stored)) assert.deepEqual(outputs[name], value, name);
      emulator.clearFaults();
      assert.deepEqual(await stack.up({ it: corrected }), { it: "update" });
      assert.deepEqual(await stack.up({ it: corrected }), { it: "same" });
      await stack.refresh();
      assert.deepEqual([await stack.up({ it: corrected }), stack.stored("it").id], [{ it: "same" }, id]);
    });
  }

  it("of an OnGuard creation have its token, secret and URL, as secrets", async () => {
    const { emulator, stack, console } = await begin();
    emulator.fail({ operation: "updateHoneywellOnGuardIntegration", with: failed, times: 9 });
    await assert.rejects(stack.up({ it: onGuard({ saveClips: true }) }), /500/);
    const { outputs, secrets } = stack.stored("it");
    for (const name of ["rhombusToken", "presharedSecret", "webhookUrl"] as const) {
      assert.deepEqual([outputs[name], secrets.has(name)], [console.onGuard()[0]?.[name], true], name);
    }
  });

  it("of a creation whose answer shows no location are errors that name it", async () => {
    const { emulator, stack } = await begin();
    const withoutLocation = { uuid: "A".repeat(22), name: "Staff", orgUuid: campusSeed.acme.orgUuid };
    const answer = { kind: "status", status: 200, body: { group: withoutLocation }, when: "before" } as const;
    emulator.fail({ operation: "createAccessControlGroup", with: answer });
    const program = { it: group({ locationUuid: locations.warehouse.uuid }) };
    await assert.rejects(stack.up(program), /does not show locationUuid/);
  });

  it("do not come about before the first write: the state stays", async () => {
    const { emulator, stack } = await begin();
    const before = { staff: group(), hq: onGuard(), genea: genea() };
    await stack.up(before);
    const stored = () => Object.keys(before).map((name) => stack.stored(name));
    const prior = stored();
    emulator.fail({ operation: "updateAccessControlGroup", with: refused, times: 9 });
    emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: refused, times: 9 });
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: refused, times: 9 });
    const hq = onGuard({ doorInfoMap: {}, displayName: "B" });
    const changed = { staff: group({ description: "x" }), hq, genea: genea({ saveClips: true }) };
    await assert.rejects(stack.up(changed), /400.*400.*400/s);
    assert.deepEqual(stored(), prior);
  });
});
