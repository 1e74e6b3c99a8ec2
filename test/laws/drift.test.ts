import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, type Declared, endAll, type Stored } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { locations } = campusSeed.acme;

/** A property of a resource that is changed outside and by the program. */
interface Contested {
  readonly mine: Declared;
  readonly changed: Declared;
  /** Changes the property outside. */
  drift(console: OrganizationConsole, stored: Stored): void;
  /** The live value. */
  live(console: OrganizationConsole): unknown;
  readonly path: RegExp;
}

const token = (console: OrganizationConsole) => console.onGuard()[0]?.rhombusToken ?? "";
const place = (doorInfoMap: object) => ({ placeToSettingsMap: { "41001": { doorInfoMap } } });

const contested: Readonly<Record<string, Contested>> = {
  "a group's description": {
    mine: group({ description: "mine" }),
    changed: group({ description: "changed" }),
    drift: (console, { id }) => console.setGroup(id, { description: "theirs" }),
    live: (console) => console.groups()[0]?.description,
    path: /description/,
  },
  "an OnGuard flag": {
    mine: onGuard({ badgeFaceVerificationMode: "SHADOW" }),
    changed: onGuard({ badgeFaceVerificationMode: "AUTO" }),
    drift: (console) => console.setOnGuardFlags(token(console), { badgeFaceVerificationMode: "SUPERVISED" }),
    live: (console) => console.onGuard()[0]?.flags.badgeFaceVerificationMode,
    path: /badgeFaceVerificationMode/,
  },
  "the name of an OnGuard door": {
    mine: onGuard({ doorInfoMap: { "1:4": { doorName: "mine" } } }),
    changed: onGuard({ doorInfoMap: { "1:4": { doorName: "changed" } } }),
    drift: (console) => console.setOnGuardDoor(token(console), "1:4", { doorName: "theirs" }),
    live: (console) => console.onGuard()[0]?.doorInfoMap["1:4"]?.doorName,
    path: /doorInfoMap\["1:4"\]\.doorName/,
  },
  "a Genea door": {
    mine: genea({ doorInfoMap: { "gd-acme-1001": { clipDuration: 1 } } }),
    changed: genea({ doorInfoMap: { "gd-acme-1001": { clipDuration: 2 } } }),
    drift: (console) => console.setGeneaDoor("gd-acme-1001", { clipDuration: 3 }),
    live: (console) => console.genea()?.doorInfoMap["gd-acme-1001"]?.clipDuration,
    path: /doorInfoMap\["gd-acme-1001"\]\.clipDuration/,
  },
  "a door of a Kisi place": {
    mine: kisi(place({ "51001": { doorName: "mine" } })),
    changed: kisi(place({ "51001": { doorName: "changed" } })),
    drift: (console) => console.setKisiDoor("41001", "51001", { doorName: "theirs" }),
    live: (console) => console.kisi()?.placeToSettingsMap["41001"]?.doorInfoMap["51001"]?.doorName,
    path: /placeToSettingsMap\["41001"\]\.doorInfoMap\["51001"\]\.doorName/,
  },
};

describe("drift: the same property changed outside", () => {
  afterEach(endAll);

  for (const [what, { mine, changed, drift, live, path }] of Object.entries(contested)) {
    it(`${what}: stays, with a warning, if an update changes another field`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: mine });
      drift(console, stack.stored("it"));
      const theirs = live(console);
      await stack.up({ it: other(mine) });
      assert.deepEqual(live(console), theirs);
      assert.match(stack.warnings.join(), new RegExp(`left as it is: .*${path.source} was changed.*pulumi refresh`));
    });

    it(`${what}: a refresh shows it, and the next up repairs it`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: mine });
      const before = live(console);
      drift(console, stack.stored("it"));
      await stack.refresh();
      assert.deepEqual(await stack.preview({ it: mine }), { it: "update" });
      await stack.up({ it: mine });
      assert.deepEqual([live(console), stack.warnings], [before, []]);
      assert.deepEqual(await stack.up({ it: mine }), { it: "same" });
    });

    it(`${what}: is a conflict if the program changes it too, and nothing is written`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: mine });
      const prior = stack.stored("it");
      drift(console, prior);
      const theirs = live(console);
      const conflict = new RegExp(
        `to different values by the program and outside Pulumi.*${path.source}.*Nothing was written.*pulumi refresh`,
      );
      await assert.rejects(stack.up({ it: changed }), conflict);
      assert.deepEqual([live(console), stack.stored("it")], [theirs, prior]);
    });

    it(`${what}: the next up writes the program's value after a refresh`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: mine });
      drift(console, stack.stored("it"));
      await assert.rejects(stack.up({ it: changed }));
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: changed }), { it: "update" });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: changed }), { it: "same" });
    });
  }
});

/** The declaration with another field changed. */
function other({ type, inputs }: Declared): Declared {
  const changes = { AccessControlGroup: { name: "Crew" }, OnGuardIntegration: { displayName: "Main" } };
  const flags = { GeneaIntegration: { saveClips: true }, KisiIntegration: { enabled: false } };
  return { type, inputs: { ...inputs, ...{ ...changes, ...flags }[type] } };
}

