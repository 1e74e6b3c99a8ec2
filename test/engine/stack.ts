import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  type ConfigMap,
  type Deployment,
  type EngineEvent,
  LocalWorkspace,
  type OpMap,
  type OutputMap,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { engineBin, engineEnv, pulumiCommand } from "./engine";
import { makeFolder } from "./folder";
import { guardInlinePrograms, NOT_RUN } from "./inlineProgram";

const PROJECT = "stories";
const STACK = "dev";

guardInlinePrograms();

/** One run of the CLI, as a person and as a machine sees it. */
export interface Run {
  /** All that was printed. */
  readonly text: string;
  /** What happened to which resource, in order and without those that stayed the same, such as `update hq`. */
  readonly steps: readonly string[];
  /** How many resources each kind of step touched, the stack itself included. */
  readonly changes: OpMap;
}

/** A run that ended with an error. Its message is all that was printed. */
export class FailedRun extends Error {
  /** The name of this kind of error. */
  override readonly name = "FailedRun";
}

/**
 * How a run failed that must fail.
 * @param run The run.
 */
export async function refusal(run: Promise<unknown>): Promise<FailedRun> {
  const failed = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failed instanceof FailedRun) return failed;
  throw failed ?? new Error("The run succeeded, and should have failed.");
}

/** What a stack starts with. */
export interface StackOptions {
  /** The stack's configuration. */
  readonly config: ConfigMap;
  /** Environment variables besides those that the engine needs. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called after each run, also a failed one. */
  readonly onRun?: () => void;
  /** Called with all that is shown, and on which way: `printed`, `events`, `errors`, or the command that showed it. */
  readonly onShown?: (way: string, text: string) => void;
  /** Files of the project, such as a program for the CLI to run, by name. Default: none. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What the state holds of a resource, secrets still encrypted. */
export interface StoredResource {
  /** Its URN. */
  readonly urn: string;
  /** Its id. */
  readonly id: string;
  /** Its inputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Its outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A project and a stack in a folder of their own, run by the real engine. The program runs in this process. */
export class TestStack {
  readonly #folder: string;
  readonly #stack: Stack;
  readonly #onRun: () => void;
  readonly #onShown: (way: string, text: string) => void;
  readonly #shown: string[] = [];
  #program: PulumiFn = async () => {};

  private constructor(
    folder: string,
    stack: Stack,
    { onRun = () => {}, onShown = () => {} }: Pick<StackOptions, "onRun" | "onShown">,
  ) {
    this.#folder = folder;
    this.#stack = stack;
    this.#onRun = onRun;
    this.#onShown = onShown;
  }

  /** The project's folder. */
  get folder(): string {
    return this.#folder;
  }

  /**
   * Makes the folder, the project and the stack. The engine runs the package's dist, so that must be built.
   * @param options What the stack starts with.
   */
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

  /** Deploys a program; without one, the last one again. */
  up(program?: PulumiFn): Promise<Run> {
    const chosen = this.#choose(program);
    return this.#run((watching) => this.#stack.up({ ...watching, program: chosen }));
  }

  /** Shows, with all differences, what deploying a program would change; without one, the last one again. */
  preview(program?: PulumiFn): Promise<Run> {
    const chosen = this.#choose(program);
    return this.#run((watching) => this.#stack.preview({ ...watching, diff: true, program: chosen }));
  }

  /** Reads everything again, without running the program. */
  refresh(): Promise<Run> {
    return this.#run((watching) => this.#stack.refresh(watching));
  }

  /** Fails when a preview of a program would change anything; without one, of the last one again. */
  async expectNothingToDo(program?: PulumiFn): Promise<void> {
    const chosen = this.#choose(program);
    await this.#run((watching) =>
      this.#stack.preview({ ...watching, diff: true, expectNoChanges: true, program: chosen }),
    );
  }

  /** Fails when a refresh finds anything other than the state knows. */
  async expectNoDrift(): Promise<void> {
    await this.#run((watching) => this.#stack.refresh({ ...watching, expectNoChanges: true }));
  }

  /** Removes everything, without running the program. */
  destroy(): Promise<Run> {
    return this.#run((watching) => this.#stack.destroy(watching));
  }

  /** The stack's outputs after the last `up`, secrets in clear. */
  outputs(): Promise<OutputMap> {
    return this.#stack.workspace.stackOutputs(this.#stack.name);
  }

  /** Sets values of the configuration. */
  configure(config: ConfigMap): Promise<void> {
    return this.#stack.setAllConfig(config);
  }

  /** Sets one value of the configuration. */
  setConfig(key: string, value: string, secret = false): Promise<void> {
    return this.#stack.setConfig(key, { value, secret });
  }

