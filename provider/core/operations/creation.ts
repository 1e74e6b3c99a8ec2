import { fingerprintOf } from "../ownership/fingerprint";
import type { FoundObject, Ownership } from "../ownership/ownership";
import type { NaturalKey, Observed } from "../resource/definition";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";

/** An object that is to be created. */
export interface Creation {
  /** Its natural key, which is reserved. */
  readonly key: NaturalKey;
  /** The checked inputs, instructions included. */
  readonly inputs: Values;
  /** The inputs without instructions. */
  readonly declared: Values;
  /** Which resource of this process manages which object. */
  readonly ownership: Ownership;
}

/**
 * An existing object with the natural key of a creation, for the check of its owner.
 * @param run The resource.
 * @param creation The creation.
 * @param observed The object.
 */
export function foundObject({ definition }: Run, { key }: Creation, { id, outputs }: Observed): FoundObject {
  return { id, label: key.label, key: key.value, fingerprint: fingerprintOf(definition, outputs) };
}
