import assert from "node:assert/strict";
import { readNamesByUuid } from "../../../../provider/cli/namesByUuid";
import { lookUpNames } from "../../../../provider/cli/review/names";
import { campus, campusSeed, startEmulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { count } from "../../../drivers/calls";
import { clientFor } from "../../rhombus/loopback";
import { CommandSetup } from "../commandSetup";
import { configFor, providerInStack, providerUrn, scriptedCli } from "../scriptedCli";

const { acme, bluebird } = campusSeed;
const blue = providerUrn("blue");

describe("review, about names", () => {
  const setup = CommandSetup.here();

  const found = (providers: readonly (string | undefined)[]) => {
    const { url } = setup.emulator;
    const resources = { dev: [providerInStack(blue, url, bluebird.apiKey)] };
    const cli = scriptedCli({ config: configFor(url), resources });
    return lookUpNames({ folder: setup.programFolder.folder, env: {}, cli, log: () => {} }, providers, new Redactor());
  };

  it("reads them once from the organization of each provider, and reports a provider that is not deployed", async () => {
    const { namesByProvider, notes } = await found([undefined, blue, blue, undefined, `${blue}2`]);
    assert.deepEqual([...namesByProvider.keys()], [undefined, blue]);
    assert.equal(namesByProvider.get(undefined)?.organization?.name, acme.name);
    assert.equal(namesByProvider.get(blue)?.byKind?.camera?.get(bluebird.cameras.pharmacy.uuid), "Pharmacy");
    assert.equal(count(setup.emulator, "getUsersInOrg"), 2);
    assert.match(
      notes.join(),
      /^Ids are shown, because names could not be looked up: The stack has no explicit provider/,
    );
  });

  it("leaves out a kind that the key may not list", async () => {
    setup.emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 403 }, times: 9 });
    const { namesByProvider, notes } = await found([undefined]);
    const { user, location } = namesByProvider.get(undefined)?.byKind ?? {};
    assert.deepEqual([user, notes], [undefined, []]);
    assert.equal(location?.get(acme.locations.headquarters.subLocations[0].uuid), "Headquarters / Server room");
  });

  it("adds the id to a name that several objects share", async () => {
    const seed = campus();
    const organizations = seed.organizations.map((each) => {
      return { ...each, cameras: each.cameras.map((camera) => ({ ...camera, name: "Camera" })) };
    });
    const alike = await startEmulator({ seed: { ...seed, organizations } });
    const { client } = clientFor(alike.url, { apiKey: acme.apiKey });
    const { byKind } = await readNamesByUuid(new RhombusApi(client, undefined));
    assert.equal(byKind?.camera?.get(acme.cameras.lobby.uuid), `Camera (${acme.cameras.lobby.uuid})`);
    await alike.close();
  });
});
