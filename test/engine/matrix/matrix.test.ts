import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureMatrix, type InstalledNode, type InstalledSdk } from "../../../tools/matrix/matrix.mjs";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../../tools/matrix/versions.mjs";
import { assumePrepared, prepare } from "../../../tools/setup.mjs";
import { describeLong } from "../../longRun";
import { reportCounts } from "../../reportCounts";
import { Command } from "../command";

const ROOT = path.resolve(__dirname, "../../..");

/** The suites: the gRPC driver, an example as a user deploys it, and the four resources up to `destroy`. */
const SUITES = ["test/laws/grpc/*.test.ts", "test/engine/examples.test.ts", "test/engine/lifecycle.test.ts"];

/** The smallest number of tests of a combination: a selection that finds none must not pass. */
const FEWEST = 30;

/** The files that the suites need. */
const COPIED = [
  ...["dist", "examples", "provider", "test", "tools", "Pulumi.yaml"],
  ...["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json", ".mocharc.json"],
];

/** The packages that the tests must share with the SDK, since both talk through them. */
const SHARED_WITH_SDK = ["@pulumi", "@grpc", "google-protobuf"];

/** The result of the suites. */
interface Result {
  /** The versions that were in use, such as `20.19.0,3.216.0`. */
  readonly versions: string;
  readonly passed: number;
  readonly failed: number;
  /** The whole output. */
  readonly output: string;
}

describeLong("the supported versions", function () {
  this.timeout(3_600_000);
  const results = new Map<string, Result>();

  before("runs the suites, one combination on each core", async () => {
    const { engineBin = "" } = await prepare({ engine: true, install: false, log: () => {} });
    const { nodes, sdks } = await ensureMatrix();
    const queue = nodes.flatMap((node) => sdks.map((sdk) => ({ node, sdk })));
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        results.set(`${next.node.version},${next.sdk.version}`, await runSuites(next.node, next.sdk, engineBin));
      }
    };
    await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  });

  for (const node of NODE_VERSIONS) {
    for (const sdk of SDK_VERSIONS) {
      it(`Node ${node} with SDK ${sdk} passes the gRPC driver and the engine`, () => {
        const { versions, failed = 1, passed = 0, output } = results.get(`${node},${sdk}`) ?? {};
        assert.equal(versions, `${node},${sdk}`);
        assert.ok(failed === 0 && passed >= FEWEST, output);
      });
    }
  }

  after("prints the number of tests", () => {
    const sum = (count: "passed" | "failed") => [...results.values()].reduce((total, each) => total + each[count], 0);
    const versions = `Node ${NODE_VERSIONS.join(", ")} × SDK ${SDK_VERSIONS.join(", ")}`;
    reportCounts(`matrix: ${versions}: ${sum("passed")} passed, ${sum("failed")} failed`);
  });
});

/** Runs the suites with a Node in a copy of the checkout that has an SDK. The provider's processes run on this Node too. */
async function runSuites(node: InstalledNode, sdk: InstalledSdk, engineBin: string): Promise<Result> {
  const checkout = copyCheckout(sdk);
  const report = path.join(checkout, "report.json");
  const searched = [node.bin, process.env.PATH].join(path.delimiter);
  const env = { ...process.env, PATH: searched, PULUMI_RHOMBUS_ENGINE_BIN: engineBin };
  const run = async (...args: string[]) => {
    const command = new Command(path.join(node.bin, "node"), args, { cwd: checkout, env });
    await command.ended;
    return command.text.trim();
  };
  const reporter = ["--reporter", "tools/testing/reporter.mjs", "--reporter-option", `report=${report}`, "--no-color"];
  try {
    const versions = await run("-p", "[process.versions.node, require('@pulumi/pulumi/package.json').version].join()");
    const output = await run("node_modules/mocha/bin/mocha.js", ...reporter, ...SUITES);
    // Without a report, mocha itself has failed.
    if (!existsSync(report)) return { versions, passed: 0, failed: 1, output };
    const { passed, failed }: { passed: unknown[]; failed: number } = JSON.parse(readFileSync(report, "utf8"));
    return { versions, passed: passed.length, failed, output };
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}

/** Copies the checkout. `@pulumi/pulumi` is another version there, all other packages are those of this checkout. */
function copyCheckout(sdk: InstalledSdk): string {
  const copy = realpathSync(mkdtempSync(path.join(os.tmpdir(), `rhombus-sdk-${sdk.version}-`)));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  const installed = path.join(ROOT, "node_modules");
  const modules = path.join(copy, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(installed)) {
    if (name.startsWith(".") || name === "pulumi-rhombus") continue;
    symlinkSync(path.join(SHARED_WITH_SDK.includes(name) ? sdk.modules : installed, name), path.join(modules, name));
  }
  symlinkSync(copy, path.join(modules, "pulumi-rhombus"));
  assumePrepared(copy);
  return copy;
}
