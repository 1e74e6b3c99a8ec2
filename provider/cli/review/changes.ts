import type { Fields } from "../../core/schema/field";
import { code } from "../output/plainText";
import type { Values } from "./plan";

/** The kinds of changes that a security officer must see first, in the order of the review, with their titles. */
export const dangers = {
  deleted: "Deleted",
  replaced: "Replaced, deleted and created again",
  settings: "Provider settings",
  disabled: "Switched off",
  gainsUnlock: "Gains remote unlock",
  losesUnlock: "Loses remote unlock",
  withoutCamera: "Without a camera",
  doorRemoved: "Door or place removed",
  secret: "Secret, so it cannot be reviewed",
} as const;

/** A change that a security officer must see first. */
export interface Danger {
  /** The kind of change. */
  readonly kind: keyof typeof dangers;
  /** The part of the resource that it concerns, as Markdown; empty for the whole resource. */
  readonly text: string;
}

/** The changes of a resource, or of a part of it. */
export interface Changes {
  /** The changes, one line each, as Markdown. */
  readonly lines: readonly string[];
  /** The changes to look at first. */
  readonly dangers: readonly Danger[];
}

/** No change. */
export const noChanges: Changes = { lines: [], dangers: [] };

/**
 * One changed line that is not dangerous.
 * @param line The line, as Markdown.
 */
export function harmless(line: string): Changes {
  return { lines: [line], dangers: [] };
}

/**
 * Joins changes.
 * @param all The changes.
 */
export function joined(all: readonly Changes[]): Changes {
  return { lines: all.flatMap(({ lines }) => lines), dangers: all.flatMap((each) => each.dangers) };
}

/** A property before and after a deployment. `undefined`: it is not managed. */
export interface PropertyChange {
  /** The value before. */
  readonly before: unknown;
  /** The value after. */
  readonly after: unknown;
}

/**
 * Finds settings whose change reduces monitoring.
 * @param fields The fields of the settings.
 * @param before The settings before.
 * @param after The settings after.
 * @param place A suffix that names the place of the settings, as Markdown. Default: none.
 */
export function reducedMonitoring(fields: Fields, before: Values, after: Values, place = ""): Danger[] {
  return Object.entries(fields).flatMap(([name, field]): Danger[] => {
    const { protection = [] } = field.modifiers;
    const levels: readonly unknown[] = protection;
    const undeclared = protection.findIndex((each) => field.equal(undefined, each));
    const levelOf = (value: unknown) => (value === undefined ? undeclared : levels.indexOf(value));
    const [old, next] = [levelOf(before[name]), levelOf(after[name])];
    if (next < 0 || next >= (old < 0 ? undeclared : old)) return [];
    if (levels.length > 2) return [{ kind: "disabled", text: `${code(name)} is less strict${place}` }];
    const subject = levels[0] === true ? "alarm monitoring, by " : "";
    return [{ kind: "disabled", text: `${subject}${code(name)}${place}` }];
  });
}
