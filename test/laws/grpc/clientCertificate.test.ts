import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";
import { Authority, type Certified } from "../../certificates";
import { DynamicProviderProcess } from "../../drivers/grpc/process";
import { ProcessEngine } from "../../drivers/grpc/processEngine";
import { samples } from "../../drivers/grpc/samples";

const { acme, bluebird, partner } = campusSeed;
const [group] = samples;
assert.ok(group);

describe("A client certificate, shown by Pulumi's dynamic-provider process", function () {
  this.timeout(60_000);
  let authority: Authority;
  let client: Certified;
  let folder = "";
  let emulator: Emulator;
  let trusting: DynamicProviderProcess;
  before("builds, and makes certificates", async function () {
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
  /** Deploys a group with new providers, in a process that trusts the emulator's authority. */
  const deploy = async (config: Record<string, string>) => {
    const engine = await ProcessEngine.sharing(trusting, configured(config));
    try {
      return await engine.up(group);
    } finally {
      await engine.close();
    }
  };
  const shown = () => ({ clientCertificate: client.certificate, clientKey: client.key });
  const schemes = () => [...new Set(emulator.requests().map(({ headers }) => headers["x-auth-scheme"]))];

  it("opens an organization under the scheme api", async () => {
    const { state } = await deploy(shown());
    assert.equal(state.outputs.orgUuid, acme.orgUuid);
    assert.deepEqual(schemes(), ["api"]);
  });

  it("opens a client's organization to a partner under the scheme partner-api", async () => {
    const config = { ...shown(), apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid };
    assert.equal((await deploy(config)).state.outputs.orgUuid, bluebird.orgUuid);
    assert.deepEqual(schemes(), ["partner-api"]);
  });

  it("works with a negative serial number, as the vendor's authority gives them out", async () => {
    const { certificate } = authority.issue({ serialNumber: "c0ffee" });
    assert.equal((await deploy({ ...shown(), clientCertificate: certificate })).state.outputs.orgUuid, acme.orgUuid);
  });

  it("that is missing is asked for in the error", async () => {
    await assert.rejects(
      deploy({}),
      /created together with a client certificate, set rhombus:clientCertificate and rho/,
    );
    assert.deepEqual(schemes(), ["api-token"]);
  });

  it("of another authority is named in the error", async () => {
    const other = new Authority("Another authority").issue();
    const config = { clientCertificate: other.certificate, clientKey: other.key };
    await assert.rejects(
      deploy(config),
      /the client certificate \(from rhombus:clientCertificate\) may not be the one that/,
    );
  });

  it("is not shown to a server that is not trusted, and the error says how to trust it", async () => {
    const deployed = ProcessEngine.during({ config: configured(shown()) }, (engine) => engine.up(group));
    await assert.rejects(deployed, /no connection to .*CERT.*set NODE_EXTRA_CA_CERTS/);
    assert.deepEqual(emulator.requests(), []);
  });

  it("that expires soon is warned of once", async () => {
    const { certificate } = authority.issue({ toDays: 2.5 });
    await deploy({ ...shown(), clientCertificate: certificate });
    assert.equal(trusting.written.match(/warning: rhombus: the client certificate .* expires on/g)?.length, 1);
  });

  it("that cannot be used fails the check, without a word of its key", async () => {
    const half = client.key.slice(0, client.key.length / 2);
    await assert.rejects(deploy({ ...shown(), clientKey: half }), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /rhombus:clientKey: holds a private key that cannot be read/);
      assert.doesNotMatch(error.message, /MII/);
      return true;
    });
  });
});
