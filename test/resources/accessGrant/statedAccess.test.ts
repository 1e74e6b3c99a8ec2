import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll, type Properties, unknown } from "../../drivers/stack";
import { grant, schedule } from "../declared";
import { facts } from "./facts";

const { access, users } = campusSeed.acme;
const { elevatorLandings, doorLabels, schedules } = access;

/** The grants that Pulumi may manage. */
function grantsIn(console: OrganizationConsole) {
  return console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
}

describe("an access grant: what a program must state", () => {
  afterEach(endAll);

  const mistakes: Readonly<Record<string, readonly [Properties, RegExp]>> = {
    "no schedule and not that it always holds": [
      { scheduleUuid: undefined },
      /^scheduleUuid is required, or `always: true` for a grant that holds at all times: it is never assumed\.$/,
    ],
    "no schedule and that it does not always hold": [
      { scheduleUuid: undefined, always: false },
      /^scheduleUuid is required, or `always: true`/,
    ],
    "an empty schedule": [{ scheduleUuid: "" }, /^scheduleUuid is required, or `always: true`/],
    "a schedule and that it always holds": [
      { always: true },
      /^always contradicts scheduleUuid: declare one of the two\.$/,
    ],
    "no set of doors": [
      { accessControlledDoorUuids: undefined },
      /^accessControlledDoorUuids is required, or accessControlledElevatorLandingUuids or doorLabelIds; an empty set is `\[\]`\.$/,
    ],
    "no set of people": [{ userUuids: undefined }, /^userUuids is required, or groupUuids; an empty set is `\[\]`\.$/],
    "an empty id in a set": [{ groupUuids: [""] }, /^groupUuids\[0\] must not be empty\.$/],
    "an empty label": [{ doorLabelIds: [""] }, /^doorLabelIds\[0\] must not be empty\.$/],
  };
  for (const [what, [inputs, message]] of Object.entries(mistakes)) {
    it(`${what} is a mistake, and nothing is written`, async () => {
      const { stack, console } = await begin();
      await assert.rejects(stack.up({ it: grant(inputs) }), ({ message: said }: Error) => message.test(said));
      assert.deepEqual(grantsIn(console), []);
    });
  }

  for (const [what, inputs] of Object.entries({
    "an unknown schedule": { scheduleUuid: unknown },
    "an unknown statement that it always holds": { scheduleUuid: undefined, always: unknown },
    "unknown sets": { accessControlledDoorUuids: unknown, userUuids: undefined, groupUuids: [unknown] },
    "empty sets": { accessControlledDoorUuids: [], userUuids: [] },
    "a schedule, and that it does not always hold": { always: false },
  })) {
    it(`${what} passes the preview`, async () => {
      const { stack } = await begin();
      assert.deepEqual(await stack.preview({ it: grant(inputs) }), { it: "create" });
    });
  }

  it("no line can be taken out of a program so that it widens access", async () => {
    const { stack, console } = await begin();
    const { inputs } = grant({
      accessControlledElevatorLandingUuids: [elevatorLandings.lobby],
      doorLabelIds: [doorLabels.perimeter],
      groupUuids: [console.addGroup({ name: "Staff", userUuids: [users.ben.uuid] })],
    });
    await stack.up({ it: { type: "AccessGrant", inputs } });
    const [before] = grantsIn(console);
    for (const name of Object.keys(inputs).filter((each) => each !== "name" && each !== "locationUuid")) {
      const fewer = Object.fromEntries(Object.entries(inputs).filter(([each]) => each !== name));
      const outcome = await stack
        .up({ it: { type: "AccessGrant", inputs: fewer } })
        .catch(({ message }: Error) => message);
      const [after] = grantsIn(console);
      if (name === "scheduleUuid") assert.match(`${outcome}`, /^scheduleUuid is required/);
      else assert.deepEqual(after, { ...after, ...before, [name]: [] }, name);
      await stack.up({ it: { type: "AccessGrant", inputs } });
    }
  });
});

describe("an access grant: its schedule", () => {
  afterEach(endAll);

  it("is exchanged for all times and back by an update", async () => {
    const { stack, console } = await begin();
    const scheduleNow = () => grantsIn(console)[0]?.scheduleUuid;
    await stack.up({ it: grant() });
    assert.deepEqual(await stack.up({ it: grant({ scheduleUuid: undefined, always: true }) }), { it: "update" });
    assert.equal(scheduleNow(), null);
    assert.deepEqual(await stack.up({ it: grant() }), { it: "update" });
    assert.equal(scheduleNow(), schedules.businessHours.uuid);
  });

  it("is shown as a change and restored if it was removed outside", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    console.setAccessGrant(stack.stored("it").id, { scheduleUuid: null });
    await stack.refresh();
    assert.equal(stack.stored("it").outputs.always, true);
    assert.deepEqual(await stack.up({ it: grant() }), { it: "update" });
    assert.equal(grantsIn(console)[0]?.scheduleUuid, schedules.businessHours.uuid);
  });

  it("that was removed outside lets nothing be written until a refresh has shown it: whom the program adds could always enter", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    console.setAccessGrant(stack.stored("it").id, { scheduleUuid: null });
    const more = { it: grant({ userUuids: [users.ada.uuid, users.ben.uuid] }) };
    await assert.rejects(
      stack.up(more),
      /^Error: Run `pulumi refresh`, then `pulumi up`: .* "Gates" .* lost its schedule outside Pulumi, .* The write was not sent\.$/,
    );
    assert.deepEqual(grantsIn(console)[0]?.userUuids, [users.ada.uuid]);
    await stack.refresh();
    await stack.up(more);
    const [{ scheduleUuid, userUuids } = {}] = grantsIn(console);
    assert.deepEqual([scheduleUuid, userUuids?.length], [schedules.businessHours.uuid, 2]);
  });

  it("is not overwritten by all times if it was changed outside", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    console.setAccessGrant(stack.stored("it").id, { scheduleUuid: schedules.afterHours.uuid });
    await assert.rejects(stack.up({ it: grant({ scheduleUuid: undefined, always: true }) }), /scheduleUuid/);
    assert.equal(grantsIn(console)[0]?.scheduleUuid, schedules.afterHours.uuid);
  });
});

