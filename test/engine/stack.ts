import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  type ConfigMap,
  type Deployment,
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { Command, FailedRun } from "./command";
import { engineEnv, makeFolder, pulumiCommand } from "./engine";
import { guardInlinePrograms, NOT_RUN } from "./inlineProgram";

/** The project of the saved states in `test/laws/states`. */
const PROJECT = "stories";
const STACK = "dev";

guardInlinePrograms();

/** A run of the CLI. */
export interface Run {
  /** Everything that it printed. */
  readonly text: string;
  /** The steps of resources of this package that changed, in order, such as `update hq`. */
  readonly steps: readonly string[];
}

/** The error of a run. Throws if the run succeeds. */
export async function refusal(run: Promise<unknown>): Promise<FailedRun> {
  const failed = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failed instanceof FailedRun) return failed;
  throw failed ?? new Error("The run succeeded, and should have failed.");
}

/** Options of {@link TestStack.open}. */
export interface StackOptions {
  /** The stack config. */
  readonly config: ConfigMap;
  /** Further environment variables. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called after each run, also a failed one. */
  readonly onRun?: () => void;
  /** Called with everything that is shown, and its channel: `printed`, `events`, `errors`, or the command. */
  readonly onShown?: (channel: string, text: string) => void;
  /** Files of the project, such as a program that the CLI runs, by name. Default: none. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A resource in the state, secrets encrypted. */
export interface StoredResource {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A project and a stack in a folder of their own, run by the real engine. The program runs in this process. */
export class TestStack {
  readonly #shown: string[] = [];
  readonly #started: Command[] = [];
  #program: PulumiFn = async () => {};

  private constructor(
    /** The folder of the project. */
    readonly folder: string,
    private readonly automation: Stack,
    private readonly listeners: Pick<StackOptions, "onRun" | "onShown">,
  ) {}

