import assert from "node:assert/strict";
import { definitions, type ResourceType } from "../../../provider/resources/registry";
import { isProperties } from "../../drivers/properties";
import { DeploymentFailed, type Properties } from "../../drivers/stack";
import { full, type TypedSample } from "../../resources/facts";

/**
 * All inputs, changed where that does not replace the object.
 * @param sample The sample.
 */
export function updated(sample: TypedSample): Properties {
  const replacing = replacingFields(sample.type);
  const kept = Object.entries(full(sample)).filter(([name]) => replacing.includes(name));
  return { ...full(sample, 1), ...Object.fromEntries(kept) };
}

/** The inputs of a type that force a replacement. */
export function replacingFields(type: ResourceType): string[] {
  const fields = Object.entries(definitions[type].fields);
  return fields.flatMap(([name, { modifiers }]) => (modifiers.replaces ? [name] : []));
}

/**
 * What the user is told when an act fails.
 * @param act The act.
 */
export async function failureOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    assert.ok(error instanceof DeploymentFailed, `${error}`);
    return error.message;
  }
  return "it went well";
}

/**
 * Without what says nothing: a text that is empty and one that is not there are the same to everybody.
 * @param value Any value.
 */
export function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  // Whether a text was tidied makes no difference.
  if (typeof value === "string") return value.trim();
  if (!isProperties(value)) return value;
  const told = Object.entries(value).filter(([, each]) => each !== null && each !== "" && each !== false && each !== 0);
  return Object.fromEntries(told.map(([name, each]) => [name, withoutBlanks(each)]));
}

/**
 * Inputs with free texts that a vendor may tidy.
 * @param value The inputs, or a part of them.
 */
export function withUntidyTexts(value: Properties): Properties {
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => {
    if (isProperties(each)) return [name, withUntidyTexts(each)];
    const isFree = ["description", "doorName", "placeName"].includes(name) && typeof each === "string" && each !== "";
    return [name, isFree ? `${each}\r\n` : each];
  });
  return Object.fromEntries(entries);
}

/**
 * Every value in an object by its path.
 * @param properties The object.
 * @param path Where it stands.
 */
export function leavesOf(properties: Properties, path = ""): Map<string, unknown> {
  return new Map(
    Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
      const at = path === "" ? name : `${path}.${name}`;
      return isProperties(value) ? [...leavesOf(value, at)] : [[at, value]];
    }),
  );
}
