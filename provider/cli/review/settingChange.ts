import type { Field } from "../../core/schema/field";
import { type Value, valueFrom } from "../../core/schema/values";
import { code } from "../output/plainText";
import type { Finding, PropertyChange } from "./changes";
import { isSecret, isUnknown, type ValueFormatter } from "./valueFormatter";

/** Properties whose change is only in the details. Any other one is listed, also one that a later version adds. */
const details: ReadonlySet<string> = new Set(["description"]);

/** The object or entry that has a property. */
export interface Owner {
  /** The words before a line about the property, as Markdown. */
  readonly start: string;
  /** The words after the property in a finding, as Markdown. */
  readonly end: string;
  /** The owner in a finding about the whole of it, as Markdown; empty for a resource. */
  readonly label: string;
  /** The property that holds its name; `undefined` if none does. */
  readonly nameField: string | undefined;
  /** True if it does not exist before the deployment. */
  readonly isNew: boolean;
  /** True if the object in Rhombus is deleted and created again, so that it loses what the program does not declare. */
  readonly isReplaced: boolean;
}

/**
 * The finding about a change of one property: none if it changes nothing in effect, or only adds monitoring.
 * @param name The property.
 * @param field Its field; `undefined` for an unknown property.
 * @param change Its values.
 * @param owner The object that has it.
 * @param formatter Formats values.
 */
export function settingFindings(
  name: string,
  field: Field | undefined,
  change: PropertyChange,
  owner: Owner,
  formatter: ValueFormatter,
): Finding[] {
  const { before, after } = change;
  // Those are listed as unknown or secret.
  if (isUnknown(after) || isSecret(after)) return [];
  if (areEqual(field, before, after)) return [];
  const levels: readonly unknown[] = field?.modifiers.protection ?? [];
  const [old, next] = [before, after].map((value) => levels.indexOf(inEffect(field, value)));
  if (old !== undefined && next !== undefined && old >= 0 && next >= 0) {
    return next > old ? [] : [{ kind: "disabled", text: `${reductionOf(name, levels)}${owner.end}` }];
  }
  if (owner.isNew || details.has(name)) return [];
  // Rhombus has this value already: another one would replace the object.
  const hasValue = field?.modifiers.replaces && field.reset === "keep" && (before ?? undefined) === undefined;
  if (hasValue && !owner.isReplaced) return [];
  if (name === owner.nameField) return [{ kind: "renamed", text: owner.label }];
  const values = [before, after].map((value) => formatter.shortValue(field, value)).join(" → ");
  return [{ kind: "changed", text: `${code(name)}${owner.end}: ${values}` }];
}

function reductionOf(name: string, levels: readonly unknown[]): string {
  if (levels.length > 2) return `${code(name)} is less strict`;
  return levels[0] === true ? `alarm monitoring, by ${code(name)}` : code(name);
}

/**
 * True if two values of a property are the same in effect. A value that is not declared is its default.
 * @param field The field of the property; `undefined` for an unknown one.
 * @param one A value.
 * @param other The other value.
 */
export function areEqual(field: Field | undefined, one: unknown, other: unknown): boolean {
  if (isUnknown(one) || isUnknown(other)) return false;
  if (JSON.stringify(one ?? null) === JSON.stringify(other ?? null)) return true;
  if (field === undefined || isSecret(one) || isSecret(other)) return false;
  // Rhombus chooses a value that is not declared.
  if (field.reset === "keep" && ((one ?? undefined) === undefined || (other ?? undefined) === undefined)) return false;
  const [left, right] = [one, other].map((value) => inEffect(field, value));
  const isMistyped = [left, right].some((value) => value !== undefined && field.mistyped(value, []).length > 0);
  return !isMistyped && field.equal(left, right);
}

/** The value, or the documented default of one that is not declared; `undefined` if there is none. */
function inEffect(field: Field | undefined, value: unknown): Value | undefined {
  if (value !== undefined && value !== null) return valueFrom(value);
  return field === undefined || field.reset === "keep" ? undefined : field.reset.to;
}
