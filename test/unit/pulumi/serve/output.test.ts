import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { campusSeed, type Emulator, livedInSeed, startEmulator } from "../../../../provider/emulator";
import { createProviders } from "../../../../provider/session";
import { immediatePolling } from "../../../drivers/stack";

const { acme } = campusSeed;
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;

const hostile =
  "\u202e\u2066\u061c\u200b\ufeff\ufff9\u{e0041}\u{e007f}\u009b31m\u001b[2J\u0007\u2028\u2029\nerror: all is lost\r\ud800";
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The environment as a newer engine hands it to a provider. */
const env = {
  PULUMI_ACCESS_TOKEN: "pul-0123456789abcdef",
  PULUMI_CONFIG_PASSPHRASE: "correct horse battery",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG",
  GITHUB_TOKEN: "ghp_8chars",
};

describe("what leaves the provider process", () => {
  let emulator: Emulator;
  let lines: string[];
  let providers: Readonly<Record<string, Required<dynamic.ResourceProvider>>>;
  beforeEach(async () => {
    emulator = await startEmulator({ seed: "livedIn" });
    lines = [];
    const settings = {
      RHOMBUS_API_KEY: acme.apiKey,
      RHOMBUS_ENDPOINT_URL: emulator.url,
      RHOMBUS_ORG_UUID: acme.orgUuid,
    };
    const tell = (line: string) => void lines.push(line);
    providers = createProviders({ env: { ...env, ...settings }, polling: immediatePolling, tell });
  });
  afterEach(() => emulator.close());

  /** All that is shown of a failed call, also by who prints an error at length. */
  async function shownBy(call: Promise<unknown>): Promise<string> {
    const error: unknown = await call.then(
      () => assert.fail("it succeeded"),
      (thrown) => thrown,
    );
    assert.ok(error instanceof Error);
    return [
      `${error}: ${error.stack}`,
      error.message,
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
    ].join("\n");
  }

  for (const type of ["OnGuardIntegration", "AccessControlGroup", "GeneaIntegration", "KisiIntegration"]) {
    const foreign = type === "AccessControlGroup" ? `${rhombusToken}x` : rhombusToken;
    for (const [how, props] of Object.entries({
      get: { __get: true },
      refresh: { displayName: "x", name: "x" },
      "a read": {},
    })) {
      it(`is no token that was given for an id to ${how} of ${type}, and nothing is asked`, async () => {
        const shown = await shownBy(Promise.resolve(providers[type]?.read(foreign, props)));
        assert.match(shown, /is not a valid id/);
        assert.ok(!shown.includes(foreign), shown);
        assert.deepEqual(emulator.requests(), []);
      });
    }

    it(`is no token that a state has for an id of ${type}, whatever fails`, async () => {
      emulator.fail({ operation: "*", with: { kind: "status", status: 403 }, times: 99 });
      const provider = providers[type];
      const calls = [provider?.delete(foreign, {}), provider?.update(foreign, {}, { displayName: "a", name: "a" })];
      for (const call of calls) assert.ok(!(await shownBy(Promise.resolve(call))).includes(foreign));
    });
  }

  it("has no secret of the environment, whoever quotes it", async () => {
    const errorMsg = Object.values(env).join(" and ");
    emulator.fail({ operation: "*", with: { kind: "errorEnvelope", errorMsg }, times: 99 });
    const shown = await shownBy(Promise.resolve(providers.AccessControlGroup?.create({ name: "staff" })));
    assert.match(shown, /\[secret\] and \[secret\]/);
    for (const secret of Object.values(env)) assert.ok(!shown.includes(secret), shown);
    const checked = await providers.AccessControlGroup?.check({}, { name: "x", locationUuid: env.PULUMI_ACCESS_TOKEN });
    assert.doesNotMatch(JSON.stringify(checked?.failures), /pul-0123/);
  });

  it("shows all there is in a text that comes from outside: in errors, in check failures, in warnings", async () => {
    emulator.fail({
      operation: "*",
      with: { kind: "status", status: 400, body: `<html><title>${hostile}</title></html>` },
      times: 99,
    });
    const shown = await shownBy(Promise.resolve(providers.AccessControlGroup?.create({ name: hostile })));
    emulator.clearFaults();
    const news = { name: "n", membership: hostile, [hostile]: hostile, userUuids: [hostile] };
    const checked = await providers.AccessControlGroup?.check({}, news);
    const gone = { displayName: hostile, orgUuid: acme.orgUuid, rhombusToken: "t", presharedSecret };
    await providers.OnGuardIntegration?.read("3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11", gone);
    const reasons = checked?.failures?.map(({ reason }) => reason) ?? [];
    assert.ok(reasons.length >= 3 && lines.length > 0);
    for (const text of [...shown.split(/\n(?! *error:)/), ...reasons, ...lines])
      assert.doesNotMatch(text, invisible, JSON.stringify(text));
  });

  it("has no secret in what a partial failure keeps for the engine, when it is printed at length", async () => {
    emulator.behave({ failedDoors: true });
    const inputs = {
      apiToken: acme.genea.apiToken,
      adopt: true,
      doorInfoMap: { "no-such-door": { doorName: "Nowhere" } },
    };
    const call = Promise.resolve(providers.GeneaIntegration?.create(inputs));
    const error: unknown = await call.then(
      () => assert.fail("it succeeded"),
      (thrown) => thrown,
    );
    assert.match(JSON.stringify(Reflect.get(Object(error), "properties")), new RegExp(acme.genea.apiToken));
    assert.doesNotMatch(
      inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error),
      new RegExp(acme.genea.apiToken),
    );
  });
});
