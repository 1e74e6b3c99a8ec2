import assert from "node:assert/strict";
import { definitions, type ResourceType } from "../../../provider/resources/registry";
import { isProperties } from "../../drivers/properties";
import { DeploymentFailed, type Properties } from "../../drivers/stack";
import { full, type TypedSample } from "../../resources/facts";

/** All inputs, changed where that does not replace the object. */
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

/** The message of a failed operation. Fails if it succeeds. */
export async function failureOf(operation: Promise<unknown>): Promise<string> {
  const error: unknown = await operation.then(
    () => assert.fail("the operation succeeded"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof DeploymentFailed, `${error}`);
  return error.message;
}

/** The value without null, false, 0 and empty texts, which equal an absent value, and with trimmed texts. */
export function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value === "string") return value.trim();
  if (!isProperties(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== "" && each !== false && each !== 0);
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutBlanks(each)]));
}

/** The inputs with free texts in a form that Rhombus may tidy. */
export function withUntidyTexts(value: Properties): Properties {
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => {
    if (isProperties(each)) return [name, withUntidyTexts(each)];
    const isFree = ["description", "doorName", "placeName"].includes(name) && typeof each === "string" && each !== "";
    return [name, isFree ? `${each}\r\n` : each];
  });
  return Object.fromEntries(entries);
}

/** Every value in an object by its path. */
export function leavesOf(properties: Properties, path = ""): Map<string, unknown> {
  return new Map(
    Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
      const at = path === "" ? name : `${path}.${name}`;
      return isProperties(value) ? [...leavesOf(value, at)] : [[at, value]];
    }),
  );
}
