import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { defaultOptions, type ImportOptions } from "../../provider/cli/import/importOptions";
import { runImport } from "../../provider/cli/import/run";
import { Terminal } from "../../provider/cli/output/terminal";
import { pulumiIn } from "../../provider/cli/pulumi/pulumiCli";
import { campusSeed } from "../../provider/emulator";
import { writes } from "../drivers/calls";
import { describeLong, itLong } from "../longRun";
import { engineEnv } from "./engine";
import { type Fixture, knownSecrets, madeSecrets, useFixture } from "./fixture";

const { acme } = campusSeed;

const files = { "package.json": '{"main":"index.js"}', "index.js": "" };

/** Runs the command in the project of a fixture. It must not print a secret. */
async function importInto({ stack, emulator }: Fixture, options: Partial<ImportOptions>): Promise<string> {
  let text = "";
  const take = (part: string) => {
    text += part;
  };
  const cli = pulumiIn(stack.folder, { ...process.env, ...(await engineEnv(stack.folder)) });
  await runImport(
    { ...defaultOptions, ...options },
    { cli, env: {}, terminal: new Terminal({ write: take }, { write: take }, {}) },
  );
  const shown = [...knownSecrets(), ...madeSecrets(emulator)].filter((secret) => text.includes(secret));
  assert.deepEqual(shown, [], "a secret was printed");
  return text;
}

/** Writes the program of a fixture from TypeScript. */
function setProgram({ stack }: Fixture, source: string): void {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(source, { compilerOptions: options });
  writeFileSync(path.join(stack.folder, "index.js"), outputText);
}

function programOf({ stack }: Fixture): string {
  return readFileSync(path.join(stack.folder, "rhombus.ts"), "utf8");
}

/** Adds a grant to the group `Night shift` in a schedule. Returns the text of a program that declares all three. */
function addAccess({ console }: Fixture): string {
  const { locations, access } = acme;
  const group = console.groups().find(({ name }) => name === "Night shift") ?? assert.fail("no group");
  const intervalList = [{ minuteOfWeekStart: 9960, minuteOfWeekStop: 360 }];
  console.addAccessGrant({
    name: "Gates",
    locationUuid: locations.headquarters.uuid,
    scheduleUuid: console.addSchedule({ name: "Nights", intervalList }),
    accessControlledDoorUuids: [access.doors.northGate.uuid],
    groupUuids: [group.uuid],
  });
  return `
    const shift = new rhombus.AccessControlGroup("shift", { name: "Night shift" });
    const nights = new rhombus.Schedule("nights", { name: "Nights", intervals: [{ days: ["sunday"], from: "22:00", to: "06:00" }] });
    new rhombus.AccessGrant("gates", {
      name: "Gates",
      locationUuid: "${locations.headquarters.uuid}",
      scheduleUuid: nights.id,
      accessControlledDoorUuids: ["${access.doors.northGate.uuid}"],
      groupUuids: [shift.id],
    });
  `;
}

async function setVendorKeys({ stack }: Fixture): Promise<void> {
  await stack.setConfig("stories:geneaApiToken", acme.genea.apiToken, true);
  await stack.setConfig("stories:kisiApiSecretKey", acme.kisi.apiSecretKey, true);
}

