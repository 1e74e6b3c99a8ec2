import { spawn } from "node:child_process";
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
import type { InstalledNode, InstalledSdk } from "../../../tools/matrix/matrix.mjs";
import { assumePrepared } from "../../../tools/setup.mjs";

const ROOT = path.resolve(__dirname, "../../..");

/** The suites: the gRPC driver, an example as a user deploys it, and the four resources up to `destroy`. */
const SUITES = ["test/laws/grpc/*.test.ts", "test/engine/examples.test.ts", "test/engine/lifecycle.test.ts"];

/** The files that the suites need. */
const COPIED = [
  ...["dist", "examples", "provider", "test", "tools", "Pulumi.yaml"],
  ...["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json", ".mocharc.json"],
];

/** The packages that the tests must share with the SDK, since both talk through them. */
const SHARED_WITH_SDK = ["@pulumi", "@grpc", "google-protobuf"];

/** Versions of Node and SDK. Pulumi's dynamic-provider processes run on this Node too. */
export interface Combination {
  readonly node: InstalledNode;
  readonly sdk: InstalledSdk;
  /** The folder of the Pulumi CLI. */
  readonly engineBin: string;
}

/** The result of the suites. */
export interface CombinationResult {
  /** The versions that were in use, such as `20.19.0,3.216.0`. */
  readonly versions: string;
  readonly passed: number;
  readonly failed: number;
  /** The whole output. */
  readonly output: string;
}

/** Runs the suites with this Node in a copy of the checkout that has this SDK. */
export async function runCombination({ node, sdk, engineBin }: Combination): Promise<CombinationResult> {
  const checkout = copyCheckout(sdk);
  const report = path.join(checkout, "report.json");
  const env = {
    ...process.env,
    PATH: [node.bin, process.env.PATH].join(path.delimiter),
    PULUMI_RHOMBUS_ENGINE_BIN: engineBin,
  };
  const run = (...args: string[]) => outputOf(path.join(node.bin, "node"), args, { cwd: checkout, env });
  const reporter = ["--reporter", "tools/testing/reporter.mjs", "--reporter-option", `report=${report}`, "--no-color"];
  try {
    const versions = await run("-p", "[process.versions.node, require('@pulumi/pulumi/package.json').version].join()");
    const output = await run("node_modules/mocha/bin/mocha.js", ...reporter, ...SUITES);
    // Without a report, mocha itself has failed.
    if (!existsSync(report)) return { versions: versions.trim(), passed: 0, failed: 1, output };
    const { passed, failed }: { passed: unknown[]; failed: number } = JSON.parse(readFileSync(report, "utf8"));
    return { versions: versions.trim(), passed: passed.length, failed, output };
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

/** The output of a command, also of one that fails. It stays in the process group of these tests, and ends with them. */
function outputOf(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    const append = (chunk: string) => {
      text += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", append);
    child.stderr.setEncoding("utf8").on("data", append);
    child.on("error", reject);
    child.on("close", () => resolve(text));
  });
}
