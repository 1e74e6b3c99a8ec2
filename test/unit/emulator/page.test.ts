import assert from "node:assert/strict";
import {
  campus,
  campusSeed,
  defaultBehaviours,
  type Emulator,
  livedInSeed,
  type SeedGroup,
  signBadgeEvent,
} from "../../../provider/emulator";
import { Organization, Store } from "../../../provider/emulator/data/store";
import { tablesOf } from "../../../provider/emulator/domains/domains";
import { ask, closeAll, post, start } from "./caller";
import { carryOut, formNamed, formsOf, pageOf, textOf } from "./pageForms";

const { acme, bluebird, cedar, partner } = campusSeed;
const { groups } = livedInSeed;

async function livedIn(): Promise<Emulator> {
  return start({ seed: "livedIn" });
}

describe("emulator: page", () => {
  afterEach(closeAll);

  it("shows groups with their members, doors with their cameras, and all that the seed holds", async () => {
    const text = textOf(await pageOf(await livedIn()));
    for (const shown of [
      "Engineering Ada Okafor, Chloe Nakamura, Dmitri Petrov Robot lab and server room",
      "2:1 Dock Dock north, Dock south no",
      "gd-acme-2001 Lab entrance Lab entrance Robot lab no",
      'Doors of Kisi place "Acme headquarters" Door Name Cameras Location Remote unlock Actions 51001 Lobby Lobby no',
      "Enabled. Options: createSeekPoints, saveClips, badgeFaceVerificationMode SHADOW.",
      "Guest hosts Iris Tanaka",
      `${acme.apiKey} Ada Okafor read and write`,
      `${acme.readOnlyApiKey} Grace Lindqvist read`,
      `${partner.name} ${partner.apiKey} ${bluebird.name}, ${cedar.name}`,
      `${acme.genea.apiToken}, ${acme.genea.rotatedApiToken} Lobby turnstile (gd-acme-1001)`,
      `${acme.kisi.apiSecretKey}, ${acme.kisi.rotatedApiSecretKey} Acme headquarters (41001): Lobby (51001)`,
      "Leo Fontaine leo.fontaine@acme-robotics.example DELETED",
      "Former gate Warehouse retired",
      "Truck gate Warehouse Perimeter unassigned, RHOMBUS",
      "Visit of the auditors Headquarters Main entrance Business hours",
      "Suspended badges Headquarters all labelled Perimeter Kira Sandoval Year-end closure",
      "After hours Mon 17:00-Tue 09:00, Tue 17:00-Wed 09:00",
      "Year-end closure 2026-12-24T08:00 to 2027-01-02T08:00 UTC absolute",
      "Motion after hours cameraPolicy After hours",
    ]) {
      assert.ok(text.includes(shown), `${shown} is missing in\n${text}`);
    }
  });

  it("shows each object that remains", async () => {
    const emulator = await livedIn();
    const text = textOf(await pageOf(emulator));
    for (const line of emulator.remains(acme.orgUuid)) {
      const [, name = line] = /"(.*)"$/.exec(line) ?? [];
      assert.ok(text.includes(name.replace("Acme Robotics: ", "")), line);
    }
  });

  it("shows what remains of a domain without tables", () => {
    const store = new Store(campus());
    const organization = store.organizations.get(acme.orgUuid) ?? assert.fail();
    assert.ok(organization instanceof Organization);
    const domains = [{ operations: [], remains: () => ['schedule "Nights"'] }];
    const tables = tablesOf({ organization, store, behaviours: defaultBehaviours, baseUrl: "" }, domains);
    assert.deepEqual(
      tables.map(({ title, rows }) => [title, rows]),
      [["Other objects", [{ cells: ['schedule "Nights"'] }]]],
    );
  });

  it("shows no secret of a webhook", async () => {
    const emulator = await livedIn();
    const page = await pageOf(emulator);
    const { onGuard, genea, kisi } = emulator.console(acme.orgUuid);
    const { refreshToken, rhombusToken, webhookSignatureSecret, webhookUuid } = genea() ?? assert.fail();
    const secrets = [
      ...onGuard().flatMap((each) => [each.rhombusToken, each.presharedSecret, each.webhookUrl]),
      ...[refreshToken, rhombusToken, webhookSignatureSecret, webhookUuid],
      ...Object.values(kisi()?.placeToSettingsMap ?? {}).map((place) => place.rhombusToken),
    ];
    assert.ok(secrets.length > 10);
    for (const secret of secrets) assert.ok(secret && !page.includes(secret), `${secret}`);
  });

  it("shows the badge events, also those at an impossible time", async () => {
    const emulator = await livedIn();
    const { url, secret } = webhookOf(emulator);
    for (const timestamp of [Date.UTC(2026, 1, 3, 4, 5, 6), Number.MAX_SAFE_INTEGER]) {
      const door = { alarm_name: "Granted Access", controller_id: 1, device_id: 4, timestamp };
      const body = JSON.stringify({ ...door, cardholder_first_name: "Ada" });
      assert.equal((await post(url, { "x-rhombus-signature": signBadgeEvent(body, secret) }, body)).status, 200);
    }
    const text = textOf(await pageOf(emulator));
    assert.match(text, /9007199254740991 Lobby \(1:4\) Ada Lobby 2026-02-03T04:05:06.000Z Lobby \(1:4\) Ada Lobby/);
  });

  it("names a door and a deployment without a name by its key", async () => {
    const emulator = await start();
    const camera = acme.cameras.lobby.uuid;
    emulator.console(acme.orgUuid).addOnGuard({ doorInfoMap: { "3:9": { assignedCameraList: [camera] } } });
    const names = formsOf(await pageOf(emulator)).map(({ name }) => name);
    const ofOnGuard = names.filter((name) => /OnGuard|3:9/.test(name));
    assert.deepEqual(ofOnGuard, [
      "Rename OnGuard deployment without a name",
      "Delete OnGuard deployment without a name",
      "Unlink Lobby from door 3:9",
    ]);
  });

  it("shows the calls, newest first, and neither logs nor limits its own requests", async () => {
    const emulator = await start({ rateLimit: { ratePerSecond: 0.001, burst: 2 } });
    await ask(emulator, "getOrgV2");
    await ask(emulator, "getLocations");
    const requests =
      textOf(await pageOf(emulator))
        .split("Requests")
        .at(-1) ?? "";
    assert.match(requests, /getLocations Acme Robotics 200 \S+ getOrgV2 Acme Robotics 200/);
    assert.equal(emulator.requests().length, 2);
  });

  it("shows the last 50 calls and 200 objects of many, with their number", async () => {
    const seeded = Array.from({ length: 1000 }, (_, index): SeedGroup => {
      return {
        uuid: `${index}`.padStart(22, "A"),
        name: `Group ${index}`,
        userUuids: Object.keys(Array(100).fill("")),
      };
    });
    const seed = campus();
    const organizations = seed.organizations.map((each) => ({ ...each, groups: seeded }));
    const emulator = await start({ seed: { ...seed, organizations } });
    for (let count = 0; count < 60; count++) await ask(emulator, "getOrgV2");
    const text = textOf(await pageOf(emulator));
    assert.match(text, /The last 50 of 60, newest first\./);
    assert.match(text, /800 more are not shown\./);
    assert.match(text, / and 80 more /);
    assert.equal(text.match(/Rename group/g)?.length, 600);
  });

  it("renames a group, unlinks a camera and deletes an object, and says so", async () => {
    const emulator = await livedIn();
    const console = emulator.console(acme.orgUuid);
    const renamed = await carryOut(emulator, 'Rename group "Engineering"', "Platform");
    assert.deepEqual([renamed.status, renamed.headers.get("location")], [303, "/#changes"]);
    assert.equal(console.groups().find(({ uuid }) => uuid === groups.engineering)?.name, "Platform");
    await carryOut(emulator, 'Unlink Dock north from door "Dock" (2:1)');
    assert.deepEqual(console.onGuard()[1]?.doorInfoMap["2:1"]?.assignedCameraList, [acme.cameras.dockSouth.uuid]);
    await carryOut(emulator, "Delete Genea integration");
    assert.equal(console.genea(), undefined);
    const text = textOf(await pageOf(emulator));
    assert.match(
      text,
      /Changed on this page \S+ Acme Robotics: Genea integration deleted \S+ Acme Robotics: camera "Dock north" unlinked/,
    );
    assert.match(text, /Acme Robotics: group "Engineering" renamed to "Platform"/);
  });

  it("adds, removes and sets by name, and refuses what has no such name or form", async () => {
    const emulator = await livedIn();
    const console = emulator.console(acme.orgUuid);
    const uuid = console.addAccessGrant({ name: "Engineers", locationUuid: acme.locations.headquarters.uuid });
    console.addSchedule({ name: "Nights", intervalList: [{ minuteOfWeekStart: 0, minuteOfWeekStop: 360 }] });
    const grant = () => console.accessGrants().find((each) => each.uuid === uuid) ?? assert.fail();
    const add = async (text: string) => (await carryOut(emulator, 'Add to access grant "Engineers"', text)).status;
    for (const name of ["north gate", "Perimeter", "Engineering", "Ada Okafor"])
      assert.equal(await add(name), 303, name);
    const { doors, doorLabels } = acme.access;
    const { accessControlledDoorUuids, doorLabelIds, groupUuids, userUuids } = grant();
    assert.deepEqual(
      [accessControlledDoorUuids, doorLabelIds, groupUuids, userUuids],
      [[doors.northGate.uuid], [doorLabels.perimeter], [groups.engineering], [acme.users.ada.uuid]],
    );
    assert.match(
      textOf(await pageOf(emulator)),
      /Engineers Headquarters North gate, all labelled Perimeter Engineering, Ada Okafor none/,
    );
    assert.deepEqual([await add("Ada Okafor"), await add("nobody"), await add("Main entrance")], [400, 400, 400]);
    assert.equal(await add(doors.mainEntrance.uuid), 303);
    assert.equal((await carryOut(emulator, 'Remove from access grant "Engineers"', "Engineering")).status, 303);
    assert.equal((await carryOut(emulator, 'Remove from access grant "Engineers"', "Engineering")).status, 400);
    assert.deepEqual(grant().groupUuids, []);
    const setTimes = async (text: string) => (await carryOut(emulator, 'Set times of schedule "Nights"', text)).status;
    for (const text of ["", "Mon", "Moon 08:00-09:00", "Mon 08:60-09:00", "Mon 08:00-24:01"]) {
      assert.equal(await setTimes(text), 400, text);
    }
    const times = "Mon 08:00-18:00, Fri 22:00-Sat 06:00, Sun 23:00-24:00, Sun 12:00-Mon 00:00";
    assert.equal(await setTimes(times), 303);
    assert.deepEqual(
      console
        .schedules()
        .at(-1)
        ?.intervalList.map((each) => Object.values(each)),
      [
        [480, 1080],
        [7080, 7560],
        [10_020, 10_080],
        [9360, 0],
      ],
    );
    assert.ok(textOf(await pageOf(emulator)).includes(`Nights ${times} weekly`));
    for (const label of ["", "Perimeter", "x".repeat(256)]) {
      const refused = await carryOut(emulator, 'Add label to door "North gate" at Headquarters', label);
      assert.equal(refused.status, 400, label);
    }
  });

  it("has buttons for each object, each of which changes its object only", async () => {
    const first = await livedIn();
    const names = formsOf(await pageOf(first)).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const doors = first.console(acme.orgUuid).accessControlledDoors();
    const ofAccess = doors.length * 3 + doors.flatMap(({ labels }) => labels).length + 2 * 4 + 1 + 2;
    assert.equal(names.length, 7 * 2 + 2 * 2 + 2 + 4 + 2 + 1 + ofAccess);
    for (const name of names) {
      const emulator = await livedIn();
      const before = saved(emulator);
      assert.equal((await carryOut(emulator, name, textFor(name))).status, 303, name);
      const changed = saved(emulator).filter((line) => !before.includes(line));
      const gone = before.filter((line) => !saved(emulator).includes(line));
      assert.ok(
        changed.length <= 1 && changed.length + gone.length >= 1 && gone.length <= 1,
        `${name}: ${changed}, ${gone}`,
      );
    }
  });

  it("does nothing if the object is gone, or the new name is blank or the old one", async () => {
    const emulator = await livedIn();
    const form = formNamed(await pageOf(emulator), 'Delete group "Engineering"');
    emulator.console(acme.orgUuid).removeGroup(groups.engineering);
    const before = saved(emulator);
    const answer = await form.send(emulator);
    assert.equal(answer.status, 409);
    assert.match(textOf(answer.text), /The object has changed or was deleted in the meantime\. Nothing was done\./);
    for (const [newName, message] of [
      ["", /Give a name/],
      ["  \n", /Give a name/],
      ["Facilities", /already has this one/],
    ] as const) {
      const refused = await carryOut(emulator, 'Rename group "Facilities"', newName);
      assert.equal(refused.status, 400);
      assert.match(textOf(refused.text), message);
    }
    assert.deepEqual(saved(emulator), before);
    assert.doesNotMatch(textOf(await pageOf(emulator)), /Changed on this page/);
  });
});

