import { inputsOf, type Latest, type Observed } from "../resource/definition";
import { type Delay, goneError, notCreatedError } from "../resource/errors";
import { stillValidOutputs } from "../state/outputs";
import { wasCarriedOut } from "./callEffect";
import { differences, mergeInterimChange } from "./merge";
import type { Reconciliation } from "./reconciliation";
import { isShown, rereadObject } from "./rereadObject";
import { resend } from "./resend";

/** The maximum age of a reading from which a write is sent, in milliseconds. An older one is read again. */
const STALE_MS = 1_000;

/**
 * Writes the object and reads it again.
 * @param work The reconciliation.
 * @param changed The names of the fields that have to change.
 * @param writeForm The form of the request, see `WriteContext.writeForm`.
 * @throws LifecycleError if no read shows the object.
 */
export async function writeAndReread(
  work: Reconciliation,
  changed: ReadonlySet<string>,
  writeForm: 1 | 2,
): Promise<void> {
  const isDone = (observed: Observed | undefined) => isShown(observed) && differences(work, observed).length === 0;
  const answer = await sendWrite(work, changed, writeForm);
  const read = await rereadObject(work, isDone);
  // If reads lag behind a write that was answered, the next operation would report the difference as a change made outside Pulumi.
  const observed = !isDone(read) && isDone(answer) ? answer : read;
  if (observed === undefined)
    throw work.origin === "initial" ? notCreatedError(work.run.label) : goneError(work.run.label);
  work.observed = observed;
}

async function sendWrite(
  work: Reconciliation,
  changed: ReadonlySet<string>,
  writeForm: 1 | 2,
): Promise<Observed | undefined> {
  const { definition, api, warn } = work.run;
  if (work.observed !== work.baseReading) mergeOthersChanges(work);
  work.answeredOutputs = stillValidOutputs(definition, work.answeredOutputs, work.observed);
  return definition.write?.(api, {
    ...latestReading(work),
    changed,
    writeForm,
    prior: work.prior,
    warn,
    reportWrite: (outputs = {}) => {
      work.progress = "written";
      work.answeredOutputs = { ...work.answeredOutputs, ...outputs };
    },
    resend: (fields, call) => sendCall(work, { fields, changed }, call),
  });
}

/** Makes one call of a write, and makes it again after a read if its answer is lost, see `WriteContext.resend`. */
function sendCall(
  work: Reconciliation,
  { fields, changed }: { readonly fields: readonly string[]; readonly changed: ReadonlySet<string> },
  call: (latestReading: Latest) => Promise<unknown>,
): Promise<Observed | undefined> {
  const written = new Set(fields.filter((name) => changed.has(name)));
  const missing = (observed: Observed) => differences(work, observed).filter(([name]) => fields.includes(`${name}`));
  const isDone = (observed: Observed | undefined) => isShown(observed) && missing(observed).length === 0;
  return resend<Observed | undefined>(work.run, {
    isStale: () => performance.now() - work.readAt > STALE_MS,
    sendWrite: async () => {
      if (work.progress === "nothing") work.progress = "sent";
      await call(latestReading(work));
      return undefined;
    },
    checkEffect: async (delay) => {
      const before = work.origin !== "initial" ? "object" : work.progress === "written" ? "ownWrites" : "nothing";
      const isExpected =
        delay.kind === "lost" ? isDone : (observed?: Observed) => before === "nothing" || isShown(observed);
      const observed = await readTwice(work, isExpected, delay);
      const isCarriedOut = wasCarriedOut({ ...work, before, changed: written, differences: missing }, observed, delay);
      if (observed !== undefined) work.observed = observed;
      if (isCarriedOut) work.progress = "written";
      else mergeOthersChanges(work);
      return isCarriedOut ? observed : undefined;
    },
  });
}

/** Reads once more if a read fails. If that fails as well, the effect of the call is unknown, and the call's own error stands. */
function readTwice(
  work: Reconciliation,
  isExpected: (observed: Observed | undefined) => boolean,
  delay: Delay,
): Promise<Observed | undefined> {
  const read = () => rereadObject(work, isExpected);
  return read()
    .catch(read)
    .catch((failure: unknown) => Promise.reject(delay.kind === "prepared" ? failure : delay.error));
}

/** Merges the changes of others since the last merge into `desired`, so that the write does not undo them. */
function mergeOthersChanges(work: Reconciliation): void {
  const { run, declared, desired, baseReading: before, observed: after } = work;
  work.desired = mergeInterimChange({ fields: run.definition.fields, declared, desired, before, after }).desired;
}

function latestReading({ observed, desired }: Reconciliation): Latest {
  return { observed, desired: inputsOf(desired) };
}
