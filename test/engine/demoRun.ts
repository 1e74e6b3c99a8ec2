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

/** `npm run demo`, in a world whose temporary folder is its own. */
export class DemoRun {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "rhombus-demo-test-"));
  readonly #temp = this.#below("temp");
  #child: ChildProcess | undefined;
  #output = "";
  #wake: () => void = () => {};

  /** All that it has printed so far. */
  get output(): string {
    return this.#output;
  }

  /**
   * Starts it.
   * @param args Its options.
   * @param spoilt Shell lines that run before the Pulumi CLI and may end in its place; `$1` is the command.
   */
  async start(args: readonly string[] = [], spoilt = ""): Promise<void> {
    const bin = this.#below("bin");
    const real = path.join(await engineBin(), "pulumi");
    writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\n${spoilt}\nexec '${real}' "$@"\n`);
    chmodSync(path.join(bin, "pulumi"), 0o755);
    const env = {
      ...process.env,
      PATH: [bin, await engineBin(), process.env.PATH ?? ""].join(path.delimiter),
      PULUMI_RHOMBUS_ENGINE: "path",
      XDG_CACHE_HOME: this.#below("cache"),
      TMPDIR: this.#temp,
      // What a person may have set for a real organization must not count.
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

  /** Waits until it has printed something; fails when it ends before. */
  async printed(words: string): Promise<void> {
    const child = this.#started();
    while (!this.#output.includes(words)) {
      if (child.exitCode !== null) throw new Error(`The demo ended without "${words}":\n${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /**
   * Runs commands as a person would who pastes, into another terminal, what the demo has printed before.
   * @param commands What comes after the pasted lines that lead to the stack.
   * @returns What the commands print.
   */
  pasted(commands: string): string {
    const lines = this.#output.split("\n").filter((line) => /^(?:cd \S|export [A-Z])/.test(line));
    const env = { HOME: this.#below("home"), PATH: process.env.PATH, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    return execFileSync("sh", ["-e", "-c", [...lines, commands].join("\n")], { env, encoding: "utf8" });
  }

  /** Sends it a signal, as Ctrl-C does. */
  interrupt(): void {
    this.#started().kill("SIGINT");
  }

  /** Waits for its end and gives its status. */
  async ended(): Promise<number | null> {
    const child = this.#started();
    if (child.exitCode === null) await once(child, "close");
    return child.exitCode;
  }

  /** What lies in its temporary folder. */
  leftInTemp(): string[] {
    return readdirSync(this.#temp);
  }

  /** How many processes run that it, or what it has started, has started, itself included. */
  running(): number {
    return environments().filter((environment) => environment.includes(`TMPDIR=${this.#temp}`)).length;
  }

  /** Ends it, if it still runs, and removes its world. */
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

/** The environment of each process of this user, one text each. */
function environments(): string[] {
  if (!existsSync("/proc/self/environ")) return execFileSync("ps", ["-A", "-E"], { encoding: "utf8" }).split("\n");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8");
      } catch {
        return "";
      }
    });
}
