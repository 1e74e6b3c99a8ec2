import type { NameBook } from "../nameBook";
import { code, enumerated } from "../output/markdown";
import { SECRET, UNKNOWN } from "../pulumi/state";
import type { Values } from "./plan";
import { referents } from "./referents";

/**
 * Whether a value, or a part of it, is not known before the deployment.
 * @param value The value.
 */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || (Array.isArray(value) && value.includes(UNKNOWN));
}

/**
 * Whether a value is hidden because it is, or holds, a secret.
 * @param value The value.
 */
export function isHidden(value: unknown): boolean {
  return value === SECRET || (Array.isArray(value) && value.includes(SECRET));
}

/**
 * The members of an object; none where something else stands in its place, as for what is unknown or secret.
 * @param value The object.
 */
export function membersOf(value: unknown): Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/**
 * A value as a text: a text as it is, anything else as JSON.
 * @param value The value.
 */
export function textFrom(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** Puts values into words, with the names that people know. Everything that it says is Markdown. */
export class Wording {
  readonly #names: NameBook;

  /**
   * Takes the names.
   * @param names The names; none for ids.
   */
  constructor(names: NameBook) {
    this.#names = names;
  }

  /**
   * A value in words.
   * @param field The name of the field that it is of.
   * @param value The value; `undefined` where it is not declared.
   */
  value(field: string, value: unknown): string {
    if (value === undefined || value === null) return "(not declared)";
    if (isUnknown(value)) return "(known after the deployment)";
    if (isHidden(value)) return "(secret)";
    if (Array.isArray(value)) return this.list(field, value);
    if (typeof value !== "string") return code(textFrom(value));
    const referent = referents.get(field);
    return referent === "locationPath" ? this.#path(value) : this.#one(referent, value);
  }

  /**
   * Several values in words.
   * @param field The name of the field that they are of.
   * @param values The values.
   */
  list(field: string, values: unknown): string {
    if (!Array.isArray(values)) return code(textFrom(values));
    if (values.length === 0) return "none";
    return enumerated(values.map((each) => this.#one(referents.get(field), textFrom(each))).sort());
  }

  /** The organization of an id, by name where it is the one that was asked. */
  organization(uuid: string | undefined): string {
    const { organization } = this.#names;
    if (uuid === undefined || uuid === organization?.uuid) {
      return organization === undefined ? "An organization that is not known yet" : code(organization.name);
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
    return name === undefined ? `${code(value)} (not found at Rhombus)` : code(name);
  }

  #namesOf(referent: string | undefined): ReadonlyMap<string, string> | undefined {
    if (referent === "camera") return this.#names.cameras;
    if (referent === "location") return this.#names.locations;
    return referent === "user" ? this.#names.users : undefined;
  }
}

function plain(value: string): string {
  if (value === UNKNOWN) return "(known after the deployment)";
  return value === SECRET ? "(secret)" : code(value);
}
