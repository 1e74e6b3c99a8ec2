import assert from "node:assert/strict";
import { previewProgram } from "../../../../provider/cli/import/preview";
import { PulumiCliError } from "../../../../provider/cli/pulumi/pulumiCli";
import { campusSeed, livedInSeed } from "../../../../provider/emulator";
import { Stack } from "../../../drivers/stack";
import { closeProjects, isWrite, openProject, type ProjectOptions, type TestProject } from "./importing";

const { acme } = campusSeed;
const { groups } = livedInSeed;

const GROUP = "pulumi-nodejs:dynamic/rhombus:AccessControlGroup";
const KISI = "pulumi-nodejs:dynamic/rhombus:KisiIntegration";
const ONGUARD = "pulumi-nodejs:dynamic/rhombus:OnGuardIntegration";
const PROVIDER = "pulumi:providers:pulumi-nodejs";

/** What a preview does not know yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource that a program would create, as `pulumi preview` tells of it. */
interface Wanted {
  readonly type: string;
  readonly name: string;
  readonly inputs?: object;
  /** The types of its parents. */
  readonly chain?: string;
  /** What else stands in the import file. */
  readonly more?: object;
}

/** What `pulumi preview` says of a program, with the import file that it writes. */
function previewOf(wanted: readonly Wanted[], file: { nameTable?: object; others?: readonly object[] } = {}) {
  const specs = wanted.map(({ type, name, more }) => ({ type, name, id: "<PLACEHOLDER>", ...more }));
  const steps = wanted.map(({ type, name, inputs, chain }) => ({
    op: "create",
    urn: `urn:pulumi:dev::door::${chain === undefined ? "" : `${chain}$`}${type}::${name}`,
    newState: { type, inputs: { __provider: "…", ...inputs } },
  }));
  const { nameTable, others = [] } = file;
  return {
    json: {
      steps: [{ op: "create", urn: "urn:pulumi:dev::door::pulumi:pulumi:Stack::door-dev", newState: {} }, ...steps],
    },
    file: { ...(nameTable && { nameTable }), resources: [...others, ...specs] },
  };
}

/** A project with a program that would create some resources. */
function projectWith(wanted: readonly Wanted[], options: ProjectOptions = {}): Promise<TestProject> {
  return openProject({ preview: previewOf(wanted), ...options });
}

const engineering: Wanted = { type: GROUP, name: "eng", inputs: { name: "ENGINEERING " } };

