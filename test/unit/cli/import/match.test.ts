import assert from "node:assert/strict";
import { previewProgram } from "../../../../provider/cli/import/preview";
import { PulumiCliError } from "../../../../provider/cli/pulumi/pulumiCli";
import { campusSeed, livedInSeed } from "../../../../provider/emulator";
import { inStack, providerInStack, providerUrn } from "../scriptedCli";
import { closeProjects, openProject, type ProjectOptions, type TestProject } from "./testProject";

const { acme } = campusSeed;
const { groups } = livedInSeed;

const type = (short: string) => `pulumi-nodejs:dynamic/rhombus:${short}`;

/** The text of a preview for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource that a program would create. Default: a group. */
interface Wanted {
  readonly type?: string;
  readonly name: string;
  readonly inputs?: object;
  /** The types of its parents. */
  readonly parents?: string;
  /** Further properties of its entry in the import file. */
  readonly more?: object;
  /** The URN of its provider. Default: the default provider. */
  readonly provider?: string;
}

/** The output of `pulumi preview` for a program, with the import file that it writes. */
function previewOf(wanted: readonly Wanted[], file: { nameTable?: object; others?: readonly object[] } = {}) {
  const all = wanted.map((each) => ({ ...each, type: each.type ?? type("AccessControlGroup") }));
  const specs = all.map(({ type, name, more }) => ({ type, name, id: "<PLACEHOLDER>", ...more }));
  const steps = all.map(({ type, name, inputs, parents = "", provider = providerUrn("default_3_0_0") }) => ({
    op: "create",
    urn: `urn:pulumi:dev::shop::${parents}${type}::${name}`,
    newState: { type, inputs: { __provider: "…", ...inputs }, provider: `${provider}::${UNKNOWN}` },
  }));
  const { nameTable, others = [] } = file;
  const stack = { op: "create", urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", newState: {} };
  return {
    json: { steps: [stack, ...steps] },
    file: { ...(nameTable && { nameTable }), resources: [...others, ...specs] },
  };
}

/** A project with a program that would create some resources. */
function projectWith(wanted: readonly Wanted[], options: ProjectOptions = {}): Promise<TestProject> {
  return openProject({ preview: previewOf(wanted), ...options });
}

/** The group `Facilities`, with a location that the program declares. */
const facilities = (locationUuid: string) => ({ name: "x", inputs: { name: "Facilities", locationUuid } });
const engineering: Wanted = { name: "eng", inputs: { name: "ENGINEERING " } };
const nights: Wanted = { name: "nights", inputs: { name: "Night shift" } };
const nobody: Wanted = { name: "x", inputs: { name: "Nobody" } };
const kisi: Wanted = { type: type("KisiIntegration"), name: "badges", inputs: { apiSecretKey: "[secret]" } };

describe("pulumi-rhombus import --match", () => {
  afterEach(closeProjects);

  it("finds objects by natural key, without a write", async () => {
    const project = await projectWith([engineering, kisi, nobody]);
    const { code, out } = await project.import({ match: true });
    assert.equal(code, 2);
    assert.match(out, new RegExp(`AccessControlGroup +eng +${groups.engineering}\\n`));
    assert.match(out, /KisiIntegration +badges +kisi\n/);
    const { out: json } = await project.import({ match: true, json: true, only: ["AccessControlGroup"] });
    assert.deepEqual(JSON.parse(json), {
      matched: [{ type: "AccessControlGroup", name: "eng", id: groups.engineering }],
      unmatched: [
        { type: "AccessControlGroup", name: "x", why: 'Rhombus does not have the access control group "Nobody".' },
      ],
    });
    assert.deepEqual([project.writes(), project.given], [[], undefined]);
  });

  it("imports the values of the object, so that other declared values are a change", async () => {
    const inputs = { name: "Engineering", description: "Other words", membership: "additive", adopt: true };
    const project = await projectWith([{ ...engineering, inputs }]);
    await project.import({ match: true, apply: true });
    const { stack, program } = project.imported();
    const live = { name: "Engineering", description: "Robot lab and server room", membership: "additive" };
    assert.deepEqual(program.eng?.inputs, live);
    assert.deepEqual(await stack.preview(program), { eng: "same" });
    assert.deepEqual(await stack.preview({ eng: { type: "AccessControlGroup", inputs } }), { eng: "update" });
  });

  it("stores a location that the program does not declare", async () => {
    const project = await projectWith([{ ...engineering, inputs: { name: "Facilities" } }]);
    assert.equal((await project.import({ match: true, apply: true })).code, 0);
    const { stack, program } = project.imported();
    const { __observed: before } = project.given?.resources[0]?.outputs ?? {};
    const at = ({ uuid: locationUuid }: { uuid: string }) =>
      stack.preview({ eng: { type: "AccessControlGroup", inputs: { name: "Facilities", locationUuid } } });
    assert.deepEqual(await stack.preview(program), { eng: "same" });
    assert.deepEqual(await at(acme.locations.headquarters), { eng: "update" });
    assert.deepEqual(await at(acme.locations.warehouse), { eng: "replace" });
    await stack.refresh();
    assert.deepEqual(stack.stored("eng").outputs.__observed, before);
  });

  it("imports a vendor key that reads return, and names it if they do not", async () => {
    const shown = await projectWith([kisi]);
    await shown.import({ match: true, apply: true });
    assert.equal(shown.given?.resources[0]?.inputs?.apiSecretKey, acme.kisi.apiSecretKey);
    const hidden = await projectWith([kisi], { behaviours: { vendorKeyReads: "masked" } });
    const { out } = await hidden.import({ match: true, apply: true });
    assert.match(out, /No read shows apiSecretKey of "badges", so the next `pulumi up` sends it/);
    assert.ok(!("apiSecretKey" in (hidden.given?.resources[0]?.inputs ?? {})));
  });

  const hiddenLocation =
    "Its locationUuid is not known in a preview, and a value other than the current one would replace the object.";
  const unmatched: readonly (readonly [what: string, wanted: Wanted, why: string, options?: ProjectOptions])[] = [
    ["without an object", nobody, 'Rhombus does not have the access control group "Nobody".'],
    ["with an unknown name", { name: "x", inputs: { name: UNKNOWN } }, "Its name is not known in a preview."],
    [
      "that the stack manages under another name",
      engineering,
      'already, as "old". After a rename in the program, use `aliases`.',
      { resources: [inStack("AccessControlGroup", "old", groups.engineering)] },
    ],
    [
      "that the next deployment would replace",
      facilities(acme.locations.warehouse.uuid),
      'Its locationUuid is "HOUxunVvR8W1ZPicEJOFNQ", and the program declares another value, which would replace the object.',
    ],
    ["with an unknown location", facilities(UNKNOWN), hiddenLocation],
    ["with a secret location", facilities("[secret]"), hiddenLocation],
    [
      "of an explicit provider",
      { ...engineering, provider: providerUrn("second"), more: { provider: "second" } },
      'It uses the provider "second". Deploy that provider first, then run this with --provider second.',
    ],
  ];
  for (const [what, wanted, why, options] of unmatched) {
    it(`lists a resource ${what}, imports the rest, and exits with 2`, async () => {
      const project = await projectWith([wanted, nights], options);
      const { code, out } = await project.import({ match: true, apply: true });
      assert.equal(code, 2);
      assert.ok(out.includes(`${why}`) && out.includes("no match: "), out);
      assert.deepEqual(Object.keys(project.imported().program), ["nights"]);
    });
  }

  it("never chooses among several objects, or among several resources", async () => {
    const duplicates = await projectWith([engineering], { behaviours: { groupNames: "duplicates" } });
    const other = duplicates.console.addGroup({ name: "engineering" });
    const { code, out } = await duplicates.import({ match: true });
    assert.equal(code, 2);
    assert.match(out, new RegExp(`no match: Rhombus has .* 2 times: ${groups.engineering}, ${other}\\.\n`));
    const project = await projectWith([engineering, { ...engineering, name: "eng2" }]);
    const none = await project.import({ match: true, apply: true });
    assert.match(none.out, /eng +no match: "eng2" manages the same object\.[\s\S]*There is nothing to import/);
    assert.equal(project.given, undefined);
  });

  it("keeps the parents that are needed, and no other resource", async () => {
    const inner = { ...engineering, name: "inner", more: { parent: "inside" }, parents: "x:y:Site$x:y:Floor$" };
    const others = [
      { type: "x:y:Site", name: "site", component: true },
      { type: "x:y:Floor", name: "inside", component: true, parent: "site" },
      { type: "x:y:Site", name: "other", component: true },
    ];
    const project = await openProject({ preview: previewOf([inner], { others }) });
    await project.import({ match: true, apply: true });
    const given = project.given?.resources.map(({ name, parent }) => [name, parent]);
    assert.deepEqual(given, [
      ["site", undefined],
      ["inside", "site"],
      ["inner", "inside"],
    ]);
  });

  for (const name of ["constructor", "__proto__", "toString", "a::b", "x$y z"]) {
    it(`finds resources called ${name}, in a component of that name that is in the stack, and in one that is not`, async () => {
      const inStackAlready = providerUrn(name).replace(/pulumi:providers.*::/, "x:y:constructor::");
      const component = { type: "x:y:Site", name: "new", logicalName: name, component: true };
      const wanted = [
        { ...engineering, name, more: { parent: name }, parents: "x:y:constructor$" },
        { ...nights, name, more: { parent: "new" }, parents: "x:y:Site$" },
      ];
      const nameTable = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(inStackAlready)}}`);
      const project = await openProject({ preview: previewOf(wanted, { nameTable, others: [component] }) });
      const { code, out } = await project.import({ match: true, apply: true });
      assert.equal(code, 0, out);
      assert.deepEqual(Object.entries(project.given?.nameTable ?? {}), [[name, inStackAlready]]);
      const given = project.given?.resources.map(({ id, logicalName, parent }) => [id, logicalName, parent]);
      assert.deepEqual(given, [
        [undefined, name, undefined],
        [groups.engineering, undefined, name],
        [groups.nightShift, undefined, "new"],
      ]);
    });
  }

  it("uses the explicit provider that is named", async () => {
    const urn = providerUrn("second");
    const wanted = [{ ...engineering, provider: urn, more: { provider: "p" } }, nights];
    const { emulator } = await openProject();
    const project = await openProject({
      seed: "campus",
      preview: previewOf(wanted, { nameTable: { p: urn } }),
      resources: [providerInStack(urn, emulator.url)],
    });
    const { out } = await project.import({ match: true, apply: true, provider: "second" });
    assert.match(out, /nights +no match: It uses the stack config\. Run this without --provider\./);
    assert.deepEqual(project.given?.nameTable, { p: urn, "second (provider)": urn });
    assert.deepEqual(
      project.given?.resources.map(({ name, provider }) => [name, provider]),
      [["eng", "second (provider)"]],
    );
  });

  // Pulumi leaves out providers of such names, because the names of default providers begin like this.
  for (const name of ["default", "default_1_2_0", "default-eu", "defaults"]) {
    it(`uses the explicit provider ${name}, which Pulumi does not write into the import file`, async () => {
      const urn = providerUrn(name);
      const { emulator } = await openProject();
      const project = await openProject({
        seed: "campus",
        preview: previewOf([{ ...engineering, provider: urn }, nights]),
        resources: [providerInStack(urn, emulator.url)],
      });
      const without = await project.import({ match: true });
      assert.match(
        without.out,
        new RegExp(`eng +no match: It uses the provider "${name}"\\. Run this with --provider`),
      );
      const { out } = await project.import({ match: true, apply: true, provider: name });
      assert.match(out, /nights +no match: It uses the stack config\. Run this without --provider\./);
      const reference = `${name} (provider)`;
      assert.deepEqual(project.given?.nameTable, { [reference]: urn });
      assert.deepEqual(
        project.given?.resources.map((each) => [each.name, each.provider]),
        [["eng", reference]],
      );
    });
  }

  it("shows the errors of a failed preview, without colours", async () => {
    const stdout = JSON.stringify({ diagnostics: [{ message: "thrown \u001b[90mat Module._compile\u001b[39m" }] });
    const run = async () => {
      throw new PulumiCliError("the preview failed", false, stdout);
    };
    await assert.rejects(previewProgram({ run }, new Map()), {
      message: "thrown at Module._compile\nthe preview failed",
    });
  });

  it("works in a stack that has protected resources which the program does not declare", async () => {
    const undeclared = ["one", "two"].map((name) => `urn:pulumi:dev::shop::${type("AccessControlGroup")}::${name}`);
    const project = await openProject({ preview: { ...previewOf([engineering]), undeclared } });
    const { code, out } = await project.import({ match: true, apply: true });
    assert.equal(code, 0);
    assert.match(out, /Imported 1 object as protected/);
  });

  it("is an error if the preview prints no JSON, instead of a program without resources", async () => {
    await assert.rejects(
      previewProgram({ run: async () => "warning: {}" }, new Map()),
      /`pulumi preview --json` printed no JSON/,
    );
  });

  it("exits with 2 if a filter matches no resource of the program or the stack", async () => {
    const resources = [inStack("AccessControlGroup", "nights", groups.nightShift)];
    const project = await projectWith([engineering], { resources });
    assert.equal((await project.import({ match: true, name: "nobody" })).code, 2);
    assert.equal((await project.import({ match: true, only: ["KisiIntegration"] })).code, 2);
    assert.equal((await project.import({ match: true, name: "nights" })).code, 0);
  });

  it("imports nothing for a program that would create nothing", async () => {
    const project = await projectWith([]);
    const { code, out } = await project.import({ match: true, apply: true });
    assert.equal(code, 0);
    assert.match(
      out,
      /\nThe program would create no resource that this package can manage\.\n\nThere is nothing to import\.\n/,
    );
  });
});
