import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { remedyForConnection, remedyForKey } from "../../../../provider/rhombus/api/remedies";
import { resolveSettings } from "../../../../provider/rhombus/settings/settings";
import { selfSigned } from "../../../certificates";

const organization = "Y1vE5bXrQvqmgMIFBqNtEA";

const context = { operation: "getLocations", inDoubt: false, redact: (text: string) => text } as const;

function configured(config: Record<string, string> = {}) {
  return resolveSettings({ config: (name) => ({ "rhombus:apiKey": "k-e-y-k-e-y", ...config })[name], env: {} });
}

function fromEnvironment(env: Record<string, string> = {}) {
  return resolveSettings({ config: () => undefined, env: { RHOMBUS_API_KEY: "k-e-y-k-e-y", ...env } });
}

/** The settings of a profile, with these further lines in its two files. */
function fromProfile({ credentials = "", config = "" }: { credentials?: string; config?: string } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), "rhombus-home-"));
  try {
    mkdirSync(path.join(home, ".rhombus"));
    const contents = { credentials: `[default]\napi_key=k-e-y-k-e-y\n${credentials}`, config: `[default]\n${config}` };
    for (const [name, text] of Object.entries(contents)) writeFileSync(path.join(home, ".rhombus", name), text);
    return resolveSettings({ config: () => undefined, env: {}, home });
  } finally {
    rmSync(home, { recursive: true });
  }
}

const certificate = { "rhombus:clientCertificate": selfSigned.certificate, "rhombus:clientKey": selfSigned.key };

