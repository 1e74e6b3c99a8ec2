import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

/** How a dynamic-provider process is started. */
export interface ProcessOptions {
  /** Environment variables beside PATH. Nothing else is inherited, so no key of the developer's can get in. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a process has written, in order. */
interface Written {
  text: string;
  stdout: string;
}

const CHECKOUT = path.resolve(__dirname, "../../..");

/** Pulumi's own dynamic-provider process, run in a folder that has this package's build in its `node_modules`. */
export class DynamicProviderProcess {
  /** Where it listens, as `127.0.0.1:port`. */
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #written: Written;

  private constructor(started: { address: string; child: ChildProcess; folder: string; written: Written }) {
    this.address = started.address;
    this.#child = started.child;
    this.#folder = started.folder;
    this.#written = started.written;
  }

  /**
   * Starts a process and waits until it listens.
   * @param options Its environment.
   * @throws Error with what the process wrote, when it ends before it listens.
   */
  static async start({ env = {} }: ProcessOptions = {}): Promise<DynamicProviderProcess> {
    const folder = programFolder();
    const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), "127.0.0.1:1"], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        PULUMI_NODEJS_PROJECT: "harness",
        PULUMI_NODEJS_STACK: "test",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    const written = { text: "", stdout: "" };
    child.stderr.on("data", (chunk) => {
      written.text += String(chunk);
    });
    const lines = createInterface(child.stdout);
    const ended = once(child, "exit").then(() => {
      throw new Error(`The dynamic-provider process ended before it listened: ${written.text}`);
    });
    const [port] = await Promise.race([once(lines, "line"), ended]);
    lines.on("line", (line) => {
      written.text += `${line}\n`;
      written.stdout += `${line}\n`;
    });
    return new DynamicProviderProcess({ address: `127.0.0.1:${port}`, child, folder, written });
  }

  /** Its id. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** All that the process has written to stdout and stderr since it listens: what Pulumi shows below the stack. */
  get written(): string {
    return this.#written.text;
  }

  /** The part of it that was written to stdout. */
  get stdout(): string {
    return this.#written.stdout;
  }

  /** Ends the process at once, as a crash would, and removes its folder. Does nothing the second time. */
  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "close");
      this.#child.kill("SIGKILL");
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function programFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-rhombus-program-"));
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(CHECKOUT, path.join(folder, "node_modules", "pulumi-rhombus"), "junction");
  return folder;
}
