import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
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
import { Command } from "./command";
import { engineBin } from "./engine";

const DEMO = path.join(__dirname, "../../tools/demo/main.mjs");

/** A run of `npm run demo` with a temporary folder of its own. */
export class DemoRun {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "rhombus-demo-test-"));
  readonly #temp = this.#below("temp");
  #command: Command | undefined;

  /** The process. */
  get command(): Command {
    return this.#command ?? assert.fail("The demo was not started.");
  }

  /** The output so far. */
  get output(): string {
    return this.command.text;
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
    this.#command = new Command(process.execPath, [DEMO, ...args], { env });
  }

  /**
   * Runs commands in a shell, after the `cd` and `export` lines that the demo has printed for it.
   * @param commands The commands.
   * @returns Their output.
   */
  pasted(commands: string): string {
    const lines = this.output.split("\n").filter((line) => /^(?:cd \S|export [A-Z])/.test(line));
    const env = { HOME: this.#below("home"), PATH: process.env.PATH, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    return execFileSync("sh", ["-e", "-c", [...lines, commands].join("\n")], { env, encoding: "utf8" });
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
    this.#command?.interrupt();
    await this.#command?.ended;
    rmSync(this.#folder, { recursive: true, force: true });
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
