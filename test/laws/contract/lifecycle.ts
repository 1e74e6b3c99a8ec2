import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { defaultPolling } from "../../../provider/core/resource/polling";
import { type Behaviours, campusSeed, type Emulator, type OrganizationConsole } from "../../../provider/emulator";
import { createsFirst } from "../../drivers/fakeEngine";
import { pathsNotShown } from "../../drivers/pathsNotShown";
import { begin, type Program, type Properties, type Stack, type Stored } from "../../drivers/stack";
import {
  full,
  type RemoteObject,
  type ResourceFacts,
  resourceFacts,
  samples,
  type TypedSample,
  type Variation,
} from "../../resources/facts";
import { DEADLINE_SECONDS, type FastClock } from "../faults/clock";
import { type Changes, changesBetween, nothing, variationSteps, withValue } from "./changes";
import { applies, type Exemption, exemptionsFor, type Refusal, refusals, wipedSecrets } from "./exemptions";
import { failureOf, replacingFields, updated, withoutBlanks, withUntidyTexts } from "./properties";
import { assertNoLeak, assertSecretsUnchanged } from "./secretAssertions";
import { textsIn } from "./secretValues";

export interface LifecycleOptions {
  readonly behaviours: Behaviours;
  readonly clock: FastClock;
  /** The lifecycle under the default behaviours, whose contents must be the same. Absent for that one itself. */
  readonly expected?: LifecycleResult;
  /** Inputs vary one after the other; otherwise all at once. */
  readonly oneByOne: boolean;
}

export interface LifecycleResult {
  /** The behaviours that the emulator consulted. */
  readonly consulted: ReadonlySet<string>;
  /** The objects in the console after each step. */
  readonly contents: ReadonlyMap<string, unknown>;
  /** The exemptions that applied. */
  readonly exemptions: ReadonlySet<Exemption | Refusal | typeof wipedSecrets>;
}

interface DeclareOptions {
  /** The changes of this step. Default: the difference from the inputs before. */
  readonly changes?: Changes;
  /** The step may find nothing to change. Default: it must not. */
  readonly maySkip?: boolean;
  /** A refresh may show what is not declared. Default: it must not. */
  readonly mayShowMore?: boolean;
}

/** Runs a resource through all steps of its contract. Fails with the step that broke it. */
export async function runLifecycle(name: string, options: LifecycleOptions): Promise<LifecycleResult> {
  const config = { maxRetries: "4", timeoutSeconds: `${DEADLINE_SECONDS}` };
  const started = await begin({ behaviours: options.behaviours, polling: defaultPolling, config });
  const lifecycle = new Lifecycle(name, options, started);
  await lifecycle.run();
  return lifecycle;
}

class Lifecycle implements LifecycleResult {
  readonly contents = new Map<string, unknown>();
  readonly exemptions = new Set<Exemption | Refusal | typeof wipedSecrets>();
  consulted: ReadonlySet<string> = new Set();
  readonly #name: string;
  readonly #sample: TypedSample;
  readonly #facts: ResourceFacts;
  readonly #options: LifecycleOptions;
  readonly #emulator: Emulator;
  readonly #console: OrganizationConsole;
  readonly #stack: Stack;
  #inputs: Properties = {};
  #unrelated: string | undefined;

  constructor(
    name: string,
    options: LifecycleOptions,
    { emulator, console, stack }: Awaited<ReturnType<typeof begin>>,
  ) {
    this.#name = name;
    this.#options = options;
    this.#sample = samples[name] ?? assert.fail(`no sample ${name}`);
    this.#facts = resourceFacts[this.#sample.type];
    this.#emulator = emulator;
    this.#console = console;
    this.#stack = stack;
  }

