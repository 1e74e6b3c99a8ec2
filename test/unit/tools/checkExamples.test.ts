import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { Project } from "./project";

const TEST = `import { it } from "mocha";\nimport { answer } from "./index.js";\n`;

describe("npm run check:examples", function () {
  this.timeout(60_000);
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.makeTestable();
    // Packs an empty package, and installs the packages of the checkout.
    project.npm({
      ci: `case "$PWD" in */broken) echo "no such version" >&2; exit 1 ;; esac; ln -s "${project.checkout}/node_modules" node_modules`,
      build: `case "$1" in
        pack) mkdir package; tar -czf "$4/package.tgz" package ;;
        *) ${project.writeOutput()} ;;
      esac`,
    });
  });
  afterEach(() => project.remove());

  const example = (name: string, program: string, test = `${TEST}it("is right", () => void answer);`) => {
    const settings = {
      compilerOptions: { noEmit: true, module: "node16", skipLibCheck: true, types: [], lib: ["es2022"] },
    };
    project.write(`examples/${name}/package-lock.json`, "{}");
    project.write(`examples/${name}/package.json`, JSON.stringify({ mocha: { import: "tsx" } }));
    project.write(`examples/${name}/tsconfig.json`, JSON.stringify(settings));
    project.write(`examples/${name}/index.ts`, program);
    project.write(`examples/${name}/index.test.ts`, test);
  };

  const check = (...names: string[]) => {
    const command = path.join(project.checkout, "tools/checkExamples.mjs");
    const env = { ...project.env, PATH: `${project.env.PATH}:/usr/bin:/bin`, TMPDIR: project.folder("temporary") };
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...names], { env, encoding: "utf8" });
    return { status, last: stdout.trimEnd().split("\n").at(-1), output: stdout + stderr };
  };

  it("compiles and tests the example that is named, and leaves nothing behind", () => {
    example("one", "export const answer: number = 42;");
    example("broken", "");
    const { status, last, output } = check("one");
    assert.equal(last, "1 passed, 0 failed", output);
    assert.equal(status, 0);
    const left = readdirSync(project.folder("temporary")).filter((name) => name.startsWith("rhombus-"));
    assert.deepEqual(left, []);
    assert.ok(!readdirSync(path.join(project.checkout, "examples/one")).includes("node_modules"));
  });

  it("refuses a name that is not one of an example with a lock file", () => {
    example("one", "");
    project.write("examples/quickstart/index.ts", "");
    const { last, output } = check("quickstart");
    assert.match(output, /Name one of one; for quickstart run npm test in the folder: there is no lock file\./);
    assert.equal(last, "0 passed, 1 failed");
  });

  it("counts as failed what cannot be installed or compiled, or has no test", () => {
    project.write("examples/quickstart/index.ts", "");
    example("broken", "");
    example("mistyped", "export const answer: number = 'text';");
    example("right", "export const answer: number = 42;");
    example("untested", "export const answer: number = 42;", "export {};");
    const { status, last, output } = check();
    assert.equal(last, "1 passed, 3 failed", output);
    assert.match(output, /no such version/);
    assert.match(output, /Type 'string' is not assignable to type 'number'/);
    assert.match(output, /no test in \*\.test\.ts/);
    assert.equal(status, 1);
  });
});
