import assert from "node:assert/strict";
import { AccessNames } from "../../../../provider/cli/access/names";
import { type AccessReport, accessReport, SCOPE } from "../../../../provider/cli/access/report";
import { reportText } from "../../../../provider/cli/access/reportText";
import type { WantedSubject } from "../../../../provider/cli/access/subject";
import { campusSeed, type Emulator, type OrganizationConsole, startEmulator } from "../../../../provider/emulator";
import { Directory } from "../../../../provider/lookups/lists/directory";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { writes } from "../../../drivers/calls";
import { clientFor } from "../../rhombus/loopback";

const { acme } = campusSeed;
const { locations, users } = acme;
const { doors, schedules, elevatorLandings, doorLabels } = acme.access;
const locationUuid = locations.headquarters.uuid;
const [ada, ben, kira] = [
  "Ada Okafor <ada.okafor@acme-robotics.example>",
  "Ben Castillo <ben.castillo@acme-robotics.example>",
  "Kira Sandoval <kira.sandoval@acme-robotics.example> (disabled)",
];
const closure = '2026-12-24 08:00 UTC to 2027-01-02 08:00 UTC (revocation "Suspended badges")';
const atGates = 'weekdays 07:00 to 20:00 | "Gates" | group "Engineers", label "Perimeter"';

