import assert from "node:assert/strict";
import { diagnose } from "../../../../provider/cli/doctor/diagnosis";
import { tableOf } from "../../../../provider/cli/doctor/table";
import { campusSeed } from "../../../../provider/emulator";
import { writes } from "../../../drivers/calls";
import { CommandSetup } from "../commandSetup";
import { configFor, inStack, providerInStack, providerUrn, scriptedCli } from "../scriptedCli";
import { checkLines, contextFor, diagnosisOf } from "./diagnoses";

const { acme, bluebird } = campusSeed;

const WRONG = "wrongKeyWrongKeyWrong1";

describe("doctor, about the settings of the last deployment", () => {
  const setup = CommandSetup.here("livedIn");

  const staff = (provider: string) =>
    inStack("AccessControlGroup", "staff", "g", { provider: `${providerUrn(provider)}::1-2-3` });
  /** A provider of the last deployment, with the settings that it had. Pulumi gives only explicit providers a parent. */
  const deployed = (name: string, inputs: Readonly<Record<string, string>>) => {
    const parent = name.startsWith("default") ? undefined : "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
    return providerInStack(providerUrn(name), setup.emulator.url, acme.apiKey, { inputs, parent });
  };
  /** A context whose stack config is in order, with other resources in the state. */
  const contextWith = (...dev: object[]) => {
    const cli = scriptedCli({ config: configFor(setup.emulator.url), resources: { dev } });
    return { ...contextFor(setup), cli };
  };
  const settingsIn = (apiKey: string, endpoint = setup.emulator.url) => {
    return { "rhombus:apiKey": apiKey, "rhombus:endpoint": endpoint };
  };

  const cases: Readonly<Record<string, readonly [inputs: () => Record<string, string>, reason: RegExp]>> = {
    "a key that is refused": [() => settingsIn(WRONG), /: key: getOrgV2 failed: 403 Access Denied$/],
    "an endpoint that does not answer": [
      () => settingsIn(acme.apiKey, "http://127.0.0.1:9"),
      /: key: getOrgV2 failed: no connection to 127\.0\.0\.1:9 /,
    ],
    "a key of another organization": [
      () => settingsIn(bluebird.apiKey),
      /: organization: "staff" belongs to the organization \S+, but the key belongs to Bluebird Clinics \(\S+\)$/,
    ],
    "an organization that is not that of the key": [
      () => ({ ...settingsIn(acme.apiKey), "rhombus:orgUuid": bluebird.orgUuid }),
      /: organization: rhombus:orgUuid names \S+, but the key belongs to \S+$/,
    ],
    "settings that are not valid": [
      () => ({ ...settingsIn(acme.apiKey), "rhombus:region": "mars" }),
      /: settings: rhombus:region: "mars" is not a region/,
    ],
  };
  const start = (whose = "") =>
    `deployed: pulumi refresh and destroy would fail for "staff": they use the settings${whose} of the last deployment: `;
  for (const [what, [inputs, reason]] of Object.entries(cases)) {
    it(`warns that refresh and destroy would fail with ${what}`, async () => {
      const diagnosis = await diagnosisOf(contextWith(deployed("default", inputs()), staff("default")));
      const [text = "", remedy] = checkLines(diagnosis, "warning").split(" | ");
      assert.ok(text.startsWith(start()), text);
      assert.match(text, reason);
      assert.equal(remedy, "Run `pulumi up` first, or add --run-program to refresh and destroy.");
      assert.deepEqual([diagnosis.ok, writes(setup.emulator)], [true, []]);
      assert.doesNotMatch(tableOf(diagnosis), new RegExp(WRONG));
    });
  }

  for (const [name, whose] of [
    ["default_3_248_0", ""],
    ["acme", ' of the provider "acme"'],
  ] as const) {
    it(`looks at the provider ${name}`, async () => {
      const diagnosis = await diagnosisOf(contextWith(deployed(name, settingsIn(WRONG)), staff(name)));
      assert.ok(checkLines(diagnosis, "warning").startsWith(start(whose)));
    });
  }

  for (const [what, apiKey, organization] of [
    ["the key of the stack config", acme.apiKey, acme],
    ["a key of its own", acme.rotatedApiKey, acme],
  ] as const) {
    it(`fails if resources were moved to a provider of another organization, with ${what}`, async () => {
      const moved = ["nurses", "doctors"].map((name) => {
        const more = { outputs: { orgUuid: bluebird.orgUuid }, provider: `${providerUrn("other")}::1` };
        return inStack("AccessControlGroup", name, name, more);
      });
      const diagnosis = await diagnosisOf(
        contextWith(deployed("other", settingsIn(apiKey)), ...moved, staff("default")),
      );
      assert.equal(
        checkLines(diagnosis, "failed"),
        `deployed: "nurses", "doctors" belong to the organization ${bluebird.orgUuid}, but the provider "other" opens ` +
          `${organization.name} (${organization.orgUuid}): ` +
          "with its key, they are neither read nor changed | " +
          "In the program, give the provider the key of that organization, or the resources their former provider; then run `pulumi up`.",
      );
      assert.deepEqual([checkLines(diagnosis, "warning"), diagnosis.ok], ["", false]);
    });
  }

  it("reports resources of another organization once with --provider", async () => {
    const blue = providerInStack(providerUrn("blue"), setup.emulator.url, acme.apiKey);
    const nurses = inStack("AccessControlGroup", "nurses", "n", {
      outputs: { orgUuid: bluebird.orgUuid },
      provider: `${providerUrn("blue")}::1`,
    });
    for (const provider of ["blue", providerUrn("blue")]) {
      const diagnosis = await diagnose(contextWith(blue, nurses), { types: [], provider });
      assert.match(checkLines(diagnosis, "failed"), /^organization: "nurses" belongs to the organization .*$/);
    }
  });

  it("says that other settings still work", async () => {
    const diagnosis = await diagnosisOf(
      contextWith(deployed("default", settingsIn(acme.rotatedApiKey)), staff("default")),
    );
    assert.equal(checkLines(diagnosis, "warning"), "");
    assert.match(checkLines(diagnosis, "ok"), /^deployed: the settings of the last deployment, which pulumi refresh/m);
  });

  it("tries settings once if the last deployment had the same, or if no resource uses them", async () => {
    const same = deployed("default", settingsIn(acme.apiKey));
    const unused = deployed("blue", settingsIn(WRONG));
    const diagnosis = await diagnosisOf(contextWith(same, unused, staff("default")));
    assert.equal(checkLines(diagnosis, "warning"), "");
    assert.equal(setup.emulator.requests().filter(({ operation }) => operation === "getOrgV2").length, 1);
  });

  it("takes what the state does not hold from the environment", async () => {
    const { url } = setup.emulator;
    const context = {
      ...contextWith(deployed("default", {}), staff("default")),
      cli: scriptedCli({ resources: { dev: [deployed("default", {}), staff("default")] } }),
    };
    const env = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: url };
    assert.equal(checkLines(await diagnosisOf({ ...context, env }), "warning"), "");
  });

  it("does not repeat that there is no key", async () => {
    const cli = scriptedCli({ resources: { dev: [deployed("default", {}), staff("default")] } });
    const diagnosis = await diagnosisOf({ ...contextWith(), cli });
    assert.match(checkLines(diagnosis, "failed"), /^settings: /);
    assert.equal(checkLines(diagnosis, "warning"), "");
  });

  it("accepts a key that may not read its organization, but the objects of the stack", async () => {
    setup.emulator.behave({ organizationReads: "refused" });
    const diagnosis = await diagnosisOf(
      contextWith(deployed("default", settingsIn(acme.rotatedApiKey)), staff("default")),
    );
    assert.doesNotMatch(checkLines(diagnosis, "warning"), /^deployed/m);
  });

  it("looks at each provider, also with --provider", async () => {
    const blue = providerInStack(providerUrn("blue"), setup.emulator.url, bluebird.apiKey);
    const red = deployed("red", settingsIn(WRONG));
    const nurses = inStack("AccessControlGroup", "nurses", "n", {
      outputs: { orgUuid: bluebird.orgUuid },
      provider: `${providerUrn("blue")}::1`,
    });
    const context = contextWith(blue, red, nurses, staff("red"));
    const diagnosis = await diagnose(context, { types: [], provider: "blue" });
    assert.match(checkLines(diagnosis, "warning"), /^deployed: .* for "staff": .* of the provider "red"/);
    assert.equal(diagnosis.ok, true);
  });
});
