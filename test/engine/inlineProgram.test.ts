import assert from "node:assert/strict";
import sinon from "sinon";
import * as rhombus from "../../provider";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";

const settings: { setRootResource(resource: unknown): Promise<void> } = require("@pulumi/pulumi/runtime/settings");

describeLong("an inline program that the SDK does not run", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  afterEach(() => sinon.restore());

  it("deletes nothing: the operation is run again, and fails if that does not help", async () => {
    const program = async () => void new rhombus.AccessControlGroup("engineering");
    await fixture.stack.up(program);
    const lost = Object.assign(new Error("the engine is gone"), { code: 14 });
    const call = sinon.stub(settings, "setRootResource").callThrough().onFirstCall().rejects(lost);
    assert.deepEqual((await fixture.stack.up()).steps, []);
    assert.equal(call.callCount, 2);
    call.rejects(lost);
    await assert.rejects(fixture.stack.up(), /the SDK did not run the inline program to its end: Error: the engine is/);
    assert.equal(fixture.console.groups().length, 1);
  });
});
