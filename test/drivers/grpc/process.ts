import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const CHECKOUT = path.resolve(__dirname, "../../..");

/** The dynamic-provider process of Pulumi, in a folder that has the build of this package in `node_modules`. */
export class DynamicProviderProcess {
  /** Its address, as `127.0.0.1:port`. */
  address = "";
  /** All that it has written to stdout and stderr since it listens, which Pulumi displays below the stack. */
  written = "";
  /** The part of {@link written} that was written to stdout. */
  stdout = "";
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
  }

  /**
   * Starts a process and waits until it listens. Throws what it wrote if it ends before.
   * @param options The environment variables besides PATH. Nothing else is inherited, so that no key of the developer is used.
   */
  static async start({ env = {} }: { env?: Readonly<Record<string, string>> } = {}): Promise<DynamicProviderProcess> {
    const folder = programFolder();
    const names = { PULUMI_NODEJS_PROJECT: "harness", PULUMI_NODEJS_STACK: "test" };
    const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), "127.0.0.1:1"], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...names, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    const started = new DynamicProviderProcess(child, folder);
    child.stderr.on("data", (chunk) => {
      started.written += String(chunk);
    });
    const lines = createInterface(child.stdout);
    const ended = once(child, "exit").then(() => {
      throw new Error(`The dynamic-provider process ended before it listened: ${started.written}`);
    });
    const [port] = await Promise.race([once(lines, "line"), ended]);
    started.address = `127.0.0.1:${port}`;
    lines.on("line", (line) => {
      started.written += `${line}\n`;
      started.stdout += `${line}\n`;
    });
    return started;
  }

  /** Its id. */
  get pid(): number {
    return this.#child.pid ?? 0;
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
