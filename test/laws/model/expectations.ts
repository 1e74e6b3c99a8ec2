import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { missingOutputsIn } from "../../../provider/core/state/metadata";
import { definitionOf, type ResourceType } from "../../../provider/resources/registry";
import type { Plan, ResourceState } from "../../drivers/engine";
import { assertFailureAllowed } from "./failures";
import { byId, echoIn, inputsIn, outputsIn, type RemoteObject, remoteId } from "./remoteObjects";
import { keyOf } from "./resources";
import { assertSecretsKept, assertSecretsStored } from "./secrets";
import { type ModelOutcome, mergedUpdate, objectOf, propertiesIn, type Transition } from "./transition";
import {
  at,
  type Branch,
  branch,
  differences,
  haveSameNames,
  isBranch,
  isLocal,
  isReplacing,
  isTrueByDefault,
  merged,
  projected,
  type Tree,
  unexpectedPaths,
} from "./tree";

/**
 * Asserts that an operation did what the model allows. An object changes only where the plan shows it, and only to what is
 * declared; no other object is created, changed or deleted. A step that succeeded did all of it, and a step that failed
 * without a fault has a reason.
 */
export function assertAllowed(transition: Transition): void {
  const { before, after, outcomes, hasFault } = transition;
  const checked = new Set<string>();
  // A refresh runs before all other steps.
  const inOrder = [...outcomes].sort((one, other) => Number(other.step === "read") - Number(one.step === "read"));
  for (const outcome of inOrder) {
    assertPlan(outcome);
    const old = objectOf(outcome.before, before, transition);
    if (outcome.result !== "ok" && !hasFault) assertFailureAllowed(transition, outcome, old);
    for (const id of assertStep(transition, outcome, old)) checked.add(id);
  }
  for (const { id } of [...before, ...after].filter((each) => !checked.has(each.id))) {
    const [old, now] = [byId(before, id), byId(after, id)];
    if (old !== undefined && now !== undefined && isRenamedByCreate(transition, old, now)) continue;
    assert.deepEqual(now, old, `no step was to change ${old?.type ?? now?.type} ${id}`);
  }
}

/** Asserts that a plan shows every difference, and no step without one. */
export function assertPlan({ name, plan, before, declared = {} }: ModelOutcome): void {
  if (plan !== undefined) assert.equal(plan.step, expectedStep(before, declared), `the plan of ${name}`);
}

function expectedStep(before: ResourceState | undefined, { adopt: _, ...declared }: Branch): Plan["step"] {
  if (before === undefined) return "create";
  const echo = echoIn(before);
  const names = Object.keys({ ...echo, ...declared });
  if (before.pendingReplacement || names.some((name) => replaces(name, before, declared))) return "replace";
  // A value that is empty on one side and absent on the other is added to the state, or removed from it, by an update.
  const isChanged = names.some((name) => {
    return !haveSameNames(only(echo, name), only(declared, name)) || isDifferent(echo, declared, name);
  });
  return isChanged || before.initErrors.length > 0 || missingOutputs(before).length > 0 ? "update" : "same";
}

function replaces(name: string, before: ResourceState, declared: Branch): boolean {
  if (!isReplacing(name)) return false;
  const echo = echoIn(before);
  if (isLocal(name)) return (echo[name] ?? "V2") !== (declared[name] ?? "V2");
  if (declared[name] === undefined) return false;
  const observed = echo[name] ?? at(outputsIn(before).__observed, name);
  return isDifferent(branch([[name, observed]]), declared, name);
}

function isDifferent(one: Branch, other: Branch, name: string): boolean {
  return differences(only(one, name), only(other, name)).length > 0;
}

function only(side: Branch, name: string): Branch {
  return branch([[name, at(side, name)]]);
}

/** The secrets that only the answer of a write contains, and that a create whose answer was lost did not store. */
function missingOutputs(state: ResourceState): readonly string[] {
  return missingOutputsIn(definitionOf(state.type), outputsIn(state));
}

/** Asserts the effects of a step. Returns the ids of the objects that it may have changed. */
function assertStep(transition: Transition, outcome: ModelOutcome, old: RemoteObject | undefined): string[] {
  switch (outcome.step) {
    case "read":
      assertRead(transition, outcome, old);
      return [];
    case "same":
      return [];
    case "delete":
      return assertDelete(transition, outcome, old);
    case "update":
      return assertUpdate(transition, outcome, old);
    case "create":
      return assertCreate(transition, outcome);
    case "replace":
      return [...assertDelete(transition, outcome, old), ...assertCreate(transition, outcome)];
  }
}

