import assert from "node:assert/strict";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed, livedInSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { cameras, genea, kisi } = campusSeed.acme;

describeLong("taking over what was set up by hand", function () {
  this.timeout(60_000);
  const fixture = useFixture({ seed: "livedIn" });
  const adopted =
    (adopt: { adopt?: boolean }): PulumiFn =>
    async () => {
      new rhombus.OnGuardIntegration("hq", {
        displayName: "Headquarters OnGuard",
        doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] } },
        ...adopt,
      });
      new rhombus.GeneaIntegration("genea", { saveClips: true, ...adopt });
      new rhombus.KisiIntegration("kisi", {
        placeToSettingsMap: { [kisi.places.robotLab.id]: { placeName: "Robot lab" } },
        ...adopt,
      });
      new rhombus.AccessControlGroup("engineering", { name: "Engineering", description: "Engineers", ...adopt });
    };

  it("is refused without adopt, with the ways out", async () => {
    const { message } = await refusal(fixture.stack.up(adopted({})));
    for (const said of [
      'OnGuard integration "Headquarters OnGuard"',
      'group "Engineering"',
      "Genea integration",
      "Kisi integration",
    ]) {
      assert.match(
        message,
        new RegExp(`${said} already exists in Rhombus and is not managed by this resource\\. Nothing was written\\.`),
      );
    }
    assert.match(
      message,
      /set `adopt: true`, or run `npx pulumi-rhombus import --match --apply`, which writes nothing/,
    );
    assert.match(message, /; after a rename in the program, use `aliases`; or choose another name/);
  });

  it("keeps what the program does not declare, and converges what it does", async () => {
    const { text } = await fixture.stack.up(adopted({ adopt: true }));
    const { groups } = livedInSeed;
    const group = fixture.console.groups().find(({ uuid }) => uuid === groups.engineering);
    assert.deepEqual([group?.description, group?.userUuids.length], ["Engineers", 3]);
    assert.deepEqual(Object.keys(fixture.console.onGuard()[0]?.doorInfoMap ?? {}), ["1:4", "1:7"]);
    assert.equal(fixture.console.genea()?.apiToken, genea.apiToken);
    assert.equal(fixture.console.kisi()?.placeToSettingsMap[kisi.places.robotLab.id]?.placeName, "Robot lab");
    assert.match(text, /left as it is: doorInfoMap\["1:7"\] was added/);
  });

  it("brings the secrets that no read shows into the state", async () => {
    const { outputs } = (await fixture.stack.stored("hq")) ?? {};
    for (const name of ["webhookUrl", "presharedSecret", "rhombusToken"]) {
      assert.match(JSON.stringify(outputs?.[name]), /ciphertext/);
    }
  });

  it("makes no difference any more once adopt has done its work", async () => {
    await fixture.stack.expectNothingToDo();
    await fixture.stack.preview(adopted({}));
    await fixture.stack.expectNothingToDo();
    await fixture.stack.up();
  });

  it("makes none after a refresh either, with adopt or without", async () => {
    const { steps } = await fixture.stack.refresh();
    assert.deepEqual([...steps].sort(), ["update hq", "update kisi"]);
    const [without, left] = [await fixture.stack.preview(), await fixture.stack.preview(adopted({ adopt: true }))];
    assert.deepEqual([...left.steps].sort(), [...without.steps].sort());
    assert.ok(!left.text.includes("adopt"), left.text);
  });
});

describeLong("a rename in the program", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const named = (
    name: string,
    args: rhombus.AccessControlGroupArgs = {},
    options: CustomResourceOptions = {},
  ): PulumiFn => {
    return async () => {
      new rhombus.AccessControlGroup(name, { name: "Engineering", ...args }, options);
    };
  };

  it("changes nothing when an alias says so", async () => {
    await fixture.stack.up(named("engineering"));
    const { steps } = await fixture.stack.up(named("engineers", {}, { aliases: [{ name: "engineering" }] }));
    assert.deepEqual(steps, []);
    assert.ok(await fixture.stack.stored("engineers"));
  });

  it("stops without an alias, before anything is deleted, and names the alias", async () => {
    const { message } = await refusal(fixture.stack.up(named("developers")));
    assert.match(message, /the access control group "Engineering" already exists/);
    assert.match(message, /after a rename in the program, use `aliases`/);
    assert.equal(fixture.console.groups().length, 1);
  });

  it("is also done by adopt: the group stays, and the old resource is forgotten instead of deleted", async () => {
    const before = fixture.console.groups();
    const { text, steps } = await fixture.stack.up(named("developers", { adopt: true }));
    assert.deepEqual(steps, ["create developers", "delete engineers"]);
    assert.match(text, /is not deleted: another resource of this program has taken it over/);
    assert.deepEqual(fixture.console.groups(), before);
    await fixture.stack.expectNothingToDo();
  });

  it("stops a second resource for the same group, also under a name in other letters", async () => {
    const { message } = await refusal(
      fixture.stack.up(async () => {
        new rhombus.AccessControlGroup("developers", { name: "Engineering" });
        new rhombus.AccessControlGroup("twin", { name: "ENGINEERING", adopt: true });
        new rhombus.AccessControlGroup("triplet", { name: "engineering" });
      }),
    );
    assert.match(
      message,
      /twin \*\*creating failed\*\* error: Two AccessControlGroup resources of this program manage the same/,
    );
    assert.match(
      message,
      /triplet \*\*creating failed\*\* error: Two AccessControlGroup resources of this program manage the same/,
    );
    assert.equal(fixture.console.groups().length, 1);
  });
});
