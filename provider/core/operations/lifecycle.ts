import { fingerprintOf } from "../ownership/fingerprint";
import type { Locks } from "../ownership/locks";
import { learnOrganization, type Owned, refuseOther, refuseUnknownAbsence } from "../ownership/organizationGuard";
import type { Ownership } from "../ownership/ownership";
import { findOne } from "../reconcile/findUntil";
import { reconcile } from "../reconcile/reconcile";
import { type Connection, type Definition, inputsOf, keyOf } from "../resource/definition";
import { goneError, notTakenOverError, unknownReplacement } from "../resource/lifecycleErrors";
import type { Polling } from "../resource/polling";
import type { Run } from "../resource/run";
import { type CheckReport, type Field, fieldsOf } from "../schema/field";
import { reportUnknownProperty } from "../schema/unknownProperty";
import { haveSameKeys, type Path, type Value, type Values, withoutUndefined } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { instanceIdOf, missingOutputsIn, refuseNewer } from "../state/metadata";
import { outputsOf, sealed } from "../state/outputs";
import { projected } from "../state/projection";
import { makeObject, refuseReplacingDifference } from "./create";
import { removeObject } from "./delete";
import { lossWarning, unmanagedWarning } from "./planWarnings";
import { preflightReplace, refuseTakenKey, refuseUnmakeable, refuseUnplanned, replacingFields } from "./replace";
import { foreignKnown } from "./takeOver";

/** What one operation is given. A front end leaves out what it cannot know. */
export interface Context {
  /** The API. */
  readonly api: Connection;
  /** Shows a warning to the user. */
  warn(message: string): void;
}

/** One mistake that `check` found. */
export interface CheckFailure {
  /** Where it is. */
  readonly path: Path;
  /** What is wrong and what to write instead. */
  readonly reason: string;
  /** The value is a secret: a front end must not show it. */
  readonly secret: boolean;
}

/** What `diff` found. */
export interface Difference {
  /** Whether anything declared differs, or an output is missing that an update brings. */
  readonly changes: boolean;
  /** The inputs that differ. */
  readonly changedInputs: readonly string[];
  /** The inputs whose change replaces the resource. */
  readonly replaces: readonly string[];
}

/** What an object is in the state. */
export interface Stored {
  /** Its id. */
  readonly id: string;
  /** The declared inputs, and the outputs. */
  readonly state: Values;
}

/** What is shared by all operations of a process. */
export interface Surroundings {
  /** Which objects the resources of this process answer for. */
  readonly ownership: Ownership;
  /** What is being written. */
  readonly locks: Locks;
  /** How long to disbelieve a surprising read. */
  readonly polling: Polling;
}

/** The operations of one resource, in plain values, the same for every front end. */
export class Lifecycle {
  readonly #definition: Definition;
  readonly #around: Surroundings;
  /** What the program declares for each id: a delete of one of them is the first half of a replacement. */
  readonly #programmed = new Map<string, Values>();

  /**
   * The operations of a resource.
   * @param definition What the resource is.
   * @param around What it shares with the other resources of this process.
   */
  constructor(definition: Definition, around: Surroundings) {
    this.#definition = definition;
    this.#around = around;
  }

