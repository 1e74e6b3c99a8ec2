import assert from "node:assert/strict";
import http from "node:http";
import { diagnose } from "../../../../provider/cli/doctor/diagnosis";
import { tableOf } from "../../../../provider/cli/doctor/table";
import {
  campusSeed,
  type Emulator,
  type Fault,
  type OperationName,
  startEmulator,
} from "../../../../provider/emulator";
import { regionEndpoints } from "../../../../provider/rhombus/settings/settings";
import { writes } from "../../../drivers/calls";
import { listening } from "../../rhombus/loopback";
import { CommandSetup } from "../commandSetup";
import { configFor, inStack, providerInStack, providerUrn, type ShownValue, scriptedCli } from "../scriptedCli";
import { checkLines, contextFor, diagnosisOf } from "./diagnoses";

const { acme, bluebird, partner } = campusSeed;

const clear = (value: string): ShownValue => ({ value, secret: false });
const nurses = (provider: string) => {
  const more = { outputs: { orgUuid: bluebird.orgUuid }, provider: `${providerUrn(provider)}::1-2-3` };
  return inStack("AccessControlGroup", "nurses", "g", more);
};

describe("doctor, about the key", () => {
  const setup = CommandSetup.here("livedIn");
  let otherRegion: Emulator;
  before(async () => {
    otherRegion = await startEmulator({
      seed: { organizations: [], partners: [], geneaAccounts: [], kisiAccounts: [] },
    });
  });
  after(() => otherRegion.close());

  /** A context with another key, other settings or resources in the stack. */
  const contextWith = (apiKey: string, further: Readonly<Record<string, ShownValue>> = {}, ...dev: object[]) => {
    const config = { ...configFor(setup.emulator.url, apiKey), ...further };
    return { ...contextFor(setup), cli: scriptedCli({ config, resources: { dev } }) };
  };
  /** A context with the endpoints of Rhombus, which two emulators stand in for. */
  const inRegions = (us: Emulator, eu: Emulator) => {
    const config = { "rhombus:apiKey": { value: acme.apiKey, secret: true } };
    return { ...contextFor(setup, config), regions: { us: us.url, eu: eu.url } };
  };
  const refuse = (...names: OperationName[]) => {
    for (const operation of names) setup.emulator.fail({ operation, with: { kind: "status", status: 403 }, times: 9 });
  };

  it("names the organization, and only reads", async () => {
    const diagnosis = await diagnosisOf(contextFor(setup));
    assert.match(tableOf(diagnosis), / key +Acme Robotics \(127\.0\.0\.1:\d+\)/);
    assert.deepEqual(writes(setup.emulator), []);
  });

  it("tries the key in both regions, with a Rhombus endpoint", async () => {
    const diagnosis = await diagnosisOf(inRegions(setup.emulator, otherRegion));
    assert.equal(diagnosis.ok, true);
    const text = checkLines(diagnosis, "ok");
    assert.match(text, /^key: Acme Robotics \(us\)\n(?:.*\n)*other region: eu does not accept the key$/m);
    assert.deepEqual(diagnosis.settings.find(({ name }) => name === "endpoint")?.value, regionEndpoints.us);
    const wrong = await diagnosisOf(inRegions(otherRegion, setup.emulator));
    assert.equal(wrong.ok, false);
    const other =
      /^key: belongs to the other region: Acme Robotics \(eu\) \| Set rhombus:region to eu; .* the default\.$/m;
    assert.match(checkLines(wrong, "failed"), other);
  });

  it("sends the key only to the endpoint of the settings, if that is not a Rhombus endpoint", async () => {
    otherRegion.clearRequests();
    await diagnosisOf({ ...contextFor(setup), regions: { us: otherRegion.url, eu: otherRegion.url } });
    assert.deepEqual(otherRegion.requests(), []);
  });

  const ofPartner = { "rhombus:partner": clear("true") };
  const ofBluebird = { "rhombus:orgUuid": clear(bluebird.orgUuid) };
  interface Case {
    readonly key?: string;
    readonly config?: Readonly<Record<string, ShownValue>>;
    readonly stack?: object;
    /** The failure. Default: none. */
    readonly failure?: RegExp;
  }
  const cases: Readonly<Record<string, Case>> = {
    "a wrong key": {
      key: "wrongKeyWrongKeyWrong1",
      failure:
        /^key: getOrgV2 failed: 403 Access Denied \| Check the key from rhombus:apiKey and its role: it may be wrong .* For a key of the region|and its role: it may be wrong .*must belong to/,
    },
    "an unreachable server, without further reads": {
      config: { "rhombus:endpoint": clear("http://127.0.0.1:9") },
      failure: /^key: getOrgV2 failed: no connection to 127\.0\.0\.1:9.*$/,
    },
    "another organization than that of the settings": {
      config: ofBluebird,
      failure: /^organization: rhombus:orgUuid names \S+, but the key belongs to/,
    },
    "another organization than that of the stack": {
      stack: nurses("default_1_2"),
      failure: new RegExp(
        `^organization: "nurses" belongs to the organization ${bluebird.orgUuid}, but the key belongs to Acme Robotics \\(${acme.orgUuid}\\)`,
      ),
    },
    "resources of an explicit provider": { stack: nurses("blue") },
    "a partner key without an organization": {
      key: partner.apiKey,
      config: ofPartner,
      failure: /manages "Bluebird Clinics", "Cedar Logistics"; it needs an org/,
    },
    "a partner key of explicit providers": { key: partner.apiKey, config: ofPartner, stack: nurses("blue") },
    "a partner key with an organization": { key: partner.apiKey, config: { ...ofPartner, ...ofBluebird } },
  };
  for (const [what, { key = acme.apiKey, config = {}, stack, failure = /^$/ }] of Object.entries(cases)) {
    it(`checks ${what}`, async () => {
      const diagnosis = await diagnosisOf(contextWith(key, config, ...(stack === undefined ? [] : [stack])));
      assert.match(checkLines(diagnosis, "failed"), failure);
      assert.equal(diagnosis.ok, failure.source === "^$");
    });
  }

  it("reports missing rights: as failures for resources, as warnings for look-ups", async () => {
    refuse("getGeneaIntegration", "getUsersInOrg");
    const diagnosis = await diagnosisOf(contextFor(setup));
    const failure = /^permissions: the key may not read GeneaIntegration \(getGeneaIntegration\)/;
    assert.match(checkLines(diagnosis, "failed"), failure);
    const warning = /may not read users \(getUsersInOrg\): look-ups of users will fail/;
    assert.match(checkLines(diagnosis, "warning"), warning);
    const types = ["AccessControlGroup", "OnGuardIntegration"] as const;
    assert.equal((await diagnose(contextFor(setup), { types })).ok, true);
  });

  for (const [operation, types] of [
    ["findLocationAccessGrantsByOrg", ["AccessControlGroup", "Schedule"]],
    ["findLocationAccessRevocationsByOrg", ["AccessControlGroup", "Schedule"]],
    ["getScheduleData", ["Schedule"]],
  ] as const) {
    it(`warns of deletions that need a right which the key lacks: ${operation}`, async () => {
      refuse(operation);
      const warning = (type: string) =>
        `permissions: the key may not read what uses ${type} (${operation}): deletions of ${type} will fail`;
      const only = ["AccessControlGroup", "Schedule"] as const;
      const diagnosis = await diagnose(contextFor(setup), { types: only });
      assert.deepEqual([checkLines(diagnosis, "warning"), diagnosis.ok], [types.map(warning).join("\n"), true]);
      const others = await diagnose(contextFor(setup), { types: ["KisiIntegration"] });
      assert.equal(checkLines(others, "warning"), "");
    });
  }

  it("names the rights that writing may need and the key's role lacks, of the types in question", async () => {
    const diagnosis = await diagnosisOf(contextWith(acme.readOnlyApiKey));
    const rights =
      "INTEGRATION_ADMINISTRATION (OnGuardIntegration, GeneaIntegration, KisiIntegration); " +
      "DOOR_ACCESS_ADMINISTRATION or USER_ADMINISTRATION (AccessControlGroup); " +
      "DOOR_ACCESS_ADMINISTRATION or POLICY_ADMINISTRATION (Schedule); DOOR_ACCESS_ADMINISTRATION (AccessGrant)";
    const text = `writing: may be refused: the key's role "Auditors" lacks ${rights} | Deploy with a key whose role`;
    assert.ok(checkLines(diagnosis, "warning").startsWith(text), checkLines(diagnosis, "warning"));
    assert.match(checkLines(diagnosis, "ok"), /^permissions: the key may read OnGuardIntegration, .*, users$/m);
    assert.equal(diagnosis.ok, true);
    const some = await diagnose(contextWith(acme.readOnlyApiKey), { types: ["AccessControlGroup"] });
    assert.doesNotMatch(checkLines(some, "warning"), /INTEGRATION/);
    const own = await diagnosisOf(contextFor(setup));
    assert.equal(checkLines(own, "warning"), "");
    assert.match(checkLines(own, "ok"), /^writing: the key's role "Super Admin" seems to allow it$/m);
  });

  for (const [what, fault] of Object.entries({
    "is refused": { kind: "status", status: 403 },
    "does not exist": { kind: "status", status: 404 },
    fails: { kind: "status", status: 400 },
    "reports an error": { kind: "errorEnvelope", errorMsg: "no" },
    "has another form": {
      kind: "status",
      status: 200,
      body: { functionalityList: [{ name: "ADMIN" }], superAdmin: "no" },
    },
    "says nothing": { kind: "status", status: 200, body: { functionalityList: null } },
    "has a role without a name and unknown rights": {
      kind: "status",
      status: 200,
      body: {
        functionalityList: ["NEW", "INTEGRATION_ADMINISTRATION", "DOOR_ACCESS_ADMINISTRATION"],
        granular: { x: 1 },
      },
    },
  } satisfies Record<string, Fault>)) {
    it(`has no failure and no warning if the answer about rights ${what}`, async () => {
      setup.emulator.fail({ operation: "getPermissionsForCurrentUser", with: fault, times: 9 });
      const diagnosis = await diagnosisOf(contextFor(setup));
      assert.deepEqual([checkLines(diagnosis, "failed"), checkLines(diagnosis, "warning")], ["", ""]);
      assert.match(
        `${checkLines(diagnosis, "unknown")}\n${checkLines(diagnosis, "ok")}`,
        /^writing: (?:Rhombus does not tell|the key's role seems)/m,
      );
    });
  }

  it("warns if the key may not read its organization", async () => {
    setup.emulator.behave({ organizationReads: "refused" });
    const diagnosis = await diagnosisOf(contextFor(setup));
    assert.equal(diagnosis.ok, true);
    assert.match(checkLines(diagnosis, "warning"), /^key: valid .*may not read its organization/);
  });

  it("uses the settings of an explicit provider with --provider", async () => {
    const blue = providerInStack(providerUrn("blue"), setup.emulator.url, bluebird.apiKey);
    const context = contextWith(acme.apiKey, {}, blue);
    const env = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: setup.emulator.url };
    const opened = await diagnose({ ...context, env }, { types: [], provider: "blue" });
    assert.match(
      checkLines(opened, "ok"),
      /^settings: the key comes from apiKey of the Provider "blue"\nkey: Bluebird Clinics/m,
    );
    assert.equal(checkLines(opened, "warning"), "");
    const ofProvider = opened.settings.filter(({ source }) => source !== "the default").map(({ source }) => source);
    const [apiKey, endpoint] = ['apiKey of the Provider "blue"', 'endpoint of the Provider "blue"'];
    assert.deepEqual(ofProvider, [apiKey, endpoint, endpoint]);
  });

  it("lists the URNs if several providers have the name", async () => {
    const urns = [providerUrn("blue"), providerUrn("blue", "x:y:Site$")];
    const context = contextWith(acme.apiKey, {}, ...urns.map((urn) => providerInStack(urn, setup.emulator.url)));
    const failure = checkLines(await diagnose(context, { types: [], provider: "blue" }), "failed");
    for (const urn of urns) assert.ok(failure.includes(urn), failure);
  });

  it("names the settings of an explicit provider in remedies", async () => {
    const blue = providerInStack(providerUrn("blue"), setup.emulator.url, partner.apiKey, {});
    const { checks } = await diagnose(contextWith(acme.apiKey, {}, blue), { types: [], provider: providerUrn("blue") });
    const remedies = checks.filter(({ verdict }) => verdict === "failed").map(({ remedy }) => remedy ?? "");
    assert.match(remedies.join("\n"), /partner of the Provider "blue" to true and orgUuid of the Provider "blue"/);
    assert.doesNotMatch(JSON.stringify(checks), /from rhombus:/);
  });

  for (const [what, choice, failure] of [
    [
      "provider",
      { provider: "red" },
      /^stack: The stack has no explicit provider "red", and no other\. Deploy it first.*$/,
    ],
    ["stack", { stack: "prod" }, /^stack: no stack named 'prod' found.*$/],
  ] as const) {
    it(`tries no other settings if the ${what} does not exist`, async () => {
      const env = { RHOMBUS_API_KEY: partner.apiKey, RHOMBUS_PARTNER: "true" };
      const diagnosis = await diagnose(
        { ...contextWith(partner.apiKey, ofPartner), env },
        { types: ["KisiIntegration"], ...choice },
      );
      assert.match(checkLines(diagnosis, "failed"), failure);
      assert.match(checkLines(diagnosis, "unknown"), /^settings: .*\nkey: not tried without valid settings$/);
      assert.deepEqual([diagnosis.settings, setup.emulator.requests()], [[], []]);
    });
  }

  it("compares this machine's clock with the server's", async () => {
    const server = http.createServer((_request, response) => {
      response.setHeader("date", new Date(Date.now() + 120_000).toUTCString());
      const lists = { groups: [], schedules: [], accessGrants: [], users: [], cameraStates: [], locations: [] };
      const org = { uuid: acme.orgUuid, name: "Late" };
      response.end(JSON.stringify({ org, ...lists, orgIntegrationsV2: {} }));
    });
    await listening(server, async (url) => {
      const diagnosis = await diagnosisOf(contextFor(setup, configFor(url)));
      assert.match(checkLines(diagnosis, "warning"), /^clock: this machine's is 1[12]\d s behind Rhombus's/m);
      assert.equal(diagnosis.ok, true);
    });
  });
});
