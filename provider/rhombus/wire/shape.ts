/**
 * Says whether a value from an answer has the form its type promises. The vendor's specification declares no field as required and nearly all as nullable,
 * so every field may be absent or null; a field that is there with another type makes the answer unreadable, and fields nobody declared pass unseen.
 */
export class Shape<T> {
  /** Takes the rule: it answers what is wrong with a value found at a path, or `undefined` where the value fits. */
  constructor(private readonly rule: (value: unknown, path: string) => string | undefined) {}

  /** What is wrong with a value, as "text expected at groups[3].name", or `undefined` where it fits; it never quotes the value, which may be a secret. */
  complaint(value: unknown, path = ""): string | undefined {
    return this.rule(value, path);
  }

  /** Whether a value fits; narrows its type. */
  accepts(value: unknown): value is T {
    return this.rule(value, "") === undefined;
  }
}

/** Whether a value is a JSON object: neither null nor an array. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function expected(what: string, path: string): string {
  return `${what} expected at ${path === "" ? "the top" : path}`;
}

function within(path: string, step: string): string {
  return path === "" ? step : `${path}.${step}`;
}

/** Text. Enumerations are read by this too, because the vendor adds values to them without notice. */
export const text = new Shape<string>((value, path) =>
  typeof value === "string" ? undefined : expected("text", path),
);

/** True or false. */
export const flag = new Shape<boolean>((value, path) =>
  typeof value === "boolean" ? undefined : expected("true or false", path),
);

/** A number; the vendor's int32, int64 (times in milliseconds) and double alike. */
export const number = new Shape<number>((value, path) =>
  typeof value === "number" ? undefined : expected("a number", path),
);

/** A list whose items have one shape; the vendor declares items nullable. */
export function list<T>(items: Shape<T>): Shape<(T | null)[]> {
  return new Shape((value, path) => {
    if (!Array.isArray(value)) return expected("a list", path);
    return firstComplaint(value.entries(), items, (index) => `${path}[${index}]`);
  });
}

/** An object whose keys are free and whose values have one shape; the vendor declares values nullable. */
export function map<T>(values: Shape<T>): Shape<Record<string, T | null>> {
  return new Shape((value, path) => {
    if (!isJsonObject(value)) return expected("an object", path);
    return firstComplaint(Object.entries(value), values, () => within(path, "*"));
  });
}

/** An object with known fields, each of them optional and nullable; the type argument keeps the shape and the documented interface from drifting apart. */
export function fields<T extends object>(shapes: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> }): Shape<T> {
  const known: [string, Shape<unknown>][] = Object.entries(shapes);
  return new Shape((value, path) => {
    if (!isJsonObject(value)) return expected("an object", path);
    for (const [name, shape] of known) {
      const complaint = Object.hasOwn(value, name) ? unlessNull(value[name], shape, within(path, name)) : undefined;
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  });
}

function unlessNull(value: unknown, shape: Shape<unknown>, path: string): string | undefined {
  return value === null || value === undefined ? undefined : shape.complaint(value, path);
}

function firstComplaint<Key>(
  entries: Iterable<[Key, unknown]>,
  shape: Shape<unknown>,
  pathOf: (key: Key) => string,
): string | undefined {
  for (const [key, value] of entries) {
    const complaint = unlessNull(value, shape, pathOf(key));
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}
