import { type Call, failed, succeeded } from "../server/operation";
import type { Behaviours } from "./behaviours";

/**
 * The answer to a read of an integration that was never configured, as {@link Behaviours.notConfigured} says.
 * `slot` is the answer's field, `allDefaults` the object that has never been written.
 */
export function notConfigured(call: Call, slot: string, allDefaults: object): object {
  switch (call.behaviours.notConfigured) {
    case "null":
      return { ...succeeded, [slot]: null };
    case "absent":
      return succeeded;
    case "default-object":
      return { ...succeeded, [slot]: allDefaults };
    case "error-text":
      return failed("The integration is not configured for this organization.");
  }
}

/** An answer whose empty lists and maps are shown as {@link Behaviours.emptyLists} says. */
export function withEmptyLists(answer: object, behaviours: Behaviours): object {
  const entries = Object.entries(answer);
  if (!entries.some(([, value]) => isEmpty(value)) || behaviours.emptyLists === "array") return answer;
  if (behaviours.emptyLists === "absent") return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) && isEmpty(value) ? null : value]),
  );
}

function isEmpty(value: unknown): boolean {
  if (value instanceof Map) return value.size === 0;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** An answer with a secret as it is, masked but for its last four characters, or with its field left out. */
export function withSecret(answer: object, field: string, secret: string | null, how: SecretReads): object {
  if (how === "absent") return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field));
  return { ...answer, [field]: how === "masked" && secret ? `********${secret.slice(-4)}` : secret };
}

type SecretReads = Behaviours["vendorKeyReads" | "onGuardSecretReads" | "serverSecretReads"];

/** {@link withSecret} for several secrets, by their field. */
export function withSecrets(
  answer: object,
  secrets: Readonly<Record<string, string | null>>,
  how: SecretReads,
): object {
  return Object.entries(secrets).reduce((shown, [field, secret]) => withSecret(shown, field, secret, how), answer);
}

/** Whether a text says nothing: the vendor takes a blank token for one that was left out. */
export function isBlank(value: string | null | undefined): value is "" | null | undefined {
  return !value?.trim();
}

/**
 * Takes the doors or places that the vendor account does not have out of a map that was sent, when
 * {@link Behaviours.failedDoors} says so, and names them.
 */
export function splitKnown<Entry>(
  sent: ReadonlyMap<string, Entry> | null | undefined,
  isKnown: (key: string) => boolean,
  behaviours: Behaviours,
): { known: ReadonlyMap<string, Entry> | null | undefined; unknown: string[] } {
  if (!sent || !behaviours.failedDoors) return { known: sent, unknown: [] };
  // To take out what the account no longer has is no mistake.
  const unknown = [...sent].flatMap(([key, entry]) => (entry === null || isKnown(key) ? [] : [key]));
  return { known: new Map([...sent].filter(([key]) => !unknown.includes(key))), unknown };
}
