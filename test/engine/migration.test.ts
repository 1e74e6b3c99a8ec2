import assert from "node:assert/strict";
import { type CustomResourceOptions, dynamic } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";

describeLong("the way from a hand-written dynamic resource to one of ours", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  const byHand = (id: string): PulumiFn => {
    const provider: dynamic.ResourceProvider = {
      create: async (inputs) => ({ id, outs: { ...inputs, members: ["someone"], made: 1 } }),
      delete: async () => {},
    };
    class Group extends dynamic.Resource {}
    return async () => {
      new Group(provider, "staff", { name: "Staff", words: "Old" });
    };
  };
  const asOurs = (options: CustomResourceOptions): PulumiFn => {
    return async () => {
      new rhombus.AccessControlGroup("staff", { name: "Staff" }, options);
    };
  };
  const aliases = [{ type: "pulumi-nodejs:dynamic:Resource" }];

  it("is an alias: one update, after which the state has our code", async () => {
    const id = fixture.console.addGroup({ name: "Staff", description: "By hand" });
    await fixture.stack.up(byHand(id));
    assert.notEqual((await fixture.stack.stored("staff"))?.outputs?.__provider, HANDLER);
    const { steps } = await fixture.stack.up(asOurs({ aliases }));
    assert.deepEqual(steps, ["update staff"]);
    const { inputs, outputs } = (await fixture.stack.stored("staff")) ?? {};
    assert.deepEqual([inputs?.__provider, outputs?.__provider], [HANDLER, HANDLER]);
    assert.equal(outputs?.members, undefined);
    assert.equal(fixture.console.groups()[0]?.description, "By hand");
  });

  it("leaves nothing to do, reads what changes, and deletes", async () => {
    await fixture.stack.expectNothingToDo();
    await fixture.stack.expectNoDrift();
    await fixture.stack.destroy();
    assert.deepEqual(fixture.console.groups(), []);
  });
});

const HANDLER = 'exports.handler = () => require("pulumi-rhombus/provider").AccessControlGroup;';