describe("drift: doors and undeclared fields", () => {
  afterEach(endAll);

  it("keeps a door that was added outside, with a warning, until a refresh", async () => {
    const { stack, console } = await begin();
    const program = { it: onGuard({ doorInfoMap: { "1:4": lobby } }) };
    await stack.up(program);
    console.setOnGuardDoor(token(console), "2:2", { doorName: "Theirs" });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby, "1:5": dock } }) });
    assert.match(stack.warnings.join(), /doorInfoMap\["2:2"\] was added/);
    assert.deepEqual(Object.keys(console.onGuard()[0]?.doorInfoMap ?? {}).sort(), ["1:4", "1:5", "2:2"]);
    await stack.refresh();
    await stack.up(program);
    assert.deepEqual(Object.keys(console.onGuard()[0]?.doorInfoMap ?? {}), ["1:4"]);
  });

  it("does not restore a door that was removed outside until a refresh", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: genea({ doorInfoMap: { "gd-acme-1001": lobby, "gd-acme-3001": dock } }) });
    console.setGeneaDoor("gd-acme-1001", undefined);
    const program = { it: genea({ doorInfoMap: { "gd-acme-1001": lobby, "gd-acme-3001": dock }, saveClips: true }) };
    await stack.up(program);
    assert.match(stack.warnings.join(), /doorInfoMap\["gd-acme-1001"\] was removed/);
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["gd-acme-3001"]);
    await stack.refresh();
    await stack.up(program);
    assert.equal(Object.keys(console.genea()?.doorInfoMap ?? {}).length, 2);
  });

  it("shows no change of a field that was never declared", async () => {
    const { stack, console } = await begin();
    await stack.up({ onGuard: onGuard(), genea: genea(), group: group() });
    console.setOnGuardDoor(token(console), "2:2", lobby);
    console.setOnGuardFlags(token(console), { saveClips: true });
    console.setGenea({ flags: { indexFaces: true } });
    console.setGroup(stack.stored("group").id, { description: "theirs", locationUuid: locations.warehouse.uuid });
    await stack.refresh();
    const program = { onGuard: onGuard(), genea: genea(), group: group() };
    assert.deepEqual(await stack.up(program), { onGuard: "same", genea: "same", group: "same" });
  });
});

describe("drift: an object that was deleted outside", () => {
  afterEach(endAll);
  const removals: Readonly<Record<string, [Declared, Declared, (console: OrganizationConsole, id: string) => void]>> = {
    "a group": [group(), group({ description: "x" }), (console, id) => console.removeGroup(id)],
    "an OnGuard deployment": [onGuard(), onGuard({ saveClips: true }), (console) => console.removeOnGuard()],
    "the Genea integration": [genea(), genea({ saveClips: true }), (console) => console.removeGenea()],
    "the Kisi integration": [kisi(), kisi({ enabled: false }), (console) => console.removeKisi()],
  };

  for (const [what, [declared, changed, remove]] of Object.entries(removals)) {
    it(`${what}: an update is an error that names pulumi refresh, and creates nothing`, async () => {
      const { emulator, stack, console } = await begin();
      await stack.up({ it: declared });
      const known = stack.stored("it");
      remove(console, known.id);
      await assert.rejects(stack.up({ it: changed }), /no longer exists in Rhombus.*run `pulumi refresh`/);
      assert.deepEqual([emulator.remains(), stack.stored("it")], [[], known]);
    });

    it(`${what}: stays in the state if a later read shows it`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: declared });
      const nothing = { groups: [], orgIntegrationV2: null, error: false };
      for (const operation of READS) {
        emulator.fail({ operation, with: { kind: "status", status: 200, body: nothing }, times: 3 });
      }
      assert.deepEqual(await stack.refresh(), []);
    });
  }

  it("warns that a new OnGuard deployment will need its connector set up again", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: onGuard() });
    console.removeOnGuard();
    assert.deepEqual(await stack.refresh(), ["it"]);
    assert.match(stack.warnings.join(), /OnGuard integration "HQ" is gone.*new webhook URL and secret/);
  });

  it("is an error of a static get, which says where to find ids", async () => {
    const { stack } = await begin();
    await assert.rejects(
      stack.get("AccessControlGroup", "A".repeat(22)),
      /AccessControlGroup\.get found nothing with the id "A{22}"\. .*findAccessControlGroupsByOrg/,
    );
    await assert.rejects(stack.get("OnGuardIntegration", "x"), /derived from the deployment's secret token/);
    await assert.rejects(stack.get("GeneaIntegration", "genea"), /its id is "genea"/);
    await assert.rejects(stack.get("KisiIntegration", "wrong"), /its id is "kisi"/);
  });

  it("a static get returns every field", async () => {
    const { stack } = await begin({ seed: "livedIn" });
    const { outputs, secrets } = await stack.get("GeneaIntegration", "genea");
    const { apiToken, saveClips, indexFaces, doorInfoMap, tokenValid } = outputs;
    assert.deepEqual(
      { apiToken, saveClips, indexFaces, tokenValid },
      {
        apiToken: campusSeed.acme.genea.apiToken,
        saveClips: true,
        indexFaces: false,
        tokenValid: true,
      },
    );
    assert.ok(typeof doorInfoMap === "object" && secrets.has("apiToken") && secrets.has("refreshToken"));
  });

  it("a delete without a token is never sent", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    for (const rhombusToken of ["", "  ", undefined]) {
      const outputs = {
        displayName: "x",
        orgUuid: campusSeed.acme.orgUuid,
        ...(rhombusToken === undefined ? {} : { rhombusToken }),
      };
      stack.store("it", { type: "OnGuardIntegration", id: "unknown", inputs: {}, outputs });
      await stack.destroy();
    }
    assert.equal(count(emulator, "deleteHoneywellOnGuardIntegration"), 0);
    assert.equal(console.onGuard().length, 2);
  });
});

const READS = [
  "findAccessControlGroupsByOrg",
  "getHoneywellOnGuardIntegration",
  "getGeneaIntegration",
  "getKisiIntegrationV2",
] as const;
