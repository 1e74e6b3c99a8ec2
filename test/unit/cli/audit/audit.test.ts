import assert from "node:assert/strict";
import { type AuditOptions, type AuditReport, audit } from "../../../../provider/cli/audit/audit";
import { exitCodeOf } from "../../../../provider/cli/audit/command";
import {
  campusSeed,
  type Emulator,
  livedInSeed,
  type OrganizationConsole,
  startEmulator,
} from "../../../../provider/emulator";
import { onGuardId } from "../../../../provider/resources/onGuardIntegration/definition";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { writes } from "../../../drivers/calls";
import { clientFor } from "../../rhombus/loopback";
import { inStack, providerUrn, scriptedCli } from "../scriptedCli";

const { acme, bluebird } = campusSeed;
const { cameras } = acme;
const { groups, headquartersOnGuard, warehouseOnGuard } = livedInSeed;
const dockOffline =
  'offlineCamera: OnGuard "Warehouse OnGuard": door "Dock" (2:1): "Dock south" (Jwihni1VT-OhZ9YEi_BEsw)';

/** The resources of a state that manages some objects. `orgUuid`: Their organization. Default: Acme Robotics. */
function managing(objects: readonly (readonly [type: string, id: string])[], orgUuid: string = acme.orgUuid): object[] {
  return objects.map(([type, id]) => inStack(type, `${type}-${id}`, id, { outputs: { orgUuid } }));
}

function linesOf({ findings }: AuditReport): string[] {
  return findings.map(({ kind, object, text }) => `${kind}: ${object}: ${text}`);
}

function unreadIn({ unread }: AuditReport): string[] {
  return unread.map(({ what }) => what);
}

