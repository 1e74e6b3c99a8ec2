import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";
import { Authority } from "../../certificates";
import { ProcessEngine } from "../../drivers/grpc/processEngine";

const { acme, bluebird, partner } = campusSeed;

describe("A client certificate in the dynamic-provider process of Pulumi", function () {
  this.timeout(60_000);
  const authority = new Authority();
  const { certificate: clientCertificate, key: clientKey } = authority.issue({ name: "acme", serialNumber: "c0ffee" });
  const folder = mkdtempSync(path.join(tmpdir(), "rhombus-tls-"));
  const env = { NODE_EXTRA_CA_CERTS: path.join(folder, "authority.pem") };
  let emulator: Emulator;
  before("builds the package and starts an emulator", async function () {
    this.timeout(180_000);
    await prepare({ engine: false, install: false });
    writeFileSync(env.NODE_EXTRA_CA_CERTS, authority.certificate);
    emulator = await startEmulator({ tls: { ...authority.issue(), clientAuthority: authority.certificate } });
  });
  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Deploys a group. Returns its organization. */
  const deploy = async (settings: Readonly<Record<string, string>>) => {
    const values = Object.entries({ apiKey: acme.apiKey, endpoint: emulator.url, ...settings });
    const config = Object.fromEntries(values.map(([name, value]) => [`rhombus:${name}`, value]));
    emulator.clearRequests();
    const { state } = await ProcessEngine.during({ config, env }, (engine) =>
      engine.up({ type: "AccessControlGroup", inputs: { name: "Staff" } }),
    );
    return state.outputs.orgUuid;
  };

  for (const [scheme, orgUuid, settings] of [
    ["api", acme.orgUuid, {}],
    ["partner-api", bluebird.orgUuid, { apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid }],
  ] as const) {
    it(`with a negative serial number opens an organization under the scheme ${scheme}`, async () => {
      assert.equal(await deploy({ clientCertificate, clientKey, ...settings }), orgUuid);
      assert.ok(emulator.requests().every(({ headers }) => headers["x-auth-scheme"] === scheme));
    });
  }

  it("that is missing or of another authority is named in the error", async () => {
    const other = new Authority("Another authority").issue();
    await assert.rejects(
      deploy({}),
      /Check the key from rhombus:apiKey and its role: .* For other causes, run `npx pulumi-rhombus doctor`/,
    );
    await assert.rejects(
      deploy({ clientCertificate: other.certificate, clientKey: other.key }),
      /Check the key from rhombus:apiKey, the client certificate from rhombus:clientCertificate and its role: /,
    );
  });
});
