import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Settings } from "../../../../provider/rhombus/settings/settings";
import { selfSigned } from "../../../certificates";
import { problemsOf, resolve, type Values } from "./resolving";

const key = "k3yK3yK3yK3yK3yK3yK3yA";
const anotherKey = "0th3r0th3r0th3r0th3r0A";
const organization = "Y1vE5bXrQvqmgMIFBqNtEA";
const gateway = "https://gateway.example";

/** The three places in which a setting may be written; in a profile under the names of the Rhombus command line. */
interface Places {
  readonly configuration: Values;
  readonly environment: Values;
  readonly profile: Values;
}

const nowhere: Places = { configuration: {}, environment: {}, profile: {} };
const profile = { api_key: key };

/** The place of the key. */
const keys: Readonly<Record<string, Places>> = {
  "the configuration": { ...nowhere, configuration: { apiKey: key } },
  "the configuration, and another key in the environment": {
    ...nowhere,
    configuration: { apiKey: key },
    environment: { RHOMBUS_API_KEY: anotherKey },
  },
  "the environment": { ...nowhere, environment: { RHOMBUS_API_KEY: key } },
  "a profile that the configuration names": { ...nowhere, configuration: { profile: "default" }, profile },
  "a profile that the environment names": { ...nowhere, environment: { RHOMBUS_PROFILE: "default" }, profile },
  "the profile default": { ...nowhere, profile },
};

/** The result of a setting in a place: it has effect, or none, or it is an error. */
type Effect = "used" | "ignored" | "refused";

/** For each place of the key: the effect of settings in the configuration, in the environment, and in the profile that is used. */
type Expected = Readonly<Record<string, readonly [configuration: Effect, environment: Effect, profile?: Effect]>>;

const shared: Expected = {
  "the configuration": ["used", "used"],
  "the configuration, and another key in the environment": ["used", "ignored"],
  "the environment": ["used", "used"],
  "a profile that the configuration names": ["used", "used", "used"],
  "a profile that the environment names": ["used", "used", "used"],
  "the profile default": ["used", "used", "used"],
};

const ofKey: Expected = {
  "the configuration": ["used", "ignored"],
  "the configuration, and another key in the environment": ["used", "ignored"],
  "the environment": ["refused", "used"],
  "a profile that the configuration names": ["refused", "ignored", "used"],
  "a profile that the environment names": ["refused", "refused", "used"],
  "the profile default": ["refused", "refused", "used"],
};

const pacing: Expected = Object.fromEntries(Object.keys(keys).map((place) => [place, ["used", "ignored"]]));

const { certificate, key: clientKey } = selfSigned;

/** A setting in each place where it has a name, the effects, and its value in the result. */
const settings: readonly (Partial<Places> & {
  readonly name: string;
  readonly effects: Expected;
  readonly value: (settings: Settings) => unknown;
})[] = [
  {
    name: "region",
    effects: shared,
    configuration: { region: "eu" },
    environment: { RHOMBUS_REGION: "eu" },
    value: ({ region }) => region === "eu",
  },
  {
    name: "partner",
    effects: shared,
    configuration: { partner: "true" },
    environment: { RHOMBUS_PARTNER: "true" },
    profile: { is_partner: "true" },
    value: ({ partner }) => partner,
  },
  {
    name: "orgUuid",
    effects: shared,
    configuration: { orgUuid: organization },
    environment: { RHOMBUS_ORG_UUID: organization },
    value: ({ orgUuid }) => orgUuid === organization,
  },
  {
    name: "endpoint",
    effects: ofKey,
    configuration: { endpoint: gateway },
    environment: { RHOMBUS_ENDPOINT_URL: gateway },
    profile: { endpoint_url: gateway },
    value: ({ endpoint }) => endpoint === gateway,
  },
  {
    name: "a client certificate",
    effects: ofKey,
    configuration: { clientCertificate: certificate, clientKey },
    environment: { RHOMBUS_CLIENT_CERTIFICATE: certificate, RHOMBUS_CLIENT_KEY: clientKey },
    profile: { auth_type: "cert", cert_file: "client.crt", key_file: "client.key" },
    value: ({ clientCertificate }) => clientCertificate?.certificate === certificate,
  },
  {
    name: "maxConcurrency",
    effects: pacing,
    configuration: { maxConcurrency: "3" },
    environment: { RHOMBUS_MAX_CONCURRENCY: "3" },
    value: ({ maxConcurrency }) => maxConcurrency === 3,
  },
];

