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

/**
 * A make-believe machine in a temporary folder: its PATH holds only the programs that a test puts there, so the tools
 * under test meet real processes and real files, and never the ones of the computer that runs the tests.
 */
export class Machine {
  /** The folder of everything; its name has a space, as home folders may. */
  readonly root = mkdtempSync(path.join(tmpdir(), "rhombus tools "));
  /** The one folder on PATH. */
  readonly bin = this.folder("bin");
  /** Where the tools keep engines on this machine. */
  readonly engines = path.join(this.root, "cache", "pulumi-rhombus", "engine");
  /** The environment to hand to the tools. */
  readonly env: NodeJS.ProcessEnv = { PATH: this.bin, HOME: this.root, XDG_CACHE_HOME: path.join(this.root, "cache") };
  /** The lines of progress that the tools have printed. */
  readonly lines: string[] = [];
  /** Takes a line of progress. */
  readonly log = (line: string): void => {
    this.lines.push(line);
  };

  /** Makes a folder, with those above it, and returns its path. */
  folder(...parts: string[]): string {
    const folder = path.join(this.root, ...parts);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Writes a shell program into a folder, by default the one on PATH; the program itself sees the system's commands. */
  program(name: string, script: string, folder = this.bin): string {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Installs a Pulumi distribution of that version; `without` names the programs that it lacks. */
  pulumi(version: string, { folder = this.bin, without = "" } = {}): void {
    this.program("pulumi", `echo ${version}`, folder);
    for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      if (name !== without) {
        this.program(name, "echo official", folder);
      }
    }
  }

  /**
   * Installs a Go whose `build` notes its folder and arguments and writes a program that prints `version`. `instead` is
   * a script to run in place of that.
   */
  go(version: string, { instead = "" } = {}): void {
    const build = `while [ "$1" != "-o" ]; do shift; done
printf '#!/bin/sh\\necho ${version}\\n' > "$2"
chmod +x "$2"`;
    this.program("go", `echo "$PWD GOWORK=$GOWORK $*" >> "${this.root}/go.log"\n${instead || build}`);
  }

  /** What the Go of this machine was asked to do, one line per call. */
  goCalls(): string[] {
    const file = path.join(this.root, "go.log");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  /** The folders in the engine cache, hidden ones too. */
  cached(): string[] {
    return existsSync(this.engines) ? readdirSync(this.engines) : [];
  }

  /** Removes it all. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