  async run(): Promise<void> {
    const { least, fields } = this.#sample;
    if (!(await this.#declare("created", least, { changes: nothing }))) return;
    const variations = Object.entries(fields).map(([field, values]) => ({ path: [field] as const, values }));
    await this.#vary(least, variations);
    await this.#destroy("deleted");
    await this.#nestedInputs(least);
    await this.#allInputs();
    await this.#besideAnother();
    await this.#removedOutside();
    await this.#adopted();
    await this.#deletedTwice();
    this.consulted = new Set(this.#emulator.consulted());
  }

  async #vary(base: Properties, variations: readonly Variation[], suffix = ""): Promise<void> {
    const steps = variationSteps(base, variations, this.#options.oneByOne);
    for (const { name, inputs } of steps) await this.#declare(`${name}${suffix}`, inputs);
  }

  async #nestedInputs(least: Properties): Promise<void> {
    if (this.#sample.nested === undefined) return;
    const { base, variations } = this.#sample.nested;
    const filled = { ...least, ...base };
    await this.#declare("created with maps", filled, { changes: nothing });
    await this.#vary(filled, variations, ", beside maps");
    await this.#destroy("deleted with maps");
  }

  async #allInputs(): Promise<void> {
    const all = full(this.#sample);
    await this.#declare("created with all inputs", all, { changes: nothing });
    await this.#declare("all inputs changed", full(this.#sample, 1));
    await this.#declare("all inputs changed back", all);
    await this.#drifted(all);
    for (const { name, path, value } of this.#sample.edgeCases ?? []) {
      const edgeCase = withValue(all, path, value);
      const changes = (await this.#declare(name, edgeCase)) ? changesBetween(edgeCase, all) : nothing;
      await this.#declare(`${name}, taken back`, all, { changes, maySkip: true });
    }
    await this.#declare("all inputs left out", this.#sample.least);
    await this.#destroy("deleted with all inputs");
  }

  async #drifted(all: Properties): Promise<void> {
    const { drifted } = this.#sample;
    if (drifted === undefined) return;
    const { id, properties } = this.#object();
    this.#facts.set(this.#console, id, { ...properties, ...drifted });
    this.#catchUp();
    await this.#attempt("changed outside, read", () => this.#stack.refresh());
    const { added: removed } = changesBetween(all, drifted);
    await this.#declare("changed outside, repaired", all, { changes: { added: [], removed } });
  }

  async #besideAnother(): Promise<void> {
    const { unrelated } = this.#sample;
    if (unrelated === undefined) return;
    this.#facts.add(this.#console, unrelated);
    const before = this.#object();
    this.#unrelated = before.id;
    this.#catchUp();
    if (await this.#declare("created beside another", full(this.#sample), { changes: nothing })) {
      await this.#declare("changed beside another", full(this.#sample, 1));
      await this.#refusable("deleted beside another", () => this.#stack.destroy());
    }
    const after = this.#facts.objects(this.#console).find(({ id }) => id === before.id);
    assert.deepEqual(after, before, "the unrelated object was changed");
    this.#facts.remove(this.#console, before.id);
    this.#unrelated = undefined;
    this.#catchUp();
  }

  async #removedOutside(): Promise<void> {
    const all = full(this.#sample);
    await this.#declare("created once more", all, { changes: nothing });
    this.#facts.remove(this.#console, this.#object().id);
    this.#catchUp();
    const changed = updated(this.#sample);
    if (!isDeepStrictEqual(changed, all)) {
      await assert.rejects(
        this.#stack.up(this.#program(changed)),
        this.#refusalOf("removed outside, changed")?.error ?? /no longer exists/,
      );
    }
    assert.deepEqual(this.#content(), [], "it was created again without a plan");
    const gone = await this.#refusable("removed outside, read", () => this.#stack.refresh());
    assert.deepEqual(gone, ["it"]);
    await this.#declare("removed outside, created again", all, { changes: nothing });
    await this.#destroy("deleted once more");
  }

  async #adopted(): Promise<void> {
    const { existing } = this.#sample;
    const { added: removed } = changesBetween(full(this.#sample), existing);
    this.#facts.add(this.#console, existing, this.#options.behaviours);
    this.#catchUp();
    const adopting = { ...full(this.#sample), adopt: true };
    await this.#declare("adopted", adopting, { changes: nothing, mayShowMore: true });
    const maySkip = removed.length === 0;
    await this.#declare("adopted, the rest removed", adopting, { changes: { added: [], removed }, maySkip });
  }

  async #deletedTwice(): Promise<void> {
    const stale = this.#stack.under({});
    await this.#destroy("deleted at last");
    this.#catchUp();
    await this.#refusable("deleted again", () => stale.destroy());
    assert.deepEqual(this.#emulator.remains(), []);
  }

  /** Declares inputs. They converge, or the error names what an exemption or a refusal expects. False if it goes no further. */
  async #declare(step: string, inputs: Properties, options: DeclareOptions = {}): Promise<boolean> {
    const isReplaced = this.#isReplaced(inputs);
    const refusal = this.#refusalOf(step, isReplaced);
    // A replacement drops nothing, so that no exemption applies.
    const changes = isReplaced ? nothing : (options.changes ?? changesBetween(this.#inputs, inputs));
    const exempt = exemptionsFor(changes, this.#options.behaviours);
    const isCreatedFirst = isReplaced && createsFirst(this.#sample.type);
    if (refusal !== undefined) await this.#assertRefused(step, inputs, refusal.error, isCreatedFirst);
    else if (exempt.size === 0) return this.#converges(step, inputs, options);
    else await this.#assertPartialFailure(step, inputs, [...exempt.values()].flat());
    for (const each of refusal === undefined ? exempt.keys() : [refusal]) this.exemptions.add(each);
    const cures = [...exempt.keys(), ...(refusal === undefined ? [] : [refusal])].map(({ until }) => until);
    if (cures.includes(undefined)) return false;
    this.#emulator.behave(Object.assign({}, ...cures));
    await this.#converges(step, inputs, { ...options, ...(isCreatedFirst && { maySkip: true }) });
    this.#emulator.behave(this.#options.behaviours);
    return true;
  }

  #isReplaced(inputs: Properties): boolean {
    const isAnother = (name: string) => inputs[name] !== undefined && this.#inputs[name] !== inputs[name];
    return this.#stack.has("it") && replacingFields(this.#sample.type).some(isAnother);
  }

  async #converges(step: string, inputs: Properties, options: DeclareOptions): Promise<true> {
    const { maySkip = false, mayShowMore = false } = options;
    const before = this.#object().secrets;
    const { it: took } = await this.#attempt(step, () => this.#stack.up(this.#program(inputs)));
    assert.ok(maySkip || took !== "same", `${step}: no plan shows it`);
    this.#inputs = inputs;
    if (took === "update") {
      const areWiped = this.#facts.secretsFromReads && applies(wipedSecrets.when, this.#options.behaviours);
      if (areWiped) this.exemptions.add(wipedSecrets);
      assertSecretsUnchanged(step, before, this.#object().secrets, areWiped);
    }
    await this.#assertNoChange(step);
    this.#assertContent(step);
    const { outputs } = this.#stack.stored("it");
    assert.deepEqual(await this.#attempt(step, () => this.#stack.refresh()), [], `${step}: gone`);
    if (mayShowMore) return true;
    const read = this.#stack.stored("it").outputs;
    // The time of the last write is not an input: a read that lags may show an earlier one.
    const { updatedAtMillis = outputs.updatedAtMillis } = read;
    const expected = { ...outputs, ...(updatedAtMillis ? { updatedAtMillis } : {}) };
    assert.deepEqual(read, expected, `${step}: a refresh shows a change`);
    await this.#assertNoChange(step);
    return true;
  }

  /** Asserts a partial failure that names the paths, in the first run, in the next, and after a refresh. */
  async #assertPartialFailure(step: string, inputs: Properties, paths: readonly string[]): Promise<void> {
    const program = this.#program(inputs);
    for (const when of ["at first", "once more", "after a refresh"]) {
      if (when === "after a refresh") await this.#attempt(step, () => this.#stack.refresh());
      const failure = await failureOf(this.#stack.up(program));
      assert.deepEqual(pathsNotShown(failure).sort(), [...paths].sort(), `${step}, ${when}: ${failure}`);
      this.#assertNoLeak(step, failure);
    }
  }

  /** Asserts the error, and that neither the objects nor the state change. The new object of a replacement may come first. */
  async #assertRefused(step: string, inputs: Properties, error: RegExp, isCreatedFirst: boolean): Promise<void> {
    let before = [this.#content(), this.#stored()];
    for (const when of ["at first", "once more"]) {
      const failure = await failureOf(this.#stack.up(this.#program(inputs)));
      assert.match(failure, error, `${step}, ${when}: ${failure}`);
      const after = [this.#content(), this.#stored()];
      if (isCreatedFirst && when === "at first") before = after;
      assert.deepEqual(after, before, `${step}, ${when}: refused, but something changed`);
    }
    if (isCreatedFirst) assert.equal(this.#objects().length, 2, `${step}: the old object and the new one`);
  }

  /** Runs an operation. If a refusal applies, it is asserted first, and then the behaviours change so that it goes through. */
  async #refusable<T>(step: string, act: () => Promise<T>): Promise<T> {
    const refusal = this.#refusalOf(step);
    if (refusal === undefined) return this.#attempt(step, act);
    assert.match(await failureOf(act()), refusal.error, step);
    this.exemptions.add(refusal);
    this.#emulator.behave(refusal.until ?? assert.fail(`${step}: goes no further`));
    const answer = await this.#attempt(step, act);
    this.#emulator.behave(this.#options.behaviours);
    return answer;
  }

  async #assertNoChange(step: string): Promise<void> {
    this.#emulator.clearRequests();
    const steps = await this.#attempt(step, () => this.#stack.up(this.#program(this.#inputs)));
    assert.deepEqual(steps, { it: "same" }, `${step}: a plan shows a change`);
    assert.deepEqual([this.#emulator.requests(), this.#stack.warnings], [[], []], step);
  }

  async #destroy(step: string): Promise<void> {
    await this.#refusable(step, () => this.#stack.destroy());
    assert.deepEqual(this.#emulator.remains(), [], `${step}: objects remain`);
    this.#inputs = {};
  }

  async #attempt<T>(step: string, act: () => Promise<T>): Promise<T> {
    const answer = await act().catch((error: unknown) => assert.fail(`${step}: ${error}`));
    this.#assertNoLeak(step, "");
    return answer;
  }

  /** Asserts that the console shows the expected objects, and that their secrets are in the state. */
  #assertContent(step: string): void {
    const content = this.#content();
    assert.ok(!this.contents.has(step), `two steps have the name "${step}"`);
    this.contents.set(step, content);
    const { expected } = this.#options;
    if (expected?.contents.has(step)) assert.deepEqual(content, expected.contents.get(step), `${step}: another result`);
    const stored = this.#stack.stored("it");
    const { serverSecretReads } = this.#options.behaviours;
    const areHidden = this.#facts.secretsFromReads && serverSecretReads !== "plain";
    for (const [name, secret] of Object.entries(this.#object().secrets)) {
      const known = stored.outputs[name];
      if (areHidden) assert.deepEqual(textsIn(known), [], `${step}: ${name} is masked`);
      else assert.deepEqual(known, secret, `${step}: ${name} is not in the state`);
    }
  }

  #assertNoLeak(step: string, message: string): void {
    const secrets = [...textsIn(this.#object().secrets), campusSeed.acme.apiKey];
    assertNoLeak(step, this.#stored(), [message, ...this.#stack.lines], secrets);
  }

  #stored(): Stored | undefined {
    return this.#stack.has("it") ? this.#stack.stored("it") : undefined;
  }

  /** The properties of all objects but the unrelated one. */
  #content(): unknown {
    return withoutBlanks(this.#objects().map(({ properties }) => properties));
  }

  #object(): RemoteObject {
    return this.#objects()[0] ?? { id: "none", properties: {}, secrets: {} };
  }

  #objects(): RemoteObject[] {
    return this.#facts.objects(this.#console).filter(({ id }) => id !== this.#unrelated);
  }

  #program(inputs: Properties): Program {
    return { it: { type: this.#sample.type, inputs: withUntidyTexts(inputs) } };
  }

  #refusalOf(step: string, isReplaced = false): Refusal | undefined {
    return refusals.find(({ when, sample = /./, step: steps, replacing = false }) => {
      if (replacing && !isReplaced) return false;
      return applies(when, this.#options.behaviours) && sample.test(this.#name) && steps.test(step);
    });
  }

  /** Lets reads show the changes in the console. */
  #catchUp(): void {
    this.#options.clock.pass(this.#options.behaviours.readLagMs);
  }
}
