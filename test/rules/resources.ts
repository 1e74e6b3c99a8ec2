import { readdirSync } from "node:fs";
import path from "node:path";
import type { Field } from "../../provider/core/schema/field";
import { ROOT } from "./sources";

/** A resource by its two faces: what the engine runs, and the name of what a program sees. */
export interface Resource {
  /** The name of its folder, of its definition, and of its example and samples. */
  readonly name: string;
  /** The name of its class and of its type. */
  readonly type: string;
  /** Its inputs. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Its outputs, and which of them are secrets. */
  readonly outputs: Readonly<Record<string, Field>>;
}

/** All resources: every folder of `provider/resources` is one. */
export const resources: readonly Resource[] = readdirSync(path.join(ROOT, "provider/resources"), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, ...definitionIn(name) }));

function definitionIn(name: string): Omit<Resource, "name"> {
  const exported: Record<string, unknown> = require(path.join(ROOT, "provider/resources", name, "definition.ts"));
  const definition = exported[name];
  if (!isDefinition(definition)) throw new Error(`provider/resources/${name}/definition.ts does not export ${name}.`);
  return definition;
}

function isDefinition(value: unknown): value is Omit<Resource, "name"> {
  return typeof value === "object" && value !== null && "type" in value && "fields" in value && "outputs" in value;
}
