import { spawn } from "node:child_process";
import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineEnv } from "../../test/engine/engine";
import { makeFolder } from "../../test/engine/folder";
import { endedCpuSeconds } from "./endedCpuSeconds";
import { MemoryWatch, type Peaks, processesBelow } from "./memory";

const ROOT = path.resolve(__dirname, "..", "..");
const NAME = "bench";
const STACK = "dev";

/** What a project is made of. */
export interface ProjectOptions {
  /** The program's files by name, in JavaScript: compiling TypeScript is no part of what is measured. `index.js` is run. */
  readonly program: Readonly<Record<string, string>>;
  /** The stack's configuration in clear, by full key. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** The stack's secret configuration, by full key. Default: none. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Packages that the program needs besides `@pulumi/pulumi` and ours. Default: none. */
  readonly packages?: readonly string[];
}

/** A command of the CLI that is measured. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

/** How a command is run. */
export interface RunOptions {
  /** Environment variables for the program and the provider. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further arguments of the CLI. Default: none. */
  readonly args?: readonly string[];
  /** What it has to print, such as `+ 201 created`: a step that does something else would be quick, and would say nothing. Default: anything. */
  readonly expected?: string;
}

/** What a run of the CLI took. */
export interface Run {
  /** The seconds from its start to its end. */
  readonly seconds: number;
  /**
   * The CPU seconds of the CLI, the program and the provider together, which other work on the machine hardly changes. They are
   * right while nothing else runs from here; absent where the machine does not tell.
   */
  readonly cpuSeconds?: number;
  /** What its processes held at most. */
  readonly peaks: Peaks;
  /** All that it printed. */
  readonly text: string;
}

/** A program and its stack in a folder of their own, on which the real CLI is run as a user runs it. */
export class Project {
  /** The project's folder. */
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#env = env;
    process.once("exit", this.#remove);
  }

  /**
   * Makes the project and its stack, with a file backend and a passphrase. The package is a copy of `dist`, which must be
   * built.
   * @param options What it is made of.
   */
  static async open({ program, config = {}, secrets = {}, packages = [] }: ProjectOptions): Promise<Project> {
    const folder = makeFolder();
    const files = {
      "Pulumi.yaml": `name: ${NAME}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`,
      "package.json": JSON.stringify({ name: NAME, main: "index.js" }),
      ...program,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    for (const name of packages) {
      symlinkSync(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
    }
    const temporary = path.join(folder, "tmp");
    mkdirSync(temporary);
    const project = new Project(folder, { ...process.env, ...(await engineEnv(folder)), TMPDIR: temporary });
    try {
      await project.#configure(config, secrets);
      return project;
    } catch (error) {
      project.close();
      throw error;
    }
  }

  /**
   * Runs a command on the whole stack, without asking back and without a preview before it.
   * @param operation Which.
   * @param options How.
   * @throws Error with all that was printed, when it fails or does something else.
   */
  async run(operation: Operation, { env = {}, args = [], expected = "" }: RunOptions = {}): Promise<Run> {
    const unasked = operation === "preview" ? [] : ["--yes", "--skip-preview"];
    const run = await this.#cli([operation, ...unasked, ...args], env);
    if (run.text.includes(expected)) return run;
    throw new Error(`pulumi ${operation} has not ended with "${expected}":\n${run.text}`);
  }

  /** The file with the stack's state. */
  get stateFile(): string {
    return path.join(this.folder, "state", ".pulumi", "stacks", NAME, `${STACK}.json`);
  }

  /** The size of the stack's state on disk, in bytes. */
  stateBytes(): number {
    return statSync(this.stateFile).size;
  }

  /** Removes all that is on disk. */
  close(): void {
    process.off("exit", this.#remove);
    this.#remove();
  }

  readonly #remove = () => rmSync(this.folder, { recursive: true, force: true });

  async #configure(config: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): Promise<void> {
    await this.#cli(["stack", "init", STACK]);
    const settings = (option: string, values: Readonly<Record<string, string>>) =>
      Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`]);
    const all = [...settings("--plaintext", config), ...settings("--secret", secrets)];
    if (all.length > 0) await this.#cli(["config", "set-all", ...all]);
  }

  #cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const cpuBefore = endedCpuSeconds();
      const cli = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
        cwd: this.folder,
        env: { ...this.#env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const memory = cli.pid === undefined ? undefined : new MemoryWatch(cli.pid);
      const stop = () => killAll(cli.pid);
      // Before the folder is removed, into which they write.
      process.prependOnceListener("exit", stop);
      let text = "";
      for (const stream of [cli.stdout, cli.stderr]) stream.on("data", (chunk) => (text += chunk));
      cli.once("error", reject);
      cli.once("close", (code) => {
        process.off("exit", stop);
        const seconds = (performance.now() - startedAt) / 1000;
        const cpuAfter = endedCpuSeconds();
        const cpu = cpuBefore === undefined || cpuAfter === undefined ? {} : { cpuSeconds: cpuAfter - cpuBefore };
        const run = { seconds, ...cpu, peaks: memory?.end() ?? {}, text };
        if (code === 0) resolve(run);
        else reject(new Error(`pulumi ${args[0]} failed:\n${text}`));
      });
    });
  }
}

/** The CLI with all that it has started: the engine gives the provider's process a group of its own. */
function killAll(cli: number | undefined): void {
  if (cli === undefined) return;
  for (const pid of [cli, ...processesBelow(cli)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
