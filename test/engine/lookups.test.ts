import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { describeLong } from "../longRun";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

describeLong("a program that looks up what does not exist", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  it("deletes nothing if a look-up fails that an output waits for", async () => {
    const program = (email: string) => async () => {
      const { uuids } = rhombus.getUsersOutput({ emails: [email] });
      new rhombus.AccessControlGroup("staff", { userUuids: uuids });
    };
    await fixture.stack.up(program(campusSeed.acme.users.ada.email));
    const { message } = await refusal(fixture.stack.up(program("nobody@nowhere.example")));
    assert.match(message, /error: .*getUsers: No user has the e-mail "nobody@nowhere\.example"/);
    assert.equal(fixture.console.groups().length, 1);
  });

  it("ends with the error alone, without a stack trace, in a process of its own", async () => {
    const lines = [
      'const rhombus = require("pulumi-rhombus");',
      'exports.hq = rhombus.getLocationOutput({ name: "Headquaters" }).uuid;',
    ];
    writeFileSync(path.join(fixture.stack.folder, "index.js"), lines.join("\n"));
    const { message } = await refusal(fixture.stack.cli("preview"));
    assert.match(
      message,
      /error: getLocation: No location has the name "Headquaters"\. Did you mean "Headquarters"\?\n/,
    );
    assert.doesNotMatch(message, /node_modules/);
  });
});
