import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { begin, endAll, type Stack } from "../drivers/stack";
import { group, schedule } from "./declared";

const { access, locations, users } = campusSeed.acme;
const nights = [{ days: ["friday"], from: "22:00", to: "06:00" }];

type Naming = Pick<Parameters<OrganizationConsole["addAccessGrant"]>[0], "groupUuids" | "scheduleUuid">;

/** The two types that others use: how each is declared, named by a grant, and shown. */
const used = {
  group: {
    declared: group(),
    named: (id: string): Naming => ({ groupUuids: [id] }),
    label: 'the access control group "Staff"',
    shown: (console: OrganizationConsole) => console.groups().map(({ name }) => name),
    remove: (console: OrganizationConsole, id: string) => console.removeGroup(id),
  },
  schedule: {
    declared: schedule(nights),
    named: (id: string): Naming => ({ scheduleUuid: id }),
    label: 'the schedule "Nights"',
    shown: (console: OrganizationConsole) =>
      console.schedules().flatMap(({ name }) => (name === "Nights" ? [name] : [])),
    remove: (console: OrganizationConsole, id: string) => console.removeSchedule(id),
  },
} as const;

const gates = { name: "Gates", locationUuid: locations.headquarters.uuid };

/** Fails to delete the only resource, which stays in the state and in Rhombus. Returns the message. */
async function refusalOf(stack: Stack): Promise<string> {
  const { message } = await stack.destroy().then(
    () => assert.fail("it was deleted"),
    (error: unknown) => (error instanceof Error ? error : assert.fail(String(error))),
  );
  assert.ok(stack.has("it"));
  return message;
}

for (const [what, { declared, named, label, shown, remove }] of Object.entries(used)) {
  describe(`a ${what} in use`, () => {
    afterEach(endAll);

    async function deployed(options: Parameters<typeof begin>[0] = {}) {
      const started = await begin(options);
      await started.stack.up({ it: declared });
      return { ...started, id: started.stack.stored("it").id };
    }

    it("is not deleted while a grant names it, and the message says which", async () => {
      const { emulator, stack, console, id } = await deployed();
      const uuid = console.addAccessGrant({ ...gates, ...named(id) });
      const guest = console.addAccessGrant({ ...gates, name: "Guests", mode: "GUEST_PASS_INDIVIDUAL", ...named(id) });
      const message = await refusalOf(stack);
      assert.ok(message.startsWith("Remove it from what uses it, then run the same command again"), message);
      const uses = `the access grant "Gates" (${uuid}), the access grant "Guests" (${guest})`;
      assert.ok(message.endsWith(`${label} was not deleted, because it is used by ${uses}.`), message);
      assert.equal(shown(console).length, 1);
      assert.ok(!emulator.requests().some(({ operation = "" }) => /^delete/.test(operation)));
      for (const each of [uuid, guest]) console.removeAccessGrant(each);
      await stack.destroy();
      assert.deepEqual(shown(console), []);
    });

    it("is used by many: the message names ten, and the names cannot break it", async () => {
      const { stack, console, id } = await deployed();
      for (let number = 1; number <= 12; number += 1)
        console.addAccessGrant({ ...gates, name: `"Gate"\n${number}`, ...named(id) });
      const message = await refusalOf(stack);
      assert.equal(message.split("the access grant").length - 1, 10);
      assert.match(message, /the access grant "\\"Gate\\"\\n1" \([^)]+\), .* and 2 more\.$/);
    });

    it("is not deleted while a revocation names it, which could give access back", async () => {
      const { stack, console, id } = await deployed();
      console.addAccessRevocation({ ...gates, name: "Banned", ...named(id) });
      const message = await refusalOf(stack);
      assert.match(message, /used by the access revocation "Banned" \([^)]+\)\. Deleting it could give access back/);
      assert.equal(shown(console).length, 1);
    });

    it("is deleted although reads still show for a while a grant that named it", async () => {
      const { emulator, stack, console, id } = await deployed();
      const body = { accessGrants: [{ uuid: access.guestPassGrant.uuid, ...gates, ...named(id) }] };
      const operation = "findLocationAccessGrantsByOrg";
      emulator.fail({ operation, with: { kind: "status", status: 200, body }, times: 2 });
      await stack.destroy();
      assert.deepEqual(shown(console), []);
    });

    for (const operation of ["findLocationAccessGrantsByOrg", "findLocationAccessRevocationsByOrg"] as const) {
      it(`is not deleted if ${operation} is refused, and the message has a way out`, async () => {
        const { emulator, stack, console } = await deployed();
        emulator.fail({ operation, with: { kind: "status", status: 403, when: "before" } });
        const message = await refusalOf(stack);
        assert.match(message, /^Check the key from .* and its role/);
        assert.match(
          message,
          /was not deleted: it is not certain that nothing uses it\. .* delete it in the Rhombus console/,
        );
        assert.equal(shown(console).length, 1);
      });

      for (const body of [{}, { accessGrants: null, accessRevocations: null }]) {
        it(`is not deleted if ${operation} answers ${JSON.stringify(body)}`, async () => {
          const { emulator, stack, console } = await deployed();
          emulator.fail({ operation, with: { kind: "status", status: 200, body }, times: 4 });
          const message = await refusalOf(stack);
          assert.match(message, /^Run the same command again, unless it has said this before: find\w+ failed: /);
          assert.match(message, /the answer may be incomplete: "access\w+" is (?:missing|null)/);
          assert.match(message, /it is not certain that nothing uses it/);
          assert.equal(shown(console).length, 1);
          await stack.destroy();
          assert.deepEqual(shown(console), []);
        });
      }
    }

    it("is not deleted if Rhombus never lists grants, but leaves the state after a deletion in the console", async () => {
      const { stack, console, id } = await deployed({ behaviours: { emptyLists: "null" } });
      console.addGroup({ name: "Other" });
      for (const { uuid } of console.accessGrants()) console.removeAccessGrant(uuid);
      assert.match(
        await refusalOf(stack),
        /delete it in the Rhombus console, then run `pulumi refresh`; or `retainOnDelete: true` leaves it there\.$/,
      );
      remove(console, id);
      assert.deepEqual(await stack.refresh(), ["it"]);
    });

    it("is gone without an error if it was deleted outside, whatever still names it", async () => {
      const { emulator, stack, console, id } = await deployed();
      remove(console, id);
      console.addAccessGrant({ ...gates, ...named(id) });
      await stack.destroy();
      assert.ok(!emulator.requests().some(({ operation = "" }) => operation === "updateAccessGrant"));
    });

    it("is changed without a look at what uses it", async () => {
      const { emulator, stack } = await deployed();
      emulator.clearRequests();
      await stack.up({ it: { ...declared, inputs: { ...declared.inputs, name: "Other" } } });
      assert.ok(!emulator.requests().some(({ operation = "" }) => /Revocations|getScheduleData/.test(operation)));
    });
  });
}

