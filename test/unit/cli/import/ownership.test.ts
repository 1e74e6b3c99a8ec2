import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../../provider/emulator";
import { inStack, providerInStack, providerUrn } from "../scriptedCli";
import { closeProjects, openProject } from "./testProject";

const { acme, bluebird } = campusSeed;
const second = providerUrn("second");
const foreign = inStack("AccessControlGroup", "vets", "vets", { outputs: { orgUuid: bluebird.orgUuid } });
const both = new RegExp(
  `^Error: Use the key of the organization ${bluebird.orgUuid}, .* open .*${acme.orgUuid}.*"vets", belong`,
);

describe("pulumi-rhombus import: a stack that has another organization's resources", () => {
  afterEach(closeProjects);

  const writing = [
    { apply: true },
    { apply: true, dryRun: true },
    { out: "/nowhere/import.json" },
    { program: "-" },
    { apply: true, match: true },
  ];
  for (const organizationReads of ["allowed", "refused"] as const) {
    for (const options of organizationReads === "allowed" ? writing : writing.slice(0, 1)) {
      it(`is refused by ${JSON.stringify(options)} if reads of the organization are ${organizationReads}`, async () => {
        const project = await openProject({ resources: [foreign], behaviours: { organizationReads } });
        await assert.rejects(project.import(options), both);
        assert.equal(project.given, undefined);
      });
    }
  }

  for (const json of [false, true]) {
    it(`is an error after the list${json ? " in JSON" : ""}, which suggests no import`, async () => {
      const project = await openProject({ resources: [foreign] });
      await assert.rejects(project.import({ json }), both);
      assert.match(project.out, json ? /"Night shift"/ : /10 objects, 0 of them in the stack/);
      assert.doesNotMatch(project.out, /--apply|belong/);
    });
  }

  it("is an error of --match before the program runs", async () => {
    const project = await openProject({ resources: [foreign] });
    await assert.rejects(project.import({ match: true }), both);
    assert.ok(project.commands.every(([command]) => command !== "preview"));
  });

  it("is accepted if they use another provider than the import, and refused if they use the same one", async () => {
    const theirs = { ...foreign, provider: `${second}::id` };
    const project = await openProject({ resources: [theirs] });
    const provider = providerInStack(second, project.emulator.url);
    assert.equal((await project.import({ apply: true })).code, 0);
    project.has(provider, theirs);
    await assert.rejects(project.import({ apply: true, provider: "second" }), both);
    project.has(provider, inStack("AccessControlGroup", "nights", livedInSeed.groups.nightShift), foreign);
    assert.equal((await project.import({ apply: true, provider: "second", name: "Genea" })).code, 0);
  });
});