describe("emulator: page, a new name", () => {
  afterEach(closeAll);

  /** The status and the text of an answer to a rename of the group Facilities, or of another object. */
  const rename = async (emulator: Emulator, newName: string, object = 'group "Facilities"') => {
    const { status, text } = await carryOut(emulator, `Rename ${object}`, newName);
    return { status, text: textOf(text) };
  };

  for (const newName of ["Engineering", "engineering"]) {
    it(`"${newName}", which a group has, is refused where operations refuse it`, async () => {
      const emulator = await livedIn();
      const before = saved(emulator);
      const { status, text } = await rename(emulator, newName);
      assert.deepEqual([status, saved(emulator)], [400, before]);
      assert.match(text, /A group with this name already exists\./);
      emulator.behave({ groupNames: "duplicates" });
      assert.equal((await rename(emulator, newName)).status, 303);
    });
  }

  it("may differ from the old one only in letter case, or be that of an object of another kind", async () => {
    const emulator = await livedIn();
    const console = emulator.console(acme.orgUuid);
    console.addGroup({ name: "Hosts", type: "GUEST_MANAGEMENT_HOST" });
    assert.equal((await rename(emulator, "FACILITIES")).status, 303);
    assert.equal((await rename(emulator, "Hosts", 'group "FACILITIES"')).status, 303);
    console.addGroup({ name: "Visitors", type: "GUEST_MANAGEMENT_HOST" });
    assert.equal((await rename(emulator, "Engineering", 'group "Visitors"')).status, 303);
    const [first, second] = console.onGuard().map(({ displayName }) => displayName ?? "");
    assert.equal((await rename(emulator, first ?? "", `OnGuard deployment "${second}"`)).status, 303);
  });

  it("of a schedule, grant or revocation that another one has is refused where operations refuse it", async () => {
    const emulator = await livedIn();
    const console = emulator.console(acme.orgUuid);
    const { uuid: locationUuid } = acme.locations.headquarters;
    for (const name of ["First", "Second"]) {
      console.addSchedule({ name });
      console.addAccessGrant({ name, locationUuid });
      console.addAccessRevocation({ name, locationUuid });
    }
    console.addAccessGrant({ name: "Elsewhere", locationUuid: acme.locations.warehouse.uuid });
    emulator.behave({ scheduleNames: "unique", grantNames: "unique" });
    const objects = ['schedule "Second"', 'access grant "Second"', 'access revocation "Second"'];
    for (const object of objects) assert.equal((await rename(emulator, "first", object)).status, 400, object);
    assert.equal((await rename(emulator, "Elsewhere", objects[1])).status, 303);
    emulator.behave({ scheduleNames: "duplicates", grantNames: "duplicates" });
    assert.equal((await rename(emulator, "first", objects[0])).status, 303);
    assert.equal((await rename(emulator, "first", objects[2])).status, 303);
  });

  it("is stored as operations store it", async () => {
    const emulator = await livedIn();
    emulator.behave({ texts: "tidied" });
    assert.equal((await rename(emulator, " ENGINEERING ")).status, 400);
    assert.equal((await rename(emulator, " Cafe\u0301 ")).status, 303);
    const [deployment] = emulator.console(acme.orgUuid).onGuard();
    await rename(emulator, " HQ ", `OnGuard deployment "${deployment?.displayName}"`);
    const console = emulator.console(acme.orgUuid);
    assert.ok(console.groups().some(({ name }) => name === "Caf\u00e9"));
    assert.equal(console.onGuard()[0]?.displayName, "HQ");
  });
});

