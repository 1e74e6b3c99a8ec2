import { type Call, failed, succeeded } from "../server/operation";
import type { Behaviours } from "./behaviours";

/**
 * The answer to a read of an integration that was never configured, by {@link Behaviours.notConfigured}. `slot` is the
 * field of the answer, `allDefaults` the object with default values.
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

/** Converts the empty lists and maps of an answer by {@link Behaviours.emptyLists}. */
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

/** Adds secrets to an answer: in plain, masked except for their last four characters, or not at all. */
export function withSecrets(
  answer: object,
  secrets: Readonly<Record<string, string | null>>,
  how: Behaviours["vendorKeyReads" | "onGuardSecretReads" | "serverSecretReads"],
): object {
  if (how === "absent") {
    return Object.fromEntries(Object.entries(answer).filter(([name]) => !Object.hasOwn(secrets, name)));
  }
  const masked = (secret: string | null) => (how === "masked" && secret ? `********${secret.slice(-4)}` : secret);
  return { ...answer, ...Object.fromEntries(Object.entries(secrets).map(([name, each]) => [name, masked(each)])) };
}

/** True if a text is omitted, null or blank. Rhombus treats these alike. */
export function isBlank(value: string | null | undefined): value is "" | null | undefined {
  return !value?.trim();
}
