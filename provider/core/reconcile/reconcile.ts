import { inputsOf, type Observed } from "../resource/definition";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";
import { missingOutputsIn } from "../state/metadata";
import { differences, merge } from "./merge";
import { observe } from "./observe";
import { begin, type Reconciliation, type Start } from "./reconciliation";
import { failureOf, outputsAfter, partialFailure } from "./report";
import { write } from "./send";

/** The end of a reconciliation: the object was read, and has every declared value. */
export interface Reconciled {
  /** The object as last read. */
  readonly observed: Observed;
  /** The outputs for the state. */
  readonly outputs: Values;
}

/**
 * Brings an object to what the program declares: observe, merge, write, verify, report. Changes made elsewhere are not
 * overwritten before a plan has shown them. The caller holds the lock.
 * @param run The resource and the API.
 * @param start The state, the program and the object.
 * @throws LifecycleError if the program and somebody else changed the same thing.
 * @throws PartialError if something was written, and the object is not as declared.
 */
export async function reconcile(run: Run, start: Start): Promise<Reconciled> {
  return new Reconciliation(run, start).finish();
}

class Reconciliation {
  readonly #run: Run;
  #start: Start;
  readonly #declared: Values;
  #observed: Observed;
  #readAt = performance.now();
  #answered: Values = {};
  #sent = false;
  #wrote: boolean;

  constructor(run: Run, start: Start) {
    this.#run = run;
    this.#start = start;
    this.#declared = start.origin === "existing" ? start.declared : withDefaults(run.definition.fields, start.declared);
    this.#desired = this.#declared;
    this.#observed = start.observed;
    this.#wrote = start.origin === "made";
  }

