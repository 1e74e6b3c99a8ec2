import assert from "node:assert/strict";
import { prepare } from "../../../tools/setup.mjs";
import { Project } from "./project";

describe("the set-up of a checkout", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const setUp = (options: { engine?: boolean; nodeVersion?: string } = {}) =>
    prepare({ engine: false, root: project.checkout, env: project.env, log: project.log, ...options });

  it("installs and builds in a fresh clone, and reports both", async () => {
    await setUp();
    assert.deepEqual(project.npmCalls(), ["ci", "run build"]);
    assert.deepEqual(project.lines, ["installing the dependencies (npm ci)", "building dist (npm run build)"]);
  });

  it("does nothing the second time", async () => {
    await setUp();
    await setUp();
    assert.equal(project.npmCalls().length, 2);
  });

  it("does not build again if npm ci has built", async () => {
    project.npm({ ci: `mkdir -p node_modules; ${project.writeOutput()}; touch node_modules/.package-lock.json` });
    await setUp();
    assert.deepEqual(project.npmCalls(), ["ci"]);
  });

  it("installs again if the lockfile is newer than the installation", async () => {
    await setUp();
    project.age("node_modules/.package-lock.json", 60);
    await setUp();
    assert.deepEqual(project.npmCalls(), ["ci", "run build", "ci"]);
  });

  for (const [what, change] of [
    ["a source has changed", (): void => project.write("provider/index.ts", "export const one = 1;")],
    ["a source is new", (): void => project.write("provider/core/new.ts", "export {};")],
    ["the compiler's settings have changed", (): void => project.write("tsconfig.build.json", '{"include":[]}')],
    ["another build has written dist since", (): void => project.age("dist/index.js", 60)],
  ] as const) {
    it(`builds again when ${what}`, async () => {
      await setUp();
      change();
      await setUp();
      assert.deepEqual(project.npmCalls(), ["ci", "run build", "run build"]);
    });
  }

  it("does not build again if a source was saved without a change", async () => {
    await setUp();
    project.age("provider/index.ts", -60);
    await setUp();
    assert.equal(project.npmCalls().length, 2);
  });

  it("builds again after a failed build", async () => {
    project.npm({ build: `${project.writeOutput()}; exit 2` });
    await assert.rejects(setUp(), /npm run build failed \(exit 2\)/);
    project.npm();
    await setUp();
    assert.deepEqual(project.npmCalls(), ["ci", "run build", "run build"]);
  });

  it("stops when the installation fails", async () => {
    project.npm({ ci: "exit 1" });
    await assert.rejects(setUp(), /npm ci failed \(exit 1\)/);
    assert.deepEqual(project.npmCalls(), ["ci"]);
  });

  for (const version of ["18.20.4", "20.18.3"]) {
    it(`refuses Node ${version} before anything else`, async () => {
      await assert.rejects(setUp({ nodeVersion: version }), new RegExp(`Node 20.19 or newer is needed; .* ${version}`));
      assert.deepEqual(project.npmCalls(), []);
    });
  }

  it("accepts Node 20.19 and 24", async () => {
    await setUp({ nodeVersion: "20.19.0" });
    await setUp({ nodeVersion: "24.1.0" });
  });

  it("provides the engine only on request", async () => {
    project.pulumi("v3.240.0");
    assert.deepEqual(await setUp(), {});
    const { engineBin } = await setUp({ engine: true });
    assert.ok(engineBin?.startsWith(project.engines));
  });
});
