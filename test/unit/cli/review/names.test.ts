import assert from "node:assert/strict";
import { readNamesByUuid } from "../../../../provider/cli/namesByUuid";
import { lookUpNames } from "../../../../provider/cli/review/names";
import { planIn } from "../../../../provider/cli/review/plan";
import { campus, campusSeed, startEmulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { count } from "../../../drivers/calls";
import { clientFor } from "../../rhombus/loopback";
import { CommandSetup } from "../commandSetup";
import { configFor, providerInStack, providerUrn, scriptedCli } from "../scriptedCli";
import { planOf } from "./plans";

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

  describe("of access", () => {
    const { doors } = acme.access;
    const steps = (after: object) => {
      const before = { name: "Gates", always: true };
      return planIn(planOf([{ type: "AccessGrant", before, after: { ...before, ...after } }])).steps;
    };
    const lookedUp = (planned: ReturnType<typeof steps>) => {
      const cli = scriptedCli({ config: configFor(setup.emulator.url) });
      const context = { folder: setup.programFolder.folder, env: {}, cli, log: () => {} };
      return lookUpNames(context, [undefined], new Redactor(), planned);
    };

    it("reads them, and the members of a group that a grant is to name, only if a plan concerns access", async () => {
      const group = setup.emulator.console(acme.orgUuid).addGroup({ name: "Staff", userUuids: [acme.users.ada.uuid] });
      const { namesByProvider, accessByProvider } = await lookedUp(steps({ groupUuids: [group] }));
      const access = accessByProvider.get(undefined);
      assert.ok(access !== undefined && "rules" in access);
      assert.deepEqual([...(access.rules.members.get(group) ?? [])], [acme.users.ada.uuid]);
      const { door, group: groups, schedule } = namesByProvider.get(undefined)?.byKind ?? {};
      const names = [
        door?.get(doors.northGate.uuid),
        groups?.get(group),
        schedule?.get(acme.access.schedules.closure.uuid),
      ];
      assert.deepEqual(names, ["North gate", "Staff", "Year-end closure"]);
      const calls = count(setup.emulator, "findLocationAccessGrantsByOrg");
      await lookedUp(planIn(planOf([{ before: { saveClips: true }, after: {} }])).steps);
      assert.equal(count(setup.emulator, "findLocationAccessGrantsByOrg"), calls);
    });

    it("says why not, if the key may not read grants", async () => {
      setup.emulator.fail({
        operation: "findLocationAccessGrantsByOrg",
        with: { kind: "status", status: 403 },
        times: 9,
      });
      const { accessByProvider, notes } = await lookedUp(steps({ always: false }));
      const access = accessByProvider.get(undefined);
      assert.ok(access !== undefined && "why" in access);
      assert.match(access.why, /403/);
      assert.deepEqual(notes, []);
    });
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
