import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { bluebird, cedar, partner } = campusSeed;

describeLong("a partner's program for two organizations", function () {
  this.timeout(60_000);
  const fixture = useFixture({ apiKey: partner.apiKey, config: { "rhombus:partner": "true" } });
  const names = (orgUuid: string) => {
    const groups = fixture.emulator.console(orgUuid).groups();
    return groups.map(({ name }) => name);
  };
  const program =
    (clinic: string, description = "Nurses"): PulumiFn =>
    async () => {
      const { url: endpoint } = fixture.emulator;
      const apiKey = pulumi.secret(partner.apiKey);
      const inherited = new rhombus.Provider("bluebird", { orgUuid: clinic });
      const own = new rhombus.Provider("cedar", { apiKey, endpoint, partner: true, orgUuid: cedar.orgUuid });
      new rhombus.AccessControlGroup("nurses", { description }, { provider: inherited });
      new rhombus.OnGuardIntegration("clinic", { displayName: "Clinic" }, { provider: inherited });
      new rhombus.AccessControlGroup("drivers", {}, { provider: own });
    };

  it("creates the objects of each organization, and shows no change afterwards", async () => {
    await fixture.stack.up(program(bluebird.orgUuid));
    assert.deepEqual([names(bluebird.orgUuid), names(cedar.orgUuid)], [["nurses"], ["drivers"]]);
    assert.equal((await fixture.stack.stored("nurses"))?.outputs.orgUuid, bluebird.orgUuid);
    await fixture.stack.expectNoDrift();
    await fixture.stack.expectNothingToDo();
  });

  it("is an error without a call if a provider is given another organization", async () => {
    fixture.emulator.clearRequests();
    const { message } = await refusal(fixture.stack.up(program(cedar.orgUuid, "Night nurses")));
    assert.match(
      message,
      new RegExp(`belongs to the organization ${bluebird.orgUuid}, but the settings name ${cedar.orgUuid}`),
    );
    assert.match(message, /Nothing was read or changed\. Check the API key, `rhombus:orgUuid` and which provider/);
    assert.deepEqual(fixture.emulator.requests(), []);
    await refusal(fixture.stack.refresh());
    assert.ok(await fixture.stack.stored("nurses"));
  });

  it("is updated and deleted after the provider is corrected", async () => {
    const { steps } = await fixture.stack.up(program(bluebird.orgUuid, "Night nurses"));
    assert.deepEqual(steps, ["update nurses"]);
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });

  it("finds an organization by name, and what is in it, with a key that is an output", async () => {
    const lookup: PulumiFn = async () => {
      const settings = { apiKey: pulumi.secret(partner.apiKey), partner: true, endpoint: fixture.emulator.url };
      const fleet = new rhombus.Provider("fleet", settings);
      const { uuids } = rhombus.getClientOrganizationsOutput({ names: ["bluebird clinics"] }, { provider: fleet });
      const provider = new rhombus.Provider("clinics", { ...settings, orgUuid: uuids.apply(([uuid = ""]) => uuid) });
      const nurse = rhombus.getUserOutput({ email: bluebird.users.maya.email }, { provider });
      new rhombus.AccessControlGroup("nurses", { userUuids: [nurse.uuid] }, { provider });
      return { organization: rhombus.getOrganizationOutput({ provider }).name };
    };
    await fixture.stack.up(lookup);
    assert.deepEqual((await fixture.stack.outputs()).organization, { value: bluebird.name, secret: false });
    assert.deepEqual(fixture.emulator.console(bluebird.orgUuid).groups()[0]?.userUuids, [bluebird.users.maya.uuid]);
  });
});
