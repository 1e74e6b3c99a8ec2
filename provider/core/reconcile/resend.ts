import { monotonicMs } from "../../clock";
import { inputsOf, type Latest, type Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { type Delay, messages } from "../resource/messages";
import { fieldsOf } from "../schema/field";
import { isValueMap, type Path, type Value } from "../schema/values";
import { differences, mergeInterimChange, mergeOutsideChanges } from "./merge";
import { isShown, type Reconciliation, reread } from "./reconciliation";

/** The maximum age of a reading from which a write is sent, in milliseconds. An older one is read again. */
const MAX_READING_AGE_MS = 1_000;

/** A call that overwrites a whole object, see `WriteContext.resend`. */
interface Call {
  /** The names of the fields that the call writes. */
  readonly fields: readonly string[];
  /** The names of the fields that have to change. */
  readonly changed: ReadonlySet<string>;
  /** Makes the call, from the latest reading. */
  send(latest: Latest): Promise<unknown>;
}

/**
 * Makes a call, and makes it again after a failure as the retry policy allows. A read after the pause, directly before the
 * next call, shows what was changed outside Pulumi.
 * @param reconciliation The reconciliation.
 * @param call The call.
 * @returns The object, if a read has shown that a call without an answer was carried out.
 * @throws The error of the last call.
 */
export async function resend(reconciliation: Reconciliation, call: Call): Promise<Observed | undefined> {
  const { api, polling } = reconciliation.operation;
  const retries = api.retries();
  const isTooOld = monotonicMs() - reconciliation.readAt > MAX_READING_AGE_MS;
  let carriedOut = isTooOld ? await readEffect(reconciliation, call, { kind: "prepared" }) : undefined;
  while (carriedOut === undefined) {
    try {
      if (reconciliation.progress === "nothing") reconciliation.progress = "sent";
      await call.send({ observed: reconciliation.observed, desired: inputsOf(reconciliation.desired) });
      return undefined;
    } catch (error) {
      const pauseMs = retries.pauseAfter(error);
      if (pauseMs === undefined) throw error;
      await polling.sleep(pauseMs);
      const isLost = api.outcomeOf(error) === "unknown";
      const mayBeCarriedOutLate = isLost && api.mayBeCarriedOutLate(error);
      carriedOut = await readEffect(reconciliation, call, {
        kind: isLost ? "lost" : "refused",
        error,
        mayBeCarriedOutLate,
      });
    }
  }
  return carriedOut;
}

/**
 * Reads the object after a delay. Returns it if the call was carried out; otherwise merges what was changed outside Pulumi, for
 * the next call. Rejects if the call must not be made again.
 */
async function readEffect(reconciliation: Reconciliation, call: Call, delay: Delay): Promise<Observed | undefined> {
  const isExpected = (observed: Observed | undefined) => {
    if (delay.kind !== "lost") return mayBeAbsent(reconciliation) || isShown(observed);
    return isShown(observed) && missing(reconciliation, call, observed).length === 0;
  };
  const read = () => reread(reconciliation, isExpected);
  // If a second read fails as well, the effect of the call is unknown, and the error of the call stands.
  const observed = await read()
    .catch(read)
    .catch((failure: unknown) => Promise.reject(delay.kind === "prepared" ? failure : delay.error));
  const isCarriedOut = observed !== undefined && wasCarriedOut(reconciliation, call, observed, delay);
  if (observed === undefined) refuseAbsent(reconciliation, delay);
  else refuseOutsideChange(reconciliation, observed, delay, isCarriedOut);
  if (observed !== undefined) reconciliation.observed = observed;
  if (isCarriedOut) reconciliation.progress = "written";
  else mergeOutsideChanges(reconciliation);
  return isCarriedOut ? observed : undefined;
}

/** The first write of a singleton creates the object. */
function mayBeAbsent({ origin, progress }: Reconciliation): boolean {
  return origin === "initial" && progress !== "written";
}

/** The paths at which an object does not have what the call writes. */
function missing(reconciliation: Reconciliation, { fields }: Call, observed: Observed): readonly Path[] {
  return differences(reconciliation, observed).filter(([name]) => fields.includes(`${name}`));
}

/** Rejects if an existing object is gone, or if a first write may still be carried out late. */
function refuseAbsent(reconciliation: Reconciliation, delay: Delay): void {
  const { label } = reconciliation.operation;
  if (reconciliation.origin !== "initial") throw new LifecycleError(messages.gone(label));
  if (mayBeAbsent(reconciliation) && delay.kind === "lost" && delay.mayBeCarriedOutLate)
    throw new LifecycleError(messages.lateCreation(label, delay.error));
}

/** Rejects if the object was created or changed outside Pulumi, so that the call must not be made again. */
function refuseOutsideChange(
  reconciliation: Reconciliation,
  observed: Observed,
  delay: Delay,
  isCarriedOut: boolean,
): void {
  const { label } = reconciliation.operation;
  if (mayBeAbsent(reconciliation)) {
    if (isCarriedOut) return;
    throw new LifecycleError(messages.createdMeanwhile(label, delay));
  }
  const { conflicts } = mergeInterimChange(reconciliation, reconciliation.observed, observed);
  if (conflicts.length > 0) throw new LifecycleError(messages.changedMeanwhile(label, conflicts, delay));
}

/** True if a reading proves that the call was carried out. */
function wasCarriedOut(reconciliation: Reconciliation, call: Call, observed: Observed, delay: Delay): boolean {
  if (missing(reconciliation, call, observed).length > 0) return false;
  // A first write created the object if its answer was lost and the object has nothing but what the call writes.
  if (mayBeAbsent(reconciliation)) return delay.kind === "lost" && !hasOtherValues(reconciliation, observed);
  // If the call writes a field that no read shows, the reading does not prove that the call was carried out.
  const isWritten = (name: string) => call.fields.includes(name) && call.changed.has(name);
  const { fields } = reconciliation.operation.definition;
  return !fieldsOf(fields).some(([name, { writeOnly }]) => writeOnly && isWritten(name));
}

function hasOtherValues({ operation, desired: all }: Reconciliation, observed: Observed): boolean {
  return fieldsOf(operation.definition.fields).some(([name, field]) => {
    const [desired, value] = [all[name], field.canonical(observed.values[name])];
    if (desired === undefined) return hasEntries(value);
    return field.writeOnly === true && value !== undefined && !field.equal(desired, value);
  });
}

/** True if a collection has entries. An object of flags has none: Rhombus may fill these in. */
function hasEntries(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isValueMap(value) && Object.values(value).some((entry) => typeof entry === "object" && entry !== null);
}
