import assert from "node:assert/strict";
import type { Behaviours } from "../../../provider/emulator";
import type { ResourceState } from "../../drivers/engine";
import { readable, SecretProperty } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { holds, wipedSecrets } from "../contract/exemptions";
import { outputsIn, type RemoteObject } from "./remoteObjects";
import { at, branch, isBranch, type Tree } from "./tree";

/** Asserts that a write changed no secret of an object that Rhombus generated. */
export function assertSecretsKept(name: string, old: RemoteObject, now: RemoteObject, behaviours: Behaviours): void {
  const mayBeLost = resourceFacts[old.type].secretsFromReads && holds(wipedSecrets.when, behaviours);
  for (const [output, before] of Object.entries(old.secrets)) {
    const after = now.secrets[output] ?? null;
    // The token of a place exists as long as the place.
    const kept = isBranch(before)
      ? branch(Object.entries(before).filter(([key]) => at(after, key) !== undefined))
      : before;
    const same =
      isBranch(after) && isBranch(kept) ? branch(Object.keys(kept).map((key) => [key, at(after, key)])) : after;
    if (mayBeLost)
      assert.ok(
        textsIn(same).every((text) => textsIn(kept).includes(text)),
        `${output} of ${name}`,
      );
    else assert.deepEqual(same, kept, `${output} of ${name} has changed`);
  }
}

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

function textsIn(tree: Tree): string[] {
  if (typeof tree === "string") return [tree];
  return isBranch(tree) ? Object.values(tree).flatMap(textsIn) : [];
}
