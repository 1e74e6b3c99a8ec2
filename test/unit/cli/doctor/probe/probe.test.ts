import assert from "node:assert/strict";
import { type ProbeReport, probe, reportText } from "../../../../../provider/cli/doctor/probe/probe";
import type { ProbeTiming } from "../../../../../provider/cli/doctor/probe/recorder";
import { campusSeed, defaultBehaviours, type Emulator, startEmulator } from "../../../../../provider/emulator";
import { describeBehaviours } from "../../../../../provider/emulator/behaviours/checkBehaviours";
import { RhombusApi } from "../../../../../provider/rhombus/api/api";
import { writes } from "../../../../drivers/calls";
import { clientFor } from "../../../rhombus/loopback";

const { acme } = campusSeed;

interface Probed extends Partial<ProbeTiming> {
  /** The name that a person types. Default: the organization's name. */
  readonly typed?: string;
  /** Is called with the objects that earlier probes have left. */
  readonly confirm?: (leftovers: readonly string[]) => void;
}

/** Probes Acme Robotics. */
function probed(
  emulator: Emulator,
  { typed = acme.name, confirm = () => {}, ...timing }: Probed = {},
): Promise<ProbeReport> {
  const { client } = clientFor(emulator.url, { apiKey: acme.apiKey, maxRetries: "0" });
  return probe({
    api: new RhombusApi(client, undefined),
    confirm: async ({ leftovers }) => {
      confirm(leftovers);
      return typed;
    },
    timing: {
      leastMs: 0,
      mostReads: 60,
      interruption: new AbortController().signal,
      log: () => {},
      ...timing,
    },
  });
}

/** The behaviours that the probe observes. Two of them are tested apart: one is a number, and of one it sees a single setting. */
const asked = describeBehaviours().filter(({ name, settledBy }) => {
  return settledBy === "probe" && name !== "readLagMs" && name !== "kisiVersions";
});

