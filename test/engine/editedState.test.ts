import assert from "node:assert/strict";
import type { Deployment, PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed, livedInSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal, type TestStack } from "./stack";

const { headquarters, warehouse } = campusSeed.acme.locations;

/** Changes the outputs of the resource in the state, as an older version left them, or as somebody edits them. */
async function edit(stack: TestStack, change: (outputs: Record<string, unknown>) => void): Promise<void> {
  const state: Deployment = JSON.parse(await stack.cli("stack", "export"));
  for (const { urn, outputs } of state.deployment.resources) if (String(urn).endsWith("::facilities")) change(outputs);
  await stack.import(state);
}

describeLong("what the state of a group holds", function () {
  this.timeout(60_000);
  const fixture = useFixture({ seed: "livedIn" });
  const facilities =
    (args: rhombus.AccessControlGroupArgs = {}): PulumiFn =>
    async () => {
      new rhombus.AccessControlGroup("facilities", { name: "Facilities", ...args });
    };
  const group = () => fixture.console.groups().find(({ uuid }) => uuid === livedInSeed.groups.facilities);

  it("is where it is, although the program does not say it, and a refresh shows no change of that", async () => {
    await fixture.stack.up(facilities({ adopt: true }));
    const { outputs } = (await fixture.stack.stored("facilities")) ?? {};
    assert.deepEqual(outputs?.__observed, { locationUuid: headquarters.uuid });
    await fixture.stack.expectNoDrift();
  });

  it("is learned by a refresh without a change where an older version wrote it, and asked for until then", async () => {
    await edit(fixture.stack, (outputs) => delete outputs.__observed);
    const { message } = await refusal(fixture.stack.preview(facilities({ locationUuid: headquarters.uuid })));
    assert.match(message, /Run `pulumi refresh` first: .*the access control group "Facilities"/);
    await fixture.stack.preview(facilities());
    await fixture.stack.expectNoDrift();
    const { outputs } = (await fixture.stack.stored("facilities")) ?? {};
    assert.deepEqual(outputs?.__observed, { locationUuid: headquarters.uuid });
  });

  it("tells a declaration of what is there from one that would replace the group", async () => {
    const before = group();
    const elsewhere = await fixture.stack.preview(facilities({ locationUuid: warehouse.uuid }));
    assert.match(elsewhere.text, /will be replaced because of locationUuid/);
    const { steps } = await fixture.stack.up(facilities({ locationUuid: headquarters.uuid }));
    assert.deepEqual(steps, ["update facilities"]);
    await fixture.stack.expectNothingToDo();
    assert.deepEqual((await fixture.stack.up(facilities())).steps, ["update facilities"]);
    await fixture.stack.expectNothingToDo();
    await fixture.stack.expectNoDrift();
    assert.deepEqual(group(), before);
  });

  it("is also that it is nowhere", async () => {
    fixture.console.setGroup(livedInSeed.groups.facilities, { locationUuid: null });
    await fixture.stack.expectNoDrift();
    const { outputs } = (await fixture.stack.stored("facilities")) ?? {};
    assert.deepEqual(outputs?.__observed, { locationUuid: null });
    await fixture.stack.expectNothingToDo();
    await fixture.stack.expectNoDrift();
  });

  it("is refused by name where it was edited to what it cannot be, until it is corrected", async () => {
    await edit(fixture.stack, (outputs) => {
      outputs.name = 5;
    });
    const said =
      /The state of AccessControlGroup \S+ is damaged: name must be a text, not a number\. .*`pulumi state edit`/;
    assert.match((await refusal(fixture.stack.preview())).message, said);
    assert.match((await refusal(fixture.stack.refresh())).message, said);
    assert.match((await refusal(fixture.stack.destroy())).message, said);
    await edit(fixture.stack, (outputs) => {
      outputs.name = "Facilities";
    });
    await fixture.stack.expectNothingToDo();
  });
});