describe("remedy for a refused key", () => {
  const table: [string, string, RegExp[], RegExp[]][] = [
    [
      "an ordinary key of the configuration",
      remedyForKey({ settings: configured(), ...context }),
      [
        /key \(from rhombus:apiKey\) may be wrong or revoked/,
        /other region, eu, while this call went to us, https:\/\/api2\.rhombussystems\.com \(set rhombus:region to eu\)/,
        /its role may lack this permission/,
        /if it is a partner's key, set rhombus:partner to true and rhombus:orgUuid/,
        /if it was created together with a client certificate, set rhombus:clientCertificate and rhombus:clientKey/,
        /run pulumi up first, or add --run-program/,
      ],
      [],
    ],
    [
      "a key of the environment",
      remedyForKey({ settings: fromEnvironment(), ...context }),
      [/from RHOMBUS_API_KEY/, /\(set RHOMBUS_REGION to eu\)/, /set RHOMBUS_PARTNER to true and RHOMBUS_ORG_UUID/],
      [/run-program/, /rhombus:/],
    ],
    [
      "a key of a profile",
      remedyForKey({ settings: fromProfile(), ...context }),
      [
        /from api_key of the profile "default" in \/.*\.rhombus\/credentials\) may be wrong/,
        /\(set endpoint_url of the profile to https:\/\/api2\.eu\.rhombussystems\.com\)/,
        /set is_partner of the profile to true and rhombus:orgUuid/,
        /set auth_type = cert, cert_file and key_file in the profile/,
      ],
      [/run-program/, /RHOMBUS_/],
    ],
    [
      "a key and an endpoint of a profile",
      remedyForKey({
        settings: fromProfile({ config: "endpoint_url=https://api2.eu.rhombussystems.com" }),
        ...context,
      }),
      [/other region, us, .*\(set endpoint_url of the profile to https:\/\/api2\.rhombussystems\.com\)/],
      [],
    ],
    [
      "the region eu",
      remedyForKey({ settings: configured({ "rhombus:region": "eu" }), ...context }),
      [/other region, us, while this call went to eu, https:\/\/api2\.eu\.rhombussystems\.com/],
      [],
    ],
    [
      "an endpoint of the configuration that is a region's",
      remedyForKey({
        settings: configured({ "rhombus:endpoint": "https://api2.rhombussystems.com" }),
        ...context,
      }),
      [/other region, eu.*\(set rhombus:endpoint to https:\/\/api2\.eu\.rhombussystems\.com\)/],
      [/set rhombus:region/],
    ],
    [
      "an endpoint of the environment that is a region's",
      remedyForKey({
        settings: fromEnvironment({ RHOMBUS_ENDPOINT_URL: "https://api2.eu.rhombussystems.com" }),
        ...context,
      }),
      [/other region, us.*\(set RHOMBUS_ENDPOINT_URL to https:\/\/api2\.rhombussystems\.com\)/],
      [/RHOMBUS_REGION/],
    ],
    [
      "an address of another kind",
      remedyForKey({ settings: fromEnvironment({ RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:4010" }), ...context }),
      [/another address than http:\/\/127\.0\.0\.1:4010 \(from RHOMBUS_ENDPOINT_URL\)/],
      [/region/],
    ],
    [
      "a partner's key without an organization",
      remedyForKey({ settings: configured({ "rhombus:partner": "true" }), ...context }),
      [/partner's key needs rhombus:orgUuid/],
      [/may not be managed/],
    ],
    [
      "a partner's key with an organization",
      remedyForKey({
        settings: configured({ "rhombus:partner": "true", "rhombus:orgUuid": organization }),
        ...context,
      }),
      [/organization Y1vE5bXrQvqmgMIFBqNtEA \(from rhombus:orgUuid\) may not be managed by this partner/],
      [/needs rhombus:orgUuid/],
    ],
    [
      "an ordinary key for a partner's operation",
      remedyForKey({ settings: configured(), ...context, operation: "getClientsV2" }),
      [/needs a partner's key and rhombus:partner set to true/],
      [/rhombus:orgUuid/],
    ],
    [
      "a partner's key for a partner's operation",
      remedyForKey({ settings: configured({ "rhombus:partner": "true" }), ...context, operation: "getClientsV2" }),
      [/may be wrong or revoked/],
      [/partner/],
    ],
    [
      "a key that goes with a client certificate",
      remedyForKey({ settings: configured(certificate), ...context }),
      [
        /the client certificate \(from rhombus:clientCertificate\) may not be the one that the key was created with, and a/,
      ],
      [/if it was created together/],
    ],
  ];
  for (const [what, remedy, expectedText, unsaid] of table) {
    it(`names the possible causes with ${what}`, () => {
      for (const pattern of expectedText) assert.match(remedy, pattern);
      for (const pattern of unsaid) assert.doesNotMatch(remedy, pattern);
      assert.doesNotMatch(remedy, /k-e-y/);
    });
  }
});

describe("remedy for a missing connection", () => {
  const remedy = (settings: ReturnType<typeof configured>, code: string) =>
    remedyForConnection({ settings, ...context }, code);

  it("names the host and the origin of its setting", () => {
    assert.match(remedy(configured(), "ENOTFOUND"), /host api2\.rhombussystems\.com comes from the default.*network/);
    const local = fromEnvironment({ RHOMBUS_ENDPOINT_URL: "http://localhost:4010" });
    assert.match(
      remedy(local, "ECONNREFUSED"),
      /localhost:4010 comes from RHOMBUS_ENDPOINT_URL\. Check that the server/,
    );
  });

  for (const code of ["CERT_HAS_EXPIRED", "SELF_SIGNED_CERT_IN_CHAIN", "ERR_TLS_CERT_ALTNAME_INVALID"]) {
    it(`mentions the certificate after ${code}`, () => assert.match(remedy(configured(), code), /NODE_EXTRA_CA_CERTS/));
  }

  it("names the settings for the client certificate that the server requires", () => {
    const code = "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED";
    assert.match(
      remedy(configured(), code),
      /It closed the connection: it asks for a client certificate, which rhombus:cl/,
    );
    assert.match(
      remedy(fromEnvironment(), code),
      /which RHOMBUS_CLIENT_CERTIFICATE and RHOMBUS_CLIENT_KEY would give\./,
    );
  });

  it("names the client certificate that the server does not accept", () => {
    const expectedText = remedy(configured(certificate), "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA");
    assert.match(
      expectedText,
      /it refused the client certificate from rhombus:clientCertificate; get one from Rhombus/,
    );
  });

  for (const code of ["EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER"]) {
    it(`names both causes after ${code}: no HTTPS, or the client certificate`, () => {
      const expectedText =
        /It aborted the TLS handshake: either it does not serve HTTPS there, or it asks for a client certif/;
      assert.match(remedy(configured(), code), expectedText);
      assert.match(remedy(configured(certificate), code), /or it refused the client certificate from rhombus:c/);
    });
  }
});
