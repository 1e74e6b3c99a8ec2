import assert from "node:assert/strict";
import { readNames } from "../../../../provider/cli/namesByUuid";
import { lookUpNames } from "../../../../provider/cli/review/names";
import { campus, campusSeed, startEmulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { clientFor } from "../../rhombus/loopback";
import { CommandSetup } from "../commandSetup";
import { configFor } from "../doctor/diagnoses";
import { scriptedCli } from "../programFolder";

const { acme, bluebird } = campusSeed;
const blue = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::blue";

describe("review, about names", () => {
  const setup = CommandSetup.here();
  afterEach(() => setup.emulator.clearFaults());

  const found = (providers: readonly (string | undefined)[]) => {
    const inputs = { "rhombus:apiKey": bluebird.apiKey, "rhombus:endpoint": setup.emulator.url };
    const resources = { dev: [{ urn: blue, type: "pulumi:providers:pulumi-nodejs", id: "p", inputs }] };
    const cli = scriptedCli({ config: configFor(setup.emulator.url), resources });
    return lookUpNames({ folder: setup.programFolder.folder, env: {}, cli, tell: () => {} }, providers, new Redactor());
  };

  it("asks in the organization of each provider, once", async () => {
    setup.emulator.clearRequests();
    const { namesByProvider, notes } = await found([undefined, blue, blue, undefined]);
    assert.deepEqual(
      [namesByProvider.get(undefined)?.organization?.name, namesByProvider.get(blue)?.organization?.name],
      [acme.name, bluebird.name],
    );
    assert.equal(namesByProvider.get(blue)?.byKind?.camera?.get(bluebird.cameras.pharmacy.uuid), "Pharmacy");
    const asked = setup.emulator.requests().filter(({ operation }) => operation === "getUsersInOrg");
    assert.deepEqual([notes, asked.length], [[], 2]);
  });

  it("does without those of a provider that is not deployed yet, and says why", async () => {
    const { namesByProvider, notes } = await found([undefined, `${blue}2`]);
    assert.deepEqual([namesByProvider.has(undefined), namesByProvider.has(`${blue}2`)], [true, false]);
    assert.match(
      notes.join(),
      /^Ids are shown, because names could not be looked up: The stack has no explicit provider/,
    );
  });

  it("goes by ids where the key may not list something", async () => {
    setup.emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 403 }, times: 9 });
    const { namesByProvider, notes } = await found([undefined]);
    assert.deepEqual([namesByProvider.get(undefined)?.byKind?.user, notes], [undefined, []]);
    const names = namesByProvider.get(undefined)?.byKind?.location;
    assert.equal(names?.get(acme.locations.headquarters.subLocations[0].uuid), "Headquarters / Server room");
  });

  it("tells things of one name apart by their ids", async () => {
    const seed = campus();
    const organizations = seed.organizations.map((each) => {
      return { ...each, cameras: each.cameras.map((camera) => ({ ...camera, name: "Camera" })) };
    });
    const alike = await startEmulator({ seed: { ...seed, organizations } });
    const { client } = clientFor(alike.url, { apiKey: acme.apiKey });
    const { byKind } = await readNames(new RhombusApi(client, undefined));
    assert.equal(byKind?.camera?.get(acme.cameras.lobby.uuid), `Camera (${acme.cameras.lobby.uuid})`);
    await alike.close();
  });
});
