import { execFile } from "node:child_process";
import { chmodSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Workshop } from "./workshop";

const MAIN = path.join(__dirname, "../../../provider/cli/main.ts");
const TSX = pathToFileURL(require.resolve("tsx")).href;

/** How a run of the command ended. */
export interface Ended {
  /** Its exit code. */
  readonly code: number;
  /** What it printed to its standard output. */
  readonly stdout: string;
  /** What it printed to its standard error. */
  readonly stderr: string;
}

/**
 * Runs `pulumi-rhombus` in the folder of a program, where only the Pulumi CLI is found that {@link installCli} has put there.
 * @param workshop The program.
 * @param words The command and its options.
 * @param input What it reads from its standard input. Default: nothing.
 * @param further More environment variables. Default: none.
 */
export function runCommand(
  workshop: Workshop,
  words: readonly string[],
  input = "",
  further: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const env = { PATH: path.join(workshop.folder, "bin"), HOME: workshop.folder, ...further };
  return new Promise((resolve) => {
    const options = { cwd: workshop.folder, env };
    const child = execFile(process.execPath, ["--import", TSX, MAIN, ...words], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/**
 * Puts a Pulumi CLI into a workshop that knows a few answers.
 * @param workshop Where to put it.
 * @param answers What it prints, by the first two words of what it is asked; anything else fails.
 * @param failure What it says to its standard error, with which every answer fails. Default: answers do not fail.
 */
export function installCli(workshop: Workshop, answers: Readonly<Record<string, string>>, failure = ""): void {
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
  workshop.write("bin/pulumi", text);
  chmodSync(path.join(workshop.folder, "bin/pulumi"), 0o755);
}
