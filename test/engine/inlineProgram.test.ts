import assert from "node:assert/strict";
import sinon from "sinon";
import * as rhombus from "../../provider";
import { useFixture } from "./fixture";

const settings: { setRootResource(resource: unknown): Promise<void> } = require("@pulumi/pulumi/runtime/settings");

describe("an inline program that the SDK does not run", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const program = async () => {
    new rhombus.AccessControlGroup("engineering");
  };
  afterEach(() => sinon.restore());

  it("deletes nothing: the operation is run again", async () => {
    await fixture.stack.up(program);
    const asked = sinon.stub(settings, "setRootResource").callThrough().onFirstCall().rejects(lost());
    assert.deepEqual((await fixture.stack.up()).steps, []);
    assert.equal(asked.callCount, 2);
  });

  it("fails in the end", async () => {
    sinon.stub(settings, "setRootResource").rejects(lost());
    await assert.rejects(
      fixture.stack.up(),
      /the SDK did not run the inline program to its end: Error: the engine is gone/,
    );
    assert.equal(fixture.console.groups().length, 1);
  });
});

function lost(): Error {
  return Object.assign(new Error("the engine is gone"), { code: 14 });
}
