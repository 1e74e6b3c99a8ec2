import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { describeLong } from "../longRun";
import { useFixture } from "./fixture";

const { bluebird, cedar, partner } = campusSeed;

describeLong("a partner's program for two organizations", function () {
  this.timeout(120_000);
  const fixture = useFixture({ apiKey: partner.apiKey, config: { "rhombus:partner": "true" } });
  const names = (orgUuid: string) => {
    const groups = fixture.emulator.console(orgUuid).groups();
    return groups.map(({ name }) => name);
  };

  it("creates the objects of each organization, and shows no change afterwards", async () => {
    await fixture.stack.up(async () => {
      const { url: endpoint } = fixture.emulator;
      const apiKey = pulumi.secret(partner.apiKey);
      const inherited = new rhombus.Provider("bluebird", { orgUuid: bluebird.orgUuid });
      const own = new rhombus.Provider("cedar", { apiKey, endpoint, partner: true, orgUuid: cedar.orgUuid });
      new rhombus.AccessControlGroup("nurses", {}, { provider: inherited });
      new rhombus.OnGuardIntegration("clinic", { displayName: "Clinic" }, { provider: inherited });
      new rhombus.AccessControlGroup("drivers", {}, { provider: own });
    });
    assert.deepEqual([names(bluebird.orgUuid), names(cedar.orgUuid)], [["nurses"], ["drivers"]]);
    assert.equal((await fixture.stack.stored("nurses"))?.outputs.orgUuid, bluebird.orgUuid);
    await fixture.stack.expectNoDrift();
    await fixture.stack.expectNothingToDo();
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
