import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { campusSeed, type Emulator } from "../../../provider/emulator";
import { descendantsOf, endDescendants, isRunning } from "../../../tools/processes.mjs";
import { engineEnv, makeFolder } from "../engine";
import { textBelow } from "../stack";

const { acme } = campusSeed;

/** The resources of the program, by name. */
export type Declared = Readonly<Record<string, { readonly type: string; readonly inputs: object }>>;

/** The end of a run of the CLI. */
export interface Ended {
  /** True if the exit code is 0. */
  readonly isDone: boolean;
  /** Everything that it printed. */
  readonly text: string;
}

/** A run of the CLI that has not ended. */
export interface Running {
  /** Waits for the end. */
  readonly ended: Promise<Ended>;
  /** Waits until these words are printed. */
  printed(words: string): Promise<void>;
  /** Sends a signal to the process group of the CLI, as a terminal does. */
  signal(name: NodeJS.Signals): void;
  /** Kills the provider's process. */
  killProvider(): void;
  /** Kills the CLI with its process group. Fails if the provider does not end by itself. */
  killCli(): Promise<void>;
}

/** The time in which a provider must end after its engine was killed. */
const PROVIDER_END_MS = 5000;

/** The program: it declares what a JSON file lists, and takes the secret inputs from the stack config. */
const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const rhombus = require("pulumi-rhombus");
const secrets = JSON.parse(new pulumi.Config().require("secrets"));
for (const [name, { type, inputs }] of Object.entries(require("./declared.json"))) {
  const own = Object.entries(secrets[type] ?? {}).map(([field, value]) => [field, pulumi.secret(value)]);
  const made = new rhombus[type](name, { ...Object.fromEntries(own), ...inputs });
  exports[name] = made.webhookUrl ?? made.rhombusToken ?? made.id;
}
`;

/** Loaded by each Node process that the CLI starts: the process of the provider writes its id. */
const REPORTER = `if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  require("node:fs").writeFileSync(require("node:path").join(__dirname, "provider.pid"), String(process.pid));
}
`;

/** A program and its stack on disk. The CLI runs in a process group of its own. */
export class UserProject {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #onRun: () => void;
  readonly #running = new Set<ChildProcess>();
  #shown = "";

  private constructor(folder: string, env: NodeJS.ProcessEnv, onRun: () => void) {
    this.#folder = folder;
    this.#env = env;
    this.#onRun = onRun;
  }

  /**
   * Creates a project and its stack, configured for Acme Robotics.
   * @param emulator The emulator.
   * @param options The secret inputs of each type (default: none), and a listener that is called after each run.
   */
  static async open(
    emulator: Emulator,
    { secrets = {}, onRun = () => {} }: { secrets?: object; onRun?: () => void } = {},
  ): Promise<UserProject> {
    const folder = makeFolder();
    const files = {
      "Pulumi.yaml": "name: kills\nruntime: { name: nodejs, options: { typescript: false } }\n",
      "package.json": JSON.stringify({ name: "kills", main: "index.js" }),
      "index.js": PROGRAM,
      "reporter.cjs": REPORTER,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const temporary = path.join(folder, "tmp");
    mkdirSync(temporary);
    const own = { NODE_OPTIONS: `--require ${path.join(folder, "reporter.cjs")}`, TMPDIR: temporary };
    const project = new UserProject(folder, { ...process.env, ...(await engineEnv(folder)), ...own }, onRun);
    try {
      await project.#configure(emulator.url, secrets);
      return project;
    } catch (error) {
      await project.close();
      throw error;
    }
  }

  /** Writes the resources of the program. */
  declare(declared: Declared): void {
    writeFileSync(path.join(this.#folder, "declared.json"), JSON.stringify(declared));
  }

  /** Starts the CLI. */
  start(...args: readonly string[]): Running {
    rmSync(path.join(this.#folder, "provider.pid"), { force: true });
    const cli = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.#folder,
      env: this.#env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(cli);
    const kill = () => endGroup(cli);
    process.once("exit", kill);
    const printed = new Printed(cli);
    const ended = new Promise<Ended>((resolve, reject) => {
      cli.once("error", reject);
      cli.once("close", (code) => {
        process.off("exit", kill);
        this.#running.delete(cli);
        this.#shown += printed.text;
        this.#onRun();
        resolve({ isDone: code === 0, text: printed.text });
      });
    });
    return {
      ended,
      printed: (words) => printed.has(words, ended),
      signal: (name) => this.#signal(cli, name),
      killProvider: () => process.kill(this.#providerPid(), "SIGKILL"),
      killCli: () => this.#killCli(cli, ended),
    };
  }

  /** Runs the CLI to its end. */
  run(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** The stack with its secrets in clear. This does not count as shown. */
  async exported(): Promise<unknown> {
    const shown = this.#shown;
    const { text } = await this.run("stack", "export", "--show-secrets");
    this.#shown = shown;
    return JSON.parse(text);
  }

  /** Everything that was printed. */
  shown(): string {
    return this.#shown;
  }

  /** All files: the program, the stack config, the state with its history, and temporary files. */
  onDisk(): string {
    return textBelow(this.#folder);
  }

  /** Ends all processes and removes all files. */
  async close(): Promise<void> {
    for (const cli of this.#running) {
      if (cli.pid !== undefined) await endDescendants(cli.pid);
      endGroup(cli);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #configure(endpoint: string, secrets: object): Promise<void> {
    const secret = ["--secret", `rhombus:apiKey=${acme.apiKey}`, "--secret", `secrets=${JSON.stringify(secrets)}`];
    // The answers of several writes are held until the last one has arrived.
    const plain = ["--plaintext", `rhombus:endpoint=${endpoint}`, "--plaintext", "rhombus:timeoutSeconds=150"];
    for (const args of [
      ["stack", "init", "dev"],
      ["config", "set-all", ...plain, ...secret],
    ]) {
      const { isDone, text } = await this.run(...args);
      if (!isDone) throw new Error(text);
    }
  }

  #providerPid(): number {
    return Number(readFileSync(path.join(this.#folder, "provider.pid"), "utf8"));
  }

  #signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
    if (pid !== undefined) process.kill(-pid, name);
  }

  async #killCli(cli: ChildProcess, ended: Promise<Ended>): Promise<void> {
    const provider = this.#providerPid();
    const others = await descendantsOf(cli.pid ?? 0);
    this.#signal(cli, "SIGKILL");
    await ended;
    const isLeft = await outlives(provider, PROVIDER_END_MS);
    for (const pid of others) if (await isRunning(pid)) process.kill(pid, "SIGKILL");
    if (isLeft) throw new Error("The provider did not end although its engine was killed.");
  }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** The output of a process. */
class Printed {
  text = "";
  readonly #cli: ChildProcess;

  constructor(cli: ChildProcess) {
    this.#cli = cli;
    for (const stream of [cli.stdout, cli.stderr]) {
      stream?.on("data", (chunk) => {
        this.text += chunk;
        cli.emit("printed");
      });
    }
  }

  async has(words: string, ended: Promise<Ended>): Promise<void> {
    const end = ended.then(({ text }) => {
      if (!text.includes(words)) throw new Error(`It ended and did not print ${words}:\n${text}`);
    });
    const seen = new Promise<void>((resolve) => {
      const look = () => this.text.includes(words) && resolve();
      this.#cli.on("printed", look);
      look();
    });
    await Promise.race([seen, end]);
  }
}

async function outlives(pid: number, limitMs: number): Promise<boolean> {
  const limit = Date.now() + limitMs;
  while (await isRunning(pid)) {
    if (Date.now() > limit) return true;
    await delay(20);
  }
  return false;
}
