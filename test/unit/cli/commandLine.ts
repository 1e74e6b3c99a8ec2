import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { chmodSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { prepare } from "../../../tools/setup.mjs";
import type { ProgramFolder } from "./programFolder";

export const ROOT = path.join(__dirname, "../../..");

const MAIN = path.join(ROOT, "dist/cli/main.js");

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds `dist` if it is older than the sources. Tests that run the command call it in a `before`. */
export async function build(): Promise<void> {
  await prepare({ engine: false, log: () => {} });
}

/** Runs `pulumi-rhombus` until it ends. `input`: The standard input. Default: empty. */
export function runMain(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  input = "",
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...words], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

export function startMain(words: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [MAIN, ...words], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs `pulumi-rhombus` in the folder of a program, with the Pulumi CLI of {@link installCli} and no other. */
export function runCommand(
  programFolder: ProgramFolder,
  words: readonly string[],
  input = "",
  further: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const env = { PATH: path.join(programFolder.folder, "bin"), HOME: programFolder.folder, ...further };
  return runMain(words, programFolder.folder, env, input);
}

/** Installs a Pulumi CLI that answers by the first one or two words of a command. With `failure`, every command fails. */
export function installCli(
  programFolder: ProgramFolder,
  answers: Readonly<Record<string, string>>,
  failure = "",
): void {
  const text = `#!${process.execPath}
const answers = ${JSON.stringify(answers)};
const [first = "", second = ""] = process.argv.slice(2);
const answer = answers[first + " " + second] ?? answers[first];
if (answer === undefined) {
  console.error("error: there is no answer to " + first + " " + second);
  process.exitCode = 255;
} else process.stdout.write(answer);
const failure = ${JSON.stringify(failure)};
if (failure !== "") {
  console.error(failure);
  process.exitCode = 255;
}
`;
  programFolder.write("bin/pulumi", text);
  chmodSync(path.join(programFolder.folder, "bin/pulumi"), 0o755);
}