describe("settings: precedence.", () => {
  let home = "";
  before("makes the files of a profile", () => {
    home = mkdtempSync(path.join(tmpdir(), "rhombus-home-"));
    mkdirSync(path.join(home, ".rhombus"));
    writeFileSync(path.join(home, ".rhombus/client.crt"), certificate);
    writeFileSync(path.join(home, ".rhombus/client.key"), clientKey);
  });
  after(() => rmSync(home, { recursive: true }));

  /** The arguments of `resolve` for settings in several places. */
  const inputs = (...written: readonly Partial<Places>[]): [Values, Values, string] => {
    const values = (place: keyof Places) => Object.assign({}, ...written.map((each) => each[place]));
    const lines = Object.entries(values("profile")).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(path.join(home, ".rhombus/credentials"), ["[default]", ...lines].join("\n"), { mode: 0o600 });
    return [values("configuration"), values("environment"), home];
  };
  const effectOf = (value: (settings: Settings) => unknown, ...given: readonly Partial<Places>[]): Effect => {
    const written = inputs(...given);
    if (problemsOf(/k3yK3y|0th3r/, ...written).length > 0) return "refused";
    const resolved = resolve(...written);
    assert.equal(resolved.apiKey, key);
    return value(resolved) === true ? "used" : "ignored";
  };

  for (const [keyPlace, withKey] of Object.entries(keys)) {
    for (const { name, effects, value, ...places } of settings) {
      it(`With the key in ${keyPlace}, ${name} has the effect that the table says`, () => {
        const [configuration, environment, ofProfile] = effects[keyPlace] ?? [];
        const expected = { configuration, environment, profile: places.profile && ofProfile };
        for (const place of ["configuration", "environment", "profile"] as const) {
          if (expected[place] === undefined) continue;
          assert.equal(effectOf(value, withKey, { [place]: places[place] }), expected[place], place);
        }
      });
    }
  }

  it("Of region, partner and orgUuid, the configuration has precedence over the environment, and this over a profile", () => {
    const other = "AAAAAAAAAAAAAAAAAAAAAA";
    const environment = { RHOMBUS_REGION: "us", RHOMBUS_PARTNER: "false", RHOMBUS_ORG_UUID: other };
    const configuration = { region: "eu", partner: "true", orgUuid: organization };
    const withKey = { environment: { ...environment, RHOMBUS_API_KEY: key } };
    const { region, partner, orgUuid, sources } = resolve(...inputs(withKey, { configuration }));
    assert.deepEqual([region, partner, orgUuid], ["eu", true, organization]);
    assert.deepEqual(
      [sources.apiKey, sources.region, sources.partner, sources.orgUuid],
      ["RHOMBUS_API_KEY", "rhombus:region", "rhombus:partner", "rhombus:orgUuid"],
    );
    assert.equal(sources.endpoint, "rhombus:region");
    const ofProfile = { profile: { api_key: key, is_partner: "false" } };
    assert.equal(resolve(...inputs(ofProfile, { environment: { RHOMBUS_PARTNER: "true" } })).partner, true);
  });

  it("A region of another address than the endpoint is an error that names both, in whatever places they are", () => {
    const environment = { RHOMBUS_API_KEY: key, RHOMBUS_ENDPOINT_URL: gateway };
    const [problem, ...more] = problemsOf(/k3yK3y/, ...inputs({ environment, configuration: { region: "eu" } }));
    assert.match(problem ?? "", /^RHOMBUS_ENDPOINT_URL: is another address than that of rhombus:region eu \(/);
    assert.deepEqual(more, []);
  });
});
