import assert from "node:assert/strict";
import { type Behaviours, campusSeed, type ScheduleUseKind } from "../../../provider/emulator";
import { ask, at, closeAll, keysAt, listAt, start } from "./caller";

const { acme } = campusSeed;
const locationUuid = acme.locations.warehouse.uuid;

async function emulated(behaviours: Partial<Behaviours> = {}) {
  const emulator = await start({ behaviours });
  const console = emulator.console(acme.orgUuid);
  const scheduleUuid = console.addSchedule({
    name: "Nights",
    intervalList: [{ minuteOfWeekStart: 0, minuteOfWeekStop: 360 }],
  });
  return {
    emulator,
    console,
    scheduleUuid,
    use: (kind: ScheduleUseKind) => console.addScheduleUse({ kind, name: `One ${kind}`, scheduleUuid }),
    remove: () => ask(emulator, "deleteSchedule", { scheduleUuid }),
    usage: async (uuid: string) =>
      listAt(await ask(emulator, "getScheduleData"), "weeklyScheduleData").find((each) => at(each, "uuid") === uuid),
  };
}

describe("emulator: the use of schedules", () => {
  afterEach(closeAll);

  it("lists what uses each schedule, except revocations", async () => {
    const { console, scheduleUuid, use, usage } = await emulated();
    const grant = console.addAccessGrant({ name: "Night shift", locationUuid, scheduleUuid });
    console.addAccessRevocation({ name: "Banned", locationUuid, scheduleUuid });
    const lists = {
      accessGrantUuids: [grant],
      alarmMonitoringUuids: [use("alarmMonitoring")],
      alertPolicyUuids: [use("cameraPolicy"), use("videoIntercomPolicy")],
      customEventUuids: [use("customEvent")],
      doorSettingUuids: [use("doorSetting")],
      ruleUuids: [use("rule")],
      sharedStreamUuids: [use("sharedStream")],
      locationsUsedIn: [locationUuid],
    };
    const shown = await usage(scheduleUuid);
    assert.deepEqual(
      Object.keys(lists).map((list) => at(shown, list)),
      Object.values(lists),
    );
    assert.equal(at(shown, "name"), "Nights");
    const { businessHours } = acme.access.schedules;
    assert.deepEqual(at(await usage(businessHours.uuid), "accessGrantUuids"), [acme.access.guestPassGrant.uuid]);
  });

  it("lists the policies that use a schedule by their kind, with their names", async () => {
    const { emulator, scheduleUuid, use } = await emulated();
    const [uuid] = [use("doorPolicy"), use("rule")];
    const answer = await ask(emulator, "getPoliciesUsingSchedule", { scheduleUuid });
    const lists = keysAt(answer).filter((name) => name.endsWith("List"));
    assert.equal(lists.length, 8);
    assert.equal(lists.flatMap((list) => listAt(answer, list)).length, 1);
    const policy = at(answer, "doorPolicyList", 0);
    assert.deepEqual([at(policy, "uuid"), at(policy, "name")], [uuid, "One doorPolicy"]);
    assert.equal(at(policy, "scheduledTriggers", 0, "schedule", "uuid"), scheduleUuid);
    const { afterHours } = acme.access.schedules;
    const seeded = await ask(emulator, "getPoliciesUsingSchedule", { scheduleUuid: afterHours.uuid });
    assert.equal(at(seeded, "cameraPolicyList", 0, "name"), acme.access.policy.name);
  });

  for (const [usedSchedules, error, isNamed] of [
    ["dangles", false, true],
    ["detaches", false, false],
    ["refused", true, true],
  ] as const) {
    it(`usedSchedules ${usedSchedules}: deletes a schedule that a grant, a revocation and a policy use, or refuses`, async () => {
      const { emulator, console, scheduleUuid, use, remove } = await emulated({ usedSchedules });
      const named = isNamed ? scheduleUuid : null;
      console.addAccessGrant({ name: "Night shift", locationUuid, scheduleUuid });
      console.addAccessRevocation({ name: "Banned", locationUuid, scheduleUuid });
      use("cameraPolicy");
      assert.equal(at(await remove(), "error"), error);
      const all = [console.accessGrants(), console.accessRevocations(), console.scheduleUses()];
      assert.deepEqual(
        all.map((each) => each.at(-1)?.scheduleUuid),
        [named, named, named],
      );
      const isThere = () => console.schedules().some(({ uuid }) => uuid === scheduleUuid);
      assert.equal(isThere(), error);
      for (const grant of console.accessGrants()) console.removeAccessGrant(grant.uuid);
      for (const revocation of console.accessRevocations()) console.removeAccessRevocation(revocation.uuid);
      for (const { uuid } of console.scheduleUses()) console.removeScheduleUse(uuid);
      await remove();
      assert.equal(isThere(), false);
      assert.deepEqual((await start({ seed: emulator.save() })).save(), emulator.save());
    });
  }
});