describe("doctor --probe", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  for (const { name, settings } of asked.filter((each) => each.name !== "organizationReads")) {
    for (const setting of settings.slice(1).filter((each) => each !== "absent" || name !== "emptyLists")) {
      it(`observes ${name}=${setting}, and leaves no object`, async () => {
        emulator.behave({ [name]: setting });
        const { observations, left } = await probed(emulator);
        const found = observations.filter(({ behaviour, remark }) => behaviour === name && remark === undefined);
        assert.ok(found.length > 0, JSON.stringify(observations));
        assert.deepEqual(new Set(found.map((each) => each.setting)), new Set([setting]));
        assert.deepEqual([left, emulator.remains(acme.orgUuid)], [[], []]);
      });
    }
  }

  it("creates nothing if the answers do not prove that there is no deployment", async () => {
    emulator.behave({ emptyLists: "absent" });
    await assert.rejects(probed(emulator), /may be incomplete: "orgIntegrationsV2" is missing/);
    assert.deepEqual(writes(emulator), []);
  });

  it("observes the emulator's defaults, lists what it does not check, and names nothing of the organization", async () => {
    const report = await probed(emulator);
    const { observations, notAsked } = report;
    const known = observations.filter(({ behaviour, setting }) => setting !== undefined && behaviour !== "readLagMs");
    const others = known.filter(({ behaviour, setting }) => setting !== defaultBehaviours[behaviour]);
    assert.deepEqual(others, []);
    assert.deepEqual(new Set(known.map(({ behaviour }) => behaviour)), new Set(asked.map(({ name }) => name)));
    const listed = new Set([...observations.map(({ behaviour }) => behaviour), ...notAsked.map(({ name }) => name)]);
    assert.deepEqual([...listed].sort(), Object.keys(defaultBehaviours).sort());
    assert.doesNotMatch(JSON.stringify(report), new RegExp(`${acme.orgUuid}|${acme.name}|pulumi-rhombus probe`));
  });

  it("is right if reads lag, and measures the lag", async () => {
    emulator.behave({ readLagMs: 300, mapWrites: "merge", nulls: "keeps" });
    const { observations, left } = await probed(emulator);
    const setting = (name: string) => observations.find(({ behaviour }) => behaviour === name)?.setting;
    assert.ok(Number(setting("readLagMs")) >= 250, JSON.stringify(observations));
    assert.deepEqual([setting("mapWrites"), setting("nulls"), setting("doorWrites")], ["merge", "keeps", "replace"]);
    assert.deepEqual([left, emulator.remains(acme.orgUuid)], [[], []]);
  }).timeout(60_000);

  it("creates nothing if another name is typed", async () => {
    for (const typed of ["", "acme robotics", acme.orgUuid]) {
      await assert.rejects(probed(emulator, { typed }), /That is not the name of the organization, "Acme Robotics"/);
    }
    assert.deepEqual(writes(emulator), []);
  });

  it("creates nothing if the organization has an integration, or cannot be read", async () => {
    const console = emulator.console(acme.orgUuid);
    console.addOnGuard({ displayName: "HQ" });
    console.setGenea({ apiToken: acme.genea.apiToken });
    console.setKisi({ apiSecretKey: acme.kisi.apiSecretKey });
    await assert.rejects(
      probed(emulator),
      /This organization has integrations: Genea, Kisi, OnGuard\. .*Nothing was created/,
    );
    console.removeOnGuard();
    console.removeGenea();
    console.removeKisi();
    const brivo = {
      orgIntegrationsV2: { b: { integration: "BRIVO", enabled: true }, f: { integration: "FLIC", enabled: false } },
    };
    emulator.fail({ operation: "getOrgIntegrationsV2", with: { kind: "status", status: 200, body: brivo }, times: 2 });
    await assert.rejects(probed(emulator), /This organization has integrations: BRIVO\. /);
    emulator.behave({ organizationReads: "refused" });
    await assert.rejects(probed(emulator), /so nobody can confirm it\. Nothing was created/);
    assert.deepEqual(writes(emulator), []);
  });

  const operations = [
    "createAccessControlGroup",
    "updateAccessControlGroup",
    "deleteAccessControlGroup",
    "createOrUpdateHoneywellOnGuardIntegration",
    "updateHoneywellOnGuardIntegration",
    "deleteHoneywellOnGuardIntegration",
    "getHoneywellOnGuardIntegration",
    "findAccessControlGroupsByOrg",
  ] as const;
  for (const operation of operations) {
    it(`leaves nothing if a successful call of ${operation} has no answer`, async () => {
      for (let skip = 1; skip < 4; skip += 1) {
        emulator.fail({ operation, with: { kind: "reset", when: "after" }, skip });
        const { left } = await probed(emulator);
        emulator.clearFaults();
        assert.deepEqual([left, emulator.remains(acme.orgUuid)], [[], []]);
      }
    });
  }

  it("leaves nothing after an interruption, which stops the questions and the waits", async () => {
    for (const question of ["readLagMs", "nulls", "onGuardDoorsOmitted", "onGuardUnknownToken"]) {
      const controller = new AbortController();
      const lines: string[] = [];
      const log = (line: string) => {
        lines.push(line);
        if (line.startsWith(`${question}:`)) controller.abort();
      };
      const { observations } = await probed(emulator, { log, interruption: controller.signal });
      assert.ok(observations.every(({ behaviour }) => behaviour !== question));
      assert.match(lines.join("\n"), new RegExp(`${question}: .*\nStopping after .*\ndeleting the created objects$`));
      assert.deepEqual(emulator.remains(acme.orgUuid), []);
    }
  });

  it("leaves nothing after an interruption before reads show the created object", async () => {
    for (const of of ["readLagMs: milliseconds by which reads lag behind writes", "(OnGuard)"]) {
      const controller = new AbortController();
      emulator.behave({ readLagMs: of === "(OnGuard)" ? 300 : 60_000 });
      const log = (line: string) => {
        if (!line.endsWith(of)) return;
        if (of === "(OnGuard)") emulator.behave({ readLagMs: 60_000 });
        setTimeout(() => controller.abort(), 100);
      };
      await probed(emulator, { log, interruption: controller.signal });
      assert.deepEqual(emulator.remains(acme.orgUuid), []);
    }
  });

  it("reports what is still listed after it was deleted", async () => {
    emulator.behave({ deletes: "ignored" });
    const { left } = await probed(emulator);
    const still = (what: string) =>
      new RegExp(`^the ${what} "pulumi-rhombus probe .*: it was deleted, but is still listed$`, "m");
    assert.match(left.join("\n"), still("group"));
    assert.match(left.join("\n"), still("OnGuard deployment"));
    assert.equal(left.length, emulator.remains(acme.orgUuid).length);
  });

  it("leaves every object of others, also those created meanwhile", async () => {
    const console = emulator.console(acme.orgUuid);
    console.addGroup({ name: "Staff" });
    console.addOnGuard({ displayName: "pulumi-rhombus probe 12345678 deployment" });
    let questions = 0;
    const log = () => {
      questions += 1;
      if (questions === 20) console.addOnGuard({ displayName: "HQ", doorInfoMap: { "1:1": { doorName: "Door" } } });
    };
    await assert.rejects(probed(emulator, { log }), /OnGuard was set up outside the probe/);
    const remaining = ['Acme Robotics: access control group "Staff"', 'Acme Robotics: OnGuard deployment "HQ"'];
    assert.deepEqual(emulator.remains(acme.orgUuid), remaining);
    assert.deepEqual(
      console.onGuard().map(({ doorInfoMap }) => doorInfoMap["1:1"]?.doorName),
      ["Door"],
    );
  });

  const left = ["PULUMI-RHOMBUS PROBE 12345678 GROUP", "pulumi-rhombus probe 9abcdef0 second deployment"] as const;

  it("deletes what earlier probes have left, after it has named it, and nothing that only looks alike", async () => {
    const console = emulator.console(acme.orgUuid);
    const [group, displayName] = left;
    const doorInfoMap = { "1:1": { doorName: "pulumi-rhombus probe 12345678 first door" } };
    console.addGroup({ name: group });
    console.addOnGuard({ displayName });
    console.addOnGuard({ displayName: "", doorInfoMap });
    const others = ["", " 12345678", " 12345678 notes", " 1234567 group", " 12345678 group 2", " x2345678 group"];
    for (const ending of others) console.addGroup({ name: `pulumi-rhombus probe${ending}` });
    const named: string[] = [];
    await probed(emulator, { confirm: (leftovers) => named.push(...leftovers) });
    assert.deepEqual(named, [
      `the group "${group}"`,
      `the OnGuard deployment "${displayName}"`,
      'the OnGuard deployment ""',
    ]);
    const remaining = others.map((ending) => `Acme Robotics: access control group "pulumi-rhombus probe${ending}"`);
    assert.deepEqual(emulator.remains(acme.orgUuid), remaining);
  });

  it("deletes leftovers only after the name of the organization was typed", async () => {
    emulator.console(acme.orgUuid).addGroup({ name: left[0] });
    await assert.rejects(probed(emulator, { typed: "Acme" }), /Nothing was created/);
    assert.deepEqual(writes(emulator), []);
  });

  it("deletes leftovers of an organization that has got an integration, and creates nothing", async () => {
    const console = emulator.console(acme.orgUuid);
    console.addGroup({ name: left[0] });
    console.addOnGuard({ displayName: left[1] });
    console.addOnGuard({ displayName: "HQ" });
    await assert.rejects(probed(emulator), /integrations: OnGuard\. .*Nothing was created, and what .* was deleted\.$/);
    assert.deepEqual(emulator.remains(acme.orgUuid), ['Acme Robotics: OnGuard deployment "HQ"']);
  });

  it("creates nothing if a leftover cannot be deleted", async () => {
    emulator.console(acme.orgUuid).addGroup({ name: left[0] });
    emulator.fail({ operation: "deleteAccessControlGroup", with: { kind: "status", status: 403 }, times: 99 });
    await assert.rejects(probed(emulator), /^Error: Delete by hand .*Nothing was created\.\n {2}the group "PULUMI-/);
    assert.equal(emulator.remains(acme.orgUuid).length, 1);
  });

  it("names what cannot be deleted", async () => {
    const status = { kind: "status", status: 403 } as const;
    emulator.fail({ operation: "deleteHoneywellOnGuardIntegration", with: status, times: 99 });
    const lines: string[] = [];
    const { left } = await probed(emulator, { log: (line) => lines.push(line) });
    assert.match(left.join("\n"), /^the OnGuard deployment "pulumi-rhombus probe [\da-f]{8} \w/m);
    assert.ok(lines.some((line) => line.startsWith("NOT DELETED, delete it by hand: the OnGuard deployment")));
  });
});

describe("the report of doctor --probe", () => {
  it("shows the emulator's default beside another observation, and the objects that are left", () => {
    const text = reportText({
      date: "2026-11-22",
      observations: [
        { behaviour: "mapWrites", setting: "merge" },
        { behaviour: "nulls", of: "the flags", setting: "clears" },
        { behaviour: "readLagMs", setting: 120 },
        { behaviour: "groupNames", remark: "createAccessControlGroup failed (server, status 500)" },
      ],
      notAsked: [{ name: "kisiV1AfterV2", settledBy: "write by V2, then by V1" }],
      left: ["the group"],
    });
    assert.match(text, /^ {2}mapWrites {3}merge \(the emulator's default: replace\)$/m);
    assert.match(text, /^ {2}nulls {7}clears +the flags$/m);
    assert.match(text, /^ {2}readLagMs {3}120 ms$/m);
    assert.match(text, /^ {2}groupNames {2}\? createAccessControlGroup failed \(server, status 500\)$/m);
    assert.match(text, /Not checked, .*\n {2}kisiV1AfterV2 {2}write by V2, then by V1\n\nNOT DELETED: the group$/);
  });
});