describe("access", () => {
  let emulator: Emulator;
  let console: OrganizationConsole;
  let engineers: string;
  beforeEach(async () => {
    emulator = await startEmulator({ seed: "campus" });
    console = emulator.console(acme.orgUuid);
    engineers = console.addGroup({
      name: "Engineers",
      userUuids: [users.ada.uuid, users.ben.uuid, users.inactive.uuid],
    });
    const days = [0, 1, 2, 3, 4].map((day) => day * 24 * 60);
    const intervalList = days.map((start) => {
      return { minuteOfWeekStart: start + 7 * 60, minuteOfWeekStop: start + 20 * 60 };
    });
    const scheduleUuid = console.addSchedule({ name: "Office hours", intervalList });
    const grant = { name: "Gates", locationUuid, scheduleUuid };
    console.addAccessGrant({ ...grant, doorLabelIds: [doorLabels.perimeter], groupUuids: [engineers] });
  });
  afterEach(() => emulator.close());

  const asked = (kind: WantedSubject["kind"], name: string): Promise<AccessReport> => {
    // The key may only read.
    const { client } = clientFor(emulator.url, { apiKey: acme.readOnlyApiKey, maxRetries: "0" });
    return accessReport(new Directory(new RhombusApi(client, undefined), new Redactor()), { kind, name });
  };
  const textOf = async (kind: WantedSubject["kind"], name: string) => reportText(await asked(kind, name));
  /** The rows of the table, with their cells. */
  const rows = async (kind: WantedSubject["kind"], name: string) => {
    const [, table = ""] = (await textOf(kind, name)).split("\n\n");
    return table
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/ {2,}/).join(" | "));
  };
  const refuse = (operation: "getSchedules" | "findAllUsersForAccessControlGroup" | "getUsersInOrg") =>
    emulator.fail({ operation, with: { kind: "status", status: 403, body: {} }, times: 9 });

  it("shows what a user may open, by group and label, directly, and at other locations", async () => {
    const sets = {
      accessControlledDoorUuids: [doors.northGate.uuid],
      accessControlledElevatorLandingUuids: [elevatorLandings.lobby],
      userUuids: [users.ada.uuid],
    };
    console.addAccessGrant({ name: "Ada", locationUuid, ...sets });
    assert.deepEqual(await rows("user", "ADA.okafor@acme-robotics.example"), [
      `door or elevator landing ${elevatorLandings.lobby} | always | "Ada" | directly`,
      '"North gate" at Headquarters | always | "Ada" | directly',
      `"North gate" at Headquarters | ${atGates}`,
      `"South gate" at Headquarters | ${atGates}`,
      `"Truck gate" at Warehouse | ${atGates}`,
    ]);
    assert.deepEqual(writes(emulator), []);
  });

  it("shows who may open a door, and the revocations that take it away", async () => {
    const only = { accessControlledDoorUuids: [doors.northGate.uuid], userUuids: [users.ben.uuid] };
    const mornings = { name: "Hours", locationUuid, scheduleUuid: schedules.businessHours.uuid, ...only };
    const uuid = console.addAccessRevocation(mornings);
    assert.deepEqual(await rows("door", "north gate"), [
      `${ada} | ${atGates}`,
      `${ben} | ${atGates} | perhaps: weekdays 09:00 to 17:00 (revocation "Hours")`,
      `${kira} | ${atGates} | ${closure}`,
    ]);
    console.setAccessRevocation(uuid, { scheduleUuid: null });
    assert.equal(
      (await rows("door", "North gate"))[1],
      `${ben} | perhaps revoked: ${atGates} | perhaps: always (revocation "Hours")`,
    );
    const { openings } = await asked("door", "North gate");
    assert.deepEqual(
      openings.map(({ remaining }) => remaining.length),
      [1, 0, 1],
    );
  });

  it("shows what a group may open, its members, and revocations of some of them", async () => {
    const text = await textOf("group", "engineers");
    assert.match(text, /^Acme Robotics: what the group "Engineers" \(3 members\) may open\n/);
    assert.ok(text.includes(`Members: ${ada}, ${ben} and ${kira}.`));
    const cells = `weekdays 07:00 to 20:00 | "Gates" | label "Perimeter" | for some members: ${closure}`;
    assert.equal((await rows("group", engineers))[0], `"North gate" at Headquarters | ${cells}`);
  });

  it("names a deleted user, a schedule that does not exist, and guest passes", async () => {
    const scheduleUuid = "AAAAAAAAAAAAAAAAAAAAAA";
    const sets = { accessControlledDoorUuids: [doors.mainEntrance.uuid], userUuids: [users.deleted.uuid] };
    console.addAccessGrant({ name: "Old", locationUuid, scheduleUuid, ...sets });
    const text = await textOf("door", doors.mainEntrance.uuid);
    assert.match(text, /Leo Fontaine <.*> \(deleted\) +unknown schedule \(it does not exist\), may be always +"Old"/);
    assert.match(text, /Guest passes also open this door: "Visit of the auditors"\./);
    assert.match(
      await textOf("user", "Chloe Nakamura"),
      /No grant was found\.\n\n {2}Guest passes, whose guests are not/,
    );
  });

  it("says what it could not read, and shows what may be", async () => {
    for (const operation of ["getSchedules", "findAllUsersForAccessControlGroup"] as const) refuse(operation);
    const report = await asked("user", users.chloe.email);
    assert.deepEqual(
      report.unread.map(({ what }) => what),
      ['members of the group "Engineers"', "schedules of every kind"],
    );
    const text = reportText(report);
    assert.match(text, /weekdays 07:00 to 20:00 +"Gates" +group "Engineers" \(if a member\), label "Perimeter"/);
    assert.match(text, /unknown schedule \(it could not be read\), may be always \(revocation "Suspended badges"\)/);
    assert.match(text, /not read: schedules of every kind: .*403/);
    assert.match((await rows("door", "South gate"))[0] ?? "", /^members of "Engineers" \| weekdays/);
  });

  it("shows who may open an elevator landing that is in no list, by its id", async () => {
    const landing = elevatorLandings.lobby;
    console.addAccessGrant({
      name: "Ada",
      locationUuid,
      accessControlledElevatorLandingUuids: [landing],
      userUuids: [users.ada.uuid],
    });
    assert.deepEqual(await rows("door", landing), [
      'Ada Okafor <ada.okafor@acme-robotics.example> | always | "Ada" | directly',
    ]);
  });

  it("ends with its limits", async () => {
    const text = await textOf("door", "South gate");
    assert.doesNotMatch(text, /Guest passes also open/);
    assert.ok(text.endsWith(`Scope\n${SCOPE.map((line) => `  ${line}`).join("\n")}`));
    for (const limit of [/OnGuard, Genea and Kisi/, /guest passes, remote unlock, credentials/, /time zone/])
      assert.match(text, limit);
  });

  for (const [kind, name, message] of [
    [
      "door",
      "Main entrance",
      /^2 doors .*"Main entrance" at Headquarters \(sB3.*at Warehouse \(I6S.*Give the id of one/,
    ],
    ["door", "Nroth gate", /^No door of Rhombus Access Control .* Did you mean "North gate" or "South gate"\?$/],
    ["group", "Enginers", /^No group .* Did you mean "Engineers"\?$/],
    ["user", "ada.okafro@acme-robotics.example", /Did you mean "ada\.okafor@acme-robotics\.example"\?$/],
  ] as const) {
    it(`refuses the ${kind} ${name}, with the nearest names`, () => assert.rejects(asked(kind, name), { message }));
  }

  it("shows names of users and locations in one line", async () => {
    const uuid = users.ada.uuid;
    const user = { uuid, name: "Ada\nScope", email: "", status: "JOINED", deleted: false };
    const door = { uuid, locationUuid: uuid };
    const location = { location: { uuid, name: "", path: "Hall\nScope" }, ancestors: [] };
    const names = new AccessNames([user], undefined, [door], [location]);
    assert.doesNotMatch(`${names.user(uuid)}${names.locationOfDoor(uuid)}`, /\n/);
  });

  it("needs the id of a user if it may not list users", async () => {
    refuse("getUsersInOrg");
    await assert.rejects(asked("user", "Ada Okafor"), /^SearchError: Give the id of the user, .*403/);
    assert.equal((await rows("user", users.ada.uuid)).length, 3);
  });
});
