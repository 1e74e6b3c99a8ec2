import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineBin } from "./engine";

const DEMO = path.join(__dirname, "../../tools/demo/main.mjs");

/** A run of `npm run demo` with a temporary folder of its own. */
export class DemoRun {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "rhombus-demo-test-"));
  readonly #temp = this.#below("temp");
  #child: ChildProcess | undefined;
  #output = "";
  #wake: () => void = () => {};

  /** The output so far. */
  get output(): string {
    return this.#output;
  }

  /**
   * Starts the demo.
   * @param script Shell lines that run before the Pulumi CLI and may exit instead of it; `$1` is the command.
   */
  async start(args: readonly string[] = [], script = ""): Promise<void> {
    const bin = this.#below("bin");
    const real = path.join(await engineBin(), "pulumi");
    writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\n${script}\nexec '${real}' "$@"\n`);
    chmodSync(path.join(bin, "pulumi"), 0o755);
    const env = {
      ...process.env,
      PATH: [bin, await engineBin(), process.env.PATH ?? ""].join(path.delimiter),
      PULUMI_RHOMBUS_ENGINE: "path",
      XDG_CACHE_HOME: this.#below("cache"),
      TMPDIR: this.#temp,
      // The demo must ignore settings for a real organization.
      RHOMBUS_API_KEY: "nobodysKey000000000001",
      PULUMI_STACK: "production",
    };
    this.#child = spawn(process.execPath, [DEMO, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const take = (chunk: Buffer) => {
      this.#output += chunk.toString("utf8");
      this.#wake();
    };
    this.#child.stdout?.on("data", take);
    this.#child.stderr?.on("data", take);
    this.#child.on("close", () => this.#wake());
  }

  /** Waits for a text in the output. Fails if the demo ends before. */
  async printed(text: string): Promise<void> {
    const child = this.#started();
    while (!this.#output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`The demo ended without "${text}":\n${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /**
   * Runs commands in a shell, after the `cd` and `export` lines that the demo has printed for it.
   * @param commands The commands.
   * @returns Their output.
   */
  pasted(commands: string): string {
    const lines = this.#output.split("\n").filter((line) => /^(?:cd \S|export [A-Z])/.test(line));
    const env = { HOME: this.#below("home"), PATH: process.env.PATH, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    return execFileSync("sh", ["-e", "-c", [...lines, commands].join("\n")], { env, encoding: "utf8" });
  }

  /** Sends SIGINT, as Ctrl-C does. */
  interrupt(): void {
    this.#started().kill("SIGINT");
  }

  /** Waits for the end. Returns the exit status. */
  async ended(): Promise<number | null> {
    const child = this.#started();
    if (child.exitCode === null) await once(child, "close");
    return child.exitCode;
  }

  /** The entries of the temporary folder. */
  leftInTemp(): string[] {
    return readdirSync(this.#temp);
  }

  /** The number of running processes: the demo and its descendants. */
  running(): number {
    return environments().filter((environment) => environment.includes(`TMPDIR=${this.#temp}`)).length;
  }

  /** Ends the demo, if it still runs, and removes its files. */
  async remove(): Promise<void> {
    if (this.#child?.exitCode === null) {
      this.interrupt();
      await this.ended();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #started(): ChildProcess {
    if (this.#child === undefined) throw new Error("The demo was not started.");
    return this.#child;
  }

  #below(name: string): string {
    const folder = path.join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

/** The environments of all processes of this user, one text each. */
function environments(): string[] {
  if (!existsSync("/proc/self/environ")) return execFileSync("ps", ["-A", "-E"], { encoding: "utf8" }).split("\n");
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8");
    } catch {
      return "";
    }
  });
}
