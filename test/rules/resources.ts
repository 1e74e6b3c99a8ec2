import type { Field } from "../../provider/core/schema/field";
import { definitions } from "../../provider/resources/registry";

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

/** All resources, as the registry lists them. */
export const resources: readonly Resource[] = Object.values(definitions).map(({ type, fields, outputs }) => {
  return { name: `${type.charAt(0).toLowerCase()}${type.slice(1)}`, type, fields, outputs };
});
