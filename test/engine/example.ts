import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command, FailedRun } from "./command";
import { engineEnv, makePulumiFolder } from "./engine";
import { textBelow } from "./stack";

const ROOT = path.join(__dirname, "../..");

/** Options of {@link Example.open}. */
export interface ExampleOptions {
  /** A folder with `examples` and the `node_modules` for the provider. Default: the checkout. */
  readonly root?: string;
  /** The folder with the plugins of other clouds. Default: none. */
  readonly plugins?: string;
}

/** An example in a folder of its own, so that the settings of its stack are not written into the checkout. */
export class Example {
  readonly #shown: string[] = [];

  private constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  /** Creates the folder. */
  static async open({ root = ROOT, plugins }: ExampleOptions = {}): Promise<Example> {
    const folder = makePulumiFolder();
    for (const name of ["examples", "node_modules"]) symlinkSync(path.join(root, name), path.join(folder, name));
    if (plugins !== undefined) symlinkSync(plugins, path.join(folder, "home", "plugins"));
    return new Example(root, folder, { ...(await engineEnv(folder)), PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
  }

  /** Selects the project of a file, and creates a stack with this config. */
  async use(project: string, config: Record<string, unknown>): Promise<void> {
    const file = path.join(this.folder, "Pulumi.yaml");
    cpSync(path.join(this.root, project), file);
    const program = path.dirname(project);
    if (program !== ".") writeFileSync(file, `main: ${program}\n`, { flag: "a" });
    writeFileSync(path.join(this.folder, "Pulumi.test.yaml"), JSON.stringify({ config }));
    await this.run(["stack", "init", "test"]);
  }

  /** Writes a file beside the project, and returns its path. */
  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** Runs the CLI, and returns its output. The error of a failure contains it. */
  async run(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const command = new Command("pulumi", args, { cwd: this.folder, env: { ...process.env, ...this.env, ...env } });
    const code = await command.ended;
    this.#shown.push(command.text);
    if (code !== 0) throw new FailedRun(`pulumi ${args.join(" ")}\n${command.text}`);
    return command.stdout;
  }

  /** Everything that the runs have printed. */
  shown(): string {
    return this.#shown.join("\n");
  }

  /** All files of Pulumi: the state with its history, logs, and the stack config. */
  onDisk(): string {
    return textBelow(this.folder);
  }

  /** Removes the folder. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
