import * as v from "valibot";
import { isJsonObject } from "../../json/jsonObject";

/**
 * The schema of an answer or of a part of one. The specification of Rhombus requires no field and declares nearly all nullable, so a field
 * may be absent or null unless the package needs it. Fields that are not listed are accepted.
 */
export type Schema<Value> = v.GenericSchema<unknown, Value>;

/** The values of a schema. */
export type Infer<S extends Schema<unknown>> = v.InferOutput<S>;

/** A text with documented values. Others are accepted, because the enumerations of Rhombus grow. */
export type OneOfOrNewer<Documented extends string> = Documented | (string & {});

/** A text. */
export const text = v.nullish(v.string());

/** True or false. */
export const flag = v.nullish(v.boolean());

/** A number: int32, int64 (times in milliseconds) or double. */
export const number = v.nullish(v.pipe(v.number(), v.finite()));

/** A text that must be present and not blank. */
export const requiredText = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** An enumeration, see {@link OneOfOrNewer}. */
export function oneOfOrNewer<Documented extends string>() {
  const schema: Schema<OneOfOrNewer<Documented>> = v.string();
  return v.nullish(schema);
}

// Valibot accepts an array as an object.
const jsonObject = v.custom<Record<string, unknown>>(isJsonObject);

/** An object with these fields. */
export function fields<const Entries extends v.ObjectEntries>(
  entries: Entries,
): Schema<v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  return v.pipe(jsonObject, v.object(entries));
}

/** A list with items of one schema. Rhombus declares items nullable. */
export function list<Item extends v.GenericSchema>(item: Item) {
  return v.nullish(v.array(v.nullable(item)));
}

/** An object with free keys and values of one schema. Rhombus declares values nullable. Valibot's record skips the key `constructor`. */
export function map<Value extends v.GenericSchema>(value: Value) {
  const schema: Schema<Record<string, v.InferOutput<Value> | null>> = v.pipe(
    jsonObject,
    v.transform((object) => new Map(Object.entries(object))),
    v.map(v.string(), v.nullable(value)),
    v.transform((entries) => Object.fromEntries(entries)),
  );
  return v.nullish(schema);
}

/**
 * Checks a value. Never throws.
 * @returns The value itself if it matches, because valibot's copy lacks the fields that are not listed. Else the first complaint, such as
 * "text expected at groups[3].name": valibot's own messages quote the value, which may be a secret.
 */
export function checked<Value>(schema: Schema<Value>, value: unknown): { value: Value } | { complaint: string } {
  try {
    if (fits(schema, value)) return { value };
    const { issues } = v.safeParse(schema, value, { abortEarly: true });
    if (issues !== undefined) return { complaint: complaintOf(issues[0]) };
  } catch {
    // Locations within locations may exhaust the stack.
  }
  return { complaint: "it is nested too deeply" };
}

function fits<Value>(schema: Schema<Value>, value: unknown): value is Value {
  return v.is(schema, value);
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  number: "a number",
  finite: "a number",
  array: "a list",
  custom: "an object",
};

function complaintOf({ type, input, path }: v.BaseIssue<unknown>): string {
  const place = path?.reduce(within, "") ?? "";
  const isMissing = input === undefined || input === null || type === "non_empty";
  if (isMissing && place !== "") return `${place} is missing`;
  return `${EXPECTATIONS[type] ?? "another value"} expected at ${place === "" ? "the top" : place}`;
}

function within(place: string, { type, key }: v.IssuePathItem): string {
  if (type === "array") return `${place}[${key}]`;
  // The keys of a map may be tokens.
  const step = type === "map" ? "*" : String(key);
  return place === "" ? step : `${place}.${step}`;
}
