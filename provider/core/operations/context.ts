import { learnOrganization, type OrganizationBound } from "../ownership/organizationGuard";
import type { ProcessMemory } from "../ownership/processMemory";
import { type Connection, type Definition, keyOf } from "../resource/definition";
import type { Polling } from "../resource/polling";
import type { Run } from "../resource/run";
import { fieldsOf } from "../schema/field";
import { type Values, withoutUndefined } from "../schema/values";

/** The parameters that all operations with calls share. */
export interface Context {
  /** The resource. */
  readonly definition: Definition;
  /** The API. */
  readonly api: Connection;
  /** The memory of this process. */
  readonly memory: ProcessMemory;
  /** The polling policy for reads that may lag behind writes. */
  readonly polling: Polling;
  /** Shows a warning to the user. */
  warn(message: string): void;
}

/** The stored form of an object. */
export interface Stored {
  /** Its id. */
  readonly id: string;
  /** Its inputs, outputs and state metadata. */
  readonly state: Values;
}

/** A change of an existing object. */
export interface Change {
  /** The object's id. */
  readonly id: string;
  /** Its state. */
  readonly oldState: Values;
  /** The checked inputs that the program declares. */
  readonly newInputs: Values;
}

/**
 * Starts an operation.
 * @param context The resource, the API and the memory of the process.
 * @param label The object, for messages.
 * @param bound The object, for messages about its organization.
 * @throws LifecycleError when the key opens another organization than that of the state or of the settings.
 */
export async function startRun(context: Context, label: string, bound: OrganizationBound): Promise<Run> {
  const { definition, api, polling, warn } = context;
  const organization = await learnOrganization(api, bound);
  return { definition, api, polling, warn, label, organization, instanceId: crypto.randomUUID() };
}

/**
 * A resource in the state, for messages about its organization.
 * @param definition The resource.
 * @param prior Its inputs and outputs.
 */
export function organizationBound(definition: Definition, prior: Values): OrganizationBound {
  return { prior, label: keyOf(definition, prior).label };
}

/**
 * The declared inputs among some values, without instructions.
 * @param definition The resource.
 * @param values Inputs or a state.
 */
export function declaredIn(definition: Definition, values: Values): Values {
  return withoutUndefined(Object.fromEntries(fieldsOf(definition.fields).map(([name]) => [name, values[name]])));
}
