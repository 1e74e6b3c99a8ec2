import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { runImport } from "../../../../provider/cli/import/run";
import type { ImportOptions } from "../../../../provider/cli/import/session";
import { Terminal } from "../../../../provider/cli/output/terminal";
import { type PulumiCli, PulumiCliError } from "../../../../provider/cli/pulumi/pulumiCli";
import {
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  livedInSeed,
  type OrganizationConsole,
  startEmulator,
} from "../../../../provider/emulator";
import type { Properties } from "../../../drivers/stack";

const { acme } = campusSeed;

export interface GivenFile {
  readonly nameTable?: Readonly<Record<string, string>>;
  readonly resources: readonly GivenSpec[];
}

export interface GivenSpec {
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly provider?: string;
  readonly parent?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface ProjectOptions extends EmulatorOptions {
  /** The stack config besides endpoint and key, all of it secret but an organization. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** What the stack has, as `pulumi stack export` lists it. Default: nothing. */
  readonly resources?: readonly object[];
  /** What `pulumi preview` answers, and the import file that it writes. Default: the preview fails. */
  readonly preview?: { readonly json: object; readonly file: object };
  /** The version of the CLI. Default: a new one. */
  readonly version?: string;
  /** Why `pulumi import` fails. Default: it does not. */
  readonly importFails?: string;
}

const running: Emulator[] = [];

export async function closeProjects(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

export async function openProject(options: ProjectOptions = {}): Promise<TestProject> {
  const emulator = await startEmulator({ seed: "livedIn", ...options });
  running.push(emulator);
  return new TestProject(emulator, options);
}

export class TestProject {
  given: GivenFile | undefined;
  givenAt: { readonly path: string; readonly mode: number } | undefined;
  readonly commands: string[][] = [];
  #options: ProjectOptions;

  constructor(
    readonly emulator: Emulator,
    options: ProjectOptions,
  ) {
    this.#options = options;
  }

  get console(): OrganizationConsole {
    return this.emulator.console(acme.orgUuid);
  }

  async import(options: Partial<ImportOptions> = {}, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    let [out, err] = ["", ""];
    const stdout = { write: (text: string) => (out += text) };
    const stderr = { write: (text: string) => (err += text) };
    const flags = { apply: false, match: false, only: [], dryRun: false, json: false, recoverSecrets: false };
    const code = await runImport(
      { ...flags, ...options },
      { cli: this.#cli(), env, terminal: new Terminal(stdout, stderr, env) },
    );
    return { code, out, err };
  }

  has(...resources: readonly object[]): void {
    this.#options = { ...this.#options, resources };
  }

  calls(): string[] {
    return this.emulator.requests().map(({ operation }) => operation ?? "unknown path");
  }

  #cli(): PulumiCli {
    return {
      run: async (...words) => {
        this.commands.push([...words]);
        return this.#answer(words);
      },
    };
  }

  #answer(words: readonly string[]): string {
    const { config = {}, resources = [], version = "v3.259.0", importFails } = this.#options;
    const command = words.slice(0, words[0] === "version" || words[0] === "import" ? 1 : 2).join(" ");
    if (command === "version") return `${version}\n`;
    if (command === "config --json") return JSON.stringify(this.#config(config));
    if (command === "config get") return `${config[`door:${words[2]}`] ?? noSuchKey()}\n`;
    if (command === "stack export") return JSON.stringify({ deployment: { resources } });
    if (command === "preview --json") return this.#preview(words);
    assert.equal(command, "import");
    this.#take(words[words.indexOf("--file") + 1] ?? "");
    if (importFails !== undefined) throw new PulumiCliError("failed to import", false, importFails);
    return "";
  }

  #config(config: Readonly<Record<string, string>>): object {
    const secret = Object.entries(config).map(([key, value]) => [key, { value, secret: key !== "rhombus:orgUuid" }]);
    return {
      "rhombus:endpoint": { value: this.emulator.url, secret: false },
      "rhombus:apiKey": { value: acme.apiKey, secret: true },
      ...Object.fromEntries(secret),
    };
  }

  #preview(words: readonly string[]): string {
    const { preview } = this.#options;
    const path = words[words.indexOf("--import-file") + 1] ?? "";
    if (preview === undefined) throw new PulumiCliError("the preview failed", false, "");
    writeFileSync(path, JSON.stringify(preview.file));
    return JSON.stringify(preview.json);
  }

  #take(path: string): void {
    this.given = givenIn(readFileSync(path, "utf8"));
    this.givenAt = { path, mode: statSync(path).mode & 0o777 };
  }
}

export function givenIn(text: string): GivenFile {
  return JSON.parse(text, (_, value: unknown) => {
    const plaintext: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, "plaintext") : undefined;
    return typeof plaintext === "string" ? JSON.parse(plaintext) : value;
  });
}

function noSuchKey(): never {
  throw new PulumiCliError("configuration key not found", false, "");
}

const secrets: readonly string[] = [
  acme.apiKey,
  acme.genea.apiToken,
  acme.kisi.apiSecretKey,
  ...[livedInSeed.headquartersOnGuard, livedInSeed.warehouseOnGuard].flatMap((each) => Object.values(each)),
];

export function isWrite(operation: string): boolean {
  return /^(?:create|update|delete|add|remove)/.test(operation);
}

export const inStack = (type: string, name: string, id: string, more: object = {}) => ({
  urn: `urn:pulumi:dev::door::pulumi-nodejs:dynamic/rhombus:${type}::${name}`,
  type: `pulumi-nodejs:dynamic/rhombus:${type}`,
  id,
  outputs: { orgUuid: acme.orgUuid },
  ...more,
});

export function assertNothingSecret(text: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} came to light`);
}
