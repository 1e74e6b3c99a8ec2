import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { missingOutputsIn } from "../../../provider/core/state/metadata";
import { definitionOf, type ResourceType } from "../../../provider/resources/registry";
import type { Outcome } from "../../drivers/deployment";
import { createsFirst, type PlannedStep, type ResourceState } from "../../drivers/fakeEngine";
import { assertFailureAllowed } from "./failures";
import {
  byId,
  echoIn,
  inputsIn,
  type ModelOutcome,
  mergedUpdate,
  outputsIn,
  propertiesIn,
  type RemoteObject,
  remoteId,
  type Transition,
} from "./remoteObjects";
import { keyOf, nameFieldOf } from "./resources";
import { assertSecretsStored } from "./secrets";
import {
  at,
  type Branch,
  branch,
  differences,
  haveSameNames,
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
    const old = byId(before, remoteId(outcome.before));
    if (outcome.result !== "ok" && !hasFault) assertFailureAllowed(transition, outcome, old);
    for (const id of assertStep(transition, outcome, old)) checked.add(id);
  }
  for (const { id } of [...before, ...after].filter((each) => !checked.has(each.id))) {
    const [old, now] = [byId(before, id), byId(after, id)];
    assert.deepEqual(now, old, `no step was to change ${old?.type ?? now?.type} ${id}`);
  }
}

/** Asserts that a plan shows every difference, and no step without one. */
export function assertPlan({ name, plan, before, declared = {} }: ModelOutcome): void {
  if (plan !== undefined) assert.equal(plan.step, expectedStep(before, declared), `the plan of ${name}`);
}

function expectedStep(before: ResourceState | undefined, { adopt: _, ...declared }: Branch): PlannedStep["step"] {
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
  const { after, outcomes, hasFault } = transition;
  if (old === undefined) return [];
  const { name, step } = outcome;
  const remaining = byId(after, old.id);
  const others = outcomes.filter((other) => other !== outcome);
  const isTaken = others.some(({ declared, after: state, before }) => {
    return declared !== undefined && byId(after, remoteId(state ?? before)) === remaining;
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
  const isAllowed = isDone || hasFault || isUnproved || isDeletedByOther;
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
  const created = byId(after, remoteId(outcome.after));
  if (outcome.after !== undefined) assert.ok(created, `${name} was created, and does not exist`);
  if (created === undefined && !hasFault) return [];
  const candidates = created === undefined ? createdWithoutAnswer(transition, outcome) : [created];
  assert.ok(candidates.length <= 1, `${name} was created ${candidates.length} times`);
  return candidates.map((now) => {
    const mayAdopt = outcome.step === "create" || outcome.before?.pendingReplacement || createsFirst(type);
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
  const others = outcomes.filter((other) => other !== outcome).map((other) => remoteId(other.after ?? other.before));
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

function assertBecame({ behaviours }: Transition, outcome: ModelOutcome, { old, now, expected }: Written): void {
  const { name, result, after } = outcome;
  assert.ok(now, `${name} is gone`);
  const unexpected = unexpectedPaths(result === "ok" ? expected : old?.tree, expected, now.tree);
  assert.deepEqual(unexpected, [], `${name} (${result}) has values nobody declared: ${JSON.stringify(now.tree)}`);
  if (result !== "ok" || after === undefined) return;
  const declared = propertiesIn(outcome.declared ?? {});
  for (const stored of [inputsIn(after), echoIn(after)]) {
    assert.deepEqual(differences(propertiesIn(stored), declared), [], `the state of ${name} is not as declared`);
  }
  assertSecretsStored(name, after, now, { behaviours });
}

/** The ids of the created objects that the state does not contain. Unless the process was killed, an error must name each. */
export function leftoversOf({ before, after, outcomes }: Transition, managed: ReadonlySet<string>): string[] {
  const leftovers = after.filter(({ id }) => !managed.has(id) && byId(before, id) === undefined);
  for (const object of leftovers) {
    const isNamed = outcomes.some((each) => remoteId(each.after) === object.id || names(each, object));
    assert.ok(
      isNamed,
      `no error names ${object.type} ${object.id}, which is not in the state:\n${messagesOf(outcomes)}`,
    );
  }
  return leftovers.map(({ id }) => id);
}

/** True if an error says that the object may exist. */
function names({ type, result, message }: ModelOutcome, object: RemoteObject): boolean {
  const field = nameFieldOf(type);
  const name = field === undefined ? definitionOf(type).display.noun : JSON.stringify(object.tree[field] ?? "");
  const isNamed = type === object.type && result !== "ok" && message.includes(name);
  return isNamed && /may have been created|exists (?:now|already)|could not be removed again/.test(message);
}

/** The steps and messages of outcomes, for a failed assertion. */
export function messagesOf(outcomes: readonly ModelOutcome[] | readonly Outcome[]): string {
  return outcomes.map(({ name, step, result, message }) => `${name} (${step}, ${result}): ${message}`).join("\n");
}
