import type { NamesByUuid } from "../namesByUuid";
import { code, enumerated } from "../output/markdown";
import { SECRET, UNKNOWN } from "../pulumi/state";
import type { Values } from "./plan";
import { referents } from "./referents";

/**
 * Tests if a value, or an item of it, is unknown until the deployment.
 * @param value The value.
 */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || (Array.isArray(value) && value.includes(UNKNOWN));
}

/**
 * Tests if a value, or an item of it, is a secret.
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
   * @param field The name of its field.
   * @param value The value; `undefined` if it is not declared.
   */
  value(field: string, value: unknown): string {
    if (value === undefined || value === null) return "(not declared)";
    if (isUnknown(value)) return "(unknown until the deployment)";
    if (isSecret(value)) return "(secret)";
    if (Array.isArray(value)) return this.list(field, value);
    if (typeof value !== "string") return code(textFrom(value));
    const referent = referents.get(field);
    return referent === "locationPath" ? this.#path(value) : this.#one(referent, value);
  }

  /**
   * Formats a list of values.
   * @param field The name of their field.
   * @param values The values.
   */
  list(field: string, values: unknown): string {
    if (!Array.isArray(values)) return code(textFrom(values));
    if (values.length === 0) return "none";
    return enumerated(values.map((each) => this.#one(referents.get(field), textFrom(each))).sort());
  }

  /** Formats an organization: by name if it is the one that was read, else by RUUID. `undefined` stands for the one that was read. */
  organization(uuid: string | undefined): string {
    const { organization } = this.#names;
    if (uuid === undefined || uuid === organization?.uuid) {
      return organization === undefined ? "Unknown organization" : code(organization.name);
    }
    return `Organization ${code(uuid)}`;
  }

  #path(key: string): string {
    return key
      .split(".")
      .map((part) => this.#one("locationUuid", part))
      .join(" / ");
  }

  #one(referent: string | undefined, value: string): string {
    const names = this.#namesOf(referent);
    if (names === undefined || value === UNKNOWN || value === SECRET) return plain(value);
    const name = names.get(value.split(".")[0] ?? "");
    return name === undefined ? `${code(value)} (not found in Rhombus)` : code(name);
  }

  #namesOf(referent: string | undefined): ReadonlyMap<string, string> | undefined {
    if (referent === "camera") return this.#names.cameras;
    if (referent === "location") return this.#names.locations;
    return referent === "user" ? this.#names.users : undefined;
  }
}

function plain(value: string): string {
  if (value === UNKNOWN) return "(unknown until the deployment)";
  return value === SECRET ? "(secret)" : code(value);
}