  /**
   * Finds all mistakes of the inputs, without any call, and gives their canonical form. An instruction that a resource in
   * the state no longer knows of is spent: it is left out, as it would show as a change.
   * @param newInputs What the program declares.
   * @param oldInputs What the state declares; `undefined` for a resource that is to be made.
   * @param name The resource's name in the program, for messages; anything but a text counts as not known.
   */
  check(newInputs: Values, oldInputs?: Values, name?: unknown): { inputs: Values; failures: CheckFailure[] } {
    const { fields, validate, shape, type } = this.#definition;
    this.#around.ownership.checked();
    if (shape === "singleton") this.#around.ownership.checkedOnly(type, newInputs, oldInputs !== undefined);
    const failures: CheckFailure[] = [];
    const report: CheckReport = {
      fail: (path, reason) => {
        const [name = ""] = path;
        const secret = Object.hasOwn(fields, name) && (fields[name]?.modifiers.secret ?? false);
        failures.push({ path, reason, secret });
      },
    };
    for (const name of Object.keys(newInputs)) {
      if (!Object.hasOwn(fields, name)) reportUnknownProperty(name, Object.keys(fields), [], report);
    }
    const entries = Object.entries(fields).map(([name, field]): [string, Value | undefined] => {
      const given = newInputs[name];
      if (given !== undefined && given !== null) {
        const checked = field.check(given, [name], report);
        const spent = field.instruction && oldInputs !== undefined && oldInputs[name] === undefined;
        return [name, spent ? undefined : checked];
      }
      if (field.modifiers.required) report.fail([name], `${name} is required.`);
      return [name, undefined];
    });
    const inputs = withoutUndefined(Object.fromEntries(entries));
    validate?.(inputs, report);
    if (typeof name === "string") this.#around.ownership.named(type, keyOf(this.#definition, inputs).value, name);
    return { inputs: sealed(this.#definition, inputs), failures };
  }

  /**
   * Compares what the state declared with what the program declares now, without any call.
   * @param context The API's settings, and where to warn.
   * @param change The id, the state and the new inputs.
   * @throws LifecycleError when the settings name another organization, or another resource has this object.
   */
  diff(context: Context, change: { id: string; oldState: Values; newInputs: Values }): Difference {
    const { id, oldState, newInputs } = change;
    refuseDamagedState(this.#definition, id, oldState);
    const only = { key: keyOf(this.#definition, newInputs), fingerprint: fingerprintOf(this.#definition, oldState) };
    this.#around.ownership.diffed(this.#definition.type, id, instanceIdOf(oldState), only);
    const settings = { actual: context.api.expectedOrganization, what: "the settings name" };
    refuseOther({ expectedOrganization: undefined }, this.#owned(oldState), settings);
    const changed = fieldsOf(this.#definition.fields).filter(([name, field]) => {
      const [old, now] = [oldState[name], newInputs[name]];
      // Declared as empty and not declared at all are one to Rhombus, but not to the next refresh, which reads what the state has.
      return !haveSameKeys(old, now) || (old !== undefined && !field.equal(old, now));
    });
    const replacing = replacingFields(this.#definition, oldState, newInputs);
    const unseen = replacing.find(({ isUnseen }) => isUnseen);
    if (unseen !== undefined) {
      throw unknownReplacement(`${keyOf(this.#definition, oldState).label} (${id})`, unseen.name);
    }
    const replaces = replacing.map(({ name }) => name);
    this.#warnAhead(context, change, { changed, replaces });
    // A creation may have ended before it learned them; once a refresh has cleared its failure, nothing else would ask.
    const missing = missingOutputsIn(this.#definition, oldState);
    return {
      changes: changed.length > 0 || missing.length > 0,
      changedInputs: changed.map(([name]) => name),
      replaces,
    };
  }

  /** Tells what a change does beyond what Pulumi shows of it. */
  #warnAhead(
    context: Context,
    { id, oldState, newInputs }: { id: string; oldState: Values; newInputs: Values },
    { changed, replaces }: { changed: readonly (readonly [string, Field])[]; replaces: readonly string[] },
  ): void {
    if (this.#around.ownership.hasProgram) this.#programmed.set(id, newInputs);
    if (replaces.length > 0) {
      refuseUnmakeable(this.#definition, newInputs);
      if (this.#definition.shape === "singleton") this.#around.ownership.replaced(this.#definition.type, id);
      const warning = lossWarning(this.#definition, newInputs, replaces);
      if (warning !== undefined) context.warn(warning);
      return;
    }
    for (const [name, field] of changed) {
      if (newInputs[name] !== undefined || field.reset !== "live") continue;
      context.warn(`${keyOf(this.#definition, oldState).label}: ${unmanagedWarning(name, field, oldState[name])}`);
    }
  }

  /**
   * Makes the object, or with `adopt` takes over the one that exists, and brings it to what is declared.
   * @param context The API and where to warn.
   * @param inputs Checked inputs.
   * @throws LifecycleError when it exists already, or cannot be adopted.
   * @throws PartialError when it exists now but is not all that was declared.
   */
  async create(context: Context, inputs: Values): Promise<Stored> {
    const definition = this.#definition;
    const key = definition.key(inputsOf(inputs));
    const organization = await learnOrganization(context.api, { prior: {}, label: key.label });
    const run = { ...this.#run(context, key.label), organization };
    const release = this.#around.ownership.takeKey(definition.type, key.value, key.label);
    const declared = this.#declared(inputs);
    return this.#around.locks.hold(definition.lock(undefined), async () => {
      const created = await makeObject(run, { key, inputs, declared, ownership: this.#around.ownership, release });
      return { id: created.observed.id, state: sealed(definition, { ...declared, ...created.outputs }) };
    });
  }

  /**
   * Reads an object. Without a state, everything of it is observed.
   * @param context The API and where to warn.
   * @param stored The id, and what the state knows of it.
   * @returns Its new state and inputs, or `undefined` when it is gone.
   */
  async read(
    context: Context,
    stored: { id: string; state?: Values },
  ): Promise<(Stored & { inputs: Values }) | undefined> {
    const definition = this.#definition;
    const prior = stored.state ?? {};
    refuseDamagedState(definition, stored.id, prior);
    const organization = await learnOrganization(context.api, this.#owned(prior));
    // What only `get` reads is not this stack's, so it bears no mark.
    const unmarked = stored.state === undefined ? { instanceId: undefined } : {};
    const run = { ...this.#run(context, `${definition.type} ${stored.id}`), organization, ...unmarked };
    const names = fieldsOf(definition.fields).map(([name]) => name);
    const wanted = new Set(stored.state === undefined ? names : names.filter((name) => prior[name] !== undefined));
    const seen = await findOne(run, { id: stored.id }, { prior, fields: wanted, fresh: false });
    if (seen === undefined) {
      refuseUnknownAbsence(run);
      if (stored.state !== undefined && definition.goneAdvice !== undefined) {
        context.warn(`${definition.key(inputsOf(prior)).label} is gone: ${definition.goneAdvice}`);
      }
      return undefined;
    }
    refuseOther(context.api, this.#owned(prior), { actual: seen.orgUuid, what: BELONGS });
    const inputs = projected(definition, seen, stored.state);
    const state = { ...inputs, ...outputsOf(run, prior, { observed: seen }) };
    return { id: seen.id, inputs: sealed(definition, inputs), state: sealed(definition, state) };
  }

  /**
   * Brings an existing object to what is declared.
   * @param context The API and where to warn.
   * @param change The id, the state and the checked inputs; `isForeign` where other code wrote the state, see {@link diffForeign}.
   * @throws LifecycleError when it is gone, belongs to another organization, or was changed on both sides.
   * @throws PartialError when something was written but not all is as declared.
   */
  async update(
    context: Context,
    change: { id: string; oldState: Values; newInputs: Values; isForeign?: boolean },
  ): Promise<Stored> {
    const definition = this.#definition;
    const { id, oldState, newInputs, isForeign = false } = change;
    if (isForeign) refuseNewer(oldState);
    else refuseDamagedState(definition, id, oldState);
    const prior = isForeign ? foreignKnown(oldState, newInputs) : oldState;
    const organization = await learnOrganization(context.api, this.#owned(prior));
    const key = definition.key(inputsOf(newInputs));
    const run = { ...this.#run(context, key.label), organization };
    const [base, declared] = [isForeign ? {} : this.#declared(prior), this.#declared(newInputs)];
    return this.#around.locks.hold(definition.lock(id), async () => {
      const fields = new Set([...Object.keys(base), ...Object.keys(declared)]);
      const observed = await findOne(run, { id }, { prior, fields, fresh: true });
      if (observed === undefined) {
        refuseUnknownAbsence(run);
        throw isForeign ? notTakenOverError(key.label, definition.idSource) : goneError(key.label);
      }
      refuseOther(context.api, this.#owned(prior), { actual: observed.orgUuid, what: BELONGS });
      if (isForeign) refuseReplacingDifference(run, declared, observed);
      else refuseUnplanned(run, observed, { base, declared });
      const release = await this.#takeNewKey(run, { id, base: isForeign ? observed.values : base, key });
      try {
        const ended = await reconcile(run, { base, declared, observed, prior, origin: "existing" });
        return { id, state: sealed(definition, { ...declared, ...ended.outputs }) };
      } catch (error) {
        release?.();
        throw error;
      }
    });
  }

  /**
   * Removes an object. One that is gone already is no error.
   * @param context The API and where to warn.
   * @param stored The id and the state.
   */
  async delete(context: Context, stored: { id: string; state: Values }): Promise<void> {
    const definition = this.#definition;
    const { id, state: prior } = stored;
    refuseDamagedState(definition, id, prior);
    const { ownership, locks } = this.#around;
    const label = `${definition.type} ${id}`;
    if (ownership.isTaken(definition.type, id, instanceIdOf(prior))) {
      context.warn(`${label} is not deleted: another resource of this program has taken it over.`);
      return;
    }
    const organization = await learnOrganization(context.api, this.#owned(prior));
    const run = { ...this.#run(context, label), organization };
    await locks.hold(definition.lock(id), async () => {
      if (organization === undefined) await this.#refuseStranger(run, id, prior);
      const newInputs = this.#programmed.get(id);
      if (newInputs !== undefined) await preflightReplace(run, id, { prior, newInputs });
      await removeObject(run, id, { prior, successor: newInputs });
    });
    this.#programmed.delete(id);
    ownership.deleted(definition.type, id, definition.key(inputsOf(prior)).value);
  }

  #run(context: Context, label: string): Omit<Run, "organization"> {
    const { polling } = this.#around;
    return {
      definition: this.#definition,
      api: context.api,
      warn: context.warn,
      polling,
      label,
      instanceId: crypto.randomUUID(),
    };
  }

  /** The declared fields in a state or in inputs. */
  #declared(values: Values): Values {
    return withoutUndefined(
      Object.fromEntries(fieldsOf(this.#definition.fields).map(([name]) => [name, values[name]])),
    );
  }

  /** A renamed object must not take a name that another one has. */
  async #takeNewKey(
    run: Run,
    rename: { id: string; base: Values; key: { value: string; label: string } },
  ): Promise<(() => void) | undefined> {
    const { definition } = run;
    const { id, base, key } = rename;
    if (keyOf(definition, base).value === key.value) return undefined;
    const release = this.#around.ownership.takeKey(definition.type, key.value, key.label);
    try {
      await refuseTakenKey(run, { id, prior: base, key });
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The resource as its organization is told of it. */
  #owned(prior: Values): Owned {
    const definition = this.#definition;
    return {
      prior,
      get label() {
        return keyOf(definition, prior).label;
      },
    };
  }

  async #refuseStranger(run: Run, id: string, prior: Values): Promise<void> {
    const found = await findOne(run, { id }, { prior, fields: new Set(), fresh: true });
    if (found === undefined) refuseUnknownAbsence(run);
    else refuseOther(run.api, this.#owned(prior), { actual: found.orgUuid, what: BELONGS });
  }
}

const BELONGS = "the object belongs to";
