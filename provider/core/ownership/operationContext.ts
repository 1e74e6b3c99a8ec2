import { type Connection, type Definition, keyOf, type NaturalKey } from "../resource/definition";
import type { Polling } from "../resource/polling";
import type { Values } from "../schema/values";
import { learnOrganization, type OrganizationBound } from "./organizationGuard";
import type { Ownership, Reservation } from "./ownership";

/** The context of a resource: the parameters of all operations that make calls. */
export interface ResourceContext {
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

/** The context of one operation on an object. */
export interface OperationContext extends ResourceContext {
  /** The label of the object, such as `the access control group "Engineering"`, or `AccessControlGroup <id>` in a read or a delete. */
  readonly label: string;
  /** The organization of the API key; `undefined` if the API key may not read it. */
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
 * @throws LifecycleError if the API key opens another organization than that of the state or of the settings.
 */
export async function startOperation(
  context: ResourceContext,
  label: string,
  prior: Values = {},
): Promise<OperationContext> {
  const bound = { prior, label: keyOf(context.definition, prior).label };
  const organization = await learnOrganization(context.api, bound);
  return { ...context, label, organization, bound, instanceId: crypto.randomUUID() };
}

/**
 * Starts an operation that changes an object in the state. It waits for the object's lock.
 * @param context The resource, the API and the memory of the process.
 * @param object The object: its id, its label for messages, and the inputs and outputs that the state holds.
 * @param task The rest of the operation.
 * @throws LifecycleError if the API key opens another organization than that of the state or of the settings.
 */
export async function startChange<T>(
  context: ResourceContext,
  { id, label, prior }: { readonly id: string; readonly label: string; readonly prior: Values },
  task: (operation: OperationContext) => Promise<T>,
): Promise<T> {
  const operation = await startOperation(context, label, prior);
  return context.ownership.locks.hold(context.definition.lockName(id), () => task(operation));
}

/**
 * Starts the creation of an object. It reserves the natural key, and waits for the lock.
 * @param context The resource, the API and the memory of the process.
 * @param key The natural key.
 * @param task The rest of the operation.
 * @throws LifecycleError if the API key opens another organization than the settings name, or another resource holds the natural key.
 */
export async function startCreation<T>(
  context: ResourceContext,
  key: NaturalKey,
  task: (operation: OperationContext, reservation: Reservation) => Promise<T>,
): Promise<T> {
  const { definition, ownership } = context;
  const operation = await startOperation(context, key.label);
  return ownership.reserve(definition, key, (reservation) =>
    ownership.locks.hold(definition.lockName(undefined), () => task(operation, reservation)),
  );
}
