import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { InstalledNode, InstalledSdk } from "../../../tools/matrix/matrix.mjs";
import { clearRoom, makeRoom } from "./room";

/** The gRPC harness, and the engine: an example deployed as a user does, and the four resources up to `destroy`. */
const SUITES = ["test/laws/grpc/*.test.ts", "test/engine/examples.test.ts", "test/engine/lifecycle.test.ts"];

/** A Node and an SDK, and what to run with them. */
export interface Combination {
  /** The Node, which runs Pulumi's dynamic-provider processes as well. */
  readonly node: InstalledNode;
  /** The SDK. */
  readonly sdk: InstalledSdk;
  /** The folder of the Pulumi CLI. */
  readonly engineBin: string;
}

/** How the suites ended with one Node and one SDK. */
export interface Ending {
  /** The versions that were really in use, such as `20.19.0,3.216.0`. */
  readonly versions: string;
  /** The full titles of the tests that passed. */
  readonly passed: readonly string[];
  /** How many failed. */
  readonly failed: number;
  /** All that was printed. */
  readonly output: string;
}

/**
 * Runs the suites in a process of their own.
 * @param combination The Node and the SDK.
 */
export async function runCombination({ node, sdk, engineBin }: Combination): Promise<Ending> {
  const room = makeRoom(sdk);
  const report = path.join(room, "report.json");
  const run = (...args: string[]) =>
    printed(path.join(node.bin, "node"), args, {
      cwd: room,
      env: {
        ...process.env,
        PATH: [node.bin, process.env.PATH].join(path.delimiter),
        PULUMI_RHOMBUS_ENGINE_BIN: engineBin,
      },
    });
  const reporter = ["--reporter", "tools/testing/reporter.mjs", "--reporter-option", `report=${report}`, "--no-color"];
  try {
    const versions = await run("-p", "[process.versions.node, require('@pulumi/pulumi/package.json').version].join()");
    const output = await run("node_modules/mocha/bin/mocha.js", ...reporter, ...SUITES);
    return { versions: versions.trim(), ...reported(report), output };
  } finally {
    clearRoom(room);
  }
}

/** Without a report, mocha itself has failed. */
function reported(file: string): Pick<Ending, "passed" | "failed"> {
  if (!existsSync(file)) return { passed: [], failed: 1 };
  const { passed, failed }: { passed: { title: string }[]; failed: number } = JSON.parse(readFileSync(file, "utf8"));
  return { passed: passed.map(({ title }) => title), failed };
}

/** What a command prints, however it ends. It stays in the process group of these tests, and ends with them. */
function printed(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    const keep = (chunk: string) => {
      text += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", reject);
    child.on("close", () => resolve(text));
  });
}
