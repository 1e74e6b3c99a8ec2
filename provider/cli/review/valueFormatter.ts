import type { Field } from "../../core/schema/field";
import { DAYS, spansOf, type WeekSpan } from "../../core/schema/week";
import { type Times, timesText, weeklyTimes } from "../access/times";
import type { Reference } from "../entries";
import type { NamesByUuid } from "../namesByUuid";
import { code, cutOff, joinedWithAnd } from "../output/plainText";
import { itemsOf, memberOf, SECRET, UNKNOWN } from "../pulumi/state";
import { enumerations, LONG, shortened } from "./lists";
import type { Values } from "./plan";

/**
 * True if a value, or an item of it, is unknown until the deployment.
 * @param value The value.
 */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || (Array.isArray(value) && value.includes(UNKNOWN));
}

/**
 * True if a value, or an item of it, is a secret.
 * @param value The value.
 */
export function isSecret(value: unknown): boolean {
  return value === SECRET || (Array.isArray(value) && value.includes(SECRET));
}

/**
 * The members of an object. Other values, such as unknown and secret ones, have none.
 * @param value The value.
 */
export function membersOf(value: unknown): Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/**
 * Converts a value to a text: a string unchanged, other values as JSON.
 * @param value The value.
 */
export function textFrom(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/**
 * The minutes of weekly intervals, as a program writes them. Parts of another form are ignored.
 * @param intervals The intervals.
 */
export function writtenSpans(intervals: unknown): readonly WeekSpan[] {
  return itemsOf(intervals).flatMap((each) => {
    const written = itemsOf(memberOf(each, "days"));
    const days = DAYS.filter((day) => written.includes(day));
    return spansOf({ days, from: String(memberOf(each, "from")), to: String(memberOf(each, "to")) });
  });
}

function isWeekly(field: Field | undefined): boolean {
  return field?.each?.properties?.days !== undefined;
}

function weeklyText(intervals: unknown): string {
  const text = JSON.stringify(intervals);
  if (text.includes(UNKNOWN)) return "(unknown until the deployment)";
  return text.includes(SECRET) ? "(secret)" : shortTimes(weeklyTimes(writtenSpans(intervals)));
}

/**
 * Times in words. Of a long text, the end must not hide how long they are.
 * @param times The times.
 */
export function shortTimes(times: Times): string {
  const text = timesText(times);
  if (text.length <= LONG) return text;
  const minutes = times.weekly.reduce((sum, { start, stop }) => sum + stop - start, 0);
  return `${cutOff(text, LONG)} (${Math.ceil(minutes / 60)} hours a week)`;
}

/** The number of ids that a short list shows although they are not found in Rhombus. */
const MISSING = 5;

/** Formats values as Markdown, with names in place of RUUIDs. */
export class ValueFormatter {
  readonly #names: NamesByUuid;

  /**
   * Creates a formatter.
   * @param names The names by RUUID. Missing lists leave RUUIDs as they are.
   */
  constructor(names: NamesByUuid) {
    this.#names = names;
  }

  /**
   * Formats a value.
   * @param field Its field; `undefined` for an unknown property.
   * @param value The value; `undefined` if it is not declared.
   */
  value(field: Field | undefined, value: unknown): string {
    if (value === undefined || value === null) return "(not declared)";
    if (isUnknown(value)) return "(unknown until the deployment)";
    if (isSecret(value)) return "(secret)";
    if (isWeekly(field)) return weeklyText(value);
    if (Array.isArray(value)) return this.list(field?.each, value);
    if (typeof value !== "string") return code(textFrom(value));
    const of = field?.modifiers.of;
    if (of !== "locationPath") return this.#one(of, value);
    return value
      .split(".")
      .map((part) => this.#one("location", part))
      .join(" / ");
  }

  /**
   * Formats a value, and a long one in short.
   * @param field Its field; `undefined` for an unknown property.
   * @param value The value; `undefined` if it is not declared.
   */
  shortValue(field: Field | undefined, value: unknown): string {
    if (typeof value === "string" && value.length > LONG) return code(value);
    const isList = Array.isArray(value) && !isUnknown(value) && !isSecret(value) && !isWeekly(field);
    return isList ? this.shortList(field?.each, value) : this.value(field, value);
  }

  /**
   * Formats a list of values.
   * @param member The field of its members; `undefined` for an unknown property.
   * @param values The values.
   */
  list(member: Field | undefined, values: readonly unknown[]): string {
    if (values.length === 0) return "none";
    const { found, missing } = this.#sorted(member, values);
    return joinedWithAnd([...found, ...missing]);
  }

  /**
   * Formats a long list of values as lists that fit into a line each.
   * @param member The field of its members; `undefined` for an unknown property.
   * @param values The values.
   */
  lists(member: Field | undefined, values: readonly unknown[]): string[] {
    const { found, missing } = this.#sorted(member, values);
    return enumerations([...found, ...missing]);
  }

  /**
   * Formats the first values of a long list, and the number of the others. What Rhombus has comes first.
   * @param member The field of its members; `undefined` for an unknown property.
   * @param values The values.
   */
  shortList(member: Field | undefined, values: readonly unknown[]): string {
    if (values.length === 0) return "none";
    const { found, missing } = this.#sorted(member, values);
    if (missing.length <= MISSING) return joinedWithAnd(shortened([...found, ...missing]));
    return joinedWithAnd([...shortened(found), `${missing.length} ids that are not found in Rhombus`]);
  }

  /**
   * True for a reference to an object that Rhombus does not list.
   * @param reference The reference.
   */
  isMissing({ of, uuid }: Reference): boolean {
    const names = this.#names.byKind?.[of];
    return names !== undefined && !names.has(uuid.split(".")[0] ?? "");
  }

  /**
   * True if the organization of a resource is known.
   * @param uuid The organization in the state; `undefined` for a new resource.
   */
  knowsOrganization(uuid: string | undefined): boolean {
    return uuid !== undefined || this.#names.organization !== undefined;
  }

  /** Formats an organization: by name if it is the one that was read, else by RUUID. `undefined` stands for the one that was read. */
  organization(uuid: string | undefined): string {
    const { organization } = this.#names;
    if (uuid === undefined || uuid === organization?.uuid) {
      return organization === undefined ? "Unknown organization" : code(organization.name ?? "");
    }
    return `Organization ${code(uuid)}`;
  }

  /** The values as Markdown: those that Rhombus has, and those that it does not list. */
  #sorted(member: Field | undefined, values: readonly unknown[]) {
    const of = member?.modifiers.of;
    const [found, missing]: [string[], string[]] = [[], []];
    for (const value of values) {
      const uuid = textFrom(value);
      const isMissing = of !== undefined && uuid !== UNKNOWN && uuid !== SECRET && this.isMissing({ of, uuid });
      (isMissing ? missing : found).push(this.#one(of, uuid));
    }
    return { found: found.sort(), missing: missing.sort() };
  }

  #one(of: string | undefined, value: string): string {
    if (value === UNKNOWN) return "(unknown until the deployment)";
    if (value === SECRET) return "(secret)";
    const names = of === undefined ? undefined : this.#names.byKind?.[of];
    if (names === undefined) return code(value);
    const name = names.get(value.split(".")[0] ?? "");
    return name === undefined ? `${code(value)} (not found in Rhombus)` : code(name);
  }
}