  async finish(): Promise<Reconciled> {
    try {
      return await this.#reconcile();
    } catch (error) {
      if (error instanceof PartialError || !(await this.#mustKeep(error))) throw error;
      throw this.#partial(this.#differences(this.#observed), [messageOf(error)]);
    } finally {
      if (this.#wrote) await this.#warnOfUnlisted();
    }
  }

  /** Only after the write, which nothing of this may keep from being made. */
  async #warnOfUnlisted(): Promise<void> {
    const { definition, api, warn } = this.#run;
    const sides = [inputsOf(this.#declared), inputsOf(this.#start.base)] as const;
    const label = await definition.unlisted?.(api, ...sides).catch(() => undefined);
    if (label !== undefined) warn(label);
  }

  async #reconcile(): Promise<Reconciled> {
    const { definition, api } = this.#run;
    if (this.#start.observed.unseen) await this.#see();
    const changed = this.#merge();
    const missing = missingOutputsIn(definition, { ...this.#start.prior, ...this.#observed.outputs });
    if (changed.size > 0 || missing.length > 0 || this.#start.origin === "initial") {
      await definition.verifyCredential?.(api, inputsOf(this.#declared), changed);
      await this.#write(changed, 1);
      if (this.#differences(this.#observed).length > 0) await this.#write(changed, 2);
    }
    const paths = this.#differences(this.#observed);
    if (paths.length > 0) throw this.#partial(paths, []);
    return { observed: this.#observed, outputs: this.#outputs() };
  }

  /**
   * Reads what an answer did not show, and keeps what only the answer did. Without a reading nothing more is written: what
   * else the vendor keeps beside the object is not known.
   */
  async #see(): Promise<void> {
    const { observed } = this.#start;
    this.#answered = observed.outputs;
    this.#observed = { ...observed, values: {} };
    const seen = await this.#readUntil(isMissing);
    if (seen === undefined) throw notShownYet(this.#run.label);
    this.#observed = seen;
    this.#start = { ...this.#start, observed: this.#observed };
  }

  /** Merges the three sides of every field, which makes the wish. Answers which fields have to change. */
  #merge(): ReadonlySet<string> {
    const conflicts: Path[] = [];
    const kept: string[] = [];
    const notes = {
      unplanned: (path: Path, what: string) => kept.push(`${pathText(path)} ${what}`),
      conflict: (path: Path) => conflicts.push(path),
    };
    const changed = new Set<string>();
    const desired: Record<string, Value | undefined> = {};
    for (const [name, field] of fieldsOf(this.#run.definition.fields)) {
      const three = this.#sides(name, field);
      desired[name] = field.merge(three, [name], notes, this.#declared);
      if (isChange(field, desired[name], three)) changed.add(name);
    }
    if (conflicts.length > 0) throw conflictError(this.#run.label, conflicts);
    if (kept.length > 0) this.#run.warn(keptWarning(this.#run.label, kept));
    this.#desired = desired;
    return changed;
  }

  /** Puts the wish over the latest reading: what the vendor has added to it since then is to be sent along. */
  #renewWish(): void {
    const silent = { unplanned: () => {}, conflict: () => {} };
    const desired = fieldsOf(this.#run.definition.fields).map(([name, field]) => {
      const [base, live] = [this.#start.observed, this.#observed].map(({ values }) => field.canonical(values[name]));
      return [
        name,
        field.merge({ base, declared: this.#desired[name], live }, [name], silent, this.#declared),
      ] as const;
    });
    this.#desired = Object.fromEntries(desired);
  }

  /** Until the merge, all that is declared is wished for. */
  #desired: Values;

  #sides(name: string, field: Field): ThreeWay {
    return {
      base: this.#start.base[name],
      declared: this.#declared[name],
      live: field.canonical(this.#start.observed.values[name]),
    };
  }

  async #write(changed: ReadonlySet<string>, attempt: 1 | 2): Promise<void> {
    const isOff = (seen: Observed | undefined) => seen === undefined || this.#differences(seen).length > 0;
    const look = () => this.#readUntil(isOff);
    const send = () => this.#send(changed, attempt);
    const repeating = {
      send,
      isOld: () => isOld(this.#readAt),
      arrived: (delay: Delay) => this.#arrived(this.#delayedWrite(changed), look, delay),
    };
    const answer = await (this.#run.definition.readsBeforeRetry ? resend(this.#run, repeating) : send());
    const read = await look();
    // An answer is proof enough, but reads that lag behind it would show to the next operation a change that is none.
    const seen = answer !== undefined && isOff(read) && !isOff(answer) ? answer : read;
    if (seen === undefined)
      throw this.#start.origin === "initial" ? notMade(this.#run.label) : goneError(this.#run.label);
    this.#observed = seen;
  }

  /** What a write that was delayed has come to; without a reading nobody knows, and its own error stands. */
  async #arrived(
    write: DelayedWrite,
    lookForIt: () => Promise<Observed | undefined>,
    delay: Delay,
  ): Promise<Observed | undefined> {
    const isUnexpected = (seen: Observed | undefined) => write.before !== "nothing" && isMissing(seen);
    const look = delay.kind === "lost" ? lookForIt : () => this.#readUntil(isUnexpected);
    const seen = await look()
      .catch(look)
      .catch((failure: unknown) => Promise.reject(delay.kind === "prepared" ? failure : delay.error));
    const isDone = hasArrived(write, seen, delay);
    if (seen !== undefined) this.#observed = seen;
    if (isDone) this.#wrote = true;
    return isDone ? seen : undefined;
  }

  /** Makes one of the calls of a write, see {@link Writing.insist}. What the other calls write is not waited for. */
  async #resend(names: readonly string[], send: (latest: Latest) => Promise<unknown>): Promise<void> {
    const differences = (seen: Observed) => this.#differences(seen).filter(([name]) => names.includes(`${name}`));
    const isOff = (seen: Observed | undefined) => seen === undefined || differences(seen).length > 0;
    const { fields } = this.#run.definition;
    await resend<Observed | undefined>(this.#run, {
      isOld: () => isOld(this.#readAt),
      send: async () => {
        await send({ observed: this.#observed, desired: inputsOf(this.#desired) });
        return undefined;
      },
      arrived: async (delay) => {
        const write = { ...this.#delayedWrite(new Set(names)), definition: { fields }, differences };
        const seen = await this.#arrived(write, () => this.#readUntil(isOff), delay);
        if (seen === undefined) this.#renewWish();
        return seen;
      },
    });
  }

  #delayedWrite(changed: ReadonlySet<string>): DelayedWrite {
    const { definition, label } = this.#run;
    return {
      definition,
      label,
      before: this.#start.origin !== "initial" ? "object" : this.#wrote ? "ours" : "nothing",
      observed: this.#observed,
      declared: this.#declared,
      desired: this.#desired,
      changed,
      prior: this.#start.prior,
      answered: this.#answered,
      differences: (seen) => this.#differences(seen),
    };
  }

  async #send(changed: ReadonlySet<string>, attempt: 1 | 2): Promise<Observed | undefined> {
    const { definition, api, warn, anothers, polling } = this.#run;
    if (this.#observed !== this.#start.observed) this.#renewWish();
    this.#sent = true;
    this.#answered = outlasting(definition, this.#answered, this.#observed);
    return definition.write(api, {
      observed: this.#observed,
      desired: inputsOf(this.#desired),
      changed,
      attempt,
      prior: this.#start.prior,
      warn,
      anothers,
      polling,
      wrote: (outputs = {}) => {
        this.#wrote = true;
        this.#answered = { ...this.#answered, ...outputs };
      },
      resend: (names, call) => this.#resend(names, call),
    });
  }

  async #readUntil(
    isUnexpected: (seen: Observed | undefined) => boolean,
    polling = this.#run.polling,
  ): Promise<Observed | undefined> {
    const [seen] = await findUntil(
      this.#run,
      { id: this.#start.observed.id },
      {
        fresh: true,
        fields: declaredNames(this.#start.base, this.#declared),
        prior: this.#start.prior,
        polling,
        until: ([found]) => {
          this.#readAt = performance.now();
          return !isUnexpected(found);
        },
      },
    );
    return seen;
  }

  /** The declared paths at which an observation is not what was wished for. */
  #differences(seen: Observed): Path[] {
    return fieldsOf(this.#run.definition.fields).flatMap(([name, field]) =>
      field.differences(
        this.#desired[name],
        field.canonical(seen.values[name]),
        this.#sides(name, field),
        [name],
        this.#declared,
      ),
    );
  }

  /** Whether something exists, or was changed, that the state must not lose. Takes a last look at it. */
  async #mustKeep(error: unknown): Promise<boolean> {
    const { label, api } = this.#run;
    const outcome = this.#start.origin === "initial" && this.#sent ? api.outcomeOf(error) : undefined;
    if (this.#wrote || outcome === "unknown") {
      const seen = await this.#readUntil(isMissing).catch((failure: unknown) => {
        if (this.#wrote) return this.#observed;
        throw lostFromSight(label, error, failure);
      });
      if (seen !== undefined) this.#observed = seen;
      // A first write that was answered, and of which reads prove that it made nothing, leaves nothing for the state.
      return seen !== undefined || (this.#wrote && this.#start.origin !== "initial");
    }
    if (outcome !== "refused") return false;
    const there = await this.#readUntil(isMissing, shorter(this.#run.polling)).catch(() => undefined);
    if (there !== undefined) throw thereAfterRefusal(label, error);
    return false;
  }

  #outputs(): Values {
    return outputsOf(this.#run, this.#start.prior, { observed: this.#observed, answered: this.#answered });
  }

  #partial(paths: readonly Path[], causes: readonly string[]): PartialError {
    const { definition, label } = this.#run;
    const { base, declared } = this.#start;
    const unverified = unverifiedAt(definition.fields, paths, { desired: this.#desired, shown: this.#observed.values });
    const reasons = [...causes, ...(paths.length > 0 ? [unverifiedReason(label, unverified, definition.advice)] : [])];
    return new PartialError({
      id: this.#observed.id,
      inputs: declared,
      state: sealed(definition, { ...withoutUnverified(declared, base, paths), ...this.#outputs() }),
      reasons,
    });
  }
}

function isWriteNeeded({ run, origin, prior, observed }: Reconciliation, changed: ReadonlySet<string>): boolean {
  if (changed.size > 0 || origin === "initial") return true;
  return missingOutputsIn(run.definition, { ...prior, ...observed.outputs }).length > 0;
}

/** If the object is not as declared after the first write, it is written in the other form that the vendor's documentation allows. */
async function writeAndVerify(work: Reconciliation, changed: ReadonlySet<string>): Promise<void> {
  const { definition, api } = work.run;
  await definition.verifyCredential?.(api, inputsOf(work.declared), changed);
  await write(work, changed, 1);
  if (differences(work, work.observed).length > 0) await write(work, changed, 2);
}

/** Warns after the write, because a failed look-up must not prevent it. */
async function warnOfUnlisted({ run, declared, base }: Reconciliation): Promise<void> {
  const warning = await run.definition.unlisted?.(run.api, inputsOf(declared), inputsOf(base)).catch(() => undefined);
  if (warning !== undefined) run.warn(warning);
}