describe("a group in use: its replacement", () => {
  afterEach(endAll);

  it("is refused while a grant names it, before anything is deleted, and says how it goes", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ locationUuid: locations.headquarters.uuid }) });
    const before = console.groups();
    console.addAccessGrant({ ...gates, groupUuids: [stack.stored("it").id] });
    await assert.rejects(
      stack.up({ it: group({ locationUuid: locations.warehouse.uuid }) }),
      /^Error: Declare a new object under another name beside it, .* was not replaced, because it is used by the access grant "Gates"/,
    );
    assert.deepEqual(console.groups(), before);
  });
});

describe("a schedule in use by others than grants", () => {
  afterEach(endAll);

  const kinds = {
    alarmMonitoring: "alarm monitoring",
    customEvent: "custom event",
    doorSetting: "door setting",
    rule: "rule",
    sharedStream: "shared stream",
    cameraPolicy: "alert policy",
  } as const;

  for (const [kind, shown] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    it(`is not deleted while one names it: ${shown}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: schedule(nights) });
      const uuid = console.addScheduleUse({ kind, name: "Alarm", scheduleUuid: stack.stored("it").id });
      assert.ok((await refusalOf(stack)).endsWith(`because it is used by the ${shown} ${uuid}.`));
      console.removeScheduleUse(uuid);
      await stack.destroy();
    });
  }

  it("is not deleted if Rhombus does not show one of its lists, or the schedule", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: schedule(nights) });
    const { id: uuid } = stack.stored("it");
    for (const [weeklyScheduleData, missing] of [
      [[{ uuid, accessGrantUuids: [] }], "alarmMonitoringUuids"],
      [[], "the schedule"],
    ] as const) {
      const body = { weeklyScheduleData };
      emulator.fail({ operation: "getScheduleData", with: { kind: "status", status: 200, body }, times: 4 });
      assert.match(await refusalOf(stack), new RegExp(`getScheduleData does not show ${missing}\\. Therefore`));
    }
    assert.ok(console.schedules().some((each) => each.uuid === uuid));
  });
});

describe("a group that no grant names", () => {
  afterEach(endAll);

  it("is deleted although a grant names its members", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ userUuids: [users.ada.uuid] }) });
    console.addAccessGrant({
      ...gates,
      scheduleUuid: access.schedules.businessHours.uuid,
      userUuids: [users.ada.uuid],
    });
    await stack.destroy();
    assert.deepEqual(console.groups(), []);
  });
});
