import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { prepare } from "../../tools/setup.mjs";
import { itLong } from "../longRun";
import { Example } from "./example";

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
    assert.deepEqual(placesIn(await example.run(["stack", "export"])), ["quickstart/index.ts", "quickstart/index.ts"]);
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

  itLong(
    "who-opens-what gives the access that a file names, takes what leaves the file, and refuses a file with a mistake",
    async () => {
      const written = readFileSync("examples/who-opens-what/access.yaml", "utf8");
      const { access, users } = acme;
      const file = example.write("access.yaml", written);
      await example.use("examples/who-opens-what/Pulumi.yaml", {
        "rhombus:endpoint": emulator.url,
        "rhombus:apiKey": acme.apiKey,
        "rhombus-who-opens-what:file": file,
      });
      assert.match(await example.run(["up", "--yes", "--skip-preview"]), /\+ 9 created/);
      await example.run(["preview", "--expect-no-changes"]);
      const console = emulator.console(acme.orgUuid);
      const membersOf = (group: string) => console.groups().find(({ name }) => name === group)?.userUuids ?? [];
      const gates = () => console.accessGrants().find(({ name }) => name === "Engineers at the gates");
      assert.equal(membersOf("Engineers").length, 3);

      const before = emulator.save();
      example.write("access.yaml", written.replace("ada.okafor", "ada.okafro").replace(/^ {4}doors.*South.*\n/m, ""));
      await assert.rejects(example.run(["up", "--yes", "--skip-preview"]), ({ message }: Error) => {
        assert.match(message, /^ *access\.yaml:5: No user .* Did you mean "ada\.okafor@acme-robotics\.example"\?$/m);
        assert.match(message, /^ *access\.yaml:19: Write doors or labels; \[\] means no door\.$/m);
        return true;
      });
      assert.deepEqual(emulator.save(), before);

      example.write("access.yaml", written.replace(/^.*ada\.okafor.*\n/m, "").replace(", South gate", ""));
      await example.run(["up", "--yes", "--skip-preview"]);
      assert.ok(!membersOf("Engineers").includes(users.ada.uuid));
      assert.deepEqual(gates()?.accessControlledDoorUuids, [access.doors.northGate.uuid]);
      await example.run(["destroy", "--yes", "--skip-preview"]);
      assert.deepEqual(emulator.remains(), []);
    },
  );

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
