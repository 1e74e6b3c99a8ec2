import assert from "node:assert/strict";
import type { Behaviours } from "../../../provider/emulator";
import type { ResourceState } from "../../drivers/fakeEngine";
import { readable, SecretProperty } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { textsIn } from "../contract/secretValues";
import { outputsIn, type RemoteObject } from "./remoteObjects";
import { isBranch } from "./tree";

/**
 * Asserts that every secret of the object is in the state, marked, and nowhere else, and that the state has no masked value.
 * @param mayLack The outputs that may be missing.
 */
export function assertSecretsStored(
  name: string,
  state: ResourceState,
  object: RemoteObject | undefined,
  { behaviours, mayLack = [] }: { behaviours: Behaviours; mayLack?: readonly string[] },
): void {
  assert.ok(object, `${name} is gone`);
  const outputs = outputsIn(state);
  const areHidden = resourceFacts[object.type].secretsFromReads && behaviours.serverSecretReads !== "plain";
  for (const [output, secret] of Object.entries(object.secrets)) {
    const stored = outputs[output];
    if (areHidden) assert.deepEqual(textsIn(stored ?? null), [], `${output} of ${name} is masked`);
    else if (isBranch(secret)) {
      const known = Object.entries(secret).filter(([, each]) => each !== null);
      assert.deepEqual(stored ?? {}, Object.fromEntries(known), `${output} of ${name}`);
    } else if (secret !== null && !(stored === undefined && mayLack.includes(output))) {
      assert.equal(stored, secret, `${output} of ${name} is not in the state`);
      assert.ok(state.outputs[output] instanceof SecretProperty, `${output} of ${name} is not marked as a secret`);
    }
  }
  const shown = readable(state.outputs) + readable(state.inputs) + state.id;
  for (const secret of Object.values(object.secrets).flatMap(textsIn)) assert.ok(!shown.includes(secret), name);
}
