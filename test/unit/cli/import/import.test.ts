import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../../provider/emulator";
import { resourceTypes } from "../../../../provider/resources/registry";
import { calls, count } from "../../../drivers/calls";
import { inStack, providerUrn } from "../scriptedCli";
import { assertNothingSecret, closeProjects, openProject } from "./testProject";

const { acme } = campusSeed;
const { groups } = livedInSeed;

describe("pulumi-rhombus import: the list", () => {
  afterEach(closeProjects);

  it("has everything that can be managed, with what it contains, and no group of guest hosts", async () => {
    const project = await openProject();
    const { code, out, err } = await project.import();
    assert.equal(code, 0);
    assert.match(out, /^Acme Robotics \(2uVVrIrfR22PS0zgP8gJHg\): 10 objects, 0 of them in the stack already\.\n/);
    assert.match(out, /OnGuardIntegration +Headquarters OnGuard +2 doors +-\n/);
    assert.match(out, /KisiIntegration +Kisi +2 places, 1 door +-\n/);
    assert.match(out, /AccessControlGroup +Everyone +11 members +-\n/);
    assert.doesNotMatch(out, /Guest hosts/);
    assertNothingSecret(out + err);
  });

  it("marks what the stack manages: not what it only reads, nor what belongs to another organization", async () => {
    const other = { outputs: { orgUuid: campusSeed.bluebird.orgUuid }, provider: `${providerUrn("clinics")}::id` };
    const project = await openProject({
      resources: [
        inStack("AccessControlGroup", "nights", groups.nightShift),
        inStack("AccessControlGroup", "everybody", groups.everyone, { external: true }),
        inStack("GeneaIntegration", "clinic", "genea", other),
      ],
    });
    const { out } = await project.import();
    assert.match(out, /10 objects, 1 of them in the stack/);
    assert.match(out, /Night shift +1 member +nights\n/);
    assert.match(out, /Genea +2 doors +-\n/);
  });

  it("is read by one listing for each kind and one call for the members of each group", async () => {
    const project = await openProject();
    await project.import();
    assert.deepEqual(project.writes(), []);
    assert.equal(count(project.emulator, "findAccessControlGroupsByOrg"), 1);
    assert.equal(count(project.emulator, "findAllUsersForAccessControlGroup"), 6);
    assert.equal(calls(project.emulator).length, 6 + resourceTypes.length + 1);
  });

  it("has only the types and names that are asked for, and does not read the others", async () => {
    const project = await openProject();
    const { out } = await project.import({ only: ["AccessControlGroup"], name: "*SHIF?" });
    assert.match(out, /Night shift/);
    assert.doesNotMatch(out, /Engineering|Kisi/);
    assert.ok(!calls(project.emulator).includes("getKisiIntegrationV2"));
  });

  const filters = [
    { name: "Nobody*" },
    { only: ["KisiIntegration"] as const },
    { only: ["KisiIntegration"] as const, name: "Nobody*" },
  ];
  for (const filter of filters) {
    it(`exits with 2 if nothing matches ${Object.keys(filter).join(" and ")}`, async () => {
      const project = await openProject();
      project.console.removeKisi();
      const { code, out } = await project.import(filter);
      assert.equal(code, 2);
      const options = Object.keys(filter).map((option) => `--${option}`);
      assert.ok(out.includes(`gJHg) has no object that matches ${options.join(" and ")}.\n`), out);
    });
  }

  it("is JSON for machines, and nothing else goes to the standard output", async () => {
    const project = await openProject({ resources: [inStack("GeneaIntegration", "genea", "genea")] });
    const { out } = await project.import({ json: true, apply: true, dryRun: true });
    const { organization, objects } = JSON.parse(out);
    assert.deepEqual(organization, { uuid: acme.orgUuid, name: acme.name });
    assert.deepEqual(objects[2], {
      type: "GeneaIntegration",
      id: "genea",
      label: "Genea",
      name: "genea",
      managed: true,
    });
    assert.equal(objects.length, 10);
    assertNothingSecret(out);
  });

  it("lists objects that no program can declare as they are, and exits with 2", async () => {
    const project = await openProject();
    project.console.addOnGuard({ rhombusToken: "AAAAAAAAAAAAAAAAAAAAAA", doorInfoMap: { "01:4": { doorName: "A" } } });
    const { code, out } = await project.import();
    assert.equal(code, 2);
    assert.match(out, /cannot be imported\n/);
    assert.match(out, /OnGuardIntegration "\(unnamed\)": displayName is required\.\n/);
    assert.match(out, /OnGuardIntegration "\(unnamed\)": doorInfoMap\["01:4"\]: write "1:4"/);
  });

  for (const notConfigured of ["null", "absent", "default-object", "error-text"] as const) {
    for (const kisiVersions of ["separate", "v1-removed"] as const) {
      it(`is empty if reads answer ${notConfigured} and Kisi is ${kisiVersions}`, async () => {
        const project = await openProject({ seed: "campus", behaviours: { notConfigured, kisiVersions } });
        const { code, out } = await project.import();
        assert.deepEqual(
          [code, out],
          [0, "Acme Robotics (2uVVrIrfR22PS0zgP8gJHg) has no object that this package can manage.\n"],
        );
      });
    }
  }

  it("refuses the organization that the key opens where the settings name another one", async () => {
    const project = await openProject({ config: { "rhombus:orgUuid": campusSeed.bluebird.orgUuid } });
    await assert.rejects(
      project.import(),
      /The settings name the organization lWrTLMVzRGGwhoCA6GIcvg, but the key belongs to/,
    );
    assert.deepEqual(calls(project.emulator), ["getOrgV2"]);
  });

  it("shows how to leave out types that the key may not read", async () => {
    const project = await openProject();
    const operation = "getGeneaIntegration";
    project.emulator.fail({ operation, with: { kind: "status", status: 403 }, times: 9 });
    const only = ["OnGuardIntegration", "KisiIntegration", "AccessControlGroup", "Schedule", "AccessGrant"] as const;
    await assert.rejects(project.import(), new RegExp(`getGeneaIntegration failed.*--only ${only.join(" ")}\\.`));
    assert.match((await project.import({ only })).out, /9 objects/);
  });
});
