import assert from "node:assert/strict";
import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { prepare } from "../../tools/setup.mjs";
import { itLong } from "../longRun";
import { run } from "./command";
import { engineEnv, makePulumiFolder } from "./engine";

const ROOT = path.join(__dirname, "../..");
const { acme, bluebird, cedar, partner } = campusSeed;

describe("the examples on the real engine", function () {
  this.timeout(180_000);
  let emulator: Emulator;
  let example: Example;
  before(() => prepare({ engine: false, install: false, log: () => {} }));
  beforeEach(async () => {
    emulator = await startEmulator();
    example = await Example.open();
  });
  afterEach(async () => {
    await emulator.close();
    example.close();
  });

  it("quickstart deploys from the root of the checkout with only a key", async () => {
    await example.use("Pulumi.yaml", {});
    const keys = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: emulator.url };
    assert.match(
      await example.run(["up", "--yes", "--skip-preview"], keys),
      /webhookUrl: \[secret\][\s\S]*\+ 3 created/,
    );
    assert.match(await example.run(["preview", "--expect-no-changes"], keys), /3 unchanged/);
    assert.deepEqual(placesIn(await example.run(["stack", "export"])), ["quickstart/index.ts", "quickstart/index.ts"]);
    await example.run(["destroy", "--yes", "--skip-preview"], keys);
    assert.deepEqual(emulator.remains(), []);
  });

  itLong("adopt takes over a group and a Genea integration that exist", async () => {
    const console = emulator.console(acme.orgUuid);
    const { ada, ben } = acme.users;
    const id = console.addGroup({ name: "Contractors", userUuids: [ben.uuid] });
    console.setGenea({ apiToken: acme.genea.apiToken });
    await example.use("examples/adopt/Pulumi.yaml", {
      "rhombus:endpoint": emulator.url,
      "rhombus:apiKey": acme.apiKey,
      "rhombus-adopt:contractors": [ada.uuid],
      "rhombus-adopt:geneaApiToken": acme.genea.apiToken,
    });
    const text = await example.run(["up", "--yes", "--skip-preview"]);
    assert.match(text, new RegExp(`groupId +: "${id}"`));
    assert.match(text, new RegExp(`left as it is: userUuids.${ben.uuid} was added`));
    assert.equal(console.genea()?.flags.saveClips, true);
  });

  itLong("lookups finds users, a camera and a location by name", async () => {
    const { ada, ben } = acme.users;
    await example.use("examples/lookups/Pulumi.yaml", {
      "rhombus:endpoint": emulator.url,
      "rhombus:apiKey": acme.apiKey,
      "rhombus-lookups:engineers": [ada.email, ben.email],
    });
    assert.match(await example.run(["up", "--yes", "--skip-preview"]), /\+ 3 created/);
    const console = emulator.console(acme.orgUuid);
    assert.deepEqual([...(console.groups()[0]?.userUuids ?? [])].sort(), [ada.uuid, ben.uuid].sort());
    assert.deepEqual(console.onGuard()[0]?.doorInfoMap["1:4"]?.assignedCameraList, [acme.cameras.lobby.uuid]);
  });

  itLong("partner deploys to each client with the key of the partner", async () => {
    await example.use("examples/partner/Pulumi.yaml", {
      "rhombus:endpoint": emulator.url,
      "rhombus:apiKey": partner.apiKey,
      "rhombus:partner": "true",
      "rhombus-partner:clients": { bluebird: bluebird.orgUuid, cedar: cedar.orgUuid },
    });
    await example.run(["up", "--yes", "--skip-preview"]);
    assert.deepEqual(
      emulator.remains(),
      [bluebird, cedar].map(({ name }) => `${name}: access control group "Installers"`),
    );
  });
});

/** The files in which the state says that resources of this package are declared. */
function placesIn(state: string): string[] {
  const { resources }: { resources: { type: string; stackTrace: { sourcePosition: string }[] }[] } =
    JSON.parse(state).deployment;
  const frames = resources.filter(({ type }) => type.includes("rhombus:")).flatMap(({ stackTrace }) => stackTrace);
  return frames.map(({ sourcePosition }) => sourcePosition.replace(/#.*/, "").split("/").slice(-2).join("/"));
}

/** An example in a folder of its own, so that the settings of its stack are not written into the checkout. */
class Example {
  private constructor(
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  static async open(): Promise<Example> {
    const folder = makePulumiFolder();
    for (const name of ["examples", "node_modules"]) symlinkSync(path.join(ROOT, name), path.join(folder, name));
    return new Example(folder, { ...(await engineEnv(folder)), PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
  }

  /** Selects the project of a file, and creates a stack with this config. */
  async use(project: string, config: Record<string, unknown>): Promise<void> {
    const file = path.join(this.folder, "Pulumi.yaml");
    cpSync(path.join(ROOT, project), file);
    const program = path.dirname(project);
    if (program !== ".") writeFileSync(file, `main: ${program}\n`, { flag: "a" });
    writeFileSync(path.join(this.folder, "Pulumi.test.yaml"), JSON.stringify({ config }));
    await this.run(["stack", "init", "test"]);
  }

  /** Runs the CLI, and returns its output. The error of a failure contains it. */
  run(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
    return run("pulumi", args, { cwd: this.folder, env: { ...process.env, ...this.env, ...env } });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
