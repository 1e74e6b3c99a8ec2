import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { describeLong } from "../longRun";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { acme, bluebird } = campusSeed;

/** A home folder beside that of the project, so that its files do not count as written by Pulumi. */
class Home {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "rhombus-home-")));

  constructor() {
    after("removes the home folder", () => rmSync(this.folder, { recursive: true }));
  }

  /** Writes a file, and returns its path. */
  write(name: string, ...lines: string[]): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, lines.join("\n"), { mode: 0o600 });
    return file;
  }
}

describeLong("a key of the stack config that was corrected", function () {
  this.timeout(120_000);
  const program = 'const { AccessControlGroup } = require("pulumi-rhombus");\nnew AccessControlGroup("staff");\n';
  const fixture = useFixture({ files: { "index.js": program, "package.json": '{"main":"index.js"}' } });
  const useKey = (key: string) => fixture.stack.setConfig("rhombus:apiKey", key, true);

  it("is used by refresh and destroy with --run-program; without it, the error says that an earlier one is used", async () => {
    const { stack, emulator } = fixture;
    await stack.cli("up", "--yes", "--skip-preview");
    await useKey(bluebird.apiKey);
    await stack.cli("up", "--yes", "--skip-preview");
    await useKey(acme.apiKey);
    for (const command of ["refresh", "destroy"]) {
      const { message } = await refusal(stack.cli(command, "--yes", "--skip-preview"));
      assert.match(message, /Check the API key \(from rhombus:apiKey\).* deployed earlier: .*, or add `--run-program`/);
    }
    await stack.cli("refresh", "--run-program", "--preview-only", "--expect-no-changes");
    await stack.cli("destroy", "--run-program", "--yes", "--skip-preview");
    assert.deepEqual(emulator.remains(), []);
  });
});

describe("a key in a profile of the Rhombus command line", function () {
  this.timeout(120_000);
  const home = new Home();
  // The organization does not apply to the explicit provider, which has another key.
  const config = { "rhombus:orgUuid": acme.orgUuid };
  const fixture = useFixture({ apiKey: null, env: { HOME: home.folder }, config });
  const writeKeys = (own: string) =>
    home.write(".rhombus/credentials", "[default]", `api_key = ${own}`, "[clinic]", `api_key = ${bluebird.apiKey}`);
  before("writes the profiles", () => {
    const endpoint = `endpoint_url = ${fixture.emulator.url}`;
    home.write(".rhombus/config", "[default]", endpoint, "[profile clinic]", endpoint);
    writeKeys(acme.apiKey);
  });

  it("deploys without a setting, and with the profile of an explicit provider, of which the state has only the name", async () => {
    await fixture.stack.up(async () => {
      const provider = new rhombus.Provider("clinic", { profile: "clinic" });
      new rhombus.AccessControlGroup("staff");
      new rhombus.AccessControlGroup("nurses", {}, { provider });
    });
    assert.deepEqual(fixture.emulator.remains(), [
      `${acme.name}: access control group "staff"`,
      `${bluebird.name}: access control group "nurses"`,
    ]);
    const { inputs = {} } = (await fixture.stack.stored("clinic")) ?? {};
    const settings = Object.entries(inputs).filter(([name]) => name.startsWith("rhombus:"));
    assert.deepEqual(settings, [["rhombus:profile", "clinic"]]);
  });

  it("is an error of refresh that names the file if it is missing, and the state stays; a key that was rotated there is used", async () => {
    rmSync(writeKeys(acme.apiKey));
    const { message } = await refusal(fixture.stack.refresh());
    assert.match(message, /no Rhombus API key\. Set it .*\/\.rhombus\/credentials does not exist/);
    assert.match(message, /rhombus:profile: \/.*\/\.rhombus\/credentials does not exist/);
    writeKeys(acme.rotatedApiKey);
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});