/** A read stores the live values of what is declared. */
function assertRead(
  { before: remote, behaviours }: Transition,
  { name, before, after, result }: ModelOutcome,
  old: RemoteObject | undefined,
): void {
  if (result !== "ok" || before === undefined) return;
  assert.equal(after === undefined, old === undefined, `${name} was read, which does not exist, or not read`);
  if (after === undefined || old === undefined) return;
  const declared = echoIn(before);
  const shown = projected(old.tree, propertiesIn(declared), declared.membership === "additive");
  for (const stored of [inputsIn(after), echoIn(after)]) {
    assert.deepEqual(differences(propertiesIn(stored), shown), [], `${name} was not read as it is`);
  }
  assertSecretsStored(name, after, byId(remote, old.id), { behaviours, mayLack: missingOutputs(before) });
}

function assertDelete(transition: Transition, outcome: ModelOutcome, old: RemoteObject | undefined): string[] {
  const { after, outcomes, behaviours, hasFault } = transition;
  if (old === undefined) return [];
  const { name, step } = outcome;
  const remaining = byId(after, old.id);
  const others = outcomes.filter((other) => other !== outcome);
  const isTaken = others.some(({ declared, after: state, before }) => {
    return declared !== undefined && objectOf(state ?? before, after, transition) === remaining;
  });
  if (remaining !== undefined && isTaken) return [];
  const isDone = step === "delete" ? outcome.result === "ok" : outcome.deleted === true;
  if (isDone && step === "delete") assert.equal(remaining, undefined, `${name} was deleted, and still exists`);
  if (!isDone && remaining !== undefined) return [];
  // Another resource may have managed the same object.
  const isDeletedByOther = others.some(
    (each) => each.step === "delete" && each.result === "ok" && each.before?.id === old.id,
  );
  // The object may be deleted although no answer proves it.
  const isUnproved = /the answer may be incomplete/.test(outcome.message);
  const isAllowed = isDone || hasFault || isUnproved || isDeletedByOther || behaviours.kisiVersions === "v1-removed";
  assert.ok(isAllowed, `${name} is gone`);
  return [old.id];
}

function assertUpdate(transition: Transition, outcome: ModelOutcome, old: RemoteObject | undefined): string[] {
  const { after, hasFault } = transition;
  const { name, result } = outcome;
  if (old === undefined) {
    assert.notEqual(result, "ok", `${name} was updated, and does not exist`);
    return [];
  }
  const { tree, conflicts } = mergedUpdate(outcome, old);
  if (result === "ok") assert.deepEqual(conflicts, [], `${name} was updated although both sides changed it`);
  const isUnchanged = conflicts.length > 0 || (result === "error" && !hasFault);
  assertBecame(transition, outcome, { old, now: byId(after, old.id), expected: isUnchanged ? old.tree : tree });
  return [old.id];
}

/** A created object has what is declared; an adopted object keeps its other properties. */
function assertCreate(transition: Transition, outcome: ModelOutcome): string[] {
  const { before, after, hasFault } = transition;
  const { name, type, declared = {} } = outcome;
  const created = objectOf(outcome.after, after, transition);
  if (outcome.after !== undefined) assert.ok(created, `${name} was created, and does not exist`);
  if (created === undefined && !hasFault) return [];
  const candidates = created === undefined ? createdWithoutAnswer(transition, outcome) : [created];
  assert.ok(candidates.length <= 1, `${name} was created ${candidates.length} times`);
  return candidates.map((now) => {
    const mayAdopt = outcome.step === "create" || outcome.before?.pendingReplacement;
    const old = mayAdopt ? byId(before, now.id) : undefined;
    if (old !== undefined) {
      assert.equal(declared.adopt, true, `${name} took over an object without adopt`);
      const ofSameKey = before.filter((each) => each.type === type && keyOf(type, each.tree) === keyOf(type, declared));
      assert.ok(ofSameKey.length <= 1, `${name} took over one of ${ofSameKey.length}`);
    }
    const live = old?.tree ?? defaultsOf(type);
    const { tree: expected } = merged({ base: {}, declared: propertiesIn(declared), live });
    assertBecame(transition, outcome, { old, now, expected });
    return now.id;
  });
}

