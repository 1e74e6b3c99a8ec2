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
  const names = (orgUuid: string) =>
    fixture.emulator
      .console(orgUuid)
      .groups()
      .map(({ name }) => name);
  const program =
    (clinic: string, description = "Nurses"): PulumiFn =>
    async () => {
      const forBluebird = new rhombus.Provider("bluebird", { orgUuid: clinic });
      const forCedar = new rhombus.Provider("cedar", {
        apiKey: pulumi.secret(partner.apiKey),
        endpoint: fixture.emulator.url,
        partner: true,
        orgUuid: cedar.orgUuid,
      });
      new rhombus.AccessControlGroup("nurses", { description }, { provider: forBluebird });
      new rhombus.OnGuardIntegration("clinic", { displayName: "Clinic" }, { provider: forBluebird });
      new rhombus.AccessControlGroup("drivers", {}, { provider: forCedar });
    };

  it("gives each organization its own", async () => {
    await fixture.stack.up(program(bluebird.orgUuid));
    assert.deepEqual([names(bluebird.orgUuid), names(cedar.orgUuid)], [["nurses"], ["drivers"]]);
    assert.equal(fixture.emulator.console(bluebird.orgUuid).onGuard().length, 1);
    assert.equal((await fixture.stack.stored("nurses"))?.outputs.orgUuid, bluebird.orgUuid);
    await fixture.stack.expectNoDrift();
    await fixture.stack.expectNothingToDo();
  });

  it("is refused when a provider is pointed at another organization, by name and before anything is written", async () => {
    fixture.emulator.clearRequests();
    const { message } = await refusal(fixture.stack.up(program(cedar.orgUuid, "Night nurses")));
    assert.match(
      message,
      new RegExp(`belongs to the organization ${bluebird.orgUuid}, but the settings name ${cedar.orgUuid}`),
    );
    assert.match(message, /Nothing was read or changed\. Check the API key, `rhombus:orgUuid` and which provider/);
    assert.deepEqual(fixture.emulator.requests(), []);
  });

  it("is refused by a refresh too, which forgets nothing", async () => {
    const { message } = await refusal(fixture.stack.refresh());
    assert.match(
      message,
      new RegExp(`the access control group "nurses" belongs to the organization ${bluebird.orgUuid}`),
    );
    assert.ok(await fixture.stack.stored("nurses"));
    assert.ok(await fixture.stack.stored("clinic"));
  });

  it("works again when the provider is right again", async () => {
    const { steps } = await fixture.stack.up(program(bluebird.orgUuid, "Night nurses"));
    assert.deepEqual(steps, ["update nurses"]);
    assert.deepEqual(names(bluebird.orgUuid), ["nurses"]);
  });

  it("leaves nothing behind in either organization", async () => {
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});
