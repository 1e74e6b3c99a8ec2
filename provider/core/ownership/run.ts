import { type Connection, type Definition, keyOf, type NaturalKey } from "../resource/definition";
import type { Polling } from "../resource/polling";
import type { Values } from "../schema/values";
import { learnOrganization, type OrganizationBound } from "./organizationGuard";
import type { Ownership, Reservation } from "./ownership";

/** The parameters that all operations with calls share. */
export interface Context {
  /** The resource. */
  readonly definition: Definition;
  /** The API. */
  readonly api: Connection;
  /** The memory of this process. */
  readonly ownership: Ownership;
  /** The polling policy for reads that may lag behind writes. */
  readonly polling: Polling;
  /** Shows a warning to the user. */
  warn(message: string): void;
}

/** The surroundings of every step of an operation. */
export interface Run extends Context {
  /** The object in words, such as `the group "Engineering"`. */
  readonly label: string;
  /** The organization of the key; `undefined` if the key may not ask for it. */
  readonly organization: string | undefined;
  /** The organization to which the object must belong. */
  readonly bound: OrganizationBound;
  /** The instance id for a state that has none yet. */
  readonly instanceId: string;
}

/**
 * Starts an operation.
 * @param context The resource, the API and the memory of the process.
 * @param label The object, for messages.
 * @param prior The inputs and outputs that the state holds. Default: none.
 * @throws LifecycleError when the key opens another organization than that of the state or of the settings.
 */
export async function startRun(context: Context, label: string, prior: Values = {}): Promise<Run> {
  const bound = { prior, label: keyOf(context.definition, prior).label };
  const organization = await learnOrganization(context.api, bound);
  return { ...context, label, organization, bound, instanceId: crypto.randomUUID() };
}

/**
 * Starts an operation that changes an object in the state. It waits for the object's lock.
 * @param context The resource, the API and the memory of the process.
 * @param object The object: its id, its label for messages, and the inputs and outputs that the state holds.
 * @param operation The operation.
 * @throws LifecycleError when the key opens another organization than that of the state or of the settings.
 */
export async function startChange<T>(
  context: Context,
  { id, label, prior }: { readonly id: string; readonly label: string; readonly prior: Values },
  operation: (run: Run) => Promise<T>,
): Promise<T> {
  const run = await startRun(context, label, prior);
  return context.ownership.locks.hold(context.definition.lock(id), () => operation(run));
}

/**
 * Starts the creation of an object. It reserves the natural key, and waits for the lock.
 * @param context The resource, the API and the memory of the process.
 * @param key The natural key.
 * @param operation The operation.
 * @throws LifecycleError when the key opens another organization than the settings name, or another resource holds the natural key.
 */
export async function startCreation<T>(
  context: Context,
  key: NaturalKey,
  operation: (run: Run, reservation: Reservation) => Promise<T>,
): Promise<T> {
  const { definition, ownership } = context;
  const run = await startRun(context, key.label);
  return ownership.reserve(definition, key, (reservation) =>
    ownership.locks.hold(definition.lock(undefined), () => operation(run, reservation)),
  );
}
