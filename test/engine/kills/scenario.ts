import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Behaviours } from "../../../provider/emulator";
import { definitions, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import { descendantsOf, isRunning } from "../../../tools/processes.mjs";
import type { Properties } from "../../drivers/properties";
import { isFixed, samplePerType } from "../../laws/everyResource";
import { full, resourceFacts } from "../../resources/facts";
import type { Command } from "../command";
import { type Fixture, useFixture } from "../fixture";
import type { Outcome } from "./outcome";
import { type WriteNumbers, Writes } from "./writes";

/** The target of a kill: a process, or by a second Ctrl-C the calls that the CLI waits for. */
export type Target = "provider" | "CLI" | "calls";

/** The inputs of one resource of each type. The name of a resource is that of its type. */
export type Inputs = Readonly<Record<string, Properties>>;

/** The first inputs, and changes that update and replace each resource. */
export const first: Inputs = perType((type) => full(samplePerType[type]));
export const changed: Inputs = perType((type) => {
  const inputs = Object.entries(full(samplePerType[type], 1)).filter(([field]) => !isFixed(type, field));
  return { ...first[type], ...Object.fromEntries(inputs) };
});
export const replaced: Inputs = perType((type) => {
  const inputs = { ...changed[type], ...full(samplePerType[type], 1) };
  // A replacement that is created first needs a name of its own.
  const isNamed = definitions[type].createsReplacementFirst === true && !isReplacedByInputs(type);
  return isNamed ? { ...inputs, name: `${inputs.name} (new)` } : inputs;
});

/** The arguments with which the CLI replaces the resources that no input replaces. */
export const replacing: readonly string[] = resourceTypes
  .filter((type) => !isReplacedByInputs(type))
  .flatMap((type) => ["--replace", `urn:pulumi:dev::stories::pulumi-nodejs:dynamic/rhombus:${type}::${type}`]);

export const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];
const REFUSED = /already exists in Rhombus and is not managed by this resource\. Nothing was written\./;

/** The time in which a provider must end after its engine was killed. */
const PROVIDER_END_MS = 5000;

/** A program that declares what a JSON file lists, and takes the secret inputs from the stack config. */
export const programFiles: Readonly<Record<string, string>> = {
  "package.json": '{"main":"index.js"}',
  "index.js": `const pulumi = require("@pulumi/pulumi");
const rhombus = require("pulumi-rhombus");
const secrets = JSON.parse(new pulumi.Config().get("secrets") ?? "{}");
for (const [name, { type, inputs }] of Object.entries(require("./declared.json"))) {
  const own = Object.entries(secrets[type] ?? {}).map(([field, value]) => [field, pulumi.secret(value)]);
  const made = new rhombus[type](name, { ...Object.fromEntries(own), ...inputs });
  exports[name] = made.webhookUrl ?? made.rhombusToken ?? made.id;
}
`,
};

/** The first write of each type. */
export const firstWrites: WriteNumbers = Object.fromEntries(resourceTypes.map((type) => [type, 1]));

/** A stack of one resource of each type, whose runs are killed between a write and its answer. */
export class KillScenario {
  readonly #fixture: Fixture;
  readonly #writes = new Writes();
  readonly #outcome: Outcome;
  #foreign: readonly (readonly [ResourceType, string])[] = [];

