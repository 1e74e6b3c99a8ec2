import { type OrganizationSettings, refuseOtherSettings } from "../ownership/organizationGuard";
import { type Definition, keyOf } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { type Field, fieldsOf } from "../schema/field";
import { haveSameKeys, type Value, type Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { missingOutputsIn } from "../state/metadata";
import { refuseUncreatable, replacingFields } from "./replace";

/** A change of an existing object. */
export interface Change {
  /** The object's id. */
  readonly id: string;
  /** Its state. */
  readonly prior: Values;
  /** The checked inputs that the program declares. */
  readonly newInputs: Values;
}

/** The difference between a state and the inputs that the program declares. */
export interface Difference {
  /** An input differs, or an output is missing that an update brings. */
  readonly changes: boolean;
  /** The names of the inputs that differ. */
  readonly changedInputs: readonly string[];
  /** The names of the inputs whose change replaces the object. */
  readonly replaces: readonly string[];
  /** The effects of the change that Pulumi does not display. */
  readonly warnings: readonly string[];
}

/**
 * Compares a state with the inputs that the program declares, without a call.
 * @param definition The resource.
 * @param settings The organization in the settings, if it is set.
 * @param change The state and the inputs.
 * @throws LifecycleError if the state is damaged or belongs to another organization, or if the planned replacement
 * cannot succeed.
 */
export function diff(
  definition: Definition,
  settings: OrganizationSettings,
  { id, prior, newInputs }: Change,
): Difference {
  refuseDamagedState(definition, id, prior);
  const { label } = keyOf(definition, prior);
  refuseOtherSettings(settings, { prior, label });
  const changed = fieldsOf(definition.fields).filter(([name, field]) => {
    const [before, now] = [prior[name], newInputs[name]];
    // An empty collection and an undeclared one are the same to Rhombus, but the next refresh reads only what is declared.
    return !haveSameKeys(before, now) || (before !== undefined && !field.equal(before, now));
  });
  const replacing = replacingFields(definition, prior, newInputs);
  const unknown = replacing.find(({ isUnknown }) => isUnknown);
  if (unknown !== undefined) throw new LifecycleError(messages.unknownReplacement(`${label} (${id})`, unknown.name));
  const replaces = replacing.map(({ name }) => name);
  if (replaces.length > 0) refuseUncreatable(definition, newInputs);
  const unmanaged = changed.filter(([name, { reset }]) => newInputs[name] === undefined && reset === "keep");
  return {
    // A failed creation may have left outputs out of the state; after a refresh, only a change fetches them.
    changes: changed.length > 0 || missingOutputsIn(definition, prior).length > 0,
    changedInputs: changed.map(([name]) => name),
    replaces,
    warnings:
      replaces.length > 0
        ? lossWarning(definition, newInputs, replaces)
        : unmanaged.map(([name, field]) => `${label}: ${unmanagedWarning(name, field, prior[name])}`),
  };
}

/** Warns of what a replacement loses: collections that are not declared, and members that were added to shared ones outside Pulumi. */
function lossWarning(definition: Definition, newInputs: Values, replaces: readonly string[]): readonly string[] {
  const lost = fieldsOf(definition.fields).flatMap(([name, field]) => {
    const { deprecated, local } = field.modifiers;
    if (field.reset !== "keep" || field.writeOnly || local) return [];
    if (newInputs[name] === undefined) return deprecated === undefined ? [name] : [];
    return field.sharedIn?.(newInputs) ? [`what was added outside Pulumi to ${name}`] : [];
  });
  if (lost.length === 0) return [];
  return [
    `${keyOf(definition, newInputs).label} will be replaced because of ${replaces.join(", ")}: the old one is ` +
      `deleted, and with it what the program does not declare: ${lost.join(", ")}.`,
  ];
}

/** Warns that a collection or a vendor key stays as it is. If it was empty, the warning does not say how to remove it. */
function unmanagedWarning(name: string, field: Field, before: Value | undefined): string {
  const what = field.writeOnly ? "the stored key stays in use" : "the current value in Rhombus stays";
  const isCollection = !field.writeOnly && (field.nested || field.each !== undefined);
  const isRemovable = isCollection && !field.equal(before, undefined);
  return `${name} is no longer declared: ${what}.${isRemovable ? " To remove it, declare it as empty first." : ""}`;
}