describe("import, with the real engine", function () {
  this.timeout(240_000);

  describe("of everything in an organization", () => {
    const fixture = useFixture({ seed: "livedIn", files });
    let program = "";

    it("protects what the program does not declare yet: a deployment fails, and deletes nothing", async () => {
      await setVendorKeys(fixture);
      addAccess(fixture);
      const text = await importInto(fixture, { apply: true });
      assert.match(text, /Declare 12 resources in the program, .*:\n {2}OnGuardIntegration {2}headquarters-onguard\n/);
      assert.match(text, /\n {2}npx pulumi-rhombus import --program rhombus\.ts --all\n/);
      await assert.rejects(
        fixture.stack.cli("up", "--yes", "--skip-preview"),
        /cannot be deleted\s+because it is protected/,
      );
      assert.deepEqual(writes(fixture.emulator), []);
    });

    it("writes a program that declares everything: then no change is shown, and nothing was written", async () => {
      await importInto(fixture, { program: path.join(fixture.stack.folder, "rhombus.ts"), all: true });
      program = programOf(fixture);
      assert.match(program, /scheduleUuid: nights\.id,/);
      assert.match(program, /groupUuids: \[nightShift\.id\],/);
      setProgram(fixture, program);
      await fixture.stack.cli("preview", "--expect-no-changes");
      assert.deepEqual(writes(fixture.emulator), []);
    });

    itLong("changes nothing the second time", async () => {
      const before = await fixture.stack.opened();
      assert.match(
        await importInto(fixture, { apply: true }),
        /12 of them in the stack.*[\s\S]*There is nothing to import/,
      );
      assert.deepEqual(await fixture.stack.opened(), before);
    });

    it("lets the next deployment change one field only", async () => {
      const before = fixture.console.onGuard();
      setProgram(fixture, program.replace('badgeFaceVerificationMode: "SHADOW"', 'badgeFaceVerificationMode: "AUTO"'));
      assert.match(await fixture.stack.cli("up", "--yes", "--skip-preview"), /~ 1 updated\n +12 unchanged/);
      assert.deepEqual(writes(fixture.emulator), ["updateHoneywellOnGuardIntegration"]);
      const [headquarters, warehouse] = before;
      assert.ok(headquarters);
      const flags = { ...headquarters.flags, badgeFaceVerificationMode: "AUTO" };
      assert.deepEqual(fixture.console.onGuard(), [{ ...headquarters, flags }, warehouse]);
    });
  });

  describeLong("if reads hide every secret", () => {
    const fixture = useFixture({ seed: "livedIn", files });

    it("shows no change, and has the webhook URLs if it recovers secrets", async () => {
      fixture.emulator.behave({ vendorKeyReads: "masked", onGuardSecretReads: "absent", serverSecretReads: "absent" });
      await importInto(fixture, { program: path.join(fixture.stack.folder, "rhombus.ts") });
      setProgram(fixture, programOf(fixture));
      await setVendorKeys(fixture);
      const out = path.join(mkdtempSync(path.join(tmpdir(), "rhombus-import-")), "import.json");
      try {
        await importInto(fixture, { out, recoverSecrets: true });
        const options = ["--generate-code=false", "--protect=true", "--yes", "--skip-preview"];
        await fixture.stack.cli("import", "--file", out, ...options);
      } finally {
        rmSync(path.dirname(out), { recursive: true });
      }
      await fixture.stack.cli("preview", "--expect-no-changes");
      const urls = (await fixture.stack.opened()).flatMap(({ outputs: { webhookUrl } }) =>
        webhookUrl ? [webhookUrl] : [],
      );
      assert.equal(urls.length, 2);
    });
  });

  describeLong("for a program whose grant refers to its group and its schedule", () => {
    const fixture = useFixture({ seed: "livedIn", files });

    it("imports all three, and shows no change", async () => {
      const declared = addAccess(fixture);
      setProgram(
        fixture,
        `import * as rhombus from "pulumi-rhombus";${declared.replaceAll(" });", " }, { protect: true });").replace("\n    });", "\n    }, { protect: true });")}`,
      );
      const text = await importInto(fixture, { match: true, apply: true });
      assert.match(text, /AccessGrant +gates +[\w-]{22}\n/);
      await fixture.stack.cli("preview", "--expect-no-changes");
      assert.deepEqual(writes(fixture.emulator), []);
    });
  });

  describeLong("for an existing program", () => {
    const fixture = useFixture({ seed: "livedIn", files });
    const written = `
      import * as pulumi from "@pulumi/pulumi";
      import * as rhombus from "pulumi-rhombus";
      class Site extends pulumi.ComponentResource {
        constructor(name: string, provider: rhombus.Provider) {
          super("stories:site:Site", name);
          const options = { parent: this };
          new rhombus.AccessControlGroup("nights", { name: "Night shift", description: "Watch" }, options);
          new rhombus.OnGuardIntegration("hq", { displayName: "Headquarters OnGuard" }, options);
          new rhombus.AccessControlGroup("nobody", { name: "Nobody" }, options);
          new rhombus.AccessControlGroup("workshop", { name: "Warehouse", locationUuid: "${acme.locations.warehouse.uuid}" }, { ...options, provider });
        }
      }
      new Site("acme", new rhombus.Provider("own", {}));
    `;

    it("imports what exists below its component, and leaves the differences to the next deployment", async () => {
      setProgram(fixture, written);
      const text = await importInto(fixture, { match: true, apply: true });
      assert.match(text, /nobody +no match: Rhombus does not have/);
      assert.match(text, /workshop +no match: It uses the provider "own"\. Deploy that provider first/);
      assert.match(text, /Set the option `protect: true` on 2 resources in the program\./);
      const shown = await fixture.stack.cli("preview", "--diff");
      assert.match(shown, /\+ description: "Watch"/);
      assert.deepEqual(writes(fixture.emulator), []);
    });

    it("imports what uses an explicit provider after that is deployed", async () => {
      const urn = "urn:pulumi:dev::stories::pulumi:providers:pulumi-nodejs::own";
      await fixture.stack.cli("up", "--yes", "--skip-preview", "--target", urn);
      const text = await importInto(fixture, { match: true, apply: true, provider: "own" });
      assert.match(text, /AccessControlGroup +workshop +[\w-]{22}\n/);
      const steps = await fixture.stack.cli("up", "--yes", "--skip-preview");
      assert.match(steps, /\+ 1 created\n +~ 1 updated\n/);
      assert.deepEqual(writes(fixture.emulator).sort(), ["createAccessControlGroup", "updateAccessControlGroup"]);
    });

    it("imports everything else of an explicit provider's organization under that provider", async () => {
      await importInto(fixture, { apply: true, provider: "own", name: "Contractors" });
      const state: { deployment: { resources: { urn: string; provider: string }[] } } = JSON.parse(
        await fixture.stack.cli("stack", "export"),
      );
      const taken = state.deployment.resources.find(({ urn }) => urn.endsWith("AccessControlGroup::contractors"));
      assert.match(taken?.provider ?? "", /^urn:pulumi:dev::stories::pulumi:providers:pulumi-nodejs::own::/);
    });
  });
});
