import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { npmEnv } from "../../../tools/npmEnv.mjs";
import { engineEnv } from "../engine";

const ROOT = path.resolve(__dirname, "../../..");

/** The packages that a user installs beside it. */
const BESIDE = ["@pulumi/pulumi", "typescript", "@types/node"];

/** A folder outside of this checkout in which the packed package is installed as a user installs it. */
export class Project {
  readonly #env: NodeJS.ProcessEnv;

  private constructor(
    /** The project's folder. */
    readonly folder: string,
    /** The names of the files in the package. */
    readonly packed: readonly string[],
    env: NodeJS.ProcessEnv,
  ) {
    this.#env = env;
  }

  /** Packs the package, whose `dist` must be built, and installs it in an empty folder. */
  static async install(): Promise<Project> {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "rhombus-packed-")));
    try {
      // A build would remove `dist` while other tests use it.
      const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
      const { filename, files } = packedAs(await run("npm", pack, { cwd: ROOT, env: npmEnv() }));
      for (const name of ["home", "state"]) mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest(filename)));
      await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder, env: npmEnv() });
      const env = { ...process.env, ...(await engineEnv(folder)) };
      return new Project(folder, files, env);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Writes files into the project, by name. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(this.folder, name), text);
  }

  /** Runs a command in the project, and returns its output. */
  run(command: string, ...args: readonly string[]): Promise<string> {
    return run(command, args, { cwd: this.folder, env: this.#env });
  }

  /** Removes all files. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** With the versions of this checkout, which npm has in its cache. */
function manifest(tarball: string): object {
  const beside = BESIDE.map((name) => [name, installedVersion(name)]);
  return {
    name: "a-user",
    private: true,
    dependencies: { ...Object.fromEntries(beside), "pulumi-rhombus": `file:${tarball}` },
  };
}

function installedVersion(name: string): unknown {
  const text = readFileSync(path.join(ROOT, "node_modules", name, "package.json"), "utf8");
  const content: unknown = JSON.parse(text);
  return Reflect.get(Object(content), "version");
}

function packedAs(json: string): { filename: string; files: string[] } {
  const listed: unknown = JSON.parse(json);
  const [first]: unknown[] = Array.isArray(listed) ? listed : [];
  const [filename, files]: unknown[] = ["filename", "files"].map((name) => Reflect.get(Object(first), name));
  if (typeof filename !== "string" || !Array.isArray(files)) throw new Error(`npm pack printed ${json}`);
  return { filename, files: files.map((file: unknown) => String(Reflect.get(Object(file), "path"))) };
}

function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}
