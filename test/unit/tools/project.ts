import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Machine } from "./machine";

const CHECKOUT = path.join(__dirname, "../../..");

/**
 * A checkout on a simulated machine: these tools, a provider of one file, and an npm that logs its calls and writes the
 * files that the tools expect.
 */
export class Project extends Machine {
  /** The checkout. */
  readonly checkout = this.folder("checkout");

  constructor() {
    super();
    this.write("package-lock.json", "{}");
    this.write("tsconfig.json", "{}");
    this.write("tsconfig.build.json", "{}");
    this.write("provider/index.ts", "export {};");
    this.npm();
  }

  /** Writes a file of the checkout. */
  write(name: string, text: string): void {
    this.folder("checkout", path.dirname(name));
    writeFileSync(path.join(this.checkout, name), text);
  }

  /** Sets the time of a file of the checkout to a number of seconds ago. */
  age(name: string, seconds: number): void {
    const time = Date.now() / 1000 - seconds;
    utimesSync(path.join(this.checkout, name), time, time);
  }

  /** Installs npm. `ci` and `build` are the scripts of these commands. */
  npm({ ci = "mkdir -p node_modules; touch node_modules/.package-lock.json", build = this.writeOutput() } = {}): void {
    const log = path.join(this.root, "npm.log");
    this.program("npm", `echo "$*" >> "${log}"\ncase "$1" in\nci) ${ci} ;;\n*) ${build} ;;\nesac`);
  }

  /** A script that writes dist. */
  writeOutput(): string {
    return "mkdir -p dist; echo built > dist/index.js";
  }

  /** Copies the tools into the checkout, links the installed packages, and puts a CLI on PATH. */
  makeTestable(): void {
    cpSync(path.join(CHECKOUT, "tools"), path.join(this.checkout, "tools"), { recursive: true });
    // Without tsx, which its suites do not need and which doubles the time of each run.
    writeFileSync(path.join(this.checkout, ".mocharc.json"), "{}");
    const packages = path.join(CHECKOUT, "node_modules");
    const linked = this.folder("checkout", "node_modules");
    for (const name of readdirSync(packages).filter((entry) => !entry.startsWith("."))) {
      symlinkSync(path.join(packages, name), path.join(linked, name));
    }
    writeFileSync(path.join(linked, ".package-lock.json"), "{}");
    this.pulumi("v3.240.0");
  }

  /** Runs `npm test` in the checkout. */
  test(...args: string[]): { status: number | null; lines: string[]; output: string } {
    const run = spawnSync(process.execPath, [path.join(this.checkout, "tools/test.mjs"), ...args], {
      cwd: this.checkout,
      env: { ...this.env, PULUMI_RHOMBUS_ENGINE: "path" },
      encoding: "utf8",
    });
    return { status: run.status, lines: run.stdout.trimEnd().split("\n"), output: run.stdout + run.stderr };
  }
}
