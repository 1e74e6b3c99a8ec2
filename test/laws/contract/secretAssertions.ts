import assert from "node:assert/strict";
import type { Properties, Stored } from "../../drivers/stack";
import { changesBetween } from "./changes";
import { leavesOf } from "./properties";
import { secretsOf } from "./secretValues";

/** Asserts that an update changed no secret of the server that still exists. */
export function assertSecretsUnchanged(step: string, before: Properties, after: Properties, areLost: boolean): void {
  const { removed } = changesBetween(before, after);
  const stayed = [...leavesOf(before)].filter(([path]) => !removed.some((gone) => path.startsWith(gone.join("."))));
  const now = leavesOf(after);
  for (const [path, secret] of stayed.filter(([, each]) => each !== undefined)) {
    assert.equal(now.get(path), areLost ? null : secret, `${step}: ${path} was changed`);
  }
}

/** Asserts that secrets are in envelopes, and neither in the rest of the state nor in messages. */
export function assertNoLeak(
  step: string,
  stored: Stored | undefined,
  messages: readonly string[],
  others: readonly string[],
): void {
  const { names, values } = stored === undefined ? { names: [], values: [] } : secretsOf(stored.type, stored.outputs);
  const plain = Object.entries(stored?.outputs ?? {}).filter(([output]) => !stored?.secrets.has(output));
  const shown = JSON.stringify([messages, stored?.id, plain]);
  for (const secret of [...values, ...others]) assert.ok(!shown.includes(secret), step);
  for (const name of names) assert.ok(stored?.secrets.has(name), `${step}: ${name} is in plain text`);
}