/** The objects that a failed create may have left: a new one of that name, or the one to be adopted, written in part. */
function createdWithoutAnswer(transition: Transition, outcome: ModelOutcome): RemoteObject[] {
  const { before, after, outcomes } = transition;
  const { declared = {}, type } = outcome;
  const others = outcomes
    .filter((other) => other !== outcome)
    .map((other) => remoteId(other.after ?? other.before, transition.behaviours));
  return after.filter((object) => {
    if (object.type !== type || keyOf(type, object.tree) !== keyOf(type, declared)) return false;
    const old = byId(before, object.id);
    const isWritten = old === undefined || (declared.adopt === true && !isDeepStrictEqual(old, object));
    return isWritten && !others.includes(object.id);
  });
}

function defaultsOf(type: ResourceType): Branch {
  const names = Object.keys(definitionOf(type).fields).filter(isTrueByDefault);
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** An object that a step created or changed: before, after, and as expected after success. */
interface Written {
  readonly old: RemoteObject | undefined;
  readonly now: RemoteObject | undefined;
  readonly expected: Tree | undefined;
}

function assertBecame(transition: Transition, outcome: ModelOutcome, { old, now: found, expected }: Written): void {
  const { behaviours } = transition;
  const { name, result, after } = outcome;
  assert.ok(found, `${name} is gone`);
  const now = withoutRenameByCreate(transition, expected, found);
  const unexpected = unexpectedPaths(result === "ok" ? expected : old?.tree, expected, now.tree);
  assert.deepEqual(unexpected, [], `${name} (${result}) has values nobody declared: ${JSON.stringify(now.tree)}`);
  if (old !== undefined) assertSecretsKept(name, old, now, behaviours);
  if (result === "partial") assertPartialState(outcome, now);
  if (result !== "ok" || after === undefined) return;
  const declared = propertiesIn(outcome.declared ?? {});
  for (const stored of [inputsIn(after), echoIn(after)]) {
    assert.deepEqual(differences(propertiesIn(stored), declared), [], `the state of ${name} is not as declared`);
  }
  assertSecretsStored(name, after, now, { behaviours });
}

/** After a partial failure, the state has the live or the prior values, so that the next deployment writes the rest. */
function assertPartialState({ name, before, after }: ModelOutcome, now: RemoteObject): void {
  assert.ok(after, "a partial failure has a state");
  const stored = propertiesIn(echoIn(after));
  const prior = before === undefined ? {} : propertiesIn(echoIn(before));
  const live = projected(now.tree, stored, echoIn(after).membership === "additive");
  assert.deepEqual(unexpectedPaths(prior, live, stored), [], `the state of ${name} has values that are not live`);
}

/**
 * True for a deployment that has the name of another one that the program declares. Rhombus may apply a create to the existing
 * deployment, which keeps the new name if the answer was lost and the reads after it failed, or if the restore failed. An error
 * says so, and only the name differs.
 */
function isRenamedByCreate({ behaviours, outcomes }: Transition, was: RemoteObject, is: RemoteObject): boolean {
  if (behaviours.onGuardCreate !== "existing" || was.type !== "OnGuardIntegration") return false;
  const { displayName = null } = is.tree;
  if (!isDeepStrictEqual({ ...is, tree: { ...is.tree, displayName: was.tree.displayName } }, was)) return false;
  return outcomes.some(({ type, step, result, declared, message }) => {
    const isCreate = type === was.type && (step === "create" || step === "replace") && result === "error";
    const isUnknown =
      message.includes(`"${displayName}" may have been created`) &&
      message.includes("the search for it failed as well");
    const isNotRestored = message.includes(`"${was.tree.displayName}" when it was asked to create another one`);
    return isCreate && (isUnknown || isNotRestored) && declared?.displayName === displayName;
  });
}

/** The object with its own name if the create of another one in the same run changed it. */
function withoutRenameByCreate(transition: Transition, expected: Tree | undefined, now: RemoteObject): RemoteObject {
  const displayName = isBranch(expected) ? expected.displayName : undefined;
  if (displayName === undefined) return now;
  const named = { ...now, tree: { ...now.tree, displayName } };
  return isRenamedByCreate(transition, named, now) ? named : now;
}
