import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { users } = campusSeed.acme;

describe("a deployment that fails halfway", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const withUsers =
    (...userUuids: string[]): PulumiFn =>
    async () => {
      new rhombus.AccessControlGroup("engineering", { userUuids });
    };
  const members = () => fixture.console.groups().flatMap(({ userUuids }) => userUuids);

  it("names what is missing and why, and stores what was created", async () => {
    const { message } = await refusal(fixture.stack.up(withUsers(users.ada.uuid, users.deleted.uuid)));
    assert.match(message, new RegExp(`does not show userUuids.*${users.deleted.uuid}`));
    assert.match(message, /Users must belong to this organization and must not be deleted/);
    assert.deepEqual(members(), [users.ada.uuid]);
    assert.equal((await fixture.stack.stored("engineering"))?.id, fixture.console.groups()[0]?.uuid);
  });

  it("is finished by the next deployment, and nothing is created twice", async () => {
    const { steps } = await fixture.stack.up(withUsers(users.ada.uuid, users.ben.uuid));
    assert.deepEqual(steps, ["update engineering"]);
    assert.equal(fixture.console.groups().length, 1);
    assert.deepEqual(members().sort(), [users.ada.uuid, users.ben.uuid].sort());
    await fixture.stack.expectNothingToDo();
  });
});
