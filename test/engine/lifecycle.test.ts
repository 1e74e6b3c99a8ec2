import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { useFixture } from "./fixture";

const { cameras, genea, kisi, locations, users } = campusSeed.acme;
const { headquarters, robotLab } = kisi.places;

describe("the four resources from the first up to destroy", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  it("creates what the program declares, and shows no secret output", async () => {
    const { text, steps } = await fixture.stack.up(program());
    assert.deepEqual([...steps].sort(), ["create engineering", "create genea", "create hq", "create kisi"]);
    assert.match(text, /webhookUrl: \[secret\]/);
    const { webhookUrl } = await fixture.stack.outputs();
    assert.equal(webhookUrl?.value, fixture.console.onGuard()[0]?.webhookUrl);
    assert.deepEqual(fixture.console.onGuard()[0]?.doorInfoMap["1:4"]?.assignedCameraList, [cameras.lobby.uuid]);
    assert.equal(fixture.console.genea()?.apiToken, genea.apiToken);
    assert.equal(fixture.console.kisi()?.placeToSettingsMap[headquarters.id]?.flags.saveClips, true);
    assert.deepEqual(fixture.console.groups()[0]?.userUuids, [users.chloe.uuid, users.ada.uuid]);
  });

  it("shows no change and no drift afterwards", async () => {
    await fixture.stack.expectNothingToDo();
    await fixture.stack.expectNoDrift();
  });

  it("shows each change of the program in the preview", async () => {
    const { text, steps } = await fixture.stack.preview(program(changed));
    assert.deepEqual([...steps].sort(), ["update engineering", "update genea", "update hq", "update kisi"]);
    for (const line of expectedLines) assert.ok(text.includes(line), `${line}\nis missing in\n${text}`);
  });

  it("updates in place, and leaves the rest unchanged", async () => {
    const before = fixture.console;
    const [token, group] = [before.onGuard()[0]?.rhombusToken, before.groups()[0]?.uuid];
    await fixture.stack.up();
    const after = fixture.console;
    assert.deepEqual([after.onGuard()[0]?.rhombusToken, after.groups()[0]?.uuid], [token, group]);
    assert.equal(after.onGuard()[0]?.doorInfoMap["1:4"]?.doorName, "Front lobby");
    assert.equal(after.onGuard()[0]?.flags.badgeFaceVerificationMode, "SHADOW");
    assert.equal(after.genea()?.flags.saveClips, true);
    assert.deepEqual(after.groups()[0]?.userUuids, [users.chloe.uuid, users.dmitri.uuid]);
    assert.deepEqual(Object.keys(after.kisi()?.placeToSettingsMap ?? {}), [
      String(headquarters.id),
      String(robotLab.id),
    ]);
  });

  it("resets a scalar that is no longer declared, and leaves a collection with a warning", async () => {
    const { text } = await fixture.stack.up(
      program({ ...changed, description: undefined, members: undefined, doors: undefined }),
    );
    assert.equal(fixture.console.groups()[0]?.description, null);
    assert.deepEqual(fixture.console.groups()[0]?.userUuids, [users.chloe.uuid, users.dmitri.uuid]);
    assert.deepEqual(Object.keys(fixture.console.onGuard()[0]?.doorInfoMap ?? {}), ["1:4"]);
    for (const name of ["userUuids", "doorInfoMap"]) {
      assert.match(text, new RegExp(`${name} is no longer declared: the current value in Rhombus stays`));
    }
  });

  it("replaces a group whose location changes, and deletes the old one first because names are unique", async () => {
    fixture.emulator.clearRequests();
    const { steps } = await fixture.stack.up(program({ ...changed, location: locations.warehouse.uuid }));
    assert.deepEqual(
      steps.filter((step) => step.endsWith("engineering")),
      ["delete-replaced engineering", "replace engineering", "create-replacement engineering"],
    );
    const calls = fixture.emulator.requests().map(({ operation }) => operation);
    assert.ok(calls.indexOf("deleteAccessControlGroup") < calls.indexOf("createAccessControlGroup"));
    assert.deepEqual(
      fixture.console.groups().map(({ locationUuid }) => locationUuid),
      [locations.warehouse.uuid],
    );
  });

  it("leaves nothing behind after destroy", async () => {
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
    assert.ok(fixture.emulator.isEmpty());
  });
});

interface Declared {
  readonly lobbyName: string;
  readonly face: rhombus.BadgeFaceVerificationMode;
  readonly geneaClips: boolean;
  readonly places: Record<string, rhombus.KisiPlaceArgs>;
  readonly description?: string | undefined;
  readonly location?: string;
  readonly members?: string[] | undefined;
  readonly doors?: Record<string, rhombus.DoorInfoArgs> | undefined;
}

const atFirst: Declared = {
  lobbyName: "Lobby",
  face: "OFF",
  geneaClips: false,
  places: {
    [headquarters.id]: { saveClips: true, doorInfoMap: { [headquarters.doors.lobby.id]: { doorName: "Lobby" } } },
  },
  description: "Robot lab and server room",
  members: [users.chloe.uuid, users.ada.uuid],
  doors: { "1:4": { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] } },
};

const changed: Declared = {
  ...atFirst,
  face: "SHADOW",
  geneaClips: true,
  places: { ...atFirst.places, [robotLab.id]: { placeName: "Robot lab" } },
  description: "Engineers",
  members: [users.chloe.uuid, users.dmitri.uuid],
  doors: { "1:4": { doorName: "Front lobby", assignedCameraList: [cameras.lobby.uuid] } },
};

const expectedLines = [
  '~ doorName: "Lobby" => "Front lobby"',
  '~ badgeFaceVerificationMode: "OFF" => "SHADOW"',
  "~ saveClips: false => true",
  `+ ${robotLab.id}: {`,
  '~ description: "Robot lab and server room" => "Engineers"',
  `~ [1]: "${users.ada.uuid}" => "${users.dmitri.uuid}"`,
];

function program(declared: Declared = atFirst): () => Promise<Record<string, unknown>> {
  const { face, geneaClips, places, description, location, members, doors } = declared;
  return async () => {
    const hq = new rhombus.OnGuardIntegration("hq", {
      displayName: "HQ OnGuard",
      badgeFaceVerificationMode: face,
      ...(doors ? { doorInfoMap: doors } : {}),
    });
    new rhombus.GeneaIntegration("genea", {
      apiToken: pulumi.secret(genea.apiToken),
      saveClips: geneaClips,
      doorInfoMap: { [genea.doors.lobby.id]: { doorName: "Turnstile", assignedCameraList: [cameras.lobby.uuid] } },
    });
    new rhombus.KisiIntegration("kisi", { apiSecretKey: pulumi.secret(kisi.apiSecretKey), placeToSettingsMap: places });
    new rhombus.AccessControlGroup("engineering", {
      ...(description ? { description } : {}),
      ...(location ? { locationUuid: location } : {}),
      ...(members ? { userUuids: members } : {}),
    });
    return { webhookUrl: hq.webhookUrl };
  };
}
