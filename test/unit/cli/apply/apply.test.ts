import assert from "node:assert/strict";
import { campusSeed } from "../../../../provider/emulator";
import { writes } from "../../../drivers/calls";
import { build, CommandSetup } from "../commandSetup";
import { bucket, type PlannedStep, planOf, staffWith } from "../review/plans";
import { configFor } from "../scriptedCli";

const { acme, bluebird } = campusSeed;
const { users } = acme;

const refresh: PlannedStep = { ...staffWith([]), op: "refresh" };
const reviewedPlan = planOf([refresh, staffWith([users.ada.uuid]), bucket]);

describe("pulumi-rhombus apply", function () {
  this.timeout(60_000);
  before(build);
  const setup = CommandSetup.here();
  const run = (words: string) => setup.programFolder.run(words.split(" "));
  const install = (
    preview: string,
    { stack = "acme/doors/dev", key = acme.apiKey as string, upCode = 0, printed = "Updating (dev)\n" } = {},
  ) => {
    const config = JSON.stringify(configFor(setup.emulator.url, key));
    const answers = { preview, config, "stack --show-name": `${stack}\n`, up: printed };
    setup.programFolder.installCli(answers, "", upCode);
  };
  let saved: string | undefined;
  beforeEach("saves a review", async () => {
    install(reviewedPlan);
    saved ??= await savedReview();
    setup.programFolder.write("approved.json", saved);
    setup.programFolder.remove("calls.txt");
  });
  const savedReview = async () => {
    const { code, stderr } = await run("review --save approved.json");
    assert.deepEqual([code, stderr], [2, ""]);
    return setup.programFolder.read("approved.json");
  };

  it("deploys the changes of the review, with the options that are given and bound to the new preview", async () => {
    const { code, stdout, stderr } = await run("apply approved.json --stack dev -- --yes --parallel 4");
    assert.deepEqual([code, stdout], [0, "Updating (dev)\n"]);
    assert.match(stderr, /^2 changes, the same as in the review of 20\d\d-.*Z\.\n$/);
    const [preview = ""] = setup.programFolder.calls("preview");
    const [, plan] =
      /^--json --save-plan (\S+) --show-sames --show-replacement-steps --refresh --stack dev --parallel 4 --non-inter/.exec(
        preview,
      ) ?? [];
    const up = `--yes --skip-preview --plan ${plan} --refresh --stack dev --yes --parallel 4`;
    assert.deepEqual(setup.programFolder.calls("up"), [up]);
    assert.deepEqual(writes(setup.emulator), []);
  });

  it("passes on the exit code of pulumi up", async () => {
    install(reviewedPlan, { upCode: 7 });
    assert.equal((await run("apply approved.json")).code, 7);
  });

  it("lets pulumi up finish if nobody reads its output any more", async () => {
    const words = ["apply", "approved.json"];
    install(reviewedPlan, { printed: "Updating (dev)\n".repeat(50_000) });
    const script = `{ "$0" "$@"; echo $? >code; } 2>errors | head -1`;
    const { stdout } = await setup.programFolder.runInShell(`PATH=$PATH:/usr/bin:/bin; ${script}`, words);
    assert.equal(stdout, "Updating (dev)\n");
    assert.match(setup.programFolder.read("errors"), /^2 changes, the same as in the review of \S+\n$/);
    assert.equal(setup.programFolder.read("code"), "141\n");
  });

  it("deploys nothing if the changes differ, and shows the differences", async () => {
    install(planOf([refresh, staffWith([users.ada.uuid, users.ben.uuid]), bucket]));
    const { code, stdout } = await run("apply approved.json");
    assert.equal(code, 2);
    assert.match(stdout, /^Nothing was deployed, because the changes are not those of the review:\nchanged since /);
    assert.match(stdout, /\n {4}now: +members added: `Ada Okafor <ada\.\S+>` and `Ben Castillo <ben\.\S+>`\n/);
    assert.match(stdout, /\n\nReview again: npx pulumi-rhombus review --save approved\.json\n$/);
    assert.deepEqual(setup.programFolder.calls("up"), []);
  });

  it("names the options for another review", async () => {
    await run("review --no-refresh --save approved.json");
    install(planOf([refresh, staffWith([users.ben.uuid])]));
    const options = ["--yes", "--message", "a b"];
    const { stdout } = await setup.programFolder.run(["apply", "approved.json", "--stack", "dev", "--", ...options]);
    const again = "review --no-refresh --stack dev --save approved.json -- --message 'a b'\n";
    assert.ok(stdout.endsWith(`\n\nReview again: npx pulumi-rhombus ${again}`), stdout);
  });

  it("refuses options of Pulumi that would deploy something else, as the review does", async () => {
    for (const command of ["apply approved.json", "review"]) {
      const { code, stdout, stderr } = await run(`${command} --stack dev -- --stack=prod`);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, /^error: Give --stack before the --\. The option --stack is not possible after the --\.\n$/);
    }
    assert.throws(() => setup.programFolder.read("calls.txt"), /ENOENT/);
  });

  it("refuses another stack, and another organization, before a preview", async () => {
    install(reviewedPlan, { stack: "acme/doors/prod" });
    const stack = await run("apply approved.json");
    assert.deepEqual([stack.code, stack.stdout], [1, ""]);
    assert.match(
      stack.stderr,
      /Select the stack that was reviewed, acme\/doors\/dev, with --stack\. acme\/doors\/prod was/,
    );
    install(reviewedPlan, { key: bluebird.apiKey });
    const { code, stderr } = await run("apply approved.json");
    const text = `Use a key of the organization that was reviewed, ${acme.orgUuid}. The settings open Bluebird Clinics (`;
    assert.ok(code === 1 && stderr.includes(text), stderr);
    assert.deepEqual([...setup.programFolder.calls("preview"), ...setup.programFolder.calls("up")], []);
  });

  it("deploys nothing if the preview fails", async () => {
    install(planOf([], { diagnostics: [{ severity: "error", message: "error: displayName is missing" }] }));
    const { code, stderr } = await run("apply approved.json");
    assert.deepEqual([code, stderr], [1, "error: The preview failed:\n  displayName is missing\n"]);
    assert.deepEqual(setup.programFolder.calls("up"), []);
  });

  it("names the values that it cannot compare", async () => {
    const hidden = planOf([refresh, staffWith([users.ada.uuid], { description: "[secret]" })]);
    install(hidden);
    await run("review --save approved.json");
    const { code, stderr } = await run("apply approved.json");
    assert.equal(code, 0);
    assert.match(stderr, /^1 change, the same as in the review of \S+Z, as far as they can be compared\.\n/);
    assert.match(stderr, /\nnot compared: description of Group `Staff` \(`staff` in the program\)\n$/);
  });

  it("previews and deploys without a refresh if the review did", async () => {
    await run("review --no-refresh --save approved.json");
    setup.programFolder.remove("calls.txt");
    assert.equal((await run("apply approved.json")).code, 0);
    assert.doesNotMatch(setup.programFolder.read("calls.txt"), /refresh/);
  });

  it("refuses a file that is not a saved review, and a saved review of a plan that was made elsewhere", async () => {
    const missing = await run("apply missing.json");
    assert.match(missing.stderr, /^error: .*no such file.*missing\.json/);
    const { stderr } = await run("review --plan p.json --save s.json");
    assert.match(stderr, /'--save <file>' cannot be used with option '--plan/);
  });

  it("deploys nothing if the review says no longer who gains access, because somebody else joined the group", async () => {
    const console = setup.emulator.console(acme.orgUuid);
    const boss = console.addGroup({ name: "Boss", userUuids: [users.ada.uuid] });
    const gates = { name: "Gates", groupUuids: [boss], always: true, accessControlledDoorUuids: [] };
    const after = { ...gates, accessControlledDoorUuids: [acme.access.doors.northGate.uuid] };
    install(planOf([{ type: "AccessGrant", name: "gates", before: gates, after }]));
    await run("review --save approved.json");
    const again = await run("apply approved.json");
    assert.match(again.stderr, /^1 change, the same as in the review of \S+Z\.\n$/);
    console.setGroupMembers(boss, [users.ada.uuid, users.ben.uuid]);
    const { code, stdout } = await run("apply approved.json");
    const [gains, byGates] = ["Gains access: the group `Boss`", ": `North gate`, always, by the access grant `Gates`"];
    assert.deepEqual(
      [code, ...stdout.split("\n")],
      [
        2,
        "Nothing was deployed, because the changes are not those of the review:",
        "changed since the review: the effects on who may open which door",
        `    reviewed: ${gains} (1 person)${byGates}`,
        `    now:      ${gains} (2 people)${byGates}`,
        "    now:      member of the group `Boss`: `Ben Castillo <ben.castillo@acme-robotics.example>`",
        "",
        "Review again: npx pulumi-rhombus review --save approved.json",
        "",
      ],
    );
    assert.equal(setup.programFolder.calls("up").length, 1);
  });

  it("does not compare effects on access that the review did not know", async () => {
    const after = { name: "Gates", groupUuids: [], always: true };
    install(planOf([{ type: "AccessGrant", name: "gates", after }]));
    await run("review --offline --save approved.json");
    const { code, stderr } = await run("apply approved.json");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^1 change, the same as in the review of \S+Z, as far as they can be compared\.\n/);
    const why = "its effects on who may open which door, because the review did not know them";
    assert.ok(stderr.endsWith(`\nnot compared: Access grant \`Gates\` (\`gates\` in the program): ${why}\n`), stderr);
  });

  it("saves no secret, also if the plan has a secret of the stack config in plain text", async () => {
    const leaking = staffWith([users.ada.uuid], { description: acme.apiKey });
    install(planOf([refresh, leaking]));
    await run("review --save approved.json");
    const text = setup.programFolder.read("approved.json");
    assert.match(text, /`description`: `\[secret\]`/);
    assert.doesNotMatch(text, new RegExp(acme.apiKey));
    assert.equal((await run("apply approved.json")).code, 0);
  });
});
