import { refuseOther } from "../ownership/organizationGuard";
import { type Connection, type Definition, keyOf } from "../resource/definition";
import { unknownReplacementError } from "../resource/errors";
import { type Field, fieldsOf } from "../schema/field";
import { haveSameKeys, type Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { missingOutputsIn } from "../state/metadata";
import { type Change, organizationBound } from "./context";
import { lossWarning, unmanagedWarning } from "./planWarnings";
import { refuseUncreatable, replacingFields } from "./replace";

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
 * @throws LifecycleError when the state is damaged or belongs to another organization, or when the planned replacement
 * cannot succeed.
 */
export function diff(
  definition: Definition,
  settings: Pick<Connection, "expectedOrganization">,
  { id, oldState, newInputs }: Change,
): Difference {
  refuseDamagedState(definition, id, oldState);
  refuseOtherSettings(settings, organizationBound(definition, oldState));
  const changed = fieldsOf(definition.fields).filter(([name, field]) => {
    const [before, now] = [oldState[name], newInputs[name]];
    // An empty collection and an undeclared one are the same to Rhombus, but the next refresh reads only what is declared.
    return !haveSameKeys(before, now) || (before !== undefined && !field.equal(before, now));
  });
  const replacing = replacingFields(definition, oldState, newInputs);
  const unseen = replacing.find(({ isUnseen }) => isUnseen);
  if (unseen !== undefined) {
    throw unknownReplacementError(`${keyOf(definition, oldState).label} (${id})`, unseen.name);
  }
  const replaces = replacing.map(({ name }) => name);
  if (replaces.length > 0) refuseUncreatable(definition, newInputs);
  const warnings = replaces.length > 0 ? lossWarnings : unmanagedWarnings;
  return {
    // A failed creation may have left outputs out of the state; after a refresh, only a change fetches them.
    changes: changed.length > 0 || missingOutputsIn(definition, oldState).length > 0,
    changedInputs: changed.map(([name]) => name),
    replaces,
    warnings: warnings(definition, { changed, oldState, newInputs, replaces }),
  };
}

/**
 * Refuses settings that name another organization than the state.
 * @param settings The organization in the settings, if it is set.
 * @param bound The resource.
 * @throws LifecycleError that names both.
 */
export function refuseOtherSettings(
  { expectedOrganization: actual }: Pick<Connection, "expectedOrganization">,
  bound: Parameters<typeof refuseOther>[1],
): void {
  refuseOther({ expectedOrganization: undefined }, bound, { actual, what: "the settings name" });
}

/** A comparison, for its warnings. */
interface Compared {
  readonly changed: readonly (readonly [string, Field])[];
  readonly oldState: Values;
  readonly newInputs: Values;
  readonly replaces: readonly string[];
}

function lossWarnings(definition: Definition, { newInputs, replaces }: Compared): readonly string[] {
  const warning = lossWarning(definition, newInputs, replaces);
  return warning === undefined ? [] : [warning];
}

function unmanagedWarnings(definition: Definition, { changed, oldState, newInputs }: Compared): readonly string[] {
  return changed.flatMap(([name, field]) => {
    if (newInputs[name] !== undefined || field.reset !== "live") return [];
    return [`${keyOf(definition, oldState).label}: ${unmanagedWarning(name, field, oldState[name])}`];
  });
}
