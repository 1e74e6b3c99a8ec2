// How to unit-test a program that uses pulumi-rhombus: Pulumi's mocks take the engine's place, so no provider runs, nothing
// is contacted, and a test takes milliseconds. What the engine would compute, such as a webhook's URL, the mocks make up.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";

/** The program under test; yours is imported after `setMocks` has been called. */
function accessControl(lobbyCamera: pulumi.Input<string>) {
  const badges = new rhombus.OnGuardIntegration("hq", {
    doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: [lobbyCamera] } },
    saveClips: true,
  });
  const engineering = new rhombus.AccessControlGroup("engineering", { description: "Software engineering" });
  return { badges, engineering, connector: pulumi.interpolate`post to ${badges.webhookUrl}` };
}

describe("A program's own unit test", () => {
  let program: ReturnType<typeof accessControl>;

  beforeEach(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, webhookUrl: "https://rhombus.example/hook", presharedSecret: "shared" },
      }),
      call: ({ inputs }) => inputs,
    });
    program = accessControl(pulumi.output("Z04p4MkMTCKnu7wjgDrmyQ"));
  });

  it("sees the inputs as outputs of the resource", async () => {
    const doors = await promised(program.badges.doorInfoMap);
    assert.deepEqual(doors?.["1:4"]?.assignedCameraList, ["Z04p4MkMTCKnu7wjgDrmyQ"]);
  });

  it("sees the names that resources have by default", async () => {
    assert.equal(await promised(program.badges.displayName), "hq");
    assert.equal(await promised(program.engineering.name), "engineering");
  });

  it("sees what the mocks made up", async () => {
    assert.equal(await promised(program.connector), "post to https://rhombus.example/hook");
  });

  it("sees that whatever holds a secret is secret", async () => {
    assert.ok(await pulumi.isSecret(program.badges.presharedSecret));
    assert.ok(await pulumi.isSecret(program.connector));
    assert.equal(await pulumi.isSecret(program.engineering.name), false);
  });
});

function promised<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
