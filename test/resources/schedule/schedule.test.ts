import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import { count } from "../../drivers/calls";
import { begin, endAll } from "../../drivers/stack";
import { schedule } from "../declared";

const { schedules } = campusSeed.acme.access;

const monday = [{ days: ["monday"], from: "08:00", to: "18:00" }];
const intoMonday = [{ days: ["sunday"], from: "22:00", to: "06:00" }];
const sunday = [{ days: ["sunday"], from: "00:00", to: "24:00" }];

/** The intervals of the schedule of the name `Nights` as pairs of minutes. */
function minutes(console: OrganizationConsole, name = "Nights"): number[][] {
  const list = console.schedules().find((each) => each.name === name)?.intervalList ?? [];
  return list.map(({ minuteOfWeekStart, minuteOfWeekStop }) => [minuteOfWeekStart, minuteOfWeekStop]);
}

describe("a schedule at the end of the week", () => {
  afterEach(endAll);

  for (const [weekEnd, night, day] of [
    ["either", [[9960, 360]], [[8640, 0]]],
    [
      "stop10080",
      [
        [0, 360],
        [9960, 10_080],
      ],
      [[8640, 10_080]],
    ],
    ["wraps", [[9960, 360]], [[8640, 0]]],
  ] as const) {
    it(`is written in the form that Rhombus accepts: ${weekEnd}`, async () => {
      const { stack, console } = await begin({ behaviours: { weekEnd } });
      await stack.up({ it: schedule(intoMonday) });
      assert.deepEqual(minutes(console), night);
      await stack.up({ it: schedule(sunday) });
      assert.deepEqual(minutes(console), day);
      assert.deepEqual(await stack.refresh(), []);
      assert.deepEqual(await stack.up({ it: schedule(sunday) }), { it: "same" });
    });
  }

  it("is the end of an interval of a day, also for a whole week: none stops where it starts, which might be never", async () => {
    const { stack, console } = await begin();
    const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    await stack.up({ it: schedule([{ days, from: "00:00", to: "24:00" }]) });
    const starts = days.map((_, index) => index * 1440);
    assert.deepEqual(
      minutes(console),
      starts.map((start) => [start, (start + 1440) % 10_080]),
    );
    assert.deepEqual(await stack.refresh(), []);
  });

  it("is refused at once if both forms are, and created once", async () => {
    const { stack, emulator, console } = await begin();
    emulator.fail({ operation: "createSchedule", with: { kind: "status", status: 400 }, times: 2 });
    await assert.rejects(stack.up({ it: schedule(intoMonday) }), /createSchedule/);
    assert.deepEqual([count(emulator, "createSchedule"), minutes(console)], [2, []]);
  });

  it("is not sent in another form if the first refused call created it", async () => {
    const { stack, emulator } = await begin();
    emulator.fail({ operation: "createSchedule", with: { kind: "status", status: 400, when: "after" } });
    await assert.rejects(
      stack.up({ it: schedule(intoMonday) }),
      /it exists now, although Rhombus refused to create it/,
    );
    assert.equal(count(emulator, "createSchedule"), 1);
  });

  it("is sent once if no interval reaches it", async () => {
    const { stack, emulator } = await begin();
    emulator.fail({ operation: "createSchedule", with: { kind: "status", status: 400 }, times: 2 });
    await assert.rejects(stack.up({ it: schedule(monday) }), /createSchedule/);
    assert.equal(count(emulator, "createSchedule"), 1);
  });
});

describe("a schedule that was changed outside Pulumi", () => {
  afterEach(endAll);

  it("is no change if it covers the same minutes, and is shown in people's form otherwise", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: schedule(intoMonday) });
    const { id } = stack.stored("it");
    console.setSchedule(id, {
      intervalList: [
        { minuteOfWeekStart: 60, minuteOfWeekStop: 360 },
        { minuteOfWeekStart: 9960, minuteOfWeekStop: 60 },
      ],
    });
    await stack.refresh();
    assert.deepEqual(stack.stored("it").outputs.intervals, intoMonday);
    assert.deepEqual(await stack.up({ it: schedule(intoMonday) }), { it: "same" });
    console.setSchedule(id, { intervalList: [{ minuteOfWeekStart: 0, minuteOfWeekStop: 2880 }] });
    await stack.refresh();
    const days = [{ days: ["monday", "tuesday"], from: "00:00", to: "24:00" }];
    assert.deepEqual(stack.stored("it").outputs.intervals, days);
    assert.deepEqual(await stack.up({ it: schedule(intoMonday) }), { it: "update" });
    assert.deepEqual(minutes(console), [[9960, 360]]);
  });

  it("shows an interval that stops where it starts, which may be a whole week, as a change", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: schedule(monday) });
    const unclear = [
      { minuteOfWeekStart: 480, minuteOfWeekStop: 1080 },
      { minuteOfWeekStart: 0, minuteOfWeekStop: 0 },
    ];
    console.setSchedule(stack.stored("it").id, { intervalList: unclear });
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: schedule(monday) }), { it: "update" });
    assert.deepEqual(minutes(console), [[480, 1080]]);
  });

  it("shows intervals that are none of a week, or that Rhombus does not show, as a change", async () => {
    const { stack, console } = await begin({ behaviours: { emptyLists: "absent" } });
    await stack.up({ it: schedule(monday) });
    for (const intervalList of [[{ minuteOfWeekStart: 0, minuteOfWeekStop: 20_000 }], []]) {
      console.setSchedule(stack.stored("it").id, { intervalList });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: schedule(monday) }), { it: "update" });
      assert.deepEqual(minutes(console), [[480, 1080]]);
    }
  });

  it("keeps its intervals as they are divided if only its name changes", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: schedule(monday) });
    const divided = [
      { minuteOfWeekStart: 480, minuteOfWeekStop: 600 },
      { minuteOfWeekStart: 600, minuteOfWeekStop: 1080 },
    ];
    console.setSchedule(stack.stored("it").id, { intervalList: divided });
    await stack.refresh();
    await stack.up({ it: schedule(monday, { name: "Days" }) });
    assert.deepEqual(minutes(console, "Days"), [
      [480, 600],
      [600, 1080],
    ]);
  });
});

