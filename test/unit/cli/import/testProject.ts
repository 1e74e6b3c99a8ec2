import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import type { ImportFile } from "../../../../provider/cli/import/importFile";
import { defaultOptions, type ImportOptions } from "../../../../provider/cli/import/importOptions";
import { runImport } from "../../../../provider/cli/import/run";
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
import { resourceTypes } from "../../../../provider/resources/registry";
import { writes } from "../../../drivers/calls";
import { type Declared, Stack } from "../../../drivers/stack";
import { configFor, scriptedCli } from "../scriptedCli";

const { acme } = campusSeed;

export interface ProjectOptions extends EmulatorOptions {
  /** The stack config besides endpoint and key, all of it secret but an organization. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** The resources of the stack, as `pulumi stack export` lists it. Default: none. */
  readonly resources?: readonly object[];
  /**
   * The answer of `pulumi preview`, and the import file that it writes. It fails unless it excludes the protected resources
   * that the program does not declare. Default: the preview fails.
   */
  readonly preview?: { readonly json: object; readonly file: object; readonly undeclared?: readonly string[] };
  /** The answer of the preview after an import, and whether it fails. Default: it fails without an answer. */
  readonly afterImport?: { readonly json: object; readonly fails?: boolean };
  /** The version of the CLI. Default: a new one. */
  readonly version?: string;
  /** The error of `pulumi import`. Default: it succeeds. */
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
  given: ImportFile | undefined;
  givenAt: { readonly path: string; readonly mode: number } | undefined;
  readonly commands: string[][] = [];
  /** The standard output of the last command, also of one that failed. */
  out = "";
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

  async import(
    options: Partial<ImportOptions> = {},
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; out: string; err: string }> {
    let err = "";
    this.out = "";
    const stdout = { write: (text: string) => (this.out += text) };
    const stderr = { write: (text: string) => (err += text) };
    const code = await runImport(
      { ...defaultOptions, ...options },
      { cli: this.#cli(), env, terminal: new Terminal(stdout, stderr, env) },
    );
    return { code, out: this.out, err };
  }

  has(...resources: readonly object[]): void {
    this.#options = { ...this.#options, resources };
  }

  writes(): string[] {
    return writes(this.emulator);
  }

  /** A stack that has what was given to `pulumi import`, and a program that declares it. */
  imported(): { stack: Stack; program: Record<string, Declared> } {
    const stack = new Stack(this.emulator);
    const program: Record<string, Declared> = {};
    for (const { type, name, id = "", inputs = {}, outputs = {} } of this.given?.resources ?? []) {
      const short = resourceTypes.find((each) => type === `pulumi-nodejs:dynamic/rhombus:${each}`);
      assert.ok(short !== undefined, type);
      const { __provider: _handler, ...declared } = inputs;
      program[name] = { type: short, inputs: declared };
      stack.store(name, { type: short, id, inputs, outputs });
    }
    return { stack, program };
  }

  #cli(): PulumiCli {
    const { config = {}, resources = [], version, preview, afterImport, importFails } = this.#options;
    const secret = Object.entries(config).map(([key, value]) => [key, { value, secret: key !== "rhombus:orgUuid" }]);
    const others = scriptedCli({
      ...(version && { version }),
      config: { ...configFor(this.emulator.url), ...Object.fromEntries(secret) },
      resources: { dev: resources, prod: resources },
    });
    const run = async (...words: readonly string[]) => {
      this.commands.push([...words]);
      const [command, action = "", key] = words;
      if (command === "config" && action === "get") return `${config[`shop:${key}`] ?? failed("no such key")}\n`;
      if (command === "preview" && !words.includes("--import-file")) {
        assert.ok(words.includes("--show-sames"), "Pulumi would leave out what does not change");
        const text = JSON.stringify(afterImport?.json) ?? "";
        return afterImport === undefined || afterImport.fails ? failed("the preview failed", text) : text;
      }
      if (command === "preview") {
        if (preview === undefined) return failed("the preview failed");
        const refused = preview.undeclared?.find((urn) => !words.includes(urn));
        const steps = [{ op: "delete", urn: refused }];
        if (refused !== undefined) return failed("the preview failed", JSON.stringify({ steps }));
        writeFileSync(words[words.indexOf("--import-file") + 1] ?? "", JSON.stringify(preview.file));
        return JSON.stringify(preview.json);
      }
      if (command !== "import") return others.run(...words);
      this.#take(words[words.indexOf("--file") + 1] ?? "");
      return importFails === undefined ? "" : failed("failed to import", importFails);
    };
    return { run };
  }

  #take(path: string): void {
    this.given = givenIn(readFileSync(path, "utf8"));
    this.givenAt = { path, mode: statSync(path).mode & 0o777 };
  }
}

export function givenIn(text: string): ImportFile {
  return JSON.parse(text, (_, value: unknown) => {
    const plaintext: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, "plaintext") : undefined;
    return typeof plaintext === "string" ? JSON.parse(plaintext) : value;
  });
}

function failed(message: string, stdout = ""): never {
  throw new PulumiCliError(message, false, stdout);
}

const secrets: readonly string[] = [
  acme.apiKey,
  acme.genea.apiToken,
  acme.kisi.apiSecretKey,
  ...[livedInSeed.headquartersOnGuard, livedInSeed.warehouseOnGuard].flatMap((each) => Object.values(each)),
];

export function assertNothingSecret(text: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} came to light`);
}
