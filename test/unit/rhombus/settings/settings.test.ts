import assert from "node:assert/strict";
import type { Settings } from "../../../../provider/rhombus/settings/settings";
import { problemsOf, resolve, type Values } from "./resolving";

const key = "k3yK3yK3yK3yK3yK3yK3yA";
const organization = "Y1vE5bXrQvqmgMIFBqNtEA";
const us = "https://api2.rhombussystems.com";
const eu = "https://api2.eu.rhombussystems.com";

const noSources = { region: undefined, partner: undefined, orgUuid: undefined, clientCertificate: undefined };

const problems = (config: Values, env: Values = {}) => problemsOf(/k3yK3y|hunter22/, config, env);

/** The problem of a setting, whether it comes from the configuration or from the environment. */
function problemOfEither(name: string, variable: string, value: string): string {
  const [configured, ...more] = problems({ apiKey: key, [name]: value });
  const exported = problems({}, { RHOMBUS_API_KEY: key, [variable]: value });
  assert.deepEqual([exported, more], [[configured?.replace(`rhombus:${name}`, variable)], []]);
  return configured ?? "";
}

describe("settings", () => {
  it("require only a key", () => {
    assert.deepEqual(resolve({ apiKey: key }), {
      apiKey: key,
      partner: false,
      endpoint: us,
      region: "us",
      maxConcurrency: 10,
      maxRetries: 8,
      timeoutSeconds: 30,
      warnings: [],
      orgUuid: undefined,
      clientCertificate: undefined,
      note: undefined,
      sources: { ...noSources, sourceKind: "configuration", apiKey: "rhombus:apiKey", endpoint: "the default" },
    });
  });

  it("come from the environment if the configuration has no key", () => {
    const env = {
      RHOMBUS_API_KEY: key,
      RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:8080",
      RHOMBUS_PARTNER: "true",
      RHOMBUS_ORG_UUID: organization,
    };
    const { apiKey, endpoint, region, partner, orgUuid, sources } = resolve({}, env);
    assert.deepEqual(
      { apiKey, endpoint, region, partner, orgUuid },
      {
        apiKey: key,
        endpoint: "http://127.0.0.1:8080",
        region: undefined,
        partner: true,
        orgUuid: organization,
      },
    );
    assert.deepEqual(sources, {
      ...noSources,
      sourceKind: "environment",
      apiKey: "RHOMBUS_API_KEY",
      endpoint: "RHOMBUS_ENDPOINT_URL",
      partner: "RHOMBUS_PARTNER",
      orgUuid: "RHOMBUS_ORG_UUID",
    });
  });

  it("ignore the environment if it has a key and the configuration has one too", () => {
    const env = {
      RHOMBUS_API_KEY: "another",
      RHOMBUS_ENDPOINT_URL: "nonsense",
      RHOMBUS_REGION: "mars",
      RHOMBUS_PARTNER: "perhaps",
      RHOMBUS_ORG_UUID: "nonsense",
    };
    const settings = resolve({ apiKey: key }, env);
    assert.deepEqual(
      [settings.apiKey, settings.endpoint, settings.partner, settings.orgUuid],
      [key, us, false, undefined],
    );
  });

  it("treat blank values as absent, and take pacing from the configuration, whatever the origin of the key", () => {
    const config = {
      apiKey: " ",
      endpoint: "",
      orgUuid: "\t",
      maxConcurrency: "",
      maxRetries: "0",
      timeoutSeconds: " 5 ",
    };
    const settings = resolve(config, { RHOMBUS_API_KEY: key });
    assert.deepEqual([settings.sources.apiKey, settings.endpoint], ["RHOMBUS_API_KEY", us]);
    const { maxConcurrency, maxRetries, timeoutSeconds } = settings;
    assert.deepEqual([maxConcurrency, maxRetries, timeoutSeconds], [10, 0, 5]);
  });

  it("name every source if there is no key", () => {
    const [problem] = problems({});
    const profiles = "`rhombus login` (/nowhere/.rhombus/credentials does not exist";
    const sources = ["explicit Provider", "pulumi config set --secret rhombus:apiKey", "RHOMBUS_API_KEY", profiles];
    for (const source of sources) assert.ok(problem?.includes(source), source);
  });

  it("refuse an endpoint without a key in the same source if the key comes from the environment", () => {
    const [problem, ...more] = problems({ endpoint: eu }, { RHOMBUS_API_KEY: key });
    assert.equal(
      problem,
      "rhombus:endpoint: set RHOMBUS_ENDPOINT_URL instead of this, or rhombus:apiKey as well: the key comes from RHOMBUS_API_KEY, " +
        "and key, endpoint and client certificate must come from one source",
    );
    assert.deepEqual(more, []);
  });

  it("accept a region beside an endpoint in the environment only if both are the same address", () => {
    const env = { RHOMBUS_API_KEY: key, RHOMBUS_REGION: "eu" };
    assert.deepEqual([resolve({}, env).endpoint, resolve({}, env).sources.endpoint], [eu, "RHOMBUS_REGION"]);
    assert.equal(resolve({}, { ...env, RHOMBUS_ENDPOINT_URL: eu }).region, "eu");
    const [problem, ...more] = problems({}, { ...env, RHOMBUS_ENDPOINT_URL: us });
    assert.match(problem ?? "", /^RHOMBUS_ENDPOINT_URL: is another address than that of RHOMBUS_REGION eu \(/);
    assert.deepEqual(more, []);
  });

  it("report all problems at once", () => {
    const config = { apiKey: `${key}\n`, region: "mars", partner: "maybe", maxRetries: "-1", orgUuid: "acme" };
    const settings = problems(config).map((problem) => problem.split(": ")[0]);
    assert.deepEqual(settings.sort(), [
      "rhombus:apiKey",
      "rhombus:maxRetries",
      "rhombus:orgUuid",
      "rhombus:partner",
      "rhombus:region",
    ]);
  });

  const wrong: [Values, RegExp][] = [
    [{ apiKey: `${key} ` }, /^rhombus:apiKey: contains a space/],
    [
      { orgUuid: "635bc4e5-b5eb-42fa-a680-c20506a36d10" },
      /22-character form that Rhombus uses: Y1vE5bXrQvqmgMIFBqNtEA$/,
    ],
    [{ region: "mars" }, /^rhombus:region: "mars" is not a region; it must be one of us, eu$/],
    [{ partner: "yes" }, /^rhombus:partner: must be true or false$/],
    [{ maxConcurrency: "0" }, /^rhombus:maxConcurrency: must be a whole number from 1 to 100$/],
    [{ maxConcurrency: "2.5" }, /whole number/],
    [{ maxConcurrency: "1e1" }, /whole number/],
    [{ maxRetries: "21" }, /^rhombus:maxRetries: must be a whole number from 0 to 20$/],
    [{ timeoutSeconds: "0" }, /^rhombus:timeoutSeconds: must be a whole number from 1 to 600$/],
    [{ region: "hunter22-hunter22-key" }, /^rhombus:region: this is not a region/],
    [{ region: "CANARY12" }, /^rhombus:region: this is not a region/],
    [{ region: "eu-west-1" }, /^rhombus:region: "eu-west-1" is not a region/],
    [{ endpoint: us, region: "eu" }, /^rhombus:endpoint: is another address than that of rhombus:region eu/],
  ];
  for (const [config, reason] of wrong) {
    it(`refuse ${JSON.stringify(config)}`, () => {
      const [problem, ...more] = problems({ apiKey: key, ...config });
      assert.match(problem ?? "", reason);
      assert.deepEqual(more, []);
    });
  }

  const injected: [reason: RegExp, ...endpoints: string[]][] = [
    [
      /^rhombus:endpoint: must not contain credentials/,
      "https://user:hunter22@host.example",
      "https://@hunter22.example",
      "http://127.0.0.1@hunter22.example",
      "http://127.0.0.1\\@hunter22.example",
      "hunter22@host.example",
    ],
    [
      /^rhombus:endpoint: must not contain a query/,
      "https://host.example/?a=hunter22",
      "https://host.example/#hunter22",
    ],
    [
      /^rhombus:endpoint: contains a space, a line break, a backslash or a letter beyond ASCII/,
      "https://host.example\r\nx-auth-org: hunter22",
      "https://api2.rhombus\thunter22.com",
      "https://host.example/a b/hunter22",
      "https:\\\\hunter22.example",
      "https://api2.rhоmbussystems.com/hunter22",
      "https://host.example/\u202ehunter22",
      "https://host\u0000.hunter22.example",
    ],
    [
      /^rhombus:endpoint: is not an address/,
      "api2.rhombussystems.com",
      "localhost:8080",
      "https:/hunter22.example",
      "https:///hunter22.example",
      "https://[hunter22]",
      "https://host.example:99999",
      "https://host%0d%0ahunter22.example",
      "file:///hunter22",
    ],
    [
      /^rhombus:endpoint: must begin with https/,
      "ftp://api2.rhombussystems.com",
      "javascript://127.0.0.1/hunter22",
      "http://api2.rhombussystems.com",
      "http://127.0.0.1.example.com",
      "http://localhost.hunter22.example",
      "http://0.0.0.0",
      "http://128.1",
      "http://[::ffff:127.0.0.1]",
    ],
  ];
  for (const [reason, ...endpoints] of injected) {
    for (const endpoint of endpoints) {
      it(`refuse the endpoint ${JSON.stringify(endpoint)} without showing it`, () => {
        assert.match(problemOfEither("endpoint", "RHOMBUS_ENDPOINT_URL", endpoint), reason);
      });
    }
  }

  // Latin-1 folds U+010A to a line break; the last is half a surrogate pair.
  for (const wrong of ["\r\nx-auth-org: other", "\n", "\u0000", "é", "\u010a", "\ud800"]) {
    it(`refuse a key and an organization that end with ${JSON.stringify(wrong)}, without showing them`, () => {
      const reason =
        /^rhombus:apiKey: contains a space, a line break or another character that no API key has; copy the key/;
      assert.match(problems({ apiKey: key + wrong })[0] ?? "", reason);
      assert.match(problems({}, { RHOMBUS_API_KEY: key + wrong })[0] ?? "", /^RHOMBUS_API_KEY: contains a space/);
      for (const orgUuid of [organization + wrong, organization.slice(0, -1) + wrong, `${organization}A`]) {
        const problem = problemOfEither("orgUuid", "RHOMBUS_ORG_UUID", orgUuid);
        assert.match(problem, /^rhombus:orgUuid: is not an organization's uuid/);
      }
    });
  }

  const right: [Values, Partial<Settings>][] = [
    [{ region: "eu" }, { endpoint: eu, region: "eu" }],
    [{ endpoint: `${eu}/` }, { endpoint: eu, region: "eu" }],
    [
      { endpoint: "HTTPS://API2.EU.rhombussystems.com:443", region: "eu" },
      { endpoint: eu, region: "eu" },
    ],
    [{ endpoint: "https://gateway.example/rhombus/" }, { endpoint: "https://gateway.example/rhombus" }],
    [{ endpoint: "http://localhost:8080" }, { endpoint: "http://localhost:8080" }],
    [{ endpoint: "http://127.1.2.3:8080" }, { endpoint: "http://127.1.2.3:8080" }],
    [{ endpoint: "http://[::1]:8080" }, { endpoint: "http://[::1]:8080" }],
    [{ partner: "true" }, { partner: true }],
    [{ partner: "1" }, { partner: true }],
    [{ partner: "0" }, { partner: false }],
    [{ maxConcurrency: "100" }, { maxConcurrency: 100 }],
    [{ orgUuid: organization }, { orgUuid: organization }],
  ];
  for (const [config, expected] of right) {
    it(`accept ${JSON.stringify(config)}`, () => {
      const settings = resolve({ apiKey: key, ...config });
      assert.deepEqual({ ...settings, ...expected }, settings);
    });
  }
});