describe("a schedule whose name changes", () => {
  afterEach(endAll);

  it("is written in another form if Rhombus refuses its intervals as it shows them", async () => {
    const { stack, console } = await begin({ behaviours: { weekEnd: "wraps" } });
    await stack.up({ it: schedule(sunday) });
    console.setSchedule(stack.stored("it").id, {
      intervalList: [{ minuteOfWeekStart: 8640, minuteOfWeekStop: 10_080 }],
    });
    await stack.up({ it: schedule(sunday, { name: "Days" }) });
    assert.deepEqual(minutes(console, "Days"), [[8640, 0]]);
  });
});

describe("a schedule that cannot be managed", () => {
  afterEach(endAll);

  const others = {
    "one of Rhombus's own": { mutable: false, error: /"Nights" is Rhombus's own and cannot be changed/ },
    "one for one object": { oneTimeUse: true, error: /"Nights" was made in Rhombus for one object only/ },
  } as const;

  for (const [what, { error, ...kind }] of Object.entries(others)) {
    it(`is refused by name when it is created, adopted, imported, and renamed to: ${what}`, async () => {
      const { stack, emulator, console } = await begin();
      const uuid = console.addSchedule({ name: "NIGHTS", ...kind });
      const named = new RegExp(error.source.replace("Nights", "NIGHTS"));
      await assert.rejects(stack.up({ it: schedule(monday) }), named);
      await assert.rejects(stack.up({ it: schedule(monday, { adopt: true }) }), named);
      await assert.rejects(stack.get("Schedule", uuid), named);
      await stack.up({ it: schedule(monday, { name: "Days" }) });
      await assert.rejects(stack.up({ it: schedule(monday) }), /^Error: Choose another name/);
      assert.equal(count(emulator, "updateSchedule"), 0);
      assert.deepEqual(minutes(console, "Days"), [[480, 1080]]);
    });
  }

  it("is read but not written if it became one of Rhombus's own", async () => {
    const { stack, emulator, console } = await begin();
    await stack.up({ it: schedule(monday) });
    const { id: uuid } = stack.stored("it");
    console.removeSchedule(uuid);
    console.addSchedule({ uuid, name: "Nights", mutable: false });
    assert.deepEqual(await stack.refresh(), []);
    await assert.rejects(
      stack.up({ it: schedule(monday) }),
      /^Error: Declare a new schedule, or refer to the existing one with getSchedule: the schedule "Nights" is Rhombus's own/,
    );
    assert.equal(count(emulator, "updateSchedule"), 0);
  });

  it("does not hide a schedule of the same name that can be managed", async () => {
    const { stack, console } = await begin();
    const own = console.addSchedule({ name: "Nights", mutable: false });
    const uuid = console.addSchedule({ name: "Nights" });
    await assert.rejects(stack.up({ it: schedule(monday) }), /it already exists in Rhombus/);
    await stack.up({ it: schedule(monday, { adopt: true }) });
    assert.deepEqual([stack.stored("it").id, own === uuid], [uuid, false]);
  });

  it("has its own error if it is not a weekly one", async () => {
    const { stack, emulator } = await begin();
    const { uuid, name } = schedules.closure;
    const listed = { uuid, name, strategy: "ABSOLUTE_SECONDS", intervalList: [{ b: 1, e: 2 }] };
    emulator.fail({ operation: "findSchedules", with: { kind: "status", status: 200, body: { schedules: [listed] } } });
    await assert.rejects(stack.get("Schedule", uuid), /"Year-end closure" is not a weekly one \(ABSOLUTE_SECONDS\)/);
  });
});

describe("a schedule whose creation Rhombus answers with an existing one", () => {
  afterEach(endAll);

  it("is not stored", async () => {
    const { stack, emulator, console } = await begin();
    const scheduleUuid = console.addSchedule({ name: "Days" });
    emulator.fail({ operation: "createSchedule", with: { kind: "status", status: 200, body: { scheduleUuid } } });
    await assert.rejects(stack.up({ it: schedule(monday) }), /answered its creation with the object .* existed before/);
    assert.ok(!stack.has("it"));
  });
});
