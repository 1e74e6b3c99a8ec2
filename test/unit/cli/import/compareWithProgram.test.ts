import assert from "node:assert/strict";
import { livedInSeed } from "../../../../provider/emulator";
import { closeProjects, openProject, type ProjectOptions } from "./testProject";

const { groups } = livedInSeed;

/** A step of a preview for an imported group. `after`: its options in the program; `undefined` if it is not declared. */
function step(id: string, after?: { readonly protect?: boolean }): object {
  const type = "pulumi-nodejs:dynamic/rhombus:AccessControlGroup";
  const oldState = { type, id, protect: true };
  const urn = `urn:pulumi:dev::shop::${type}::night-shift`;
  if (after === undefined) return { op: "delete", urn, oldState };
  return { op: "same", urn, oldState, newState: { type, ...after } };
}

const stack = { op: "same", oldState: { type: "pulumi:pulumi:Stack" }, newState: { type: "pulumi:pulumi:Stack" } };
const only = ["AccessControlGroup"] as const;

/** A preview without JSON must not count as one of a program without resources. */
const noJson = { json: { toJSON: () => undefined } };

async function importedInto(afterImport: ProjectOptions["afterImport"], flags: object = {}) {
  const project = await openProject(afterImport && { afterImport });
  return project.import({ apply: true, only, name: "Night*", ...flags });
}

const undeclared = { fails: true, json: { steps: [stack, step(groups.nightShift)] } };
const unprotected = { json: { steps: [stack, step(groups.nightShift, {})] } };
const declared = { json: { steps: [stack, step(groups.nightShift, { protect: true })] } };

describe("pulumi-rhombus import --apply: the program", () => {
  afterEach(closeProjects);

  it("is compared: what it does not declare is named, with what happens to it and the way out", async () => {
    const { code, out } = await importedInto(undeclared, { stack: "prod" });
    assert.equal(code, 0);
    assert.match(
      out,
      /\nDeclare 1 resource in the program.* Until then `pulumi up` fails.* protected:\n {2}AccessControlGroup {2}night-shift\n/,
    );
    assert.match(out, /\n {2}npx pulumi-rhombus import --program rhombus\.ts --all --stack prod\n$/);
  });

  it("is not the one that was just written, which is said", async () => {
    const { err } = await importedInto(undeclared, { program: "-" });
    assert.match(err, /night-shift\nThe program that was just written declares them, once the stack uses it\.\n$/);
  });

  it("would delete what it does not declare after an import with --no-protect", async () => {
    const { out } = await importedInto(undeclared, { protect: false });
    assert.match(
      out,
      /\nDeclare 1 resource .* before the next `pulumi up`\. It deletes in Rhombus what is not declared:\n/,
    );
  });

  it("is compared even if the preview stops before it shows every deletion", async () => {
    const project = await openProject({ afterImport: { fails: true, json: { steps: [step(groups.everyone)] } } });
    const { out } = await project.import({ apply: true, only });
    assert.match(out, /\nDeclare 6 resources in the program/);
  });

  it("does not declare what only the refresh before the preview shows", async () => {
    const refreshed = { ...step(groups.nightShift, { protect: true }), op: "refresh" };
    const { out } = await importedInto({ ...undeclared, json: { steps: [refreshed, ...undeclared.json.steps] } });
    assert.match(out, /\nDeclare 1 resource in the program/);
  });

  it("removes the protection of what it declares without `protect`, which is said", async () => {
    const { out } = await importedInto(unprotected);
    assert.match(
      out,
      /\nSet the option `protect: true` on 1 resource .* removes the protection .*:\n {2}AccessC\w+ {2}night-shift\n/,
    );
    assert.doesNotMatch(out, /Declare/);
  });

  it("needs no remark if it declares everything as protected", async () => {
    const { out } = await importedInto(declared);
    assert.match(out, /`pulumi up`\.\n`pulumi preview` shows what the program would change\.\n$/);
  });

  it("is said not to be compared, with the reason, if its preview fails", async () => {
    const json = {
      steps: [stack],
      diagnostics: [{ message: "error: Running program failed with an exception:\nat line 1" }],
    };
    const { code, out } = await importedInto({ fails: true, json });
    assert.equal(code, 0);
    assert.match(
      out,
      /\nRun `pulumi preview` .* would delete\. .* could not be compared with the stack: Running program failed with an exception\.\n$/,
    );
  });

  it("is said not to be compared if its preview prints no JSON", async () => {
    assert.match(
      (await importedInto(noJson)).out,
      /could not be compared with the stack: `pulumi preview --json` printed no JSON\.\n$/,
    );
  });

  it("is compared for machines too", async () => {
    const named = [{ type: "AccessControlGroup", name: "night-shift" }];
    const result = async (afterImport: ProjectOptions["afterImport"]) => {
      const { imported, undeclared, unprotected } = JSON.parse((await importedInto(afterImport, { json: true })).out);
      return { imported, undeclared, unprotected };
    };
    assert.deepEqual(await result(undeclared), { imported: 1, undeclared: named, unprotected: [] });
    assert.deepEqual(await result(unprotected), { imported: 1, undeclared: [], unprotected: named });
    assert.deepEqual(await result(undefined), { imported: 1, undeclared: undefined, unprotected: undefined });
  });
});

describe("pulumi-rhombus import --program --all", () => {
  afterEach(closeProjects);

  it("declares what the stack manages as well, under the names that it has there", async () => {
    const project = await openProject();
    await project.import({ apply: true, only });
    const names = project.given?.resources.map(({ type, name, id }) => inState(type, name, id)) ?? [];
    project.has(...names);
    const { out } = await project.import({ program: "-", all: true, only });
    assert.equal(out.split("new rhombus.AccessControlGroup(").length, 7);
    assert.match(out, /"night-shift",\n/);
  });
});

function inState(type: string, name: string, id = ""): object {
  return { urn: `urn:pulumi:dev::shop::${type}::${name}`, type, id, outputs: {} };
}
