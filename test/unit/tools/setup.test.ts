import assert from "node:assert/strict";
import { prepare } from "../../../tools/setup.mjs";
import { Project } from "./project";

describe("the set-up of a checkout", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const setUp = (options: { nodeVersion?: string; install?: boolean } = {}) =>
    prepare({ engine: false, root: project.checkout, env: project.env, log: project.log, ...options });

  it("installs and builds in a fresh clone, reports both, and does nothing the second time", async () => {
    await setUp();
    await setUp();
    assert.deepEqual(project.callsOf("npm"), ["ci", "run build"]);
    assert.deepEqual(project.lines, ["installing the dependencies (npm ci)", "building dist (npm run build)"]);
  });

  it("does not build again if npm ci has built", async () => {
    project.npm({ ci: `mkdir -p node_modules; ${project.writeOutput()}; touch node_modules/.package-lock.json` });
    await setUp();
    assert.deepEqual(project.callsOf("npm"), ["ci"]);
  });

  it("installs again if the lockfile is newer than the installation", async () => {
    await setUp();
    project.age("node_modules/.package-lock.json", 60);
    await setUp();
    assert.deepEqual(project.callsOf("npm"), ["ci", "run build", "ci"]);
  });

  it("installs nothing for tests, and builds if dist is out of date", async () => {
    await setUp({ install: false });
    await setUp({ install: false });
    assert.deepEqual(project.callsOf("npm"), ["run build"]);
  });

  it("builds again when a source or a setting has changed, or another build has written dist", async () => {
    await setUp();
    const changes = [
      () => project.write("provider/index.ts", "export const one = 1;"),
      () => project.write("provider/core/new.ts", "export {};"),
      () => project.write("tsconfig.build.json", '{"include":[]}'),
      () => project.age("dist/index.js", 60),
    ];
    for (const [index, change] of changes.entries()) {
      project.age("provider/index.ts", -60);
      await setUp();
      change();
      await setUp();
      assert.equal(project.callsOf("npm").length, 3 + index);
    }
  });

  it("stops if the installation or the build fails, and builds again", async () => {
    project.npm({ ci: "exit 1" });
    await assert.rejects(setUp(), /npm ci failed \(exit 1\)/);
    project.npm({ build: `${project.writeOutput()}; exit 2` });
    await assert.rejects(setUp(), /npm run build failed \(exit 2\)/);
    project.npm();
    await setUp();
    assert.deepEqual(project.callsOf("npm"), ["ci", "ci", "run build", "run build"]);
  });

  it("refuses a Node older than 20.19 before anything else", async () => {
    for (const nodeVersion of ["18.20.4", "20.18.3"]) {
      await assert.rejects(setUp({ nodeVersion }), new RegExp(`Node 20.19 or newer is needed; .* ${nodeVersion}`));
    }
    assert.deepEqual(project.callsOf("npm"), []);
    for (const nodeVersion of ["20.19.0", "24.1.0"]) await setUp({ nodeVersion });
  });
});
