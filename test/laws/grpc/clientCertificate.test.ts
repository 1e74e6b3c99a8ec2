import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";
import { Authority, type Certified } from "../../certificates";
import { DynamicProviderProcess } from "../../drivers/grpc/process";
import { ProcessEngine } from "../../drivers/grpc/processEngine";

const { acme, bluebird, partner } = campusSeed;
let groups = 0;
const group = () => ({ type: "AccessControlGroup", inputs: { name: `Staff ${++groups}` } }) as const;

describe("A client certificate in the dynamic-provider process of Pulumi", function () {
  this.timeout(60_000);
  let authority: Authority;
  let client: Certified;
  let folder = "";
  let emulator: Emulator;
  let trusting: DynamicProviderProcess;
  before("builds the package and creates certificates", async function () {
    this.timeout(180_000);
    await prepare({ engine: false });
    authority = new Authority();
    client = authority.issue({ name: "acme" });
    folder = mkdtempSync(path.join(tmpdir(), "rhombus-tls-"));
    writeFileSync(path.join(folder, "authority.pem"), authority.certificate);
    trusting = await DynamicProviderProcess.start({ env: { NODE_EXTRA_CA_CERTS: path.join(folder, "authority.pem") } });
  });
  beforeEach(async () => {
    emulator = await startEmulator({ tls: { ...authority.issue(), clientAuthority: authority.certificate } });
  });
  afterEach(() => emulator.close());
  after(async () => {
    await trusting.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const configured = (config: Record<string, string>) => {
    const values = Object.entries({ apiKey: acme.apiKey, endpoint: emulator.url, ...config });
    return Object.fromEntries(values.map(([name, value]) => [`rhombus:${name}`, value]));
  };
  /** Deploys another group in the process that trusts the authority of the emulator. Returns the organization. */
  const deploy = async (config: Record<string, string>) => {
    const engine = await ProcessEngine.sharing(trusting, configured(config));
    try {
      return (await engine.up(group())).state.outputs.orgUuid;
    } finally {
      await engine.close();
    }
  };
  const identity = () => ({ clientCertificate: client.certificate, clientKey: client.key });
  const schemes = () => [...new Set(emulator.requests().map(({ headers }) => headers["x-auth-scheme"]))];

  it("changes the authentication scheme, also with a negative serial number and before it expires", async () => {
    const { certificate: negative } = authority.issue({ serialNumber: "c0ffee" });
    const { certificate: expiring } = authority.issue({ toDays: 2.5 });
    for (const clientCertificate of [client.certificate, negative, expiring]) {
      assert.equal(await deploy({ ...identity(), clientCertificate }), acme.orgUuid);
    }
    assert.deepEqual(schemes(), ["api"]);
    assert.equal(trusting.written.match(/warning: rhombus: the client certificate .* expires on/g)?.length, 1);
  });

  it("of a partner opens the organization of a client", async () => {
    const config = { ...identity(), apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid };
    assert.equal(await deploy(config), bluebird.orgUuid);
    assert.deepEqual(schemes(), ["partner-api"]);
  });

  it("that is missing, unusable or of another authority is named in the error, without its key", async () => {
    const other = new Authority("Another authority").issue();
    const ofOther = { clientCertificate: other.certificate, clientKey: other.key };
    await assert.rejects(
      deploy({}),
      /created together with a client certificate, set rhombus:clientCertificate and rho/,
    );
    await assert.rejects(
      deploy(ofOther),
      /the client certificate \(from rhombus:clientCertificate\) may not be the one/,
    );
    const half = { ...identity(), clientKey: client.key.slice(0, client.key.length / 2) };
    await assert.rejects(deploy(half), /^(?!.*MII).*rhombus:clientKey: holds a private key that cannot be read/s);
  });

  it("is not sent to a server that is not trusted, and the error names the remedy", async () => {
    const config = configured(identity());
    const deployed = ProcessEngine.during({ config }, (engine) => engine.up(group()));
    await assert.rejects(deployed, /no connection to .*CERT.*set NODE_EXTRA_CA_CERTS/);
    assert.deepEqual(emulator.requests(), []);
  });
});