  /** Uses a fixture with unrelated objects. */
  constructor(outcome: Outcome, behaviours: Partial<Behaviours> = {}) {
    this.#outcome = outcome;
    this.#fixture = useFixture({
      behaviours,
      onRequest: this.#writes.onRequest,
      files: programFiles,
      env: { NODE_OPTIONS: `--require ${JSON.stringify(path.join(__dirname, "reporter.cjs"))}` },
      config: {
        // The answers of several writes are held until the last one has arrived.
        "rhombus:timeoutSeconds": "150",
        "stories:secrets": { value: JSON.stringify(perType(secretInputs)), secret: true },
      },
    });
    before("adds the objects of others", () => {
      // Beside another deployment, OnGuard needs more writes. Under this behaviour there can be only one.
      const types = resourceTypes.filter((type) => {
        return type !== "OnGuardIntegration" || behaviours.onGuardCreate !== "existing";
      });
      this.#foreign = types.flatMap((type) => {
        const { unrelated } = samplePerType[type];
        if (unrelated !== undefined) resourceFacts[type].add(this.#fixture.console, unrelated);
        return resourceFacts[type].objects(this.#fixture.console).map(({ id }) => [type, id] as const);
      });
    });
  }

  /**
   * Runs `up`, kills the target when these writes were carried out and not answered, and recovers.
   * @returns The output of the first run.
   */
  async up(target: Target, numbers: WriteNumbers, inputs: Inputs, ...args: readonly string[]): Promise<string> {
    const title = this.#titled(`up, killed: ${target}`, numbers);
    this.#declare(inputs);
    const command = [...UP, ...args];
    const text = await this.#killed(target, numbers, command);
    const again = await this.#end(command);
    if (!again.isDone) await this.#adopt(title, command, inputs, again.text);
    await this.#compare(title);
    return text;
  }

  /** Runs `up` without a kill. Returns the number of writes of each type. */
  async countWrites(inputs: Inputs, ...args: readonly string[]): Promise<WriteNumbers> {
    this.#declare(inputs);
    this.#writes.hold({});
    await this.#fixture.stack.cli(...UP, ...args);
    return Object.fromEntries(resourceTypes.map((type) => [type, this.#writes.count(type)]));
  }

  /** Runs `destroy`, kills the target when a write of each resource was carried out and not answered, and runs it again. */
  async destroy(target: Target): Promise<void> {
    const title = this.#titled(`destroy, killed: ${target}`, firstWrites);
    await this.#killed(target, firstWrites, DESTROY);
    await this.#expect(title, DESTROY);
    await this.#compareObjects(title);
    assert.equal(this.#fixture.emulator.remains().length, this.#foreign.length, title);
  }

  /**
   * Runs `up`, presses Ctrl-C once when a write of each resource was carried out, sends the answers, and runs `up` again.
   * @returns The output of the interrupted run.
   */
  async interrupt(inputs: Inputs): Promise<string> {
    const title = this.#titled("up, interrupted", firstWrites);
    this.#declare(inputs);
    const run = await this.#held(firstWrites, UP);
    run.interrupt();
    await run.printed("cancelling");
    this.#writes.release();
    assert.notEqual(await run.ended, 0, run.text);
    await this.#expect(title, UP);
    await this.#compare(title);
    return run.text;
  }

  /** Clears the creations that the engine lists as pending. The refresh must show no change. */
  async clearPending(): Promise<void> {
    const options = ["--clear-pending-creates", "--yes", "--skip-preview", "--expect-no-changes"];
    await this.#fixture.stack.cli("refresh", ...options);
  }

  #titled(title: string, numbers: WriteNumbers): string {
    this.#outcome.scenarios += Object.keys(numbers).length;
    return `${title}, at the writes ${JSON.stringify(numbers)}`;
  }

  #declare(inputs: Inputs, adopted: readonly string[] = []): void {
    const resources = resourceTypes.map((type) => {
      const plain = Object.entries(inputs[type] ?? {}).filter(([field]) => !(field in secretInputs(type)));
      const adopt = adopted.includes(type) ? { adopt: true } : {};
      return [type, { type, inputs: { ...Object.fromEntries(plain), ...adopt } }] as const;
    });
    declare(this.#fixture, Object.fromEntries(resources));
  }

  async #end(args: readonly string[]): Promise<{ isDone: boolean; text: string }> {
    const run = this.#fixture.stack.start(args);
    return { isDone: (await run.ended) === 0, text: run.text };
  }

  /** Runs the CLI. A failure is unexplained. */
  async #expect(title: string, args: readonly string[]): Promise<void> {
    const { isDone, text } = await this.#end(args);
    if (!isDone) this.#outcome.unexplained.push(`${title}: ${text}`);
  }

  /** Runs the CLI and kills the target. Afterwards the stack is not locked. Returns the output. */
  async #killed(target: Target, numbers: WriteNumbers, args: readonly string[]): Promise<string> {
    const run = await this.#held(numbers, args);
    if (target === "CLI") await this.#killCli(run);
    else if (target === "provider") process.kill(this.#providerPid(), "SIGKILL");
    else {
      run.interrupt();
      await run.printed("cancelling");
      run.interrupt();
    }
    const code = await run.ended;
    this.#writes.release();
    assert.notEqual(code, 0, run.text);
    if (target !== "CLI") return run.text;
    assert.match((await this.#end(args)).text, /the stack is currently locked by/);
    await this.#end(["cancel", "--yes"]);
    return run.text;
  }

  /** A run of the CLI in which these writes were carried out and not answered. */
  async #held(numbers: WriteNumbers, args: readonly string[]): Promise<Command> {
    const held = this.#writes.hold(numbers);
    const run = this.#fixture.stack.start(args, true);
    const missed = run.ended.then(() => {
      throw new Error(`The writes ${JSON.stringify(numbers)} were not made:\n${run.text}`);
    });
    // It is also rejected if the run ends later.
    missed.catch(() => {});
    await Promise.race([held, missed]);
    return run;
  }

  #providerPid(): number {
    return Number(readFileSync(path.join(this.#fixture.stack.folder, "home/provider.pid"), "utf8"));
  }

  /** Kills the CLI with its process group. Fails if the provider does not end by itself. */
  async #killCli(run: Command): Promise<void> {
    const provider = this.#providerPid();
    const others = await descendantsOf(run.pid);
    run.kill();
    await run.ended;
    const limit = Date.now() + PROVIDER_END_MS;
    while (Date.now() < limit && (await isRunning(provider))) await delay(20);
    const isLeft = await isRunning(provider);
    for (const pid of others) if (await isRunning(pid)) process.kill(pid, "SIGKILL");
    assert.ok(!isLeft, "The provider did not end although its engine was killed.");
  }

  /** Sets `adopt: true` where an error names it, and runs the command again. Every other error is unexplained. */
  async #adopt(title: string, command: readonly string[], inputs: Inputs, text: string): Promise<void> {
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
    await this.#expect(`${title}, adopting ${adopted.join()}`, command);
  }

  /** Neither the objects nor the program may differ from the state. */
  async #compare(title: string): Promise<void> {
    await this.#expect(title, ["preview", "--refresh", "--diff", "--expect-no-changes"]);
    await this.#compareObjects(title);
  }

  async #compareObjects(title: string): Promise<void> {
    const { console, stack } = this.#fixture;
    const ids = this.#foreign.map(([, id]) => id);
    this.#outcome.compare(title, await stack.opened(), console, ids);
    for (const [type, id] of this.#foreign) {
      const object = resourceFacts[type].objects(console).find((each) => each.id === id);
      assert.ok(object, `${title}: ${type} ${id} of others was removed`);
    }
  }
}

/** Writes the resources of {@link programFiles}, by name. */
export function declare(
  { stack }: Fixture,
  declared: Readonly<Record<string, { readonly type: ResourceType; readonly inputs: Properties }>>,
): void {
  writeFileSync(path.join(stack.folder, "declared.json"), JSON.stringify(declared));
}

/** The secret inputs of a type, which the program takes from the stack config. */
function secretInputs(type: ResourceType): Properties {
  const inputs = full(samplePerType[type]);
  const { fields } = definitions[type];
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { modifiers }]) => {
      return modifiers.secret === true && name in inputs ? [[name, inputs[name]]] : [];
    }),
  );
}

function perType(inputsOf: (type: ResourceType) => Properties): Record<string, Properties> {
  return Object.fromEntries(resourceTypes.map((type) => [type, inputsOf(type)]));
}

function isReplacedByInputs(type: ResourceType): boolean {
  return JSON.stringify({ ...changed[type], ...full(samplePerType[type], 1) }) !== JSON.stringify(changed[type]);
}
