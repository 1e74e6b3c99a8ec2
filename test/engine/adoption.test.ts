import assert from "node:assert/strict";
import { type CustomResourceOptions, dynamic } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { handlerText } from "../../provider/pulumi/handler";
import { describeLong } from "../longRun";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

describeLong("a rename in the program", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const named = (name: string, args = {}, options: CustomResourceOptions = {}): PulumiFn => {
    return async () => {
      new rhombus.AccessControlGroup(name, { name: "Engineering", ...args }, options);
    };
  };

  it("changes nothing with an alias", async () => {
    await fixture.stack.up(named("engineering"));
    const { steps } = await fixture.stack.up(named("engineers", {}, { aliases: [{ name: "engineering" }] }));
    assert.deepEqual(steps, []);
    assert.ok(await fixture.stack.stored("engineers"));
  });

  it("is an error without an alias, before anything is deleted", async () => {
    const { message } = await refusal(fixture.stack.up(named("developers")));
    assert.match(message, /"Engineering".*already exists.*After a rename in the program, use `aliases`/);
    assert.equal(fixture.console.groups().length, 1);
  });

  it("with adopt: true keeps the group, and removes the old resource from the state", async () => {
    const before = fixture.console.groups();
    const { text, steps } = await fixture.stack.up(named("developers", { adopt: true }));
    assert.deepEqual(steps, ["create developers", "delete engineers"]);
    assert.match(text, /is not deleted: another resource of this program has taken it over/);
    assert.deepEqual(fixture.console.groups(), before);
    await fixture.stack.expectNothingToDo();
  });
});

describeLong("the migration of a hand-written dynamic resource", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  it("is an alias: one update, after which the state has our handler, and then no change", async () => {
    const id = fixture.console.addGroup({ name: "Staff", description: "By hand" });
    const provider: dynamic.ResourceProvider = {
      create: async (inputs) => ({ id, outs: { ...inputs, members: ["someone"], made: 1 } }),
      delete: async () => {},
    };
    class Group extends dynamic.Resource {}
    await fixture.stack.up(async () => {
      new Group(provider, "staff", { name: "Staff", words: "Old" });
    });
    const { steps } = await fixture.stack.up(async () => {
      const aliases = [{ type: "pulumi-nodejs:dynamic:Resource" }];
      new rhombus.AccessControlGroup("staff", { name: "Staff" }, { aliases });
    });
    assert.deepEqual(steps, ["update staff"]);
    const { inputs, outputs } = (await fixture.stack.stored("staff")) ?? {};
    const handler = handlerText("AccessControlGroup");
    assert.deepEqual([inputs?.__provider, outputs?.__provider, outputs?.members], [handler, handler, undefined]);
    assert.equal(fixture.console.groups()[0]?.description, "By hand");
    await fixture.stack.expectNothingToDo();
    await fixture.stack.expectNoDrift();
    await fixture.stack.destroy();
    assert.deepEqual(fixture.console.groups(), []);
  });
});