describe("an access grant: a schedule that does not exist", () => {
  afterEach(endAll);

  const scheduleUuid = "Z04p4MkMTCKnu7wjgDrmyQ";
  const behaviours = { unknownInGrants: "skipped" } as const;

  it("is refused before anything is written, because the grant might hold at all times", async () => {
    const { stack, console } = await begin({ behaviours });
    await assert.rejects(stack.up({ it: grant({ scheduleUuid }) }), /no schedule has the id Z04p4/);
    assert.deepEqual(grantsIn(console), []);
    await stack.up({ it: grant() });
    await assert.rejects(stack.up({ it: grant({ scheduleUuid }) }), /no schedule has the id Z04p4/);
    assert.deepEqual(grantsIn(console)[0]?.scheduleUuid, schedules.businessHours.uuid);
  });

  it("is refused too if it was deleted outside and something else is to be written", async () => {
    const { emulator, stack, console } = await begin({ behaviours });
    const nights = { intervalList: [{ minuteOfWeekStart: 0, minuteOfWeekStop: 60 }] };
    const own = console.addSchedule({ name: "Nights", ...nights });
    await stack.up({ it: grant({ scheduleUuid: own }) });
    console.removeSchedule(own);
    const more = { it: grant({ scheduleUuid: own, userUuids: [users.ada.uuid, users.ben.uuid] }) };
    await assert.rejects(stack.up(more), /Run `pulumi refresh`.*, if the schedule was deleted.*no schedule has the id/);
    assert.equal(grantsIn(console)[0]?.scheduleUuid, own);
    emulator.fail({ operation: "findSchedules", with: { kind: "status", status: 403, when: "before" }, times: 9 });
    await assert.rejects(stack.up(more), /lost its schedule when it was written/);
  });

  it("is told from one that the program has just created, and from one that is not weekly", async () => {
    const { stack, console } = await begin({ behaviours });
    const nights = schedule([{ days: ["monday"], from: "22:00", to: "06:00" }]);
    await stack.up({ nights, it: grant({ scheduleUuid: schedules.closure.uuid }) });
    const { id } = stack.stored("nights");
    await stack.up({ nights, it: grant({ scheduleUuid: id }) });
    assert.equal(grantsIn(console)[0]?.scheduleUuid, id);
  });

  it("is reported as a failure of the grant if no list proves that it does not exist", async () => {
    const { stack } = await begin({ behaviours: { ...behaviours, emptyLists: "null" } });
    await assert.rejects(
      stack.up({ it: grant({ scheduleUuid }) }),
      /does not show scheduleUuid, always\. .*Until it shows its schedule, the grant may hold at all times/,
    );
  });

  it("is reported as a failure of the grant if the key may not list schedules", async () => {
    const { emulator, stack } = await begin({ behaviours });
    emulator.fail({ operation: "findSchedules", with: { kind: "status", status: 403, when: "before" }, times: 9 });
    await assert.rejects(stack.up({ it: grant({ scheduleUuid }) }), /does not show scheduleUuid/);
  });
});

describe("an access grant: sets that the program leaves out", () => {
  afterEach(endAll);

  for (const [set, member] of Object.entries({
    accessControlledElevatorLandingUuids: elevatorLandings.lobby,
    doorLabelIds: doorLabels.perimeter,
    groupUuids: "Z04p4MkMTCKnu7wjgDrmyQ",
  })) {
    it(`what someone adds to ${set} is a change, and is removed`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: grant() });
      console.setAccessGrant(stack.stored("it").id, { [set]: [member] });
      await stack.refresh();
      assert.deepEqual(stack.stored("it").inputs[set], [member]);
      assert.deepEqual(await stack.up({ it: grant() }), { it: "update" });
      assert.deepEqual(Reflect.get(grantsIn(console)[0] ?? {}, set), []);
    });
  }

  it("what someone adds is removed after an adoption has shown it", async () => {
    const { stack, console } = await begin();
    const stranger = users.farid.uuid;
    const { inputs } = grant({ userUuids: [users.ada.uuid, stranger] });
    facts.add(console, inputs);
    const program = { it: grant({ adopt: true }) };
    await stack.up(program);
    assert.match(stack.warnings.join(" "), new RegExp(`userUuids.{1,2}${stranger}.* was added`));
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual(grantsIn(console)[0]?.userUuids, [users.ada.uuid]);
  });
});
