import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { threeSeconds } from "../../../provider/core/resource/polling";
import { campusSeed, type Emulator, type OrganizationConsole } from "../../../provider/emulator";
import { begin, type Program, type Properties, type Stack } from "../../drivers/stack";
import {
  full,
  type RemoteObject,
  type ResourceFacts,
  resourceFacts,
  samples,
  type TypedSample,
  type Variation,
} from "../../resources/facts";
import { DEADLINE_SECONDS } from "../faults/clock";
import {
  type Exemption,
  exemptions,
  holds,
  type Loss,
  losses,
  placesOf,
  type Refusal,
  refusals,
  unshownMembers,
} from "./exemptions";
import type { Leading, Lived, Manner } from "./lived";
import { failureOf, replacingFields, updated, withoutBlanks, withUntidyTexts } from "./looking";
import { assertNoLeak, assertSecretsUnchanged } from "./secretAssertions";
import { textsIn } from "./secretValues";
import { type Changes, changesBetween, nothing, staircase, withValue } from "./steps";

/**
 * Leads a resource through all that its contract is about. Fails with the step at which it was broken.
 * @param name The name of its sample.
 * @param leading How.
 */
export async function live(name: string, leading: Leading): Promise<Lived> {
  const { behaviours } = leading;
  const config = { maxRetries: "4", timeoutSeconds: `${DEADLINE_SECONDS}` };
  const begun = await begin({ behaviours, polling: threeSeconds, config });
  const life = new Life(name, leading, begun);
  await life.lead();
  return life;
}

class Life implements Lived {
  readonly contents = new Map<string, unknown>();
  readonly met = new Set<Exemption | Refusal | Loss | typeof unshownMembers>();
  consulted: ReadonlySet<string> = new Set();
  readonly #name: string;
  readonly #sample: TypedSample;
  readonly #facts: ResourceFacts;
  readonly #leading: Leading;
  readonly #emulator: Emulator;
  readonly #console: OrganizationConsole;
  readonly #stack: Stack;
  #inputs: Properties = {};
  #neighbour: string | undefined;

  constructor(name: string, leading: Leading, { emulator, console, stack }: Awaited<ReturnType<typeof begin>>) {
    this.#name = name;
    this.#leading = leading;
    this.#sample = samples[name] ?? assert.fail(`no sample ${name}`);
    this.#facts = resourceFacts[this.#sample.type];
    this.#emulator = emulator;
    this.#console = console;
    this.#stack = stack;
  }

