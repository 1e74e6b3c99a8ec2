import assert from "node:assert/strict";
import http from "node:http";
import { diagnose } from "../../../../provider/cli/doctor/diagnosis";
import { tableOf } from "../../../../provider/cli/doctor/table";
import { campusSeed, type Emulator, type OperationName, startEmulator } from "../../../../provider/emulator";
import { regionEndpoints } from "../../../../provider/rhombus/settings/settings";
import { listening } from "../../rhombus/loopback";
import { ProgramFolder, type ShownValue, scriptedCli, stored } from "../programFolder";
import { checkLines, configFor, contextFor, diagnosisOf } from "./diagnoses";

const { acme, bluebird, partner } = campusSeed;

const clear = (value: string): ShownValue => ({ value, secret: false });

describe("doctor, about the key", () => {
  let emulator: Emulator;
  let elsewhere: Emulator;
  let programFolder: ProgramFolder;
  before(async () => {
    emulator = await startEmulator({ seed: "livedIn" });
    elsewhere = await startEmulator({ seed: { organizations: [], partners: [], geneaAccounts: [], kisiAccounts: [] } });
    programFolder = ProgramFolder.whole();
  });
  after(async () => {
    programFolder.remove();
    await Promise.all([emulator.close(), elsewhere.close()]);
  });
  afterEach(() => {
    emulator.clearFaults();
    emulator.clearRequests();
    emulator.behave({ organizationReads: "allowed" });
  });

  /** As {@link contextFor}, with further settings in the stack config. */
  const withConfig = (config: Readonly<Record<string, ShownValue>>) => {
    return contextFor(programFolder, emulator, { ...configFor(emulator.url), ...config });
  };
  /** As {@link contextFor}, with the vendor's own endpoints, which two emulators play. */
  const inRegions = (us: Emulator, eu: Emulator) => {
    const config = { "rhombus:apiKey": { value: acme.apiKey, secret: true } };
    return { ...contextFor(programFolder, emulator, config), regions: { us: us.url, eu: eu.url } };
  };
  const refuse = (...names: OperationName[]) => {
    for (const operation of names) emulator.fail({ operation, with: { kind: "status", status: 403 }, times: 9 });
  };

  it("names the organization, and only reads", async () => {
    const diagnosis = await diagnosisOf(withConfig({}));
    assert.match(tableOf(diagnosis), / key +Acme Robotics \(127\.0\.0\.1:\d+\)/);
    assert.deepEqual(
      emulator.requests().filter(({ operation = "" }) => !/^(?:get|find)/.test(operation)),
      [],
    );
  });

  it("tries the key in both regions, with a vendor endpoint", async () => {
    const diagnosis = await diagnosisOf(inRegions(emulator, elsewhere));
    assert.equal(diagnosis.ok, true);
    const text = checkLines(diagnosis, "ok");
    assert.ok(text.includes("key: Acme Robotics (us)"), text.join("\n"));
    assert.ok(text.includes("other region: eu does not accept the key"));
    assert.deepEqual(diagnosis.settings.find(({ name }) => name === "endpoint")?.value, regionEndpoints.us);
  });

  it("names the region of a key if the settings name the other one", async () => {
    const diagnosis = await diagnosisOf(inRegions(elsewhere, emulator));
    assert.equal(diagnosis.ok, false);
    const text =
      /^key: belongs to the other region: Acme Robotics \(eu\) \| Set rhombus:region to eu; .* the default\.$/m;
    assert.match(checkLines(diagnosis, "failed").join("\n"), text);
  });

  it("sends the key only to the endpoint of the settings, if that is not a vendor endpoint", async () => {
    elsewhere.clearRequests();
    await diagnosisOf({ ...withConfig({}), regions: { us: elsewhere.url, eu: elsewhere.url } });
    assert.deepEqual(elsewhere.requests(), []);
  });

  it("reports a wrong key, with a remedy", async () => {
    const diagnosis = await diagnosisOf(
      contextFor(programFolder, emulator, configFor(emulator.url, "wrongKeyWrongKeyWrong1")),
    );
    const [text = ""] = checkLines(diagnosis, "failed");
    assert.match(text, /^key: getOrgV2 failed: 403 Access Denied \| The key \(from rhombus:apiKey\) may be wrong/);
  });

  it("reports an unreachable server, without further reads", async () => {
    const diagnosis = await diagnosisOf(contextFor(programFolder, emulator, configFor("http://127.0.0.1:9")));
    assert.deepEqual(
      diagnosis.checks.filter(({ name }) => name === "permissions"),
      [],
    );
    assert.match(checkLines(diagnosis, "failed").join("\n"), /^key: getOrgV2 failed: no connection to 127\.0\.0\.1:9/m);
  });

  it("reports missing rights: as failures for resources, as warnings for look-ups", async () => {
    refuse("getGeneaIntegration", "getUsersInOrg");
    const diagnosis = await diagnosisOf(withConfig({}));
    assert.match(
      checkLines(diagnosis, "failed").join(),
      /^permissions: the key may not read GeneaIntegration \(getGeneaIntegration\)/,
    );
    assert.match(
      checkLines(diagnosis, "warning").join(),
      /may not read users \(getUsersInOrg\): look-ups of users will fail/,
    );
    emulator.clearFaults();
    refuse("getGeneaIntegration");
    const types = ["AccessControlGroup", "OnGuardIntegration"] as const;
    assert.equal((await diagnose(withConfig({}), { types })).ok, true);
  });

  it("warns if the key may not read its organization", async () => {
    emulator.behave({ organizationReads: "refused" });
    const diagnosis = await diagnosisOf(withConfig({}));
    assert.equal(diagnosis.ok, true);
    assert.match(checkLines(diagnosis, "warning").join(), /^key: valid .*may not read its organization/);
  });

  it("reports another organization than that of the settings and of the stack", async () => {
    const guarded = await diagnosisOf(withConfig({ "rhombus:orgUuid": clear(bluebird.orgUuid) }));
    assert.match(
      checkLines(guarded, "failed").join(),
      /^organization: rhombus:orgUuid names \S+, but the key belongs to/,
    );
    const nurses = stored("AccessControlGroup", "nurses", "g", bluebird.orgUuid);
    const reference = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::";
    const withStack = (provider: string) => {
      const resources = { dev: [{ ...nurses, provider: `${reference}${provider}::1-2-3` }] };
      return diagnosisOf({ ...withConfig({}), cli: scriptedCli({ config: configFor(emulator.url), resources }) });
    };
    const text = /^organization: 1 of the stack's resources, such as nurses, belong to another one/m;
    assert.match(checkLines(await withStack("default_1_2"), "failed").join("\n"), text);
    assert.equal((await withStack("blue")).ok, true);
  });

  it("requires an organization with a partner key, and lists the organizations", async () => {
    const config = { ...configFor(emulator.url, partner.apiKey), "rhombus:partner": clear("true") };
    const diagnosis = await diagnosisOf(contextFor(programFolder, emulator, config));
    assert.match(
      checkLines(diagnosis, "failed")[0] ?? "",
      /manages "Bluebird Clinics", "Cedar Logistics"; it needs an org/,
    );
    const provider = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::blue::1-2-3";
    const resources = { dev: [{ ...stored("AccessControlGroup", "g", "g", bluebird.orgUuid), provider }] };
    const shared = await diagnosisOf({
      ...contextFor(programFolder, emulator),
      cli: scriptedCli({ config, resources }),
    });
    assert.deepEqual([shared.ok, checkLines(shared, "failed")], [true, []]);
    const chosen = { ...config, "rhombus:orgUuid": clear(bluebird.orgUuid) };
    const opened = await diagnosisOf(contextFor(programFolder, emulator, chosen));
    assert.match(checkLines(opened, "ok").join("\n"), /^key: Bluebird Clinics/m);
  });

  it("uses the settings of an explicit provider with --provider", async () => {
    const urn = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::blue";
    const sealed = { "4dabf18193072939515e22adb298388d": "1b47", plaintext: JSON.stringify(bluebird.apiKey) };
    const inputs = { "rhombus:apiKey": sealed, "rhombus:endpoint": emulator.url };
    const resources = { dev: [{ urn, type: "pulumi:providers:pulumi-nodejs", id: "p", inputs }] };
    const context = { ...withConfig({}), cli: scriptedCli({ resources }) };
    const opened = await diagnose(context, { types: [], provider: "blue" });
    assert.match(checkLines(opened, "ok").join("\n"), /^key: Bluebird Clinics/m);
    const none = await diagnose(context, { types: [], provider: "red" });
    assert.match(checkLines(none, "failed").join("\n"), /^stack: The stack has no explicit provider "red"/m);
  });

  it("compares this machine's clock with the server's", async () => {
    const server = http.createServer((_request, response) => {
      response.setHeader("date", new Date(Date.now() + 120_000).toUTCString());
      const nothing = { groups: [], users: [], cameraStates: [], locations: [], orgIntegrationsV2: {} };
      response.end(JSON.stringify({ org: { uuid: acme.orgUuid, name: "Late" }, ...nothing }));
    });
    await listening(server, async (url) => {
      const diagnosis = await diagnosisOf(contextFor(programFolder, emulator, configFor(url)));
      assert.match(
        checkLines(diagnosis, "warning").join("\n"),
        /^clock: this machine's is 1[12]\d s behind Rhombus's/m,
      );
      assert.equal(diagnosis.ok, true);
    });
  });
});