describe("audit", () => {
  let emulator: Emulator;
  let console: OrganizationConsole;
  beforeEach(async () => {
    emulator = await startEmulator({ seed: "livedIn" });
    console = emulator.console(acme.orgUuid);
  });
  afterEach(() => emulator.close());

  /** Audits Acme Robotics. Default: no stack is compared. */
  const audited = (further: Partial<AuditOptions> = {}): Promise<AuditReport> => {
    const { client } = clientFor(emulator.url, { apiKey: acme.apiKey, maxRetries: "0" });
    return audit({ api: new RhombusApi(client, undefined), cli: undefined, stacks: [], ignored: [], ...further });
  };
  /** The findings besides the one of the seed. */
  const found = async () => linesOf(await audited()).filter((line) => line !== dockOffline);
  /** The objects that no stack manages. */
  const unmanaged = async (
    resources: Readonly<Record<string, readonly object[]>>,
    stacks: readonly (string | undefined)[] = [undefined],
  ) => {
    const { findings } = await audited({ cli: scriptedCli({ resources }), stacks });
    return findings.filter(({ kind }) => kind === "unmanaged").map(({ object }) => object);
  };
  const { rhombusToken } = headquartersOnGuard;

  it("finds the one problem of the seed, without a write", async () => {
    const report = await audited();
    assert.deepEqual([linesOf(report), report.unread, report.objects], [[dockOffline], [], 10]);
    assert.deepEqual(report.organization, { uuid: acme.orgUuid, name: acme.name });
    assert.deepEqual(writes(emulator), []);
  });

  it("fails if objects belong to another organization than the settings name, and the key may not read its own", async () => {
    emulator.fail({ operation: "getOrgV2", with: { kind: "status", status: 403 } });
    const { client } = clientFor(emulator.url, { apiKey: acme.apiKey });
    const other = new RegExp(
      `settings name the organization ${bluebird.orgUuid}, but the object belongs to ${acme.orgUuid}`,
    );
    await assert.rejects(audited({ api: new RhombusApi(client, bluebird.orgUuid) }), other);
    const { client: again } = clientFor(emulator.url, { apiKey: acme.apiKey });
    assert.equal((await audited({ api: new RhombusApi(again, acme.orgUuid) })).objects, 10);
  });

  it("finds problems of doors and their cameras", async () => {
    const apart = [cameras.lobby.uuid, cameras.dockNorth.uuid];
    const assignedCameraList = [bluebird.cameras.pharmacy.uuid, cameras.formerGate.uuid, cameras.dockNorth.uuid];
    console.setOnGuardDoor(rhombusToken, "9:9", { doorName: "Yard" });
    console.setOnGuardDoor(rhombusToken, "1:4", { doorName: "Lobby", assignedCameraList: apart });
    console.setOnGuardDoor(warehouseOnGuard.rhombusToken, "2:1", { assignedCameraList });
    console.addOnGuard({ displayName: "", doorInfoMap: { "9:9": { doorName: "Yard" } } });
    console.setGeneaDoor("gd-acme-3001", { assignedCameraList: [] });
    console.setKisiDoor("41001", "51001", { doorName: "Lobby", assignedCameraList: apart });
    console.setKisiDoor("41001", "51002", { doorName: "Server room" });
    assert.deepEqual((await found()).sort(), [
      "doorWithoutCamera: Genea: door gd-acme-3001",
      'doorWithoutCamera: Kisi: place "Acme headquarters", door "Server room" (51002)',
      'doorWithoutCamera: OnGuard "Headquarters OnGuard": door "Yard" (9:9)',
      'doorWithoutCamera: OnGuard (unnamed): door "Yard" (9:9)',
      'misconfiguredDoor: Kisi: place "Acme headquarters", door "Lobby" (51001) has cameras of several locations',
      'misconfiguredDoor: OnGuard "Headquarters OnGuard": door "Lobby" (1:4) has cameras of several locations',
      `missingCamera: OnGuard "Warehouse OnGuard": door 2:1: ${bluebird.cameras.pharmacy.uuid}`,
      `retiredCamera: OnGuard "Warehouse OnGuard": door 2:1: "Former gate" (${cameras.formerGate.uuid})`,
    ]);
  });

  it("finds disabled integrations, and objects that share a name in any spelling", async () => {
    console.setOnGuardEnabled(false);
    console.setGenea({ flags: { enabled: false } });
    console.setKisi({ enabled: false });
    console.addOnGuard({ displayName: " warehouse ONGUARD" });
    for (const name of ["EVERYONE", "Café", "CAFE\u0301"]) console.addGroup({ name });
    const lines = (await found()).map((line) => line.replace(/[\w-]{22,36}/g, "ID"));
    const off = ['OnGuard "Headquarters OnGuard"', 'OnGuard "Warehouse OnGuard"', 'OnGuard "warehouse ONGUARD"'];
    assert.deepEqual(lines, [
      ...[...off, "Genea", "Kisi"].map((label) => `disabled: ${label}: it processes no badge events`),
      'sameName: OnGuard "Warehouse OnGuard": 2 of that name: ID, ID',
      'sameName: group "Everyone": 2 of that name: ID, ID',
      'sameName: group "Café": 2 of that name: ID, ID',
    ]);
  });

  it("finds keys that Genea and Kisi refuse, with the badge vendor's message and without the key", async () => {
    console.setGenea({ apiToken: "canary-genea-token" });
    console.setKisi({ apiSecretKey: "canary-kisi-key" });
    const report = await audited();
    const lines = linesOf(report).filter((line) => line.startsWith("keyRefused"));
    assert.match(lines.join("\n"), /^keyRefused: Genea: Genea does not accept the API token\.\nkeyRefused: Kisi: /);
    assert.doesNotMatch(JSON.stringify(report), /canary/);
  });

  it("finds doors and places that Genea and Kisi do not list, with suggestions", async () => {
    const assignedCameraList = [cameras.lobby.uuid];
    console.setGeneaDoor("gd-acme-1OO1", { doorName: "Side", assignedCameraList });
    console.setKisiPlace("41010", { placeName: "Old", doorInfoMap: { "51001": { assignedCameraList } } });
    console.setKisiDoor("41001", "51009", { assignedCameraList });
    console.setKisiDoor("41001", "51003", { assignedCameraList });
    assert.deepEqual(await found(), [
      'unknownToGenea: Genea: door "gd-acme-1OO1" (did you mean "gd-acme-1001" or "gd-acme-1002" or "gd-acme-1003"?)',
      'unknownToKisi: Kisi: place "41010" (did you mean "41001" or "41002"?)',
      'unknownToKisi: Kisi: door "51003" of the place "41001" (did you mean the place "41002"?)',
      'unknownToKisi: Kisi: door "51009" of the place "41001" (did you mean "51001" or "51002"?)',
    ]);
    const ignored = ["unknownToGenea", "unknownToKisi"] as const;
    const report = await audited({ ignored });
    assert.deepEqual(linesOf(report), [dockOffline]);
    assert.deepEqual(report.leftOut, [
      { kind: "unknownToGenea", count: 1 },
      { kind: "unknownToKisi", count: 3 },
    ]);
  });

  it("reports that doors and places could not be checked if the badge vendor lists none", async () => {
    console.setGeneaDoor("gd-x", { assignedCameraList: [cameras.lobby.uuid] });
    console.setKisiDoor("41001", "51009", { assignedCameraList: [cameras.lobby.uuid] });
    const empty = { panelList: [], places: [], placeToDoorMap: {} };
    for (const operation of ["getGeneaDoors", "getKisiPlaces", "getKisiDoors"] as const) {
      emulator.fail({ operation, times: 1, with: { kind: "status", status: 200, body: empty } });
    }
    const report = await audited();
    assert.deepEqual(linesOf(report), [dockOffline]);
    assert.deepEqual(unreadIn(report), ["the doors of Genea", "the places of Kisi", "the doors of Kisi"]);
    console.removeGenea();
    console.removeKisi();
    assert.deepEqual(unreadIn(await audited()), []);
  });

  for (const [operation, status, body, what, code] of [
    ["getKisiIntegrationV2", 403, {}, "KisiIntegration", 2],
    ["getMinimalCameraStateList", 403, {}, "cameras", 1],
    ["getGeneaDoors", 502, {}, "the key of Genea", 2],
    ["getGeneaDoors", 200, { panelList: [], message: "busy" }, "the key of Genea", 2],
  ] as const) {
    it(`continues if ${operation} answers ${status}, and reports that ${what} could not be checked`, async () => {
      emulator.fail({ operation, with: { kind: "status", status, body }, times: 9 });
      const report = await audited({ ignored: ["unmanaged"] });
      assert.deepEqual([linesOf(report), unreadIn(report)], [code === 2 ? [dockOffline] : [], [what]]);
      assert.equal(exitCodeOf(report), code);
    });
  }

  describe("access grants and revocations", () => {
    const { access, locations, users } = acme;
    const { doors, doorLabels, schedules, elevatorLandings } = access;
    const locationUuid = locations.headquarters.uuid;
    const [door, user, gone] = [doors.northGate.uuid, users.ada.uuid, "AAAAAAAAAAAAAAAAAAAAAA"];
    const scheduleUuid = schedules.businessHours.uuid;
    const complete = { name: "G", locationUuid, scheduleUuid, accessControlledDoorUuids: [door], userUuids: [user] };
    const everyone = Object.values(users).flatMap((each) => {
      return "deleted" in each || ("status" in each && each.status === "INACTIVE") ? [] : [each.uuid];
    });
    const always = { scheduleUuid: null, userUuids: everyone };
    const wholeWeek = [{ minuteOfWeekStart: 0, minuteOfWeekStop: 7 * 24 * 60 }];
    const scheduleText = `missingSchedule: access grant "G": ${gone}: Rhombus does not document whether it holds always or never`;
    const everyoneText = 'alwaysForEveryone: access grant "G": all 10 active users, at all times';

    for (const [what, changes, lines] of [
      ["nothing in a complete grant", {}, []],
      ["nothing in an absolute schedule", { scheduleUuid: schedules.closure.uuid }, []],
      [
        "nothing in a label and an elevator landing",
        {
          accessControlledDoorUuids: [],
          accessControlledElevatorLandingUuids: [elevatorLandings.lobby],
          doorLabelIds: [doorLabels.perimeter],
        },
        [],
      ],
      ["nothing in the grant of a guest pass", { mode: "GUEST_PASS_INDIVIDUAL", userUuids: [] }, []],
      ["nothing in the people of guest passes", { locationGuestPassUuids: [gone], userUuids: [] }, []],
      ["no doors", { accessControlledDoorUuids: [] }, ['grantWithoutDoors: access grant "G": it opens nothing']],
      ["no people", { userUuids: [] }, ['grantWithoutPeople: access grant "G": it lets nobody in']],
      ["a missing schedule", { scheduleUuid: gone }, [scheduleText]],
      ["everyone always", always, [everyoneText]],
      ["everyone but one", { ...always, userUuids: everyone.slice(1) }, []],
      ["everyone in a schedule", { userUuids: everyone }, []],
      [
        "everyone always, but no door",
        { ...always, accessControlledDoorUuids: [] },
        ['grantWithoutDoors: access grant "G": it opens nothing'],
      ],
      [
        "a deleted and a missing user",
        { userUuids: [users.deleted.uuid, gone] },
        [
          'missingUser: access grant "G": Leo Fontaine <leo.fontaine@acme-robotics.example> (deleted)',
          `missingUser: access grant "G": ${gone}`,
        ],
      ],
      ["a missing group", { groupUuids: [gone] }, [`missingGroup: access grant "G": ${gone}`]],
      ["a missing door", { accessControlledDoorUuids: [gone] }, [`missingDoor: access grant "G": ${gone}`]],
      ["a label of no door", { doorLabelIds: ["Nowhere"] }, ['missingLabel: access grant "G": "Nowhere"']],
    ] as const) {
      it(`finds ${what}`, async () => {
        console.addAccessGrant({ ...complete, ...changes });
        assert.deepEqual(await found(), lines);
      });
    }

    it("finds everyone always in the members of groups and in a schedule of the whole week", async () => {
      const [first = "", ...others] = everyone;
      const groupUuids = [console.addGroup({ name: "All", userUuids: others })];
      const week = console.addSchedule({ name: "Whole week", intervalList: wholeWeek });
      console.addAccessGrant({ ...complete, scheduleUuid: week, userUuids: [first], groupUuids });
      assert.deepEqual(await found(), [everyoneText]);
    });

    it("finds what a revocation names in vain", async () => {
      const names = { accessControlledDoorUuids: [gone], doorLabelIds: ["Nowhere"], userUuids: [users.deleted.uuid] };
      const id = console.addAccessRevocation({ name: "R", locationUuid: gone, scheduleUuid: gone, ...names });
      const { findings } = await audited({ ignored: ["offlineCamera"] });
      const kinds = findings.map(({ kind }) => kind).join();
      assert.equal(kinds, "missingSchedule,missingUser,missingDoor,missingLabel,missingLocation");
      const object = { type: "AccessRevocation", id, object: 'access revocation "R"' };
      assert.deepEqual(findings[0], { ...findings[0], ...object });
    });

    const doubts = { "it has no schedule": null, "its schedule is weekly": scheduleUuid };
    for (const [cause, schedule] of Object.entries(doubts)) {
      it(`finds a revocation that may have no effect: ${cause}`, async () => {
        console.addAccessRevocation({ ...complete, scheduleUuid: schedule });
        const text = `${cause}; Rhombus may apply only revocations of certain dates`;
        assert.deepEqual(await found(), [`doubtfulRevocation: access revocation "G": ${text}`]);
      });
    }

    for (const [operation, what, kinds] of [
      ["findLocationAccessRevocationsByOrg", "access revocations", ["missingSchedule", "missingDoor"]],
      ["getSchedules", "schedules of every kind", ["missingDoor"]],
      ["findAccessControlledDoors", "doors of Rhombus Access Control", ["missingSchedule"]],
      ["getUsersInOrg", "users", ["missingSchedule", "missingDoor"]],
    ] as const) {
      it(`finds nothing by a list that it cannot read, and says so: ${what}`, async () => {
        console.addAccessGrant({ ...complete, scheduleUuid: gone, accessControlledDoorUuids: [gone] });
        emulator.fail({ operation, with: { kind: "status", status: 403, body: {} }, times: 9 });
        const report = await audited({ ignored: ["offlineCamera"] });
        assert.deepEqual(
          report.findings.map(({ kind }) => kind),
          kinds,
        );
        assert.ok(unreadIn(report).includes(what));
      });
    }

    it("needs no list of locations, and no further list without grants and revocations", async () => {
      emulator.fail({ operation: "getLocations", with: { kind: "status", status: 403, body: {} }, times: 9 });
      assert.deepEqual(unreadIn(await audited()), []);
      for (const { uuid } of console.accessGrants()) console.removeAccessGrant(uuid);
      for (const { uuid } of console.accessRevocations()) console.removeAccessRevocation(uuid);
      emulator.fail({ operation: "getSchedules", with: { kind: "status", status: 403, body: {} }, times: 9 });
      assert.deepEqual(unreadIn(await audited()), []);
    });
  });

  const first = managing([
    ["OnGuardIntegration", onGuardId(rhombusToken)],
    ["GeneaIntegration", "genea"],
    ["AccessControlGroup", groups.everyone],
  ]);
  const second = managing([
    ["KisiIntegration", "kisi"],
    ["AccessControlGroup", groups.engineering],
  ]);
  const others = [
    'OnGuard "Warehouse OnGuard"',
    'group "Facilities"',
    'group "Warehouse"',
    'group "Night shift"',
    'group "Contractors"',
  ];

  it("finds unmanaged objects: compares with the selected stack, or with all named stacks", async () => {
    const alone = await unmanaged({ dev: first });
    assert.deepEqual(
      alone.filter((each) => !others.includes(each)),
      ["Kisi", 'group "Engineering"'],
    );
    assert.deepEqual(await unmanaged({ dev: first, "acme/doors/prod": second }, ["dev", "acme/doors/prod"]), others);
  });

  it("does not count resources that a stack only reads, will delete, or manages in another organization", async () => {
    const idle = [
      ...first.map((each) => ({ ...each, external: true })),
      ...second.map((each) => ({ ...each, delete: true })),
      ...managing([["GeneaIntegration", "genea"]], bluebird.orgUuid),
    ];
    assert.equal((await unmanaged({ dev: idle })).length, 10);
  });

  it("derives the organization from the objects if the key may not read it", async () => {
    emulator.behave({ organizationReads: "refused" });
    const foreign = managing([["KisiIntegration", "kisi"]], bluebird.orgUuid);
    const found = await unmanaged({ dev: [...first, ...foreign] });
    assert.deepEqual([found.includes("Kisi"), found.includes("Genea")], [true, false]);
  });

  it("gives the reason if it cannot compare, and fails if a named stack cannot be read", async () => {
    const nowhere = await audited({ ignored: ["offlineCamera"] });
    assert.match(nowhere.managementUnknown ?? "", /no Pulumi project here; name the stacks with --stack/);
    const ignored = await audited({ ignored: ["offlineCamera", "unmanaged"] });
    assert.deepEqual([exitCodeOf(nowhere), exitCodeOf(ignored), ignored.managementUnknown], [1, 0, undefined]);
    assert.deepEqual(ignored.leftOut, [
      { kind: "offlineCamera", count: 1 },
      { kind: "unmanaged", count: null },
    ]);
    const cli = scriptedCli({ config: "no stack selected", resources: {} });
    const unselected = await audited({ cli, stacks: [undefined] });
    assert.match(unselected.managementUnknown ?? "", /no stack selected/);
    await assert.rejects(audited({ cli: scriptedCli(), stacks: ["gone"] }), /no stack named 'gone' found/);
  });

  it("reports resources of another organization only for these settings and the first stack", async () => {
    const [foreign = {}] = managing([["GeneaIntegration", "genea"]], bluebird.orgUuid);
    const provider = `${providerUrn("clinic")}::id`;
    const resources = { dev: [{ ...foreign, provider }], prod: [foreign] };
    const unread = async (...stacks: string[]) => {
      return unreadIn(await audited({ cli: scriptedCli({ resources }), stacks }));
    };
    assert.deepEqual(
      [await unread("dev", "prod"), await unread("prod", "dev")],
      [[], ["the organization of the stack"]],
    );
  });
});
