import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { campusSeed, type Emulator } from "../../../provider/emulator";
import { descendantsOf, endDescendants, isRunning } from "../../../tools/processes.mjs";
import { engineEnv } from "../engine";
import { makeFolder } from "../folder";
import { textBelow } from "../stack";

const { acme } = campusSeed;

/** What the program declares, by name: the type and the inputs, without the keys of other vendors. */
export type Declared = Readonly<Record<string, { readonly type: string; readonly inputs: object }>>;

/** How a run of the CLI ended. */
export interface Ended {
  /** Whether it ended with code 0. */
  readonly isDone: boolean;
  /** All that it printed. */
  readonly text: string;
}

/** A run of the CLI that goes on. */
export interface Running {
  /** How it ends. */
  readonly ended: Promise<Ended>;
  /** Waits until it has printed something. */
  printed(words: string): Promise<void>;
  /** Sends a signal to the CLI's process group, as a terminal does. */
  signal(name: NodeJS.Signals): void;
  /** Kills the provider's process. */
  killProvider(): void;
  /**
   * Kills the CLI with its process group. Waits until the provider has ended by itself, and ends what else outlives it.
   * @throws Error when the provider does not.
   */
  killCli(): Promise<void>;
}

/** How long a provider may take to notice that its engine is gone. */
const NOTICING_MS = 5000;

/** The program: it makes of a JSON file what a person would have written out. */
const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const rhombus = require("pulumi-rhombus");
const declared = require("./declared.json");

const config = new pulumi.Config();
const keys = {
  GeneaIntegration: { apiToken: config.requireSecret("geneaToken") },
  KisiIntegration: { apiSecretKey: config.requireSecret("kisiKey") },
};
for (const [name, { type, inputs }] of Object.entries(declared)) {
  const made = new rhombus[type](name, { ...keys[type], ...inputs });
  exports[name] = made.webhookUrl ?? made.rhombusToken ?? made.id;
}
`;

/** Loaded by each Node process that the CLI starts: the provider's one tells who it is. */
const REPORTER = `if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  require("node:fs").writeFileSync(require("node:path").join(__dirname, "provider.pid"), String(process.pid));
}
`;

/** A program and its stack on disk, on which a test runs the CLI as a person does, in a process group of its own. */
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
   * Makes the project and its stack, configured for Acme Robotics.
   * @param emulator The Rhombus that it talks to.
   * @param onRun Called after each run.
   */
  static async open(emulator: Emulator, onRun: () => void = () => {}): Promise<UserProject> {
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
    const ours = { NODE_OPTIONS: `--require ${path.join(folder, "reporter.cjs")}`, TMPDIR: temporary };
    const project = new UserProject(folder, { ...process.env, ...(await engineEnv(folder)), ...ours }, onRun);
    try {
      await project.#configure(emulator.url);
      return project;
    } catch (error) {
      await project.close();
      throw error;
    }
  }

  /** Writes what the program declares from now on. */
  declare(declared: Declared): void {
    writeFileSync(path.join(this.#folder, "declared.json"), JSON.stringify(declared));
  }

  /**
   * Starts the CLI.
   * @param args Its arguments.
   */
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

  /**
   * Runs the CLI.
   * @param args Its arguments.
   */
  run(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** The stack as it is stored. What is secret in it is in clear beside its mark, so this is not counted as shown. */
  async exported(): Promise<unknown> {
    const shown = this.#shown;
    const { text } = await this.run("stack", "export", "--show-secrets");
    this.#shown = shown;
    return JSON.parse(text);
  }

  /** All that was printed so far. */
  shown(): string {
    return this.#shown;
  }

  /** All that stands on disk: the program, the stack's configuration, its state with history, and temporary files. */
  onDisk(): string {
    return textBelow(this.#folder);
  }

  /** Ends what still runs, and removes all that is on disk. */
  async close(): Promise<void> {
    for (const cli of this.#running) {
      if (cli.pid !== undefined) await endDescendants(cli.pid);
      endGroup(cli);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #configure(endpoint: string): Promise<void> {
    const secrets = {
      "rhombus:apiKey": acme.apiKey,
      geneaToken: acme.genea.apiToken,
      kisiKey: acme.kisi.apiSecretKey,
    };
    const secret = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    // Answers are held back until all that is to be held has come, on a slow machine too.
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
    const isLeft = await outlives(provider, NOTICING_MS);
    for (const pid of others) if (await isRunning(pid)) process.kill(pid, "SIGKILL");
    if (isLeft) throw new Error("The provider goes on although its engine was killed.");
  }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** What a process prints, and who waits for it. */
class Printed {
  /** All of it so far. */
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

  /** Waits until these words are among it. */
  async has(words: string, ended: Promise<Ended>): Promise<void> {
    const end = ended.then(({ text }) => {
      if (!text.includes(words)) throw new Error(`It ended without having printed ${words}:\n${text}`);
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
