import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  furtherCauses,
  remedyForConnection,
  remedyForKey,
  remedyForOrganization,
} from "../../../../provider/rhombus/api/remedies";
import { resolveSettings, type Settings } from "../../../../provider/rhombus/settings/settings";
import { selfSigned } from "../../../certificates";

const eu = "https://api2.eu.rhombussystems.com";
const organization = "Y1vE5bXrQvqmgMIFBqNtEA";

const context = { operation: "getLocations", isOutcomeUnknown: false, redact: (text: string) => text } as const;

function configured(config: Record<string, string> = {}) {
  return resolveSettings({ config: (name) => ({ "rhombus:apiKey": "k-e-y-k-e-y", ...config })[name], env: {} });
}

function fromEnvironment(env: Record<string, string> = {}, config: Record<string, string> = {}) {
  return resolveSettings({ config: (name) => config[name], env: { RHOMBUS_API_KEY: "k-e-y-k-e-y", ...env } });
}

/** The settings of a profile, with a line in its config. */
function fromProfile(line: string) {
  const home = mkdtempSync(path.join(tmpdir(), "rhombus-home-"));
  try {
    mkdirSync(path.join(home, ".rhombus"));
    writeFileSync(path.join(home, ".rhombus/credentials"), "[default]\napi_key=k-e-y-k-e-y");
    writeFileSync(path.join(home, ".rhombus/config"), `[default]\n${line}`);
    return resolveSettings({ config: () => undefined, env: {}, home });
  } finally {
    rmSync(home, { recursive: true });
  }
}

const certificate = { "rhombus:clientCertificate": selfSigned.certificate, "rhombus:clientKey": selfSigned.key };

