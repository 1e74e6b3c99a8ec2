import * as fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A simulated machine in a temporary folder. Its PATH contains only the programs of the test, so that the tools use real
 * processes and files, but not those of the computer that runs the tests.
 */
export class Machine {
  /** The folder of all files. Its name has a space, as the names of home folders may. */
  readonly root = fs.mkdtempSync(path.join(tmpdir(), "rhombus tools "));
  /** The only folder on PATH. */
  readonly bin = this.folder("bin");
  /** The cache of engines. */
  readonly engines = path.join(this.root, "cache", "pulumi-rhombus", "engine");
  /** The environment for the tools. */
  readonly env: NodeJS.ProcessEnv = { PATH: this.bin, HOME: this.root, XDG_CACHE_HOME: path.join(this.root, "cache") };
  /** The lines of progress so far. */
  readonly lines: string[] = [];
  /** Receives a line of progress. */
  readonly log = (line: string): void => {
    this.lines.push(line);
  };

  /** Creates a folder with its parents. Returns its path. */
  folder(...parts: string[]): string {
    const folder = path.join(this.root, ...parts);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Writes a shell program into a folder, by default the one on PATH. The program can use the system's commands. */
  program(name: string, script: string, folder = this.bin): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    fs.chmodSync(file, 0o755);
    return file;
  }

  /** Installs a Pulumi distribution that reports a version. `without` names a program to leave out. */
  pulumi(version: string, { folder = this.bin, without = "" } = {}): void {
    this.program("pulumi", `echo ${version}`, folder);
    for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      if (name !== without) {
        this.program(name, "echo official", folder);
      }
    }
  }

  /**
   * Installs a Go that logs its folder and arguments, and whose `build` writes a program that prints `version`.
   * `instead` is a script that replaces `build`.
   */
  go(version: string, { instead = "" } = {}): void {
    const build = `while [ "$1" != "-o" ]; do shift; done
printf '#!/bin/sh\\necho ${version}\\n' > "$2"
chmod +x "$2"`;
    this.program("go", `echo "$PWD GOWORK=$GOWORK $*" >> "${this.root}/go.log"\n${instead || build}`);
  }

  /** The calls of a simulated program, one line each. */
  callsOf(name: "go" | "npm"): string[] {
    const file = path.join(this.root, `${name}.log`);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
  }

  /** The folders in the engine cache, drafts included. */
  cached(): string[] {
    return fs.existsSync(this.engines) ? fs.readdirSync(this.engines) : [];
  }

  /** Removes all files. */
  remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}