describe("pulumi-rhombus import --match", () => {
  afterEach(closeProjects);

  it("finds what exists by its natural key, without a single write", async () => {
    const kisi = { type: KISI, name: "badges", inputs: { apiSecretKey: "[secret]" } };
    const onGuard = { type: ONGUARD, name: "hq", inputs: { displayName: "Headquarters OnGuard" } };
    const project = await projectWith([engineering, kisi, onGuard]);
    const { code, out } = await project.import({ match: true });
    assert.equal(code, 0);
    assert.match(out, new RegExp(`AccessControlGroup +eng +${groups.engineering}\\n`));
    assert.match(out, /KisiIntegration +badges +kisi\n/);
    assert.deepEqual(project.calls().filter(isWrite), []);
    assert.equal(project.given, undefined);
  });

  it("fills in what is there of what the program declares, so that the rest shows as a change", async () => {
    const inputs = { name: "Engineering", description: "Other words" };
    const project = await projectWith([{ ...engineering, inputs }]);
    await project.import({ match: true, apply: true });
    const [spec] = project.given?.resources ?? [];
    assert.equal(spec?.id, groups.engineering);
    const { __provider: _handler, ...live } = spec?.inputs ?? {};
    assert.deepEqual(live, { name: "Engineering", description: "Robot lab and server room" });
    const stack = new Stack(project.emulator);
    stack.store("eng", { type: "AccessControlGroup", id: spec?.id ?? "", inputs: live, outputs: spec?.outputs ?? {} });
    assert.deepEqual(await stack.preview({ eng: { type: "AccessControlGroup", inputs: live } }), { eng: "same" });
    assert.deepEqual(await stack.preview({ eng: { type: "AccessControlGroup", inputs } }), { eng: "update" });
  });

  it("takes what has a location that the program does not declare, and the state knows it at once", async () => {
    const project = await projectWith([{ ...engineering, inputs: { name: "Facilities" } }]);
    assert.equal((await project.import({ match: true, apply: true })).code, 0);
    const [spec] = project.given?.resources ?? [];
    const stack = new Stack(project.emulator);
    stack.store("eng", {
      type: "AccessControlGroup",
      id: spec?.id ?? "",
      inputs: spec?.inputs ?? {},
      outputs: spec?.outputs ?? {},
    });
    const at = (locationUuid?: string) => ({
      eng: {
        type: "AccessControlGroup" as const,
        inputs: { name: "Facilities", ...(locationUuid && { locationUuid }) },
      },
    });
    assert.deepEqual(await stack.preview(at()), { eng: "same" });
    assert.deepEqual(await stack.preview(at(acme.locations.headquarters.uuid)), { eng: "update" });
    assert.deepEqual(await stack.preview(at(acme.locations.warehouse.uuid)), { eng: "replace" });
    await stack.refresh();
    assert.deepEqual(stack.stored("eng").outputs.__observed, spec?.outputs?.__observed);
  });

  it("leaves out inputs that apply only to a creation", async () => {
    const inputs = { name: "Engineering", membership: "additive", adopt: true };
    const project = await projectWith([{ ...engineering, inputs }]);
    await project.import({ match: true, apply: true });
    const { __provider: _handler, ...live } = project.given?.resources[0]?.inputs ?? {};
    assert.deepEqual(live, { name: "Engineering", membership: "additive" });
  });

  it("takes a vendor key as reads show it, and says so where they do not", async () => {
    const kisi = { type: KISI, name: "badges", inputs: { apiSecretKey: "[secret]" } };
    const shown = await projectWith([kisi]);
    await shown.import({ match: true, apply: true });
    assert.equal(shown.given?.resources[0]?.inputs?.apiSecretKey, acme.kisi.apiSecretKey);
    const hidden = await projectWith([kisi], { behaviours: { vendorKeyReads: "masked" } });
    const { out } = await hidden.import({ match: true, apply: true });
    assert.match(out, /No read shows apiSecretKey of "badges", so the next `pulumi up` sends it/);
    assert.ok(!("apiSecretKey" in (hidden.given?.resources[0]?.inputs ?? {})));
  });

  const unmatched: readonly (readonly [what: string, wanted: Wanted, options: ProjectOptions, why: RegExp])[] = [
    [
      "what nobody has made",
      { type: GROUP, name: "x", inputs: { name: "Nobody" } },
      {},
      /no match: Rhombus does not have the access control group "Nobody"\.\n/,
    ],
    [
      "what has a name that is not known yet",
      { type: GROUP, name: "x", inputs: { name: UNKNOWN } },
      {},
      /no match: Its name is not known in a preview\.\n/,
    ],
    [
      "what is managed under another name",
      engineering,
      { resources: [{ type: GROUP, urn: `urn:pulumi:dev::door::${GROUP}::old`, id: groups.engineering }] },
      /The stack has .* already, as "old"\. After a rename in the program, use `aliases`\.\n/,
    ],
    [
      "what the next deployment would replace",
      { ...engineering, inputs: { name: "Facilities", locationUuid: acme.locations.warehouse.uuid } },
      {},
      /Its locationUuid is "HOUxunVvR8W1ZPicEJOFNQ", and the program declares another value, which would replace it/,
    ],
    [
      "what the next deployment might replace",
      { ...engineering, inputs: { name: "Facilities", locationUuid: UNKNOWN } },
      {},
      /Its locationUuid is not known in a preview, and a value other than the current one would replace it\.\n/,
    ],
    [
      "what the next deployment might replace by a secret",
      { ...engineering, inputs: { name: "Facilities", locationUuid: "[secret]" } },
      {},
      /Its locationUuid is not known in a preview, and a value other than the current one would replace it\.\n/,
    ],
    [
      "what uses an explicit provider",
      { ...engineering, more: { provider: "second" } },
      {},
      /It uses the provider "second"\. Deploy that provider first, then run this with --provider second\.\n/,
    ],
  ];
  for (const [what, wanted, options, why] of unmatched) {
    it(`lists ${what}, imports the rest, and ends with 2`, async () => {
      const rest = { type: GROUP, name: "nights", inputs: { name: "Night shift" } };
      const project = await projectWith([wanted, rest], options);
      const { code, out } = await project.import({ match: true, apply: true });
      assert.equal(code, 2);
      assert.match(out, why);
      assert.deepEqual(
        project.given?.resources.map(({ name }) => name),
        ["nights"],
      );
    });
  }

  it("never chooses among several matches", async () => {
    const project = await projectWith([engineering], { behaviours: { groupNames: "duplicates" } });
    const other = project.console.addGroup({ name: "engineering" });
    const { code, out } = await project.import({ match: true });
    assert.equal(code, 2);
    assert.match(out, new RegExp(`no match: Rhombus has .* 2 times: ${groups.engineering}, ${other}\\.\n`));
  });

  it("gives an object to neither of two resources that match it", async () => {
    const project = await projectWith([engineering, { ...engineering, name: "eng2" }]);
    const { out } = await project.import({ match: true, apply: true });
    assert.match(out, /eng +no match: "eng2" manages the same object\./);
    assert.match(out, /There is nothing to import/);
    assert.equal(project.given, undefined);
  });

  it("keeps the parents that are needed, and no other resource", async () => {
    const own = { name: "inner", more: { parent: "inside" }, chain: "x:y:Site$x:y:Floor" };
    const others = [
      { type: "x:y:Site", name: "site", component: true },
      { type: "x:y:Floor", name: "inside", component: true, parent: "site" },
      { type: "x:y:Site", name: "other", component: true },
    ];
    const preview = previewOf([{ ...engineering, ...own }], { others });
    const project = await openProject({ preview });
    await project.import({ match: true, apply: true });
    assert.deepEqual(
      project.given?.resources.map(({ name }) => name),
      ["site", "inside", "inner"],
    );
    assert.equal(project.given?.resources[2]?.parent, "inside");
  });

  it("uses the explicit provider that is asked for", async () => {
    const urn = `urn:pulumi:dev::door::${PROVIDER}::second`;
    const wanted = { ...engineering, more: { provider: "p" } };
    const { emulator } = await openProject();
    const inputs = { "rhombus:apiKey": acme.apiKey, "rhombus:endpoint": emulator.url };
    const project = await openProject({
      seed: "campus",
      preview: previewOf([wanted, { ...engineering, name: "default" }], { nameTable: { p: urn } }),
      resources: [{ urn, type: PROVIDER, inputs }],
    });
    const { out } = await project.import({ match: true, apply: true, provider: "second" });
    assert.match(out, /default +no match: It uses the stack config\. Run this without --provider\./);
    assert.deepEqual(project.given?.nameTable, { p: urn });
    assert.deepEqual(
      project.given?.resources.map(({ name, provider }) => [name, provider]),
      [["eng", "p"]],
    );
  });

  it("is JSON for machines", async () => {
    const project = await projectWith([engineering, { type: GROUP, name: "x", inputs: { name: "Nobody" } }]);
    const { out } = await project.import({ match: true, json: true });
    assert.deepEqual(JSON.parse(out), {
      matched: [{ type: "AccessControlGroup", name: "eng", id: groups.engineering }],
      unmatched: [
        { type: "AccessControlGroup", name: "x", why: 'Rhombus does not have the access control group "Nobody".' },
      ],
    });
  });

  it("shows the error of a failed preview", async () => {
    const project = await openProject();
    await assert.rejects(project.import({ match: true }), /the preview failed/);
  });

  it("ends with 2 where no resource has such a name, and with 0 where the stack has it already", async () => {
    const resources = [{ type: GROUP, urn: `urn:pulumi:dev::door::${GROUP}::nights`, id: groups.nightShift }];
    const project = await projectWith([engineering], { resources });
    assert.equal((await project.import({ match: true, name: "nobody" })).code, 2);
    assert.equal((await project.import({ match: true, only: ["KisiIntegration"] })).code, 2);
    assert.equal((await project.import({ match: true, name: "nights" })).code, 0);
  });

  it("removes colours from the errors of a program", async () => {
    const stdout = JSON.stringify({ diagnostics: [{ message: "thrown \u001b[90mat Module._compile\u001b[39m" }] });
    const run = async () => {
      throw new PulumiCliError("the preview failed", false, stdout);
    };
    await assert.rejects(previewProgram({ run }), { message: "thrown at Module._compile\nthe preview failed" });
  });

  it("imports nothing for a program that would create nothing", async () => {
    const project = await projectWith([]);
    const { code, out } = await project.import({ match: true, apply: true });
    assert.equal(code, 0);
    assert.match(out, /\nThe program would create no such resource\.\n\nThere is nothing to import\.\n/);
  });
});