  /** Creates the folder, the project and the stack. The engine runs `dist`, which must be built. */
  static async open({ config, env = {}, files = {}, ...listeners }: StackOptions): Promise<TestStack> {
    const folder = makeFolder();
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    try {
      const stack = await LocalWorkspace.createStack(
        { stackName: STACK, projectName: PROJECT, program: async () => {} },
        {
          workDir: folder,
          pulumiCommand: await pulumiCommand(),
          projectSettings: { name: PROJECT, runtime: { name: "nodejs", options: { typescript: false } } },
          envVars: { ...(await engineEnv(folder)), ...env },
        },
      );
      await stack.setAllConfig(config);
      return new TestStack(folder, quietly(stack), listeners);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Deploys a program. Default: the last one. */
  up(program = this.#program): Promise<Run> {
    this.#program = program;
    return this.#run((options) => this.automation.up({ ...options, program }));
  }

  /** Shows what the deployment of a program would change, with all differences. Default: the last one. */
  preview(program = this.#program): Promise<Run> {
    this.#program = program;
    return this.#run((options) => this.automation.preview({ ...options, diff: true, program }));
  }

  /** Reads all resources, without running the program. */
  refresh(): Promise<Run> {
    return this.#run((options) => this.automation.refresh(options));
  }

  /** Fails if a preview of a program shows a change. Default: the last one. */
  async expectNothingToDo(program = this.#program): Promise<void> {
    this.#program = program;
    await this.#run((options) => this.automation.preview({ ...options, diff: true, expectNoChanges: true, program }));
  }

  /** Fails if a refresh shows a change. */
  async expectNoDrift(): Promise<void> {
    await this.#run((options) => this.automation.refresh({ ...options, expectNoChanges: true }));
  }

  /** Deletes all resources, without running the program. */
  destroy(): Promise<Run> {
    return this.#run((options) => this.automation.destroy(options));
  }

  /** The outputs of the stack after the last `up`, secrets in plain text. */
  outputs(): Promise<OutputMap> {
    return this.automation.workspace.stackOutputs(this.automation.name);
  }

  /** Sets values of the stack config. */
  configure(config: ConfigMap): Promise<void> {
    return this.automation.setAllConfig(config);
  }

  /** Sets one value of the stack config. */
  setConfig(key: string, value: string, secret = false): Promise<void> {
    return this.automation.setConfig(key, { value, secret });
  }

  /** Starts the CLI on this stack, by default in the process group of the tests. */
  start(args: readonly string[], detached = false): Command {
    const { workspace, name } = this.automation;
    const all = [...args, "--stack", name, "--non-interactive", "--color", "never"];
    const env = { ...process.env, ...workspace.envVars };
    const command = new Command("pulumi", all, { cwd: workspace.workDir, env, detached });
    this.#started.push(command);
    void command.ended.then(() => {
      this.#show(`pulumi ${args.join(" ")}`, command.text);
      this.listeners.onRun?.();
    });
    return command;
  }

  /** Runs the CLI on this stack, and returns what it prints. Rejects with a {@link FailedRun}. */
  async cli(...args: readonly string[]): Promise<string> {
    const command = this.start(args);
    if ((await command.ended) !== 0) throw new FailedRun(command.text);
    return command.text;
  }

  /** A resource in the state, by its name. */
  async stored(name: string): Promise<StoredResource | undefined> {
    const exported: unknown = JSON.parse(await this.cli("stack", "export"));
    return resourcesIn(exported).find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** Replaces the state. Its secrets are encrypted with the same passphrase. */
  async import(state: Deployment): Promise<void> {
    await this.automation.importStack(state);
  }

  /** The resources in the state, secrets in plain text. This does not count as shown. */
  async opened(): Promise<StoredResource[]> {
    return resourcesIn(await this.automation.exportStack());
  }

  /** Everything that the runs have shown: output, errors, and the events of the engine. */
  shown(): string {
    return this.#shown.join("\n");
  }

  /** All files of Pulumi: the state with its history, logs, and the stack config. */
  onDisk(): string {
    return textBelow(this.folder);
  }

  /** Ends all runs and removes all files. */
  close(): void {
    for (const command of this.#started) command.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #show(channel: string, text: string): void {
    this.#shown.push(text);
    this.listeners.onShown?.(channel, text);
  }

  async #run(operation: (options: RunOptions) => Promise<unknown>, triesLeft = 2): Promise<Run> {
    const events: EngineEvent[] = [];
    let text = "";
    const print = (chunk: string) => {
      text += chunk;
    };
    try {
      const onEvent = (event: EngineEvent) => events.push(event);
      await operation({ color: "never", onEvent, onOutput: print, onError: print });
      return { text, steps: stepsIn(events) };
    } catch (error) {
      this.#show("errors", String(error));
      if (triesLeft > 0 && text.includes(NOT_RUN)) {
        console.warn(`run again: ${text}`);
        return this.#run(operation, triesLeft - 1);
      }
      throw new FailedRun(text === "" ? String(error) : text);
    } finally {
      this.#show("printed", text);
      this.#show("events", JSON.stringify(events.filter(isShown)));
      this.listeners.onRun?.();
    }
  }
}

/** After each run, the SDK calls the CLI three times for outputs and history: a fourth of the computing time. */
function quietly(stack: Stack): Stack {
  stack.outputs = async () => ({});
  stack.info = async () => undefined;
  return stack;
}

interface RunOptions {
  readonly color: "never";
  onEvent(event: EngineEvent): void;
  onOutput(text: string): void;
  onError(text: string): void;
}

/** The text of all files in a folder, without installed packages. Links are not followed, which a recursive `readdir` of Node 24 does. */
export function textBelow(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== "node_modules");
  const texts = entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return [textBelow(file)];
    return entry.isFile() ? [readFileSync(file, "utf8")] : [];
  });
  return texts.join("\n");
}

/**
 * The SDK in the program's process sends debug events with the answers of the engine in plain text, for the resources of every
 * provider. They are shown only on request, and a provider cannot prevent them.
 */
function isShown({ diagnosticEvent }: EngineEvent): boolean {
  return diagnosticEvent === undefined || ["info", "info#err", "warning", "error"].includes(diagnosticEvent.severity);
}

function stepsIn(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resOutputsEvent: done, resOpFailedEvent: failed }) => {
    const { metadata } = done ?? failed ?? {};
    if (metadata === undefined || metadata.op === "same" || !metadata.type.includes("rhombus:")) return [];
    return [`${failed ? "failed " : ""}${metadata.op} ${metadata.urn.split("::").at(-1)}`];
  });
}

function resourcesIn(exported: unknown): StoredResource[] {
  const { resources }: { resources?: unknown } = Object(Object(exported).deployment);
  return Array.isArray(resources) ? resources.filter(isStoredResource) : [];
}

function isStoredResource(value: unknown): value is StoredResource {
  const { urn, id, inputs, outputs }: Partial<Record<keyof StoredResource, unknown>> = Object(value);
  const areTexts = typeof urn === "string" && typeof id === "string";
  return areTexts && typeof inputs === "object" && typeof outputs === "object";
}
