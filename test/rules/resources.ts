import type { Field } from "../../provider/core/schema/field";
import { definitions } from "../../provider/resources/registry";

/** A resource: its definition, and the name of its class. */
export interface Resource {
  /** The name of its folder and of its definition. */
  readonly name: string;
  /** The name of its class and of its type. */
  readonly type: string;
  /** Its inputs. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Its outputs. */
  readonly outputs: Readonly<Record<string, Field>>;
}

/** All resources, as the registry lists them. */
export const resources: readonly Resource[] = Object.values(definitions).map(({ type, fields, outputs }) => {
  return { name: `${type.charAt(0).toLowerCase()}${type.slice(1)}`, type, fields, outputs };
});