describe("remedy for a refused key", () => {
  const partner = { "rhombus:partner": "true" };
  const ofClient = { ...partner, "rhombus:orgUuid": organization };
  const local = { RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:4010" };
  const table: [what: string, settings: Settings, said: RegExp[], unsaid: RegExp, operation?: "getClientsV2"][] = [
    [
      "an ordinary key of the configuration",
      configured(),
      [
        /^Check the key from rhombus:apiKey and its role: it may be wrong or revoked, or lack this permission\./,
        /For a key of the region eu, set rhombus:region to eu; this call went to us\./,
        /For a partner's key, set rhombus:partner to true and rhombus:orgUuid\./,
        /For a key with a client certificate, set rhombus:clientCertificate and rhombus:clientKey\./,
      ],
      /RHOMBUS_/,
    ],
    [
      "a key of the environment",
      fromEnvironment(),
      [/from RHOMBUS_API_KEY/, /set RHOMBUS_REGION to eu;/, /set RHOMBUS_PARTNER to true and RHOMBUS_ORG_UUID/],
      /rhombus:/,
    ],
    [
      "a key and an endpoint of a profile",
      fromProfile(`endpoint_url=${eu}`),
      [
        /from api_key of the profile "default" in \/.*\.rhombus\/credentials and its role/,
        /of the region us, set endpoint_url of the profile to https:\/\/api2\.rhombussystems\.com;/,
        /set is_partner of the profile to true and rhombus:orgUuid/,
        /set auth_type = cert, cert_file and key_file in the profile/,
      ],
      /RHOMBUS_/,
    ],
    [
      "the region eu",
      configured({ "rhombus:region": "eu" }),
      [/of the region us, set rhombus:region to us; this call went to eu\./],
      /RHOMBUS_/,
    ],
    [
      "a key of the environment and the rest in the configuration",
      fromEnvironment({}, { "rhombus:region": "eu", "rhombus:partner": "true", "rhombus:orgUuid": organization }),
      [
        /key from RHOMBUS_API_KEY/,
        /set rhombus:region to us;/,
        /For a key that is not a partner's, set rhombus:partner to false\./,
        /organization Y1vE5bXrQvqmgMIFBqNtEA \(from rhombus:orgUuid\)/,
      ],
      /RHOMBUS_(?!API_KEY|CLIENT)/,
    ],
    [
      "a key of the configuration and the region in the environment",
      resolveSettings({
        config: (name) => ({ "rhombus:apiKey": "k-e-y-k-e-y" })[name],
        env: { RHOMBUS_REGION: "eu", RHOMBUS_PARTNER: "0" },
      }),
      [/set RHOMBUS_REGION to us;/, /For a partner's key, set RHOMBUS_PARTNER to true and rhombus:orgUuid/],
      /rhombus:(?:region|partner)/,
    ],
    [
      "an endpoint that is a region's",
      fromEnvironment({ RHOMBUS_ENDPOINT_URL: eu }),
      [/of the region us, set RHOMBUS_ENDPOINT_URL to https:\/\/api2\.rhombussystems\.com;/],
      /RHOMBUS_REGION/,
    ],
    ["another address", fromEnvironment(local), [/must belong to http:\/\/127\.0\.0\.1:4010 \(from RHOM/], /region/],
    [
      "a partner's key alone",
      configured(partner),
      [
        /^Set rhombus:orgUuid, or use a Provider with an orgUuid \(in commands: --provider\): a partner's key needs an organization\./,
      ],
      /this partner manages/,
    ],
    [
      "a partner's key with an organization",
      configured(ofClient),
      [/organization Y1vE5bXrQvqmgMIFBqNtEA \(from rhombus:orgUuid\) must be one that this partner manages/],
      /needs an organization/,
    ],
    [
      "an ordinary key for a partner's operation",
      configured(),
      [/^Set rhombus:partner to true, with a partner's key: this operation needs both\./],
      /rhombus:orgUuid/,
      "getClientsV2",
    ],
    ["a partner's key for a partner's operation", configured(partner), [/wrong or revoked/], /partner/, "getClientsV2"],
    [
      "a client certificate",
      configured(certificate),
      [/The client certificate \(from rhombus:clientCertificate\) must be that of the key/],
      /For a key with a client/,
    ],
  ];
  for (const [what, settings, said, unsaid, operation = "getLocations"] of table) {
    it(`names the possible causes with ${what}`, () => {
      const remedy = `${remedyForKey({ ...context, settings, operation })} ${operation === "getLocations" ? furtherCauses(settings) : ""}`;
      for (const pattern of said) assert.match(remedy, pattern);
      assert.doesNotMatch(remedy, unsaid);
      assert.doesNotMatch(remedy, /k-e-y/);
    });
  }
});

describe("remedy for another organization", () => {
  const asArgument =
    / and which provider the resource uses, whose arguments also have names such as `rhombus:orgUuid` here\.$/;
  for (const [what, settings, said] of [
    ["a key of the configuration", configured(), asArgument],
    ["an organization of the configuration", fromEnvironment({}, { "rhombus:orgUuid": organization }), asArgument],
    ["settings of the environment", fromEnvironment({}), / and which provider the resource uses\.$/],
    [
      "settings of a known provider",
      resolveSettings({ config: (name) => ({ "rhombus:apiKey": "k-e-y-k-e-y" })[name], env: {}, provider: "blue" }),
      /^Check the API key \(from apiKey of the Provider "blue"\) and which provider the resource uses\.$/,
    ],
  ] as const) {
    it(`tells a Provider's arguments from the stack config as far as they can be told apart, with ${what}`, () => {
      assert.match(remedyForOrganization(settings), said);
    });
  }
});

describe("remedy for a missing connection", () => {
  const local = fromEnvironment({ RHOMBUS_ENDPOINT_URL: "http://localhost:4010" });
  const required = "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED";
  for (const [code, settings, said] of [
    ["ENOTFOUND", configured(), /check the network\. The host comes from the default\./],
    ["ECONNREFUSED", local, /^Check that the server at localhost:4010 \(from RHOMBUS_ENDPOINT_URL\) is running\./],
    ["CERT_HAS_EXPIRED", configured(), /NODE_EXTRA_CA_CERTS/],
    ["SELF_SIGNED_CERT_IN_CHAIN", configured(), /NODE_EXTRA_CA_CERTS/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", configured(), /NODE_EXTRA_CA_CERTS/],
    [
      required,
      configured(),
      /^Set rhombus:clientCertificate and rhombus:clientKey: the server asks for a client certificate\./,
    ],
    [required, fromEnvironment(), /^Set RHOMBUS_CLIENT_CERTIFICATE and RHOMBUS_CLIENT_KEY: /],
    [
      required,
      configured(certificate),
      /^Get a client certificate .* refused the one from rhombus:clientCertificate\./,
    ],
    ["EPROTO", configured(), / serves HTTPS: it aborted the TLS handshake\. Or set rhombus:clientCertificate/],
    [
      "ERR_SSL_WRONG_VERSION_NUMBER",
      configured(certificate),
      /Or get a client certificate .* refused the one from rhombus:c/,
    ],
  ] satisfies [string, Settings, RegExp][]) {
    it(`after ${code} from ${settings.sources.apiKey} is ${said.source.slice(0, 60)}`, () => {
      assert.match(remedyForConnection({ ...context, settings }, code), said);
    });
  }
});
