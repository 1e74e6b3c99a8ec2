import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { writes } from "../../drivers/calls";
import { build, CommandSetup } from "./commandSetup";
import { planOf } from "./review/plans";
import { configFor, inStack } from "./scriptedCli";

const { acme, bluebird } = campusSeed;
const { locations, users } = acme;

const group = inStack("AccessControlGroup", "nurses", "g");
const stateOf = (...resources: object[]) => JSON.stringify({ version: 3, deployment: { resources } });
const unread = "warning: The stack config is ignored, because it cannot be read: there is no answer to config --json\n";

describe("pulumi-rhombus", function () {
  this.timeout(60_000);
  before(build);
  const setup = CommandSetup.here();
  const run = (words: string, input = "", env: Readonly<Record<string, string>> = {}) => {
    return setup.programFolder.run(words.split(" "), input, env);
  };
  /** Installs a CLI with the stack config of Acme Robotics. */
  const install = (answers: Readonly<Record<string, string>> = {}, apiKey: string = acme.apiKey) => {
    const config = JSON.stringify(configFor(setup.emulator.url, apiKey));
    setup.programFolder.installCli({ version: "v3.259.0\n", config, "stack --show-name": "dev\n", ...answers });
  };

  const wrong: readonly (readonly [words: string, why: RegExp])[] = [
    ["emulater", /Did you mean emulator\?/],
    ["emulator --port high", /whole number from 0 to 65535/],
    ["emulator --seed city", /Allowed choices are campus, lived-in/],
    ["emulator --behaviour nulls=maybe", /Use one of: clears, keeps/],
    ["emulator --burst 5", /--burst needs --rate/],
    ["emulator --tls-key key.pem", /HTTPS needs both --tls-certificate and --tls-key/],
    ["emulator --tls-key none.pem --tls-certificate none.pem", /no such file.*none\.pem/],
    ["emulator --tls-key Pulumi.yaml --tls-certificate Pulumi.yaml", /^error: .*PEM/i],
    ["doctor --nope", /Run the command with --help/],
    ["doctor --probe --only KisiIntegration", /'--probe' cannot be used with option '--only <type\.\.\.>'/],
    ["import --apply --out file.json", /'--apply' cannot be used with option '--out <file>'/],
    ["import --match --program file.ts", /'--match' cannot be used with option '--program <file>'/],
    ["import --recover-secrets", /--recover-secrets needs --apply or --out/],
    ["import --json --program -", /give either --json or --program -/],
    ["import --only Groups", /Allowed choices are OnGuardIntegration, GeneaIntegration/],
    ["review --max-length 10", /Give a whole number of at least 2000\./],
    ["access", /Name exactly one of --user, --door and --group\./],
    ["access --user ada --door gate", /Name exactly one of/],
    ["import", /^error: There is no pulumi on the PATH\.\n$/],
  ];
  for (const [words, why] of wrong) {
    it(`exits with 1 and a remedy: ${words}`, async () => {
      const { code, stdout, stderr } = await run(words);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, why);
    });
  }

  it("lists every behaviour in the help of the emulator", async () => {
    const { code, stdout } = await run("emulator --help");
    assert.equal(code, 0);
    assert.match(stdout, /kisiVersions=shared\|separate\|v1-removed/);
    assert.match(stdout, /--rate <calls> +calls per second and organization \(default: no\s+limit\)/);
  });

  it("does not load Pulumi's SDK, which takes half a second", async () => {
    const loaded = "Object.keys(require.cache).filter((file) => /node_modules.@pulumi/.test(file)).length";
    setup.programFolder.write("preload.cjs", `process.on("exit", () => console.error(${loaded}));`);
    const { stderr } = await run("--help", "", { NODE_OPTIONS: "--require=./preload.cjs" });
    assert.equal(stderr, "0\n");
  });

  it("import refuses the program of another runtime", async () => {
    setup.programFolder.write("Pulumi.yaml", "runtime: python");
    const { code, stderr } = await run("import");
    assert.equal(code, 1);
    assert.match(stderr, /The runtime of .*Pulumi\.yaml is python, and this package needs nodejs\./);
  });

  it("prints no secret of the environment and no invisible character", async () => {
    const env = { PULUMI_ACCESS_TOKEN: "pul-canary-0123456789" };
    const typed = `${env.PULUMI_ACCESS_TOKEN}\u202e\u{e0041}\u001b[2J`;
    setup.programFolder.installCli({}, `error: no stack named ${typed}`);
    const commands = [
      `--${typed}`,
      typed,
      `audit --stack ${typed}`,
      `review --plan ${typed}`,
      `import --only ${typed}`,
    ];
    for (const words of commands) {
      const { code, stdout, stderr } = await run(words, "", env);
      assert.notEqual(code, 0);
      assert.match(stderr, /\[secret\]/, words);
      assert.doesNotMatch(stdout + stderr, /canary|[\p{Cf}]|(?!\n)\p{Cc}/u, words);
    }
  });

  it("doctor exits with 0 if no check failed, and with 1 otherwise", async () => {
    install({ "stack export": stateOf() });
    const { code, stdout, stderr } = await run("doctor");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, / key +Acme Robotics[\s\S]*(?:A deployment would work|No check failed\. .*)\.\n$/);
    assert.ok(stdout.split("\n").length < 30, stdout);
    install({ "stack export": stateOf() }, "wrong-key");
    const failed = await run("doctor --json --stack dev --only KisiIntegration");
    const { ok, checks }: { ok: boolean; checks: { name: string; verdict: string }[] } = JSON.parse(failed.stdout);
    assert.deepEqual([failed.code, ok], [1, false]);
    assert.ok(checks.some(({ name, verdict }) => name === "key" && verdict === "failed"));
  });

  it("doctor --probe creates nothing if the name of the organization is not typed", async () => {
    install();
    for (const input of ["Acme\n", ""]) {
      const { code, stdout, stderr } = await run("doctor --probe", input);
      assert.deepEqual([code, stdout], [1, ""]);
      const text =
        /in "Acme Robotics", and deletes them again[\s\S]*type the name of the organization:\nerror: That is not/;
      assert.match(stderr, text);
    }
    assert.deepEqual(writes(setup.emulator), []);
  });

  it("audit exits with 0 without findings, and with 2 and a table with findings", async () => {
    install({ "stack export": stateOf(group) });
    const clean = await run("audit");
    assert.deepEqual(clean, { code: 0, stdout: "Acme Robotics: 0 objects, 0 findings\n", stderr: "" });
    const stray = setup.emulator.console(acme.orgUuid).addGroup({ name: "Strays\u001b[31m\u202e" });
    const found = await run("audit --stack dev");
    assert.equal(found.code, 2);
    const table = /^Acme Robotics: 1 object, 1 finding\n\n {2}in no stack {2}group "Strays \[31m\ufffd" {2}Acc/;
    assert.match(found.stdout, table);
    const machine = await run("audit --json --ignore unmanaged");
    const { findings, leftOut } = JSON.parse(machine.stdout);
    assert.deepEqual([machine.code, findings, leftOut], [0, [], [{ kind: "unmanaged", count: 1 }]]);
    const ignored = await run("audit --ignore disabled unmanaged");
    const short =
      "Acme Robotics: 1 object, 0 findings\n\n  left out by --ignore: integration disabled 0, in no stack 1\n";
    assert.deepEqual([ignored.code, ignored.stdout], [0, short]);
    setup.emulator.console(acme.orgUuid).removeGroup(stray);
  });

  it("access shows who may open what, as a table or as JSON, and exits with 1 if a list could not be read", async () => {
    install();
    const web = setup.emulator.console(acme.orgUuid);
    const sets = { accessControlledDoorUuids: [acme.access.doors.northGate.uuid], userUuids: [users.ada.uuid] };
    const grant = web.addAccessGrant({ name: "Gate\u001b[31m", locationUuid: locations.headquarters.uuid, ...sets });
    const table = await run(`access --user ${users.ada.email}`);
    assert.deepEqual([table.code, table.stderr], [0, ""]);
    assert.match(
      table.stdout,
      /\n {2}"North gate" at Headquarters {2}always {2}"Gate \[31m" {2}directly\n[\s\S]*\nScope\n/,
    );
    setup.emulator.fail({ operation: "getSchedules", with: { kind: "status", status: 403, body: {} }, times: 1 });
    const machine = await run(`access --json --door ${acme.access.doors.northGate.uuid}`);
    const { openings, unread: missing } = JSON.parse(machine.stdout);
    assert.deepEqual([machine.code, openings.length, missing.length], [1, 1, 1]);
    web.removeAccessGrant(grant);
  });

  it("bounds each line, however long the names in Rhombus and in the state are", async () => {
    const long = "x".repeat(5_000);
    const web = setup.emulator.console(acme.orgUuid);
    const added = web.addGroup({ name: long });
    const resources = [inStack("AccessControlGroup", long, "g", { outputs: { orgUuid: bluebird.orgUuid } })];
    install({ "stack export": stateOf(...resources), "stack --show-name": "dev\n" });
    const commands = [
      "audit",
      "doctor",
      "import",
      "import --program rhombus.ts --dry-run",
      `doctor --provider ${long}`,
    ];
    for (const words of commands) {
      const { stdout, stderr } = await run(words);
      assert.match(stdout + stderr, /x{254}…/, words);
      for (const line of `${stdout}\n${stderr}`.split("\n"))
        assert.ok(line.length <= 2_000, `${words}: ${line.length}`);
    }
    assert.match(
      (await run("import")).stdout,
      /^ {2}AccessControlGroup "x{254}…": name has 5000 characters; at most 255/m,
    );
    assert.ok((await run("audit --json")).stdout.includes(`"group \\"${long}\\""`));
    web.removeGroup(added);
  });

  it("audit exits with 1 if it cannot connect, or the key is refused", async () => {
    setup.programFolder.installCli({});
    const { code, stderr } = await run("audit");
    assert.equal(code, 1);
    assert.ok(stderr.startsWith(`${unread}error: rhombus:apiKey: no Rh`), stderr);
    install({}, "canary-wrong-key");
    const refused = await run("audit");
    assert.deepEqual([refused.code, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /^error: Nothing could be read: .+\n$/);
    assert.doesNotMatch(refused.stderr, /canary/);
  });

  it("audit exits with 1 and says so if it cannot tell what the stack manages", async () => {
    install();
    const { code, stdout } = await run("audit");
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}not checked: objects in no stack: there is no answer to stack export$/m);
  });

  it("audit exits with 1 if the stack config cannot be read, or the stack belongs to another organization", async () => {
    setup.programFolder.installCli({ "stack export": stateOf(group) });
    const env = { RHOMBUS_API_KEY: bluebird.apiKey, RHOMBUS_ENDPOINT_URL: setup.emulator.url };
    const { code, stdout, stderr } = await run("audit", "", env);
    assert.deepEqual([code, stderr], [1, unread]);
    assert.match(stdout, /^Bluebird Clinics: 0 objects, 0 findings\n/);
    assert.match(stdout, /^ {2}not checked: the stack config: there is no answer to config --json$/m);
    const foreign = `: "nurses" belongs to the organization ${acme.orgUuid}, but the key belongs to Bluebird Clinics (${bluebird.orgUuid}); use the key of the other one\n`;
    assert.ok(stdout.includes(foreign), stdout);
  });

  const door = { doorName: "Lobby", locationUuid: locations.headquarters.subLocations[0].uuid };
  const members = [users.ada.uuid, users.deleted.uuid, "none"];
  const dangerous = planOf([
    { before: { displayName: "HQ" }, after: { displayName: "HQ", doorInfoMap: { "1:4": door } } },
    { type: "AccessControlGroup", name: "g", after: { name: "G", userUuids: members } },
  ]);
  const harmless = planOf([
    { type: "AccessControlGroup", before: { name: "Staff" }, after: { name: "Staff", description: "All" } },
  ]);

  it("review runs the preview, looks up names without a write, and exits with 2 for dangerous changes", async () => {
    install({ preview: dangerous });
    const { code, stdout, stderr } = await run("review --stack dev -- --refresh");
    assert.deepEqual([code, stderr], [2, ""]);
    for (const part of [
      /^### `Acme Robotics`$/m,
      /new door `Lobby` \(`1:4`\): no cameras, location `Headquarters \/ Server room`/,
      /`Ada Okafor <ada[^`]*>`, `Leo Fontaine <leo[^`]*>, who has been deleted` and `none` \(not found in Rhombus\)/,
    ]) {
      assert.match(stdout, part);
    }
    assert.deepEqual(writes(setup.emulator), []);
  });

  it("review refreshes first, unless it is told not to", async () => {
    install({ preview: harmless });
    await run("review --offline --stack dev -- --target x");
    await run("review --offline --no-refresh");
    assert.deepEqual(setup.programFolder.calls("preview"), [
      "--json --show-sames --show-replacement-steps --refresh --stack dev --target x --non-interactive --color never",
      "--json --show-sames --show-replacement-steps --non-interactive --color never",
    ]);
  });

  it("review reads the plan from standard input or a file, and exits with 0 if nothing is dangerous", async () => {
    install({ preview: "no preview is run" });
    const piped = await run("review --plan -", harmless);
    assert.deepEqual([piped.code, piped.stderr], [0, ""]);
    assert.match(piped.stdout, /^Stack `dev` of project `doors`: 1 change, none to look at first\.$/m);
    setup.programFolder.write("plan.json", harmless);
    assert.deepEqual(await run("review --plan plan.json"), piped);
  });

  it("review shows ids if it is offline, or cannot look up names", async () => {
    install({ preview: harmless });
    const offline = await run("review --offline");
    assert.match(offline.stdout, new RegExp(`Organization \`${acme.orgUuid}\`$`, "m"));
    assert.deepEqual(setup.emulator.requests(), []);
    setup.programFolder.installCli({ preview: harmless, config: "{}" });
    const { code, stdout } = await run("review");
    const note = /^- `+Ids are shown, because names could not be looked up: rhombus:apiKey: no Rhombus API key/m;
    assert.match(stdout, note);
    assert.equal(code, 0);
  });

  it("review prints no more than it is told to, and writes the whole to a file", async () => {
    const doors = Array.from({ length: 99 }, (_, at): [string, object] => [`1:${at}`, { doorName: `Door ${at}` }]);
    const plan = planOf([{ before: { doorInfoMap: {} }, after: { doorInfoMap: Object.fromEntries(doors) } }]);
    const { code, stdout } = await run("review --offline --plan - --max-length 2000 --output whole.md", plan);
    assert.equal(code, 2);
    assert.ok(stdout.length <= 2000, stdout);
    assert.match(stdout, /- \*\*Without a camera\*\*: .*: 99 new doors: `1:0` to `1:98`\n/);
    assert.match(stdout, / `--output FILE` writes the whole\.\*\*\n$/);
    const whole = setup.programFolder.read("whole.md");
    assert.equal(whole.match(/^- new door/gm)?.length, 99);
    assert.doesNotMatch(whole, /not the whole/);
  });

  it("review names the folder that has no project", async () => {
    setup.programFolder.remove("Pulumi.yaml");
    setup.programFolder.installCli({}, "error: no Pulumi.yaml project file found (searching upwards from )");
    const { code, stderr } = await run("review");
    const { folder } = setup.programFolder;
    const text = `error: Run the command in the folder of a Pulumi program: neither ${folder} nor a parent has a Pulumi.yaml.\n`;
    assert.deepEqual([code, stderr], [1, text]);
  });

  const diagnostics = [{ severity: "error", message: "\u001b[31merror\u001b[39m: displayName is missing\n" }];
  const printed = "\u001b[31merror: \u001b[0mno language plugin\u001b[90m for canary-api-key\u001b[39m";
  const failures: readonly (readonly [answers: Readonly<Record<string, string>>, failure: string, stderr: string])[] = [
    [{ preview: planOf([], { diagnostics }) }, "", "error: The preview failed:\n  displayName is missing\n"],
    [{}, "", "error: there is no answer to preview --json\n"],
    [{ preview: "{}" }, printed, "error: no language plugin for [secret]\n"],
    [{ preview: planOf([]) }, printed, "error: no language plugin for [secret]\n"],
  ];
  for (const [answers, failure, stderr] of failures) {
    it(`review exits with 1 and the reasons if the preview fails: ${JSON.stringify(answers)} ${failure}`, async () => {
      setup.programFolder.installCli(answers, failure);
      const failed = await run("review", "", { RHOMBUS_API_KEY: "canary-api-key" });
      assert.deepEqual(failed, { code: 1, stdout: "", stderr });
    });
  }
});
