import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type PulumiCli, PulumiCliError } from "../../../provider/cli/pulumi/pulumiCli";

const ROOT = path.join(__dirname, "../../..");

export class ProgramFolder {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "rhombus-programFolder-")));

  static whole(): ProgramFolder {
    const programFolder = new ProgramFolder();
    programFolder.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    programFolder.link("@pulumi/pulumi", path.join(ROOT, "node_modules/@pulumi/pulumi"));
    programFolder.package("pulumi-rhombus", "0.1.0", { "provider.js": "" });
    return programFolder;
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  package(name: string, version: string, files: Readonly<Record<string, string>> = {}): void {
    const folder = `node_modules/${name}`;
    this.write(`${folder}/package.json`, JSON.stringify({ name, version }));
    for (const [file, text] of Object.entries(files)) this.write(`${folder}/${file}`, text);
  }

  link(name: string, target: string): void {
    const place = path.join(this.folder, "node_modules", name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(target, place);
  }

  remove(name = "."): void {
    rmSync(path.join(this.folder, name), { recursive: true, force: true });
  }
}

export interface ShownValue {
  readonly value: string;
  readonly secret: boolean;
}

export interface CliAnswers {
  /** Its version. Default: 3.259.0. */
  readonly version?: string;
  /** The stack config, or why there is none. Default: empty. */
  readonly config?: Readonly<Record<string, ShownValue>> | string;
  /** The resources in the state of each stack; `dev` is the selected one. Default: none. */
  readonly resources?: Readonly<Record<string, readonly object[]>>;
}

export function scriptedCli({ version = "3.259.0", config = {}, resources = { dev: [] } }: CliAnswers = {}): PulumiCli {
  return {
    async run(...words) {
      const at = words.indexOf("--stack");
      const stack = at < 0 ? "dev" : (words[at + 1] ?? "");
      if (words[0] === "version") return `v${version}\n`;
      if (typeof config === "string") throw new PulumiCliError(config, false);
      if (words[0] === "config") return JSON.stringify(config);
      if (words[1] === "--show-name") return "dev\n";
      const found = resources[stack];
      if (found === undefined) throw new PulumiCliError(`no stack named '${stack}' found`, false);
      return JSON.stringify({ version: 3, deployment: { resources: found } });
    },
  };
}

export function stored(type: string, name: string, id: string, orgUuid: string): object {
  const full = `pulumi-nodejs:dynamic/rhombus:${type}`;
  return { urn: `urn:pulumi:dev::shop::${full}::${name}`, type: full, id, outputs: { orgUuid } };
}
