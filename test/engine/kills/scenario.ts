import assert from "node:assert/strict";
import { type Behaviours, campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { definitions, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import type { Properties } from "../../drivers/properties";
import { isFixed, samplePerType } from "../../laws/everyResource";
import { full, resourceFacts } from "../../resources/facts";
import { assertHidden, knownSecrets, madeSecrets } from "../fixture";
import type { Outcome } from "./outcome";
import { type Ended, type Running, UserProject } from "./project";
import { type WriteNumbers, Writes } from "./writes";

const { acme } = campusSeed;

/** What is killed: a process, or by a second Ctrl-C the calls that the CLI waits for. */
export type Target = "provider" | "CLI" | "calls";

/** The inputs of one resource of each type. The name of a resource is that of its type. */
export type Inputs = Readonly<Record<string, Properties>>;

/** The first inputs, and changes that update and replace each resource. */
export const first: Inputs = perType(({ type }) => full(samplePerType[type]));
export const changed: Inputs = perType(({ type, isReplacing }) => {
  const inputs = Object.entries(full(samplePerType[type], 1)).filter(([field]) => !isReplacing(field));
  return { ...first[type], ...Object.fromEntries(inputs) };
});
export const replaced: Inputs = perType(({ type }) => ({ ...changed[type], ...full(samplePerType[type], 1) }));

/** The arguments with which the CLI replaces the resources that no input replaces. */
export const replacing: readonly string[] = resourceTypes
  .filter((type) => JSON.stringify(replaced[type]) === JSON.stringify(changed[type]))
  .flatMap((type) => ["--replace", `urn:pulumi:dev::kills::pulumi-nodejs:dynamic/rhombus:${type}::${type}`]);

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];
const REFUSED = /already exists in Rhombus and is not managed by this resource\. Nothing was written\./;

/** A stack of one resource of each type, whose runs are killed between a write and its answer. */
export class KillScenario {
  readonly #emulator: Emulator;
  readonly #writes: Writes;
  readonly #outcome: Outcome;
  readonly #foreign: readonly (readonly [ResourceType, string])[];
  readonly #secrets = new Set(knownSecrets());
  #opened: UserProject | undefined;

  private constructor(emulator: Emulator, writes: Writes, outcome: Outcome, behaviours: Partial<Behaviours>) {
    this.#emulator = emulator;
    this.#writes = writes;
    this.#outcome = outcome;
    const console = emulator.console(acme.orgUuid);
    // Beside another deployment, OnGuard needs more writes. Under this behaviour there can be only one.
    const types = resourceTypes.filter(
      (type) => type !== "OnGuardIntegration" || behaviours.onGuardCreate !== "existing",
    );
    this.#foreign = types.flatMap((type) => {
      const { neighbour } = samplePerType[type];
      if (neighbour !== undefined) resourceFacts[type].add(console, neighbour);
      return resourceFacts[type].objects(console).map(({ id }) => [type, id] as const);
    });
  }

  /** Starts an emulator with objects of others, and creates an empty stack. */
  static async begin(outcome: Outcome, behaviours: Partial<Behaviours> = {}): Promise<KillScenario> {
    const writes = new Writes();
    const emulator = await startEmulator({ onRequest: writes.onRequest, behaviours });
    const scenario = new KillScenario(emulator, writes, outcome, behaviours);
    const onRun = () => {
      for (const secret of madeSecrets(emulator)) scenario.#secrets.add(secret);
    };
    try {
      scenario.#opened = await UserProject.open(emulator, { secrets: perType(secretInputs), onRun });
      return scenario;
    } catch (error) {
      await emulator.close();
      throw error;
    }
  }

  /** Closes everything. Fails if a secret was shown or stored. */
  async end(): Promise<void> {
    try {
      assertHidden(this.#secrets, this.#project, this.#emulator);
    } finally {
      await this.#project.close();
      await this.#emulator.close();
    }
  }

  /**
   * Runs `up`, kills the target when these writes were carried out and not answered, and recovers.
   * @returns The output of the first run.
   */
  async up(target: Target, numbers: WriteNumbers, inputs: Inputs, ...args: readonly string[]): Promise<string> {
    const title = this.#titled(`up, ${target} killed at`, numbers);
    this.#declare(inputs);
    const { text } = await this.#killed(target, numbers, [...UP, ...args]);
    const again = await this.#project.run(...UP, ...args);
    if (!again.isDone) await this.#adopt(title, inputs, again);
    await this.#compare(title);
    return text;
  }

  /** Runs `up` without a kill. Returns the number of writes of each type. */
  async countWrites(inputs: Inputs, ...args: readonly string[]): Promise<WriteNumbers> {
    this.#declare(inputs);
    this.#writes.hold({});
    const { isDone, text } = await this.#project.run(...UP, ...args);
    assert.ok(isDone, text);
    return Object.fromEntries(resourceTypes.map((type) => [type, this.#writes.count(type)]));
  }

  /** Runs `destroy`, kills the target when these writes were carried out and not answered, and runs it again. */
  async destroy(target: Target, numbers: WriteNumbers): Promise<void> {
    const title = this.#titled(`destroy, ${target} killed at`, numbers);
    await this.#killed(target, numbers, DESTROY);
    const again = await this.#project.run(...DESTROY);
    if (!again.isDone) this.#outcome.unexplained.push(`${title}: ${again.text}`);
    await this.#compareObjects(title);
    assert.equal(this.#emulator.remains().length, this.#foreign.length, title);
  }

  /**
   * Runs `up`, presses Ctrl-C once when these writes were carried out, sends their answers, and runs `up` again.
   * @returns The output of the interrupted run.
   */
  async interrupt(numbers: WriteNumbers, inputs: Inputs): Promise<string> {
    const title = this.#titled("up, interrupted at", numbers);
    this.#declare(inputs);
    const run = await this.#held(numbers, UP);
    run.signal("SIGINT");
    await run.printed("cancelling");
    this.#writes.release();
    const { isDone, text } = await run.ended;
    assert.ok(!isDone, text);
    const again = await this.#project.run(...UP);
    if (!again.isDone) this.#outcome.unexplained.push(`${title}: ${again.text}`);
    await this.#compare(title);
    return text;
  }

  /** Clears the creations that the engine lists as pending. The refresh must show no change. */
  async clearPending(): Promise<void> {
    const options = ["--clear-pending-creates", "--yes", "--skip-preview", "--expect-no-changes"];
    const { isDone, text } = await this.#project.run("refresh", ...options);
    assert.ok(isDone, text);
  }

  get #project(): UserProject {
    return this.#opened ?? assert.fail("not opened");
  }

  #titled(title: string, numbers: WriteNumbers): string {
    this.#outcome.scenarios += Object.keys(numbers).length;
    return `${title} ${JSON.stringify(numbers)}`;
  }

  #declare(inputs: Inputs, adopted: readonly string[] = []): void {
    const resources = resourceTypes.map((type) => {
      const plain = Object.entries(inputs[type] ?? {}).filter(([field]) => !(field in secretInputs({ type })));
      const adopt = adopted.includes(type) ? { adopt: true } : {};
      return [type, { type, inputs: { ...Object.fromEntries(plain), ...adopt } }] as const;
    });
    this.#project.declare(Object.fromEntries(resources));
  }

  /** Runs the CLI and kills the target. Afterwards the stack is not locked. */
  async #killed(target: Target, numbers: WriteNumbers, args: readonly string[]): Promise<Ended> {
    const run = await this.#held(numbers, args);
    if (target === "CLI") await run.killCli();
    else if (target === "provider") run.killProvider();
    else {
      run.signal("SIGINT");
      await run.printed("cancelling");
      run.signal("SIGINT");
    }
    const ended = await run.ended;
    this.#writes.release();
    assert.ok(!ended.isDone, ended.text);
    if (target !== "CLI") return ended;
    const { text } = await this.#project.run(...args);
    assert.match(text, /the stack is currently locked by/);
    await this.#project.run("cancel", "--yes");
    return ended;
  }

  /** A run of the CLI whose writes were carried out and not answered. */
  async #held(numbers: WriteNumbers, args: readonly string[]): Promise<Running> {
    const held = this.#writes.hold(numbers);
    const run = this.#project.start(...args);
    const missed = run.ended.then(({ text }) => {
      throw new Error(`The writes ${JSON.stringify(numbers)} were not made:\n${text}`);
    });
    // It is also rejected if the run ends later.
    missed.catch(() => {});
    await Promise.race([held, missed]);
    return run;
  }

  /** Sets `adopt: true` where an error names it. Every other error is unexplained. */
  async #adopt(title: string, inputs: Inputs, { text }: Ended): Promise<void> {
    const adopted: string[] = [];
    let name = "";
    for (const line of text.split("\n")) {
      name = /^ +\S+ \((\S+)\):$/.exec(line)?.[1] ?? name;
      const message = /^ +error: (.*)$/.exec(line)?.[1];
      if (message === undefined || message === "update failed") continue;
      if (REFUSED.test(message)) adopted.push(name);
      else this.#outcome.unexplained.push(`${title}: ${message}`);
    }
    this.#declare(inputs, adopted);
    const again = await this.#project.run(...UP);
    if (!again.isDone) this.#outcome.unexplained.push(`${title}, adopting ${adopted.join()}: ${again.text}`);
  }

  /** Neither the objects nor the program may differ from the state. */
  async #compare(title: string): Promise<void> {
    const { isDone, text } = await this.#project.run("preview", "--refresh", "--diff", "--expect-no-changes");
    if (!isDone) this.#outcome.unexplained.push(`${title}: ${text}`);
    await this.#compareObjects(title);
  }

  async #compareObjects(title: string): Promise<void> {
    const console = this.#emulator.console(acme.orgUuid);
    const ids = this.#foreign.map(([, id]) => id);
    this.#outcome.compare(title, await this.#project.exported(), console, ids);
    for (const [type, id] of this.#foreign) {
      const object = resourceFacts[type].objects(console).find((each) => each.id === id);
      assert.ok(object, `${title}: ${type} ${id} of others was removed`);
    }
  }
}

/** The secret inputs of a type, which the program takes from the stack config. */
function secretInputs({ type }: { type: ResourceType }): Properties {
  const secret = Object.entries(definitions[type].fields).filter(([, { modifiers }]) => modifiers.secret === true);
  const inputs = full(samplePerType[type]);
  return Object.fromEntries(secret.flatMap(([field]) => (field in inputs ? [[field, inputs[field]]] : [])));
}

function perType(
  toInputs: (of: { type: ResourceType; isReplacing: (field: string) => boolean }) => Properties,
): Record<string, Properties> {
  const entries = resourceTypes.map((type) => {
    return [type, toInputs({ type, isReplacing: (field) => isFixed(type, field) })] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Begins a scenario before the first test of a suite, and ends it after the last one.
 * @param outcome The findings.
 */
export function useScenario(outcome: Outcome): () => KillScenario {
  let scenario: KillScenario | undefined;
  before("begins the scenario", async () => {
    scenario = await KillScenario.begin(outcome);
  });
  after("ends the scenario", () => scenario?.end());
  return () => scenario ?? assert.fail("not begun");
}
