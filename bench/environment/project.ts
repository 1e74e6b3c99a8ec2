import { spawn } from "node:child_process";
import { rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineEnv, makeFolder } from "../../test/engine/engine";
import { descendantsInProc } from "../../tools/processes.mjs";
import { endedCpuSeconds, MemoryWatch, type Peaks } from "./memory";

const ROOT = path.resolve(__dirname, "..", "..");
const NAME = "bench";
const STACK = "dev";

export interface ProjectOptions {
  /** The program's files by name, in JavaScript, so that no compiler is measured. `index.js` is run. */
  readonly program: Readonly<Record<string, string>>;
  /** The plain stack config, by full key. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** The secret stack config, by full key. Default: none. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Packages that the program needs besides `@pulumi/pulumi` and this one. Default: none. */
  readonly packages?: readonly string[];
}

/** A measured command of the CLI. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface RunOptions {
  /** Environment variables for the program and the provider. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further arguments of the CLI. Default: none. */
  readonly args?: readonly string[];
  /** A text that the output must contain, such as `+ 201 created`, so that a step that did less is not measured. Default: any. */
  readonly expected?: string;
}

/** The measurement of one run of the CLI. */
export interface Run {
  readonly seconds: number;
  /**
   * The CPU seconds of the CLI, the program and the provider together, which depend little on other work on the machine. Correct
   * only while this process runs no other commands; absent if the system does not report them.
   */
  readonly cpuSeconds?: number;
  readonly peaks: Peaks;
  readonly text: string;
}

/** A program and its stack in a temporary folder, for the real CLI. */
export class Project {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#env = env;
    process.once("exit", this.#remove);
  }

  /**
   * Creates the project and its stack, with a file backend and a passphrase. The package is a copy of `dist`, which must have
   * been built.
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
    const project = new Project(folder, { ...process.env, ...(await engineEnv(folder)) });
    try {
      await project.#configure(config, secrets);
      return project;
    } catch (error) {
      project.close();
      throw error;
    }
  }

  /**
   * Runs a command on the whole stack, without a confirmation and without a preview before it.
   * @throws Error with the output, if the command fails or the expected text is missing.
   */
  async run(operation: Operation, { env = {}, args = [], expected = "" }: RunOptions = {}): Promise<Run> {
    const confirmation = operation === "preview" ? [] : ["--yes", "--skip-preview"];
    const run = await this.#cli([operation, ...confirmation, ...args], env);
    if (run.text.includes(expected)) return run;
    throw new Error(`pulumi ${operation} did not print "${expected}":\n${run.text}`);
  }

  get stateFile(): string {
    return path.join(this.folder, "state", ".pulumi", "stacks", NAME, `${STACK}.json`);
  }

  /** The size of the stack's state on disk, in bytes. */
  stateBytes(): number {
    return statSync(this.stateFile).size;
  }

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
      // First, because the processes write into the folder that another exit handler removes.
      process.prependOnceListener("exit", stop);
      let text = "";
      for (const stream of [cli.stdout, cli.stderr]) stream.on("data", (chunk) => (text += chunk));
      cli.once("error", reject);
      cli.once("close", (code) => {
        process.off("exit", stop);
        const seconds = (performance.now() - startedAt) / 1000;
        const cpuAfter = endedCpuSeconds();
        const cpuSeconds = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
        const run = { seconds, cpuSeconds, peaks: memory?.end() ?? {}, text };
        if (code === 0) resolve(run);
        else reject(new Error(`pulumi ${args[0]} failed:\n${text}`));
      });
    });
  }
}

/** Kills the CLI and its descendants. The provider process is in a process group of its own. */
function killAll(cli: number | undefined): void {
  if (cli === undefined) return;
  for (const pid of [cli, ...descendantsInProc(cli)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // The process has already ended.
    }
  }
}