  /**
   * Runs the CLI on this stack as a person does, and returns what it prints.
   * @throws FailedRun when it ends with an error.
   */
  async cli(...args: readonly string[]): Promise<string> {
    const { workspace, name } = this.#stack;
    const env = { ...process.env, ...workspace.envVars };
    const command = path.join(await engineBin(), "pulumi");
    return new Promise((resolve, reject) => {
      const all = [...args, "--stack", name, "--non-interactive", "--color", "never"];
      execFile(command, all, { cwd: workspace.workDir, env }, (error, stdout, stderr) => {
        const text = `${stdout}${stderr}`;
        this.#show(`pulumi ${args.join(" ")}`, text);
        this.#onRun();
        if (error) reject(new FailedRun(text));
        else resolve(text);
      });
    });
  }

  /** What the state holds of the resource of this name. */
  async stored(name: string): Promise<StoredResource | undefined> {
    const exported: unknown = JSON.parse(await this.cli("stack", "export"));
    return resourcesIn(exported).find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** Puts a state in place of the stack's own, secrets encrypted with the same passphrase. */
  async import(state: Deployment): Promise<void> {
    await this.#stack.importStack(state);
  }

  /** What the state holds of its resources, secrets in clear. No run shows it. */
  async opened(): Promise<StoredResource[]> {
    return resourcesIn(await this.#stack.exportStack());
  }

  /** Everything that any run has shown: what was printed, errors, and the engine's events. */
  shown(): string {
    return this.#shown.join("\n");
  }

  /** Everything that Pulumi keeps on disk: the state with its history, its logs, and the stack's configuration. */
  onDisk(): string {
    return textBelow(this.#folder);
  }

  /** Removes all that is on disk. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #show(way: string, text: string): void {
    this.#shown.push(text);
    this.#onShown(way, text);
  }

  #choose(program: PulumiFn | undefined): PulumiFn {
    this.#program = program ?? this.#program;
    return this.#program;
  }

  async #run(operation: (watching: Watching) => Promise<unknown>, triesLeft = 2): Promise<Run> {
    const events: EngineEvent[] = [];
    let text = "";
    const print = (chunk: string) => {
      text += chunk;
    };
    try {
      const onEvent = (event: EngineEvent) => events.push(event);
      await operation({ color: "never", onEvent, onOutput: print, onError: print });
      return { text, steps: stepsIn(events), changes: changesIn(events) };
    } catch (error) {
      this.#show("errors", String(error));
      if (triesLeft > 0 && text.includes(NOT_RUN)) {
        console.warn(`once more: ${text}`);
        return this.#run(operation, triesLeft - 1);
      }
      throw new FailedRun(text === "" ? String(error) : text);
    } finally {
      this.#show("printed", text);
      this.#show("events", JSON.stringify(events.filter(isForPeople)));
      this.#onRun();
    }
  }
}

/** After each run, the SDK calls the CLI three times more, for outputs and history: a fourth of the computing time. */
function quietly(stack: Stack): Stack {
  stack.outputs = async () => ({});
  stack.info = async () => undefined;
  return stack;
}

/** How a run is listened to. */
interface Watching {
  readonly color: "never";
  onEvent(event: EngineEvent): void;
  onOutput(text: string): void;
  onError(text: string): void;
}

/**
 * All that stands in the files of a folder, without what is installed there.
 * @param folder The folder.
 */
export function textBelow(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  return files.map((file) => readFileSync(path.join(file.parentPath, file.name), "utf8")).join("\n");
}

/**
 * The SDK in the program's process tells the engine for debugging, in clear, what the engine has answered, of every
 * provider's resources. No one sees that without asking for it, and no provider can help it.
 */
function isForPeople({ diagnosticEvent }: EngineEvent): boolean {
  return diagnosticEvent === undefined || ["info", "info#err", "warning", "error"].includes(diagnosticEvent.severity);
}

function stepsIn(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resOutputsEvent: done, resOpFailedEvent: failed }) => {
    const { metadata } = done ?? failed ?? {};
    if (metadata === undefined || metadata.op === "same" || !metadata.type.includes("rhombus:")) return [];
    return [`${failed ? "failed " : ""}${metadata.op} ${metadata.urn.split("::").at(-1)}`];
  });
}

function changesIn(events: readonly EngineEvent[]): OpMap {
  return events.flatMap(({ summaryEvent }) => summaryEvent?.resourceChanges ?? []).at(-1) ?? {};
}

function resourcesIn(exported: unknown): StoredResource[] {
  const resources = member(member(exported, "deployment"), "resources");
  return Array.isArray(resources) ? resources.filter(isStoredResource) : [];
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isStoredResource(value: unknown): value is StoredResource {
  const maps = [member(value, "inputs"), member(value, "outputs")];
  const texts = [member(value, "urn"), member(value, "id")];
  return texts.every((each) => typeof each === "string") && maps.every((each) => typeof each === "object");
}