  async lead(): Promise<void> {
    const { least, fields } = this.#sample;
    if (!(await this.#declare("created", least, { changes: nothing }))) return;
    const things = Object.entries(fields).map(([field, values]) => ({ path: [field] as const, values }));
    await this.#climb(least, things);
    await this.#destroy("deleted");
    await this.#inside(least);
    await this.#wholly();
    await this.#besideAnother();
    await this.#removedOutside();
    await this.#adopted();
    await this.#deletedTwice();
    this.consulted = new Set(this.#emulator.consulted());
  }

  async #climb(base: Properties, things: readonly Variation[], where = ""): Promise<void> {
    for (const { name, inputs } of staircase(base, things, this.#leading.pace)) {
      await this.#declare(`${name}${where}`, inputs);
    }
  }

  /** What is in the inputs, one after the other. */
  async #inside(least: Properties): Promise<void> {
    if (this.#sample.nested === undefined) return;
    const { base, variations } = this.#sample.nested;
    const filled = { ...least, ...base };
    if (Array.isArray(base.userUuids) && holds(unshownMembers.when, this.#leading.behaviours)) {
      this.#emulator.behave({ errorAfterWrites: 0 });
      await this.#attempt("created with maps", () => this.#stack.up(this.#program(filled)));
      this.#emulator.behave(this.#leading.behaviours);
      assert.match(await failureOf(this.#stack.refresh()), /the answer may be incomplete: "groupMembers"/);
      this.met.add(unshownMembers);
      await this.#destroy("deleted with maps");
      return;
    }
    await this.#declare("created with maps", filled, { changes: nothing });
    await this.#climb(filled, variations, ", beside maps");
    await this.#destroy("deleted with maps");
  }

  /** All inputs at once, and what the console and the vendor make of them. */
  async #wholly(): Promise<void> {
    const all = full(this.#sample);
    await this.#declare("created with all inputs", all, { changes: nothing });
    await this.#declare("all inputs changed", full(this.#sample, 1));
    await this.#declare("all inputs changed back", all);
    await this.#drifted(all);
    for (const { name, path, value } of this.#sample.edgeCases ?? []) {
      const odd = withValue(all, path, value);
      const changes = (await this.#declare(name, odd)) ? changesBetween(odd, all) : nothing;
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
    const { neighbour } = this.#sample;
    if (neighbour === undefined) return;
    this.#facts.add(this.#console, neighbour);
    const before = this.#object();
    this.#neighbour = before.id;
    this.#catchUp();
    if (await this.#declare("created beside another", full(this.#sample), { changes: nothing })) {
      await this.#declare("changed beside another", full(this.#sample, 1));
      await this.#refusable("deleted beside another", () => this.#stack.destroy());
    }
    const after = this.#facts.objects(this.#console).find(({ id }) => id === before.id);
    assert.deepEqual(after, before, "the neighbour was touched");
    this.#facts.remove(this.#console, before.id);
    this.#neighbour = undefined;
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
    assert.deepEqual(this.#content(), [], "it was made anew without a plan");
    const gone = await this.#refusable("removed outside, read", () => this.#stack.refresh());
    assert.deepEqual(gone, ["it"]);
    await this.#declare("removed outside, made anew", all, { changes: nothing });
    await this.#destroy("deleted once more");
  }

  async #adopted(): Promise<void> {
    const { existing } = this.#sample;
    const { added: removed } = changesBetween(full(this.#sample), existing);
    this.#facts.add(this.#console, existing, this.#leading.behaviours);
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

  /** Declares inputs, and sees that they come about, or that what cannot be had is told as it has to be. */
  async #declare(step: string, inputs: Properties, manner: Manner = {}): Promise<boolean> {
    const refusal = this.#refusalOf(step, this.#isReplaced(inputs));
    const unable = this.#unable(inputs, manner.changes ?? changesBetween(this.#inputs, inputs));
    if (refusal !== undefined) await this.#isRefused(step, inputs, refusal);
    else if (unable.size === 0) return this.#converges(step, inputs, manner);
    else await this.#staysVisible(step, inputs, [...unable.values()].flat());
    for (const each of refusal === undefined ? unable.keys() : [refusal]) this.met.add(each);
    const cures = [...unable.keys(), ...(refusal === undefined ? [] : [refusal])].map(({ until }) => until);
    if (cures.includes(undefined)) return false;
    this.#emulator.behave(Object.assign({}, ...cures));
    await this.#converges(step, inputs, manner);
    this.#emulator.behave(this.#leading.behaviours);
    return true;
  }

  /** What cannot be had of what is asked for, and where. What is replaced has nothing that would have to be dropped. */
  #unable(inputs: Properties, changes: Changes): Map<Exemption, string[]> {
    const asked = this.#isReplaced(inputs) ? nothing : changes;
    const places = exemptions.flatMap((each): [Exemption, string[]][] => {
      const at = holds(each.when, this.#leading.behaviours) ? placesOf(each, asked) : [];
      return at.length > 0 ? [[each, at]] : [];
    });
    return new Map(places);
  }

  #isReplaced(inputs: Properties): boolean {
    const isAnother = (name: string) => inputs[name] !== undefined && this.#inputs[name] !== inputs[name];
    return this.#stack.has("it") && replacingFields(this.#sample.type).some(isAnother);
  }

  async #converges(step: string, inputs: Properties, manner: Manner): Promise<true> {
    const { maySkip = false, mayShowMore = false } = manner;
    const before = this.#object().secrets;
    const { it: took } = await this.#attempt(step, () => this.#stack.up(this.#program(inputs)));
    assert.ok(maySkip || took !== "same", `${step}: no plan showed it`);
    this.#inputs = inputs;
    if (took === "update") {
      const loss = losses.find(({ when }) => this.#facts.secretsFromReads && holds(when, this.#leading.behaviours));
      if (loss !== undefined) this.met.add(loss);
      assertSecretsUnchanged(step, before, this.#object().secrets, loss !== undefined);
    }
    await this.#isSettled(step);
    this.#looksRight(step);
    const { outputs } = this.#stack.stored("it");
    assert.deepEqual(await this.#attempt(step, () => this.#stack.refresh()), [], `${step}: gone`);
    if (mayShowMore) return true;
    const read = this.#stack.stored("it").outputs;
    // The time of the last write is no input: a read that lags may show that of an earlier one.
    const { updatedAtMillis = outputs.updatedAtMillis } = read;
    assert.deepEqual(
      read,
      { ...outputs, ...(updatedAtMillis ? { updatedAtMillis } : {}) },
      `${step}: a refresh shows a change`,
    );
    await this.#isSettled(step);
    return true;
  }

  /** A partial failure names the places, again and again, and also after a refresh. */
  async #staysVisible(step: string, inputs: Properties, places: readonly string[]): Promise<void> {
    const program = this.#program(inputs);
    for (const when of ["at first", "once more", "after a refresh"]) {
      if (when === "after a refresh") await this.#attempt(step, () => this.#stack.refresh());
      const failure = await failureOf(this.#stack.up(program));
      const said = / does not show it at (.*?)\.(?: At | Users| Correct)/.exec(failure)?.[1]?.split(", ") ?? [];
      assert.deepEqual(said.sort(), [...places].sort(), `${step}, ${when}: ${failure}`);
      this.#assertNoLeak(step, failure);
    }
  }

  /** An error says so, nothing is written, and nothing changes in the state. */
  async #isRefused(step: string, inputs: Properties, { error }: Refusal): Promise<void> {
    const before = [this.#content(), this.#stack.has("it") ? this.#stack.stored("it") : undefined];
    for (const when of ["at first", "once more"]) {
      const failure = await failureOf(this.#stack.up(this.#program(inputs)));
      assert.match(failure, error, `${step}, ${when}: ${failure}`);
      const after = [this.#content(), this.#stack.has("it") ? this.#stack.stored("it") : undefined];
      assert.deepEqual(after, before, `${step}, ${when}: refused, and yet something changed`);
    }
  }

  /** What an act answers, after it was refused where that is to be. */
  async #refusable<T>(step: string, act: () => Promise<T>): Promise<T> {
    const refusal = this.#refusalOf(step);
    if (refusal === undefined) return this.#attempt(step, act);
    assert.match(await failureOf(act()), refusal.error, step);
    this.met.add(refusal);
    this.#emulator.behave(refusal.until ?? assert.fail(`${step}: goes no further`));
    const answer = await this.#attempt(step, act);
    this.#emulator.behave(this.#leading.behaviours);
    return answer;
  }

  async #isSettled(step: string): Promise<void> {
    this.#emulator.clearRequests();
    const steps = await this.#attempt(step, () => this.#stack.up(this.#program(this.#inputs)));
    assert.deepEqual(steps, { it: "same" }, `${step}: a plan shows a change that is none`);
    assert.deepEqual([this.#emulator.requests(), this.#stack.warnings], [[], []], step);
  }

  async #destroy(step: string): Promise<void> {
    await this.#refusable(step, () => this.#stack.destroy());
    assert.deepEqual(this.#emulator.remains(), [], `${step}: something is left`);
    this.#inputs = {};
  }

  async #attempt<T>(step: string, act: () => Promise<T>): Promise<T> {
    const answer = await act().catch((error: unknown) => assert.fail(`${step}: ${error}`));
    this.#assertNoLeak(step, "");
    return answer;
  }

  /** As the console shows it, it is as in the life that this one is compared with, and its secrets are in the state. */
  #looksRight(step: string): void {
    const content = this.#content();
    assert.ok(!this.contents.has(step), `two steps are called "${step}"`);
    this.contents.set(step, content);
    const { model } = this.#leading;
    if (model?.contents.has(step)) assert.deepEqual(content, model.contents.get(step), `${step}: not as declared`);
    const stored = this.#stack.stored("it");
    const { serverSecretReads } = this.#leading.behaviours;
    const areHidden = this.#facts.secretsFromReads && serverSecretReads !== "plain";
    for (const [name, secret] of Object.entries(this.#object().secrets)) {
      const known = stored.outputs[name];
      if (areHidden) assert.deepEqual(textsIn(known), [], `${step}: ${name} is a mask`);
      else assert.deepEqual(known, secret, `${step}: ${name} is not in the state`);
    }
  }

  #assertNoLeak(step: string, message: string): void {
    const stored = this.#stack.has("it") ? this.#stack.stored("it") : undefined;
    const secrets = [...textsIn(this.#object().secrets), campusSeed.acme.apiKey];
    assertNoLeak(step, stored, [message, ...this.#stack.lines], secrets);
  }

  /** The properties of all objects but the neighbour. */
  #content(): unknown {
    return withoutBlanks(this.#objects().map(({ properties }) => properties));
  }

  #object(): RemoteObject {
    return this.#objects()[0] ?? { id: "none", properties: {}, secrets: {} };
  }

  #objects(): RemoteObject[] {
    return this.#facts.objects(this.#console).filter(({ id }) => id !== this.#neighbour);
  }

  #program(inputs: Properties): Program {
    return { it: { type: this.#sample.type, inputs: withUntidyTexts(inputs) } };
  }

  #refusalOf(step: string, isReplaced = false): Refusal | undefined {
    return refusals.find(({ when, sample = /./, step: steps, replacing = false }) => {
      if (replacing && !isReplaced) return false;
      return holds(when, this.#leading.behaviours) && sample.test(this.#name) && steps.test(step);
    });
  }

  /** Lets reads show what was done at the console. */
  #catchUp(): void {
    this.#leading.clock.pass(this.#leading.behaviours.readLagMs);
  }
}
