import { type ChildProcess, spawn } from "node:child_process";

/** A run that ended with an error. Its message is everything that it printed. */
export class FailedRun extends Error {
  /** The name of the error. */
  override readonly name = "FailedRun";
}

/** Options of a {@link Command}. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** True for a process group of its own, which receives the signals. Default: false. */
  readonly detached?: boolean;
}

/** A command in a process of its own. */
export class Command {
  /** Everything that it has printed. */
  text = "";
  /** The part of {@link text} that was printed to stdout. */
  stdout = "";
  /** Waits for the end. Returns the exit code; `null` after a signal. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #target: number;

  constructor(file: string, args: readonly string[], options: CommandOptions = {}) {
    const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    this.#target = options.detached ? -this.pid : this.pid;
    const append = (chunk: string) => {
      this.text += chunk;
      child.emit("printed");
    };
    child.stderr.setEncoding("utf8").on("data", append);
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      this.stdout += chunk;
      append(chunk);
    });
    const kill = () => this.kill();
    process.once("exit", kill);
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        process.off("exit", kill);
        resolve(code);
      });
    });
  }

  /** Its process id. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until a text is printed. Returns the match. Fails if the command ends without it. */
  async printed(text: string | RegExp): Promise<string> {
    const found = () => (typeof text === "string" ? this.text.includes(text) && text : text.exec(this.text)?.[1]);
    const printed = new Promise<string>((resolve) => {
      const look = () => {
        const match = found();
        if (match) resolve(match);
      };
      this.#child.on("printed", look);
      look();
    });
    const missed = this.ended.then(() => found() || Promise.reject(new Error(`"${text}" is missing in\n${this.text}`)));
    return Promise.race([printed, missed]);
  }

  /** Sends a signal. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.#target, name);
  }

  /** Kills it, if it still runs. */
  kill(): void {
    if (this.isRunning) this.signal("SIGKILL");
  }

  /** Presses Ctrl-C, if it still runs. */
  interrupt(): void {
    if (this.isRunning) this.signal("SIGINT");
  }

  private get isRunning(): boolean {
    return this.pid !== 0 && this.#child.exitCode === null && this.#child.signalCode === null;
  }
}

/** Runs a command, and returns its output. Rejects with a {@link FailedRun} unless the exit code is 0. */
export async function run(file: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const command = new Command(file, args, options);
  if ((await command.ended) !== 0) throw new FailedRun(`${file} ${args.join(" ")}\n${command.text}`);
  return command.stdout;
}
