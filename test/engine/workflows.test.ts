import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { itemsOf, memberOf } from "../../provider/cli/pulumi/state";
import { campusSeed } from "../../provider/emulator";
import { calls, writes } from "../drivers/calls";
import { itLong } from "../longRun";
import { textOf } from "../rules/sources";
import { Command } from "./command";
import { engineEnv } from "./engine";
import { assertHidden, knownSecrets, useFixture } from "./fixture";

const { acme } = campusSeed;
const { cameras, users } = acme;

const PROGRAM = `
const { AccessControlGroup, OnGuardIntegration } = require("pulumi-rhombus");
new OnGuardIntegration("hq", {
  displayName: "HQ",
  doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: ["${cameras.lobby.uuid}"] } },
});
new AccessControlGroup("staff", { name: "Staff", userUuids: ["${users.ada.uuid}"] });
`;

/** Stands in for GitHub's command line: prints its arguments and the file that it would post. */
const GH = `#!/bin/bash
echo "gh $*"
while [ $# -gt 1 ]; do [ "$1" = --body-file ] && cat "$2"; shift; done
`;

const NPX = `#!/bin/bash
[ "$1" = pulumi-rhombus ] && shift && exec node node_modules/pulumi-rhombus/dist/cli/main.js "$@"
`;

/** The steps that these tests do not run: what they install is there. */
const INSTALLS = "npm ci";

/** A step of a workflow that runs commands. */
interface Step {
  readonly script: string;
  /** The condition; `undefined` for a step that runs unless an earlier one failed. */
  readonly condition: string | undefined;
}

/** The steps of the workflow with a name on docs/ci.md that run commands. */
function stepsOf(workflow: string): Step[] {
  const [, text = ""] =
    new RegExp(`^# \\.github/workflows/${workflow}\\.yml\\n([\\s\\S]*?)^\`\`\``, "m").exec(textOf("docs/ci.md")) ?? [];
  const job = memberOf(memberOf(load(text), "jobs"), workflow);
  const steps = itemsOf(memberOf(job, "steps")).flatMap((step): Step[] => {
    const [script, condition] = [memberOf(step, "run"), memberOf(step, "if")];
    if (typeof script !== "string" || script === INSTALLS) return [];
    return [{ script, condition: typeof condition === "string" ? condition : undefined }];
  });
  assert.ok(steps.length > 0, `docs/ci.md has no workflow ${workflow}`);
  return steps;
}

describe("the workflows of docs/ci.md, with a key that may only read", function () {
  this.timeout(180_000);
  const fixture = useFixture({ apiKey: null, files: { "index.js": PROGRAM, "package.json": '{"main":"index.js"}' } });
  let shown = "";

  const run = async (script: string, apiKey: string = acme.readOnlyApiKey) => {
    const { folder } = fixture.stack;
    const own = await engineEnv(folder);
    const env = {
      ...process.env,
      ...own,
      PATH: [path.join(folder, "bin"), own.PATH].join(path.delimiter),
      RHOMBUS_ENDPOINT_URL: fixture.emulator.url,
      RHOMBUS_API_KEY: apiKey,
      STACK: "dev",
      PULL_REQUEST: "https://github.example/acme/doors/pull/7",
    };
    // As GitHub runs a step.
    const command = new Command("bash", ["-e", "-c", script], { cwd: folder, env });
    const code = await command.ended;
    shown += command.text;
    return { code, text: command.text };
  };

  /** Runs a workflow. Returns its exit code and everything that it printed. */
  const play = async (workflow: string) => {
    const result = { code: 0, text: "" };
    for (const { script, condition } of stepsOf(workflow)) {
      const isDue = condition === undefined ? result.code === 0 : condition !== "failure()" || result.code !== 0;
      if (!isDue) continue;
      const { code, text } = await run(script);
      result.code ||= code ?? 1;
      result.text += text;
    }
    return result;
  };

  before("deploys the program with the other key", async () => {
    const bin = path.join(fixture.stack.folder, "bin");
    mkdirSync(bin);
    for (const [name, text] of Object.entries({ gh: GH, npx: NPX })) {
      writeFileSync(path.join(bin, name), text);
      chmodSync(path.join(bin, name), 0o755);
    }
    const { code, text } = await run('pulumi up --yes --skip-preview --stack "$STACK"', acme.apiKey);
    assert.equal(code, 0, text);
    fixture.emulator.clearRequests();
  });

  after("has tried no write, and shown no secret", () => {
    assert.ok(calls(fixture.emulator).length > 0);
    assert.deepEqual(writes(fixture.emulator), []);
    assertHidden(knownSecrets(), { shown: () => shown, onDisk: () => "" }, fixture.emulator);
  });

  it("review posts the changes of the branch", async () => {
    const index = path.join(fixture.stack.folder, "index.js");
    writeFileSync(index, PROGRAM.replace('"Lobby", ', '"Lobby", remoteUnlock: true, '));
    const { code, text } = await play("review");
    writeFileSync(index, PROGRAM);
    assert.equal(code, 0, text);
    assert.match(text, /^gh pr comment https:\S+\/7 --body-file review\.md [\s\S]*\*\*Gains remote unlock\*\*/m);
    assert.doesNotMatch(text, /The review failed/);
  });

  itLong("review replaces the comment if the program fails", async () => {
    const index = path.join(fixture.stack.folder, "index.js");
    writeFileSync(index, "process.exit(1);");
    const { code, text } = await play("review");
    writeFileSync(index, PROGRAM);
    assert.equal(code, 1);
    assert.match(text, /^gh pr comment \S+ --body The review failed, see the job\. --edit-last --create-if-none$/m);
  });

  it("drift succeeds without drift", async () => {
    const { code, text } = await play("drift");
    assert.equal(code, 0, text);
  });

  it("drift fails on a change made in the console, says how to undo it, and leaves the state as it is", async () => {
    const state = path.join(fixture.stack.folder, "state/.pulumi/stacks/stories/dev.json");
    const before = readFileSync(state, "utf8");
    const [staff] = fixture.console.groups();
    fixture.console.setGroupMembers(staff?.uuid ?? "", [users.ben.uuid]);
    const { code, text } = await play("drift");
    assert.notEqual(code, 0);
    assert.match(
      text,
      new RegExp(`"${users.ada.uuid}" => "${users.ben.uuid}"[\\s\\S]*To undo a change, run 'pulumi up --refresh'`),
    );
    assert.equal(readFileSync(state, "utf8"), before);
  });
});
