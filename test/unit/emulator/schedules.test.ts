import assert from "node:assert/strict";
import sinon from "sinon";
import { type Behaviours, campusSeed } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const unknownUuid = "A".repeat(22);
const monday = { minuteOfWeekStart: 480, minuteOfWeekStop: 1080 };
const sundayNight = { minuteOfWeekStart: 10_020, minuteOfWeekStop: 10_080 };
const intoMonday = { minuteOfWeekStart: 10_020, minuteOfWeekStop: 60 };

async function emulated(behaviours: Partial<Behaviours> = {}) {
  const emulator = await start({ behaviours });
  const create = (schedule: object) => ask(emulator, "createSchedule", { schedule });
  const update = (schedule: object) => ask(emulator, "updateSchedule", { schedule });
  const find = async (uuid: unknown) =>
    listAt(await ask(emulator, "findSchedules"), "schedules").find((each) => at(each, "uuid") === uuid);
  const statusOf = async (interval: object) =>
    (await call(emulator, "createSchedule", { schedule: { name: "Nights", intervalList: [interval] } })).status;
  return { emulator, create, update, find, statusOf, console: emulator.console(acme.orgUuid) };
}

describe("emulator: schedules", () => {
  afterEach(closeAll);

  it("creates a weekly schedule and returns its id only", async () => {
    const { create, find } = await emulated();
    const answer = await create({ name: "Office hours", intervalList: [monday] });
    assert.deepEqual(Object.keys(answer as object).sort(), ["error", "errorMsg", "scheduleUuid", "warningMsg"]);
    sinon.assert.match(await find(at(answer, "scheduleUuid")), {
      name: "Office hours",
      strategy: "WEEKLY_REPEATING_MINUTES",
      mutable: true,
      oneTimeUse: false,
      orgUuid: acme.orgUuid,
      intervalList: [monday],
    });
  });

  it("updates a schedule as a whole: an omitted name stays, and omitted intervals are removed or stay", async () => {
    for (const [settingsWrites, remaining] of [
      ["replace", []],
      ["merge", [monday]],
    ] as const) {
      const { console, update, find } = await emulated({ settingsWrites });
      const uuid = console.addSchedule({ name: "Office hours", intervalList: [monday] });
      assert.deepEqual(await update({ uuid }), { error: false, errorMsg: null, warningMsg: null });
      sinon.assert.match(await find(uuid), { name: "Office hours", intervalList: remaining });
      await update({ uuid, name: "Days", intervalList: [sundayNight] });
      sinon.assert.match(await find(uuid), { name: "Days", intervalList: [sundayNight] });
    }
  });

  it("refuses a name that is blank, and another kind of schedule", async () => {
    const { create } = await emulated();
    assert.match(textAt(await create({ name: " " }), "errorMsg"), /name/);
    assert.match(textAt(await create({ name: "Once", strategy: "ABSOLUTE_SECONDS" }), "errorMsg"), /weekly/);
  });

  it("refuses intervals that are no part of a week, or empty", async () => {
    const { statusOf } = await emulated();
    for (const [minuteOfWeekStart, minuteOfWeekStop] of [
      [-1, 60],
      [0, 10_081],
      [10_080, 60],
      [60, 60],
      [null, 60],
    ]) {
      assert.equal(await statusOf({ minuteOfWeekStart, minuteOfWeekStop }), 400, `${minuteOfWeekStart}`);
    }
    assert.equal(await statusOf({ minuteOfWeekStart: 0 }), 400);
  });

  for (const [weekEnd, statuses] of [
    ["either", [200, 200]],
    ["wraps", [400, 200]],
    ["stop10080", [200, 400]],
  ] as const) {
    it(`weekEnd ${weekEnd}: stores the end of Sunday as sent, or refuses the other form`, async () => {
      const { statusOf, console } = await emulated({ weekEnd });
      assert.deepEqual([await statusOf(sundayNight), await statusOf(intoMonday)], statuses);
      const sent = [sundayNight, intoMonday].filter((_, index) => statuses[index] === 200);
      const made = console.schedules().filter(({ name }) => name === "Nights");
      assert.deepEqual(
        made.flatMap(({ intervalList }) => intervalList),
        sent,
      );
    });
  }

  it("scheduleNames: stores a second schedule with the name, or refuses it without regard to case", async () => {
    for (const [scheduleNames, isRefused] of [
      ["duplicates", false],
      ["unique", true],
    ] as const) {
      const { create, update, console } = await emulated({ scheduleNames });
      const uuid = console.addSchedule({ name: "Nights" });
      assert.equal(at(await create({ name: "NIGHTS" }), "error"), isRefused);
      assert.equal(at(await update({ uuid, name: "NIGHTS" }), "error"), false);
    }
  });

  it("does not change or delete Rhombus's own schedules, nor those of other kinds", async () => {
    const { console, emulator, update } = await emulated();
    const own = console.addSchedule({ name: "Business hours", mutable: false, intervalList: [monday] });
    const absolute = console.addSchedule({ name: "Holidays", mutable: false, absoluteIntervals: [{ b: 1, e: 2 }] });
    for (const uuid of [own, absolute]) {
      assert.match(textAt(await update({ uuid, name: "Mine" }), "errorMsg"), /cannot be changed/);
      const removed = await ask(emulator, "deleteSchedule", { scheduleUuid: uuid });
      assert.match(textAt(removed, "errorMsg"), /cannot be changed/);
    }
    assert.ok(console.schedules().every(({ name }) => name !== "Mine"));
  });

  it("lists weekly schedules, or those of all kinds", async () => {
    const { console, emulator } = await emulated();
    console.addSchedule({ name: "Office hours" });
    console.addSchedule({ name: "Holidays", absoluteIntervals: [{ b: 1, e: 2 }] });
    const namesIn = async (operation: "findSchedules" | "getSchedules", slot: string) =>
      listAt(await ask(emulator, operation), slot).map((each) => at(each, "name"));
    const weekly = await namesIn("findSchedules", "schedules");
    assert.ok(weekly.includes("Office hours") && !weekly.includes("Holidays"));
    assert.deepEqual(await namesIn("getSchedules", "weeklySchedules"), weekly);
    assert.ok((await namesIn("getSchedules", "absoluteSchedules")).includes("Holidays"));
  });

  it("answers a write to no schedule by missingWrites and deleteMissing", async () => {
    const lenient = await emulated({ missingWrites: "ignored", deleteMissing: "succeeds" });
    const strict = await emulated({ missingWrites: "error", deleteMissing: "error" });
    for (const [{ update, emulator }, error] of [
      [lenient, false],
      [strict, true],
    ] as const) {
      assert.equal(at(await update({ uuid: unknownUuid, name: "Nights" }), "error"), error);
      assert.equal(at(await ask(emulator, "deleteSchedule", { scheduleUuid: unknownUuid }), "error"), error);
    }
  });

  it("names schedules that can be changed among what remains, and saves all", async () => {
    const { console, emulator } = await emulated();
    console.addSchedule({ name: "Nights", intervalList: [monday] });
    console.addSchedule({ name: "Rhombus's own", mutable: false });
    console.addSchedule({ name: "For one door", oneTimeUse: true });
    assert.deepEqual(emulator.remains(), ['Acme Robotics: schedule "Nights"']);
    const copy = (await start({ seed: JSON.parse(JSON.stringify(emulator.save())) })).console(acme.orgUuid);
    assert.equal(JSON.stringify(copy.schedules()), JSON.stringify(console.schedules()));
  });
});
