import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { KUBERNETES_VERSION } from "../../../tools/engine/kubernetesPlugin.mjs";
import { Project } from "./project";

const FOLDER = `kubernetes-${KUBERNETES_VERSION}-${process.platform}-${process.arch}`;

describe("npm run test:cloud", function () {
  this.timeout(60_000);
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.makeTestable();
    // Packs an empty package, and installs nothing.
    project.npm({
      ci: "mkdir node_modules",
      build: `case "$1" in
        pack) mkdir package; tar -czf "$4/package.tgz" package ;;
        *) ${project.writeOutput()} ;;
      esac`,
    });
    project.write("examples/kubernetes-secret/package-lock.json", "{}");
    project.write(
      "test/cloud/secret.test.ts",
      `const { existsSync } = require("node:fs");
const { PULUMI_RHOMBUS_CLOUD_INSTALLED: installed, PULUMI_RHOMBUS_CLOUD_PLUGINS: plugins } = process.env;
it("has the example", () => {
  if (!existsSync(installed + "/examples/kubernetes-secret/node_modules")) throw new Error(installed);
});
it("has the plugin", () => {
  if (!existsSync(plugins + "/resource-kubernetes-v${KUBERNETES_VERSION}")) throw new Error(plugins);
});`,
    );
  });
  afterEach(() => project.remove());

  const cachePlugin = () => {
    const plugins = ["cache/pulumi-rhombus/plugins", FOLDER, "plugins", `resource-kubernetes-v${KUBERNETES_VERSION}`];
    project.program("pulumi-resource-kubernetes", ":", project.folder(...plugins));
  };

  const run = (...args: string[]) => {
    const env = {
      ...project.env,
      PATH: `${project.bin}:/usr/bin:/bin`,
      TMPDIR: project.folder("temporary"),
      PULUMI_RHOMBUS_ENGINE: "path,cache",
    };
    const command = path.join(project.checkout, "tools/testCloud.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, encoding: "utf8" });
    return { status, last: stdout.trimEnd().split("\n").at(-1), output: stdout + stderr };
  };

  it("runs with the example and the plugin, and leaves nothing behind", () => {
    cachePlugin();
    for (const args of [[], ["--cached"]]) {
      const { status, last, output } = run(...args);
      assert.deepEqual([last, status], ["2 passed, 0 failed", 0], output);
    }
    const left = readdirSync(project.folder("temporary")).filter((name) => name.startsWith("rhombus-"));
    assert.deepEqual(left, []);
  });

  it("is skipped with --cached if the plugin is not in the cache, and says so in a line", () => {
    const { status, last, output } = run("--cached");
    assert.deepEqual([last, status], ["0 passed, 0 failed", 0]);
    assert.match(output, /^test:cloud: SKIPPED, because the Kubernetes plugin is not in the cache\. .*$/m);
    assert.deepEqual(
      project.callsOf("npm").filter((call) => call.startsWith("pack")),
      [],
    );
  });

  it("fails with the reasons without --cached, and if an option is unknown", () => {
    const { status, last, output } = run();
    assert.deepEqual([last, status], ["0 passed, 1 failed", 1]);
    assert.match(output, /No Kubernetes plugin\.\n {2}- path: .*\n {2}- cache: .* is missing\n/);
    const mistyped = run("--cache");
    assert.deepEqual([mistyped.last, mistyped.status], ["0 passed, 1 failed", 1]);
  });
});
