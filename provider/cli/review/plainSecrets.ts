import { fieldsOf } from "../../core/schema/field";
import { type Path, pathText } from "../../core/schema/values";
import { definitionOf } from "../../resources/registry";
import { code } from "../output/plainText";
import { memberOf } from "../pulumi/state";
import type { Finding } from "./changes";
import type { PlanStep } from "./plan";

/**
 * Finds secrets that a program writes into fields that others can read in the Rhombus console, such as a description.
 * @param step The step.
 * @param containsSecret True for a text that contains a known secret or a webhook URL.
 */
export function plainSecretsIn(step: PlanStep, containsSecret: (text: string) => boolean): Finding[] {
  const fields = fieldsOf(definitionOf(step.type).fields).filter(([, { modifiers }]) => !modifiers.secret);
  return fields.flatMap(([name]) => {
    const paths = pathsIn(step.after?.[name], step.before?.[name], [name], containsSecret);
    return paths.map((path): Finding => ({ kind: "plainSecret", text: code(pathText(path)) }));
  });
}

function pathsIn(after: unknown, before: unknown, path: Path, containsSecret: (text: string) => boolean): Path[] {
  if (typeof after === "string") return after !== before && containsSecret(after) ? [path] : [];
  if (typeof after !== "object" || after === null) return [];
  const isList = Array.isArray(after);
  return Object.entries(after).flatMap(([key, value]) => {
    return pathsIn(value, memberOf(before, key), [...path, isList ? Number(key) : key], containsSecret);
  });
}
