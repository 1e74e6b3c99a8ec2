import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { Example } from "../engine/example";
import { assertHidden, knownSecrets, madeSecrets } from "../engine/fixture";

const { acme } = campusSeed;

describe("examples/kubernetes-secret with the real Kubernetes plugin, which renders manifests", function () {
  this.timeout(300_000);
  let emulator: Emulator;
  let example: Example;
  let manifests: string;
  let keys: Record<string, string>;
  /** All secrets so far, and their forms in base64. */
  const secrets = new Set<string>();

  before("selects the example", async () => {
    emulator = await startEmulator();
    keys = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: emulator.url, KUBECONFIG: "" };
    example = await Example.open({ root: given("INSTALLED"), plugins: given("PLUGINS") });
    // Only its owner may read this folder: the Secret is in it in plain text.
    manifests = mkdtempSync(path.join(os.tmpdir(), "rhombus-manifests-"));
    await example.use("examples/kubernetes-secret/Pulumi.yaml", {
      "kubernetes:renderYamlToDirectory": manifests,
      "rhombus-kubernetes-secret:connectorImage": "registry.example/connector:1",
    });
  });
  after("removes the manifests", async () => {
    if (manifests !== undefined) rmSync(manifests, { recursive: true, force: true });
    example?.close();
    await emulator?.close();
  });

  const pulumi = async (...args: string[]) => {
    try {
      return await example.run(args, keys);
    } finally {
      for (const secret of [...knownSecrets(), ...madeSecrets(emulator)]) {
        for (const form of [secret, ...base64Forms(secret)]) secrets.add(form);
      }
    }
  };

  it("renders a Secret with the webhook's URL and the signing key that Rhombus made, and a Deployment that reads it", async () => {
    await pulumi("up", "--yes", "--skip-preview");
    expectManifests();
  });

  it("changes nothing in a second up", async () => {
    await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("renders a Secret with another name if Rhombus has made new values, and the Deployment reads that one", async () => {
    const { name } = manifest("secret").metadata;
    emulator.console(acme.orgUuid).removeOnGuard();
    // In render mode, the Kubernetes provider cannot refresh its resources without a cluster.
    await pulumi("refresh", "--yes", "--skip-preview", "--target", "**::hq");
    await pulumi("up", "--yes", "--skip-preview");
    assert.notEqual(manifest("secret").metadata.name, name);
    expectManifests();
  });

  it("shows and stores no secret, neither in plain text nor in base64", async () => {
    const state = await pulumi("stack", "export");
    for (const name of ["kubernetes:core/v1:Secret", "rhombus:OnGuardIntegration"]) assert.ok(state.includes(name));
    assertHidden(secrets, example, emulator);
  });

  it("leaves nothing behind after destroy", async () => {
    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(emulator.remains(), []);
    assert.deepEqual(rendered(), []);
    assert.equal(JSON.parse(await pulumi("stack", "export")).deployment.resources, undefined);
    assertHidden(secrets, example, emulator);
  });

  function expectManifests(): void {
    const [made] = emulator.console(acme.orgUuid).onGuard();
    assert.ok(made);
    const { data, metadata } = manifest("secret");
    const decoded = Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]);
    assert.deepEqual(Object.fromEntries(decoded), {
      webhookUrl: made.webhookUrl,
      presharedSecret: made.presharedSecret,
    });
    const [connector] = manifest("deployment").spec?.template.spec.containers ?? [];
    assert.deepEqual(connector?.env, [
      { name: "RHOMBUS_WEBHOOK_URL", valueFrom: { secretKeyRef: { name: metadata.name, key: "webhookUrl" } } },
      { name: "RHOMBUS_SIGNING_KEY", valueFrom: { secretKeyRef: { name: metadata.name, key: "presharedSecret" } } },
    ]);
  }

  function rendered(): string[] {
    return readdirSync(manifests, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
  }

  /** The only manifest of a kind. */
  function manifest(kind: "secret" | "deployment"): Manifest {
    const [file, ...others] = rendered().filter((name) => path.basename(name).includes(`-${kind}-`));
    assert.ok(file !== undefined && others.length === 0, `${kind}: ${rendered()}`);
    return Object(load(readFileSync(path.join(manifests, file), "utf8")));
  }
});

/** The parts of a Secret and of a Deployment that the tests read. */
interface Manifest {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly env: unknown }[] } };
  };
}

/** A value that `npm run test:cloud` gives. */
function given(name: "INSTALLED" | "PLUGINS"): string {
  return (
    process.env[`PULUMI_RHOMBUS_CLOUD_${name}`] ?? assert.fail("Run `npm run test:cloud`, which installs the example.")
  );
}

/** What base64 text contains if a secret stands anywhere in its source: a form for each position in a group of three bytes. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const whole = Buffer.from(" ".repeat(offset) + secret).toString("base64");
    return whole.slice(offset === 0 ? 0 : offset + 1, -4);
  });
}