/** The URL and the signing key of the first OnGuard deployment of Acme. */
function webhookOf(emulator: Emulator): { url: string; secret: string } {
  const [deployment] = emulator.console(acme.orgUuid).onGuard();
  assert.ok(deployment);
  return { url: deployment.webhookUrl, secret: deployment.presharedSecret };
}

/** The objects of Acme, one line each. */
function saved(emulator: Emulator): string[] {
  const {
    groups: seeded = [],
    onGuard = [],
    genea,
    kisi,
    ...others
  } = emulator.save().organizations[0] ?? assert.fail();
  const {
    accessGrants = [],
    accessRevocations = [],
    accessControlledDoors = [],
    schedules = [],
    scheduleUses = [],
  } = others;
  const timed = [...seeded, ...accessGrants, ...accessRevocations];
  const withoutTimes = timed.map(({ updatedAtMillis: _changed, ...each }) => each);
  const untimed = [...onGuard, genea, kisi, ...accessControlledDoors, ...schedules, ...scheduleUses];
  return [...withoutTimes, ...untimed].map((each) => JSON.stringify(each));
}

/** A text that the button with this name takes. */
function textFor(name: string): string {
  if (name.startsWith("Add to")) return "Ada Okafor";
  if (name.startsWith("Remove from access grant")) return "Main entrance";
  return name.startsWith("Remove from access revocation") ? "Perimeter" : "Changed by hand";
}
