import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defaultBehaviours, type Emulator, type SeedName, startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";

const ROOT = path.join(__dirname, "../../..");

/** The compiled command. It exists after {@link build}. */
export const MAIN = path.join(ROOT, "dist/cli/main.js");

/** Builds `dist` if it is older than the sources. Tests that run the command call it in a `before`. */
export async function build(): Promise<void> {
  await prepare({ engine: false, install: false, log: () => {} });
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder of a program, which is also the home folder of the command. */
export class ProgramFolder {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "rhombus-program-")));

  /** A folder in which nothing is missing. */
  constructor() {
    this.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    this.write("node_modules/@pulumi/.keep", "");
    const sdk = "node_modules/@pulumi/pulumi";
    symlinkSync(path.join(ROOT, sdk), path.join(this.folder, sdk));
    this.package("pulumi-rhombus", "0.1.0");
    this.write("node_modules/pulumi-rhombus/provider.js", "");
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), "utf8");
  }

  package(name: string, version: string): void {
    this.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version }));
  }

  remove(name = "."): void {
    rmSync(path.join(this.folder, name), { recursive: true, force: true });
  }

  /** The words that followed a command of the installed Pulumi CLI, once for each call. */
  calls(command: string): string[] {
    const file = path.join(this.folder, "calls.txt");
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    return lines.flatMap((line) => (line.startsWith(`${command} `) ? [line.slice(command.length + 1)] : []));
  }

  /**
   * Installs a Pulumi CLI that answers by the first one or two words of a command, and saves an empty update plan if it is asked
   * to. With `failure`, every command fails. `upCode`: the exit code of `pulumi up`.
   */
  installCli(answers: Readonly<Record<string, string>>, failure = "", upCode = 0): void {
    const text = `#!${process.execPath}
require("node:fs").appendFileSync(${JSON.stringify(path.join(this.folder, "calls.txt"))}, process.argv.slice(2).join(" ") + "\\n");
const plan = process.argv[process.argv.indexOf("--save-plan") + 1] ?? "";
if (process.argv.includes("--save-plan")) require("node:fs").writeFileSync(plan, '{"resourcePlans":{}}');
const answers = ${JSON.stringify(answers)};
const [first = "", second = ""] = process.argv.slice(2);
const answer = answers[first + " " + second] ?? answers[first];
process.stdout.write(answer ?? "");
const missing = answer === undefined ? "error: there is no answer to " + first + " " + second : "";
const failure = ${JSON.stringify(failure)} || missing;
if (failure !== "") console.error(failure);
process.exitCode = failure === "" ? (first === "up" ? ${upCode} : 0) : 255;
`;
    this.write("bin/pulumi", text);
    chmodSync(path.join(this.folder, "bin/pulumi"), 0o755);
  }

  /** The environment of the command: the installed Pulumi CLI, and no other. */
  get env(): Readonly<Record<string, string>> {
    return { PATH: path.join(this.folder, "bin"), HOME: this.folder, COLUMNS: "200" };
  }

  /** Runs `pulumi-rhombus` in the folder until it ends. `input`: The standard input. */
  run(words: readonly string[], input = "", further: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.#ended(process.execPath, [MAIN, ...words], input, { ...this.env, ...further });
  }

  /** Runs a script of the shell in the folder until it ends. In the script, `"$0" "$@"` is `pulumi-rhombus` with the words. */
  runInShell(script: string, words: readonly string[]): Promise<Ended> {
    return this.#ended("/bin/sh", ["-c", script, process.execPath, MAIN, ...words], "", this.env);
  }

  #ended(file: string, words: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<Ended> {
    const options = { cwd: this.folder, env, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      const child = execFile(file, words, options, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      });
      child.stdin?.end(input);
    });
  }
}

/** An emulator for a suite, and a new folder for each test. */
export class CommandSetup {
  #emulator: Emulator | undefined;
  #programFolder: ProgramFolder | undefined;

  static here(seed: SeedName = "campus"): CommandSetup {
    const setup = new CommandSetup();
    before(async () => {
      setup.#emulator = await startEmulator({ seed });
    });
    beforeEach(() => {
      setup.#programFolder = new ProgramFolder();
    });
    afterEach(() => {
      setup.programFolder.remove();
      setup.emulator.clearFaults();
      setup.emulator.clearRequests();
      setup.emulator.behave(defaultBehaviours);
    });
    after(() => setup.emulator.close());
    return setup;
  }

  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("There is an emulator only while tests run.");
    return this.#emulator;
  }

  get programFolder(): ProgramFolder {
    if (this.#programFolder === undefined) throw new Error("There is a folder only while tests run.");
    return this.#programFolder;
  }
}
