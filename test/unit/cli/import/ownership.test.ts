import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../../provider/emulator";
import { closeProjects, inStack, openProject } from "./importing";

const { acme, bluebird } = campusSeed;
const PROVIDER = "pulumi:providers:pulumi-nodejs";
const second = `urn:pulumi:dev::door::${PROVIDER}::second`;
const theirs = { outputs: { orgUuid: bluebird.orgUuid } };
const foreign = inStack("AccessControlGroup", "vets", "AAAAAAAAAAAAAAAAAAAAAA", theirs);
const both = new RegExp(`${acme.orgUuid}.*"vets", belong to the organization ${bluebird.orgUuid}\\. Use the key`);

describe("pulumi-rhombus import: a stack that has another organization's resources", () => {
  afterEach(closeProjects);

  for (const [what, options] of Object.entries({
    "--apply": { apply: true },
    "--dry-run --apply": { apply: true, dryRun: true },
    "--out": { out: "/nowhere/import.json" },
    "--program": { program: "-" },
    "--match --apply": { apply: true, match: true },
  })) {
    it(`is refused by ${what}, with both organizations and what to do`, async () => {
      const project = await openProject({ resources: [foreign] });
      await assert.rejects(project.import(options), both);
      assert.equal(project.given, undefined);
    });
  }

  it("is refused too where the key may not ask which organization it opens", async () => {
    const project = await openProject({ resources: [foreign], behaviours: { organizationReads: "refused" } });
    await assert.rejects(project.import({ apply: true }), both);
    assert.equal(project.given, undefined);
  });

  it("is a warning of the plain list, which then suggests no import", async () => {
    const project = await openProject({ resources: [foreign] });
    const { code, out } = await project.import();
    assert.equal(code, 0);
    assert.match(out, both);
    assert.match(out, /10 objects, 0 of them in the stack/);
    assert.doesNotMatch(out, /--apply/);
  });

  it("is fine where those are an explicit provider's and the stack config is meant", async () => {
    const project = await openProject({ resources: [{ ...foreign, provider: `${second}::id` }] });
    assert.equal((await project.import({ apply: true })).code, 0);
    assert.equal(project.given?.resources.length, 10);
  });

  it("is refused where those are of the explicit provider that is meant", async () => {
    const { emulator } = await openProject();
    const inputs = { "rhombus:apiKey": acme.apiKey, "rhombus:endpoint": emulator.url };
    const provider = { urn: second, type: PROVIDER, inputs };
    const project = await openProject({ resources: [provider, { ...foreign, provider: `${second}::id` }] });
    await assert.rejects(project.import({ apply: true, provider: "second" }), both);
    const mine = inStack("AccessControlGroup", "nights", livedInSeed.groups.nightShift);
    project.has(provider, mine, { ...foreign });
    assert.equal((await project.import({ apply: true, provider: "second", name: "Genea" })).code, 0);
  });
});
