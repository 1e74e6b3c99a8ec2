import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Behaviours } from "../../../provider/emulator";
import type { Plan, ResourceState } from "../../drivers/engine";
import { readable, SecretProperty } from "../../drivers/properties";
import { holds, losses } from "../contract/exemptions";
import { echoOf, inputsOf, type Outcome, outputsOf } from "./deployment";
import { assertReason } from "./reasons";
import type { RemoteObject } from "./remote";
import { keyOf } from "./slots";
import {
  at,
  type Branch,
  branch,
  differences,
  haveSameNames,
  isBranch,
  merged,
  projected,
  strangers,
  type Tree,
} from "./tree";
import { byId, type Explanation, objectOf, type Witnessed, withoutLocal } from "./witness";

/**
 * Compares what an operation did with what the plain model says. Whatever happens: an object changes only where the plan
 * shows a change, and only to what the program declares; nothing else changes, appears or goes. What says that it went well
 * went exactly so, and what failed without any trouble had a reason.
 * @param witnessed What happened.
 */
export function explain(witnessed: Witnessed): void {
  const isApart = witnessed.behaviours.kisiVersions === "separate";
  const explained = new Set<string>();
  for (const outcome of inOrder(witnessed.outcomes)) {
    explainPlan(outcome);
    const old = objectOf(outcome.before, witnessed.before, isApart);
    const explanation = { outcome, old, isApart };
    for (const id of explainOne(witnessed, explanation)) explained.add(id);
  }
  for (const { id } of [...witnessed.before, ...witnessed.after]) {
    if (explained.has(id)) continue;
    const [was, is] = [byId(witnessed.before, id), byId(witnessed.after, id)];
    if (was !== undefined && is !== undefined && isLeftRenamed(witnessed, was, is)) continue;
    assert.deepEqual(is, was, `nobody asked for a change of ${was?.type ?? is?.type} ${id}`);
  }
}

/**
 * Whether a deployment has the name of another one that the program declares. Where Rhombus applies a creation to the
 * existing deployment, that one has the new name until it is restored. It keeps it in two cases: the answer to the creation
 * was lost and the reads after it failed, or the restore failed. The error says so, and nothing but the name differs.
 */
function isLeftRenamed({ behaviours, outcomes }: Witnessed, was: RemoteObject, is: RemoteObject): boolean {
  if (behaviours.onGuardCreate !== "existing" || was.type !== "OnGuardIntegration") return false;
  const { displayName = null } = is.tree;
  const isOnlyTheName = isDeepStrictEqual(
    { ...is, tree: { ...is.tree, displayName: null } },
    { ...was, tree: { ...was.tree, displayName: null } },
  );
  return outcomes.some(({ type, step, result, declared, said }) => {
    const isMade = (step === "create" || step === "replace") && result === "error";
    const isUnknown =
      said.includes(`"${displayName}" may have been created`) && said.includes("the search for it failed as well");
    const isNotRestored = said.includes(`"${was.tree.displayName}" when it was asked to create another one`);
    return (
      isOnlyTheName &&
      isMade &&
      (isUnknown || isNotRestored) &&
      type === was.type &&
      declared?.displayName === displayName
    );
  });
}

/** A deployment that was written in the same run, as it would be had another one's creation not left its name on it. */
function unrenamed(
  witnessed: Witnessed,
  wished: Tree | undefined,
  now: RemoteObject | undefined,
): RemoteObject | undefined {
  const displayName = isBranch(wished) ? wished.displayName : undefined;
  if (now === undefined || displayName === undefined) return now;
  const was = { ...now, tree: { ...now.tree, displayName } };
  return isLeftRenamed(witnessed, was, now) ? was : now;
}

/**
 * Compares a plan with what the model plans: nothing where nothing differs, and every difference shows.
 * @param outcome What was planned.
 */
export function explainPlan({ logical, type, plan, before, declared = {} }: Outcome): void {
  if (plan === undefined) return;
  assert.equal(plan.step, plannedStep(type, before, declared), `the plan of ${logical}`);
}

function plannedStep(type: RemoteObject["type"], before: ResourceState | undefined, declared: Branch): Plan["step"] {
  if (before === undefined) return "create";
  if (before.pendingReplacement) return "replace";
  const echo = echoOf(before);
  const { adopt: _instruction, ...wished } = declared;
  const names = Object.keys({ ...echo, ...wished });
  const only = (side: Branch, name: string) => branch([[name, at(side, name)]]);
  const sides = (name: string) => [only(echo, name), only(wished, name)] as const;
  const isChanged = (name: string) => differences(...sides(name)).length > 0;
  const isReplaced = names.some((name) => {
    if (name === "apiVersion") return (echo[name] ?? "V2") !== (wished[name] ?? "V2");
    if (name !== "locationUuid" || type !== "AccessControlGroup" || wished[name] === undefined) return false;
    if (echo[name] !== undefined) return isChanged(name);
    const observed = at(outputsOf(before).__observed, name);
    return differences(only(branch([[name, observed]]), name), only(wished, name)).length > 0;
  });
  if (isReplaced) return "replace";
  // What is empty on one side and absent on the other is put into the state, or taken out of it, by an update.
  const changed = names.filter((name) => !haveSameNames(...sides(name)) || isChanged(name));
  const isUnfinished = before.initErrors.length > 0 || lacks(type, before).length > 0;
  return changed.length > 0 || isUnfinished ? "update" : "same";
}

/** The secrets that only the answer of a write has: a creation whose answer was lost may have ended without them. */
function lacks(type: RemoteObject["type"], state: ResourceState): string[] {
  const answered = type === "OnGuardIntegration" ? ["webhookUrl", "presharedSecret"] : [];
  return answered.filter((name) => state.outputs[name] === undefined);
}

/** Reads come before all else in the processes that do both. */
function inOrder(outcomes: readonly Outcome[]): Outcome[] {
  return [...outcomes].sort((one, other) => Number(other.step === "read") - Number(one.step === "read"));
}

function explainOne(witnessed: Witnessed, explanation: Explanation): string[] {
  const { outcome } = explanation;
  if (outcome.result !== "ok" && !witnessed.isTroubled) assertReason(witnessed, explanation);
  switch (outcome.step) {
    case "read":
      return explainRead(witnessed, explanation);
    case "same":
      return [];
    case "delete":
      return explainDelete(witnessed, explanation);
    case "update":
      return explainUpdate(witnessed, explanation);
    case "create":
      return explainCreate(witnessed, explanation);
    case "replace":
      return [...explainDelete(witnessed, explanation), ...explainCreate(witnessed, explanation)];
  }
}

/** A read changes nothing, and puts into the state what is live of what is declared. */
function explainRead({ before: remote, behaviours }: Witnessed, { outcome, old }: Explanation): string[] {
  const { before, after, result } = outcome;
  if (result !== "ok" || before === undefined) return [];
  if (after === undefined) {
    assert.equal(old, undefined, `${outcome.logical} was read as gone, and is there`);
    return [];
  }
  assert.ok(old, `${outcome.logical} was read, and is not there`);
  const declared = echoOf(before);
  const shown = projected(old.tree, withoutLocal(declared), declared.membership === "additive");
  for (const held of [inputsOf(after), echoOf(after)]) {
    assert.deepEqual(differences(withoutLocal(held), shown), [], `${outcome.logical} was not read as it is`);
  }
  assertSecrets(after, byId(remote, old.id), {
    logical: outcome.logical,
    behaviours,
    lacking: lacks(old.type, before),
  });
  return [];
}

function explainDelete({ after, outcomes, behaviours, isTroubled }: Witnessed, explanation: Explanation): string[] {
  const { outcome, old } = explanation;
  if (old === undefined) return [];
  const left = byId(after, old.id);
  const isTaken = outcomes.some((other) => {
    const own = other.after ?? other.before;
    return other !== outcome && other.declared !== undefined && objectOf(own, after, explanation.isApart) === left;
  });
  if (left !== undefined && isTaken) return [];
  const isDone = outcome.step === "delete" ? outcome.result === "ok" : outcome.deleted === true;
  const isRemade = outcome.step === "replace" && isDone;
  if (isDone && !isRemade) assert.equal(left, undefined, `${outcome.logical} was deleted, and is still there`);
  if (!isDone && left !== undefined) return [];
  // Two resources may have stood for one object.
  const isAnothersDoing = outcomes.some((other) => {
    return other !== outcome && other.step === "delete" && other.result === "ok" && other.before?.id === old.id;
  });
  const isExplained = isDone || isTroubled || isAnothersDoing || behaviours.kisiVersions === "v1-removed";
  assert.ok(isExplained, `${outcome.logical} is gone`);
  return [old.id];
}

function explainUpdate(witnessed: Witnessed, { outcome, old }: Explanation): string[] {
  const { after, behaviours, isTroubled } = witnessed;
  const { declared = {}, before, result } = outcome;
  assert.ok(before, "an update has a state");
  if (old === undefined) {
    assert.notEqual(result, "ok", `${outcome.logical} was updated, and is not there`);
    return [];
  }
  const { tree, conflicts } = merged({
    base: withoutLocal(echoOf(before)),
    declared: withoutLocal(declared),
    live: old.tree,
  });
  if (result === "ok") assert.deepEqual(conflicts, [], `${outcome.logical} was updated although both sides changed it`);
  const isUntouched = conflicts.length > 0 || (result === "error" && !isTroubled);
  const wished = isUntouched ? old.tree : tree;
  assertBecame(outcome, old, { wished, now: unrenamed(witnessed, wished, byId(after, old.id)), behaviours });
  return [old.id];
}

/** What is made has what is declared, and what is adopted beside that what it had. */
function explainCreate(witnessed: Witnessed, { outcome, isApart }: Explanation): string[] {
  const { before, after, isTroubled } = witnessed;
  const declared = outcome.declared ?? {};
  const { type } = outcome;
  const made = outcome.after === undefined ? undefined : objectOf(outcome.after, after, isApart);
  const isAdopted = (id: string) =>
    (outcome.step === "create" || outcome.before?.pendingReplacement) && byId(before, id) !== undefined;
  if (outcome.after !== undefined) assert.ok(made, `${outcome.logical} was made, and is not there`);
  if (made === undefined && !isTroubled) return [];
  const candidates = made === undefined ? leftBy(witnessed, outcome, isApart) : [made];
  assert.ok(candidates.length <= 1, `${outcome.logical} was made ${candidates.length} times`);
  return candidates.map((now) => {
    const old = isAdopted(now.id) ? byId(before, now.id) : undefined;
    if (old !== undefined) {
      assert.equal(declared.adopt, true, `${outcome.logical} took over what nobody asked it to`);
      const alike = before.filter((each) => each.type === type && keyOf(type, each.tree) === keyOf(type, declared));
      assert.ok(alike.length <= 1, `${outcome.logical} took over one of ${alike.length}`);
    }
    const live = old?.tree ?? defaultsOf(type, declared);
    const { tree: wished } = merged({ base: {}, declared: withoutLocal(declared), live });
    const { behaviours } = witnessed;
    assertBecame(outcome, old, { wished, now: unrenamed(witnessed, wished, now), behaviours });
    return now.id;
  });
}

/** What a creation that failed may have left: something new of that name, or what was to be adopted, written in part. */
function leftBy({ before, after, outcomes }: Witnessed, outcome: Outcome, isApart: boolean): RemoteObject[] {
  const { declared = {}, type } = outcome;
  const others = outcomes
    .filter((other) => other !== outcome)
    .map((other) => objectOf(other.after ?? other.before, after, isApart));
  return after.filter((object) => {
    if (object.type !== type || keyOf(type, object.tree) !== keyOf(type, declared) || others.includes(object))
      return false;
    const old = byId(before, object.id);
    return old === undefined || (declared.adopt === true && !isDeepStrictEqual(old, object));
  });
}

function defaultsOf(type: RemoteObject["type"], declared: Branch): Branch {
  return type === "GeneaIntegration" || type === "KisiIntegration" ? { enabled: declared.enabled ?? true } : {};
}

function assertBecame(
  outcome: Outcome,
  old: RemoteObject | undefined,
  { wished, now, behaviours }: { wished: Tree | undefined; now: RemoteObject | undefined; behaviours: Behaviours },
): void {
  const { logical, result, after } = outcome;
  assert.ok(now, `${logical} is gone`);
  const strange = strangers(result === "ok" ? wished : old?.tree, wished, now.tree);
  assert.deepEqual(strange, [], `${logical} (${result}) became what nobody asked for: ${JSON.stringify(now.tree)}`);
  if (old !== undefined) assertKept(old, now, { logical, behaviours });
  if (result === "partial") assertHonest(outcome, now);
  if (result !== "ok" || after === undefined) return;
  const declared = withoutLocal(outcome.declared ?? {});
  for (const held of [inputsOf(after), echoOf(after)]) {
    assert.deepEqual(differences(withoutLocal(held), declared), [], `the state of ${logical} is not what is declared`);
  }
  assertSecrets(after, now, { logical, behaviours });
}

/**
 * What failed half-way is in the state as it is, or as it was: what the state took for done, though it is not, no later
 * deployment would do.
 */
function assertHonest({ logical, before, after }: Outcome, now: RemoteObject): void {
  assert.ok(after, "a partial failure has a state");
  const claimed = withoutLocal(echoOf(after));
  const was = before === undefined ? {} : withoutLocal(echoOf(before));
  const isAdditive = echoOf(after).membership === "additive";
  const untrue = strangers(was, projected(now.tree, claimed, isAdditive), claimed);
  assert.deepEqual(untrue, [], `the state of ${logical} has what is not there, and was not asked for before`);
}

/** Of whose secrets something is said, and how the vendor behaves. */
interface About {
  /** The resource's name. */
  readonly logical: string;
  /** How the vendor behaves. */
  readonly behaviours: Behaviours;
  /** The secrets that its state did not have before. Default: none. */
  readonly lacking?: readonly string[];
}

/** The integrations whose secrets are known from reads alone. */
const FROM_READS: readonly RemoteObject["type"][] = ["GeneaIntegration", "KisiIntegration"];

/** What the vendor has given an object stays as long as the object does, and as long as the place in it. */
function assertKept(old: RemoteObject, now: RemoteObject, { logical, behaviours }: About): void {
  const mayBeWiped = FROM_READS.includes(old.type) && losses.some(({ when }) => holds(when, behaviours));
  for (const [name, was] of Object.entries(old.secrets)) {
    const is = now.secrets[name] ?? null;
    const kept = isBranch(was) ? branch(Object.entries(was).filter(([key]) => at(is, key) !== undefined)) : was;
    const same = isBranch(is) && isBranch(kept) ? branch(Object.keys(kept).map((key) => [key, at(is, key)])) : is;
    if (mayBeWiped)
      assert.deepEqual(
        textsIn(same).filter((text) => !textsIn(kept).includes(text)),
        [],
        logical,
      );
    else assert.deepEqual(same, kept, `${name} of ${logical} has changed`);
  }
}

/**
 * Every secret that the vendor has given is in the state, marked, and as the vendor has it; and nothing else shows one.
 * What the vendor shows to nobody is not there, and no mask in its place.
 * @param state The state of a resource.
 * @param object The object.
 * @param about Whose they are.
 */
export function assertSecrets(state: ResourceState, object: RemoteObject | undefined, about: About): void {
  const { logical, behaviours, lacking = [] } = about;
  assert.ok(object, `${logical} is gone`);
  const outputs = outputsOf(state);
  const areHidden = FROM_READS.includes(object.type) && behaviours.serverSecretReads !== "plain";
  for (const [name, secret] of Object.entries(object.secrets)) {
    if (areHidden) assert.deepEqual(textsIn(outputs[name] ?? null), [], `${name} of ${logical} is a mask`);
    if (secret === null || name === "placeTokens" || areHidden) continue;
    if (lacking.includes(name) && outputs[name] === undefined) continue;
    if (name === "rhombusToken" && object.type === "KisiIntegration" && outputs.apiVersion !== "V1") continue;
    assert.equal(outputs[name], secret, `${name} of ${logical} is not in the state`);
    assert.ok(state.outputs[name] instanceof SecretProperty, `${name} of ${logical} is not marked as a secret`);
  }
  const tokens = object.secrets.placeTokens;
  if (isBranch(tokens) && !areHidden) {
    const known = Object.entries(tokens).filter(([, token]) => token !== null);
    assert.deepEqual(outputs.placeTokens ?? {}, Object.fromEntries(known), `placeTokens of ${logical}`);
  }
  const shown = readable(state.outputs) + readable(state.inputs) + state.id;
  for (const secret of Object.values(object.secrets).flatMap(textsIn)) assert.ok(!shown.includes(secret), logical);
}

function textsIn(tree: Tree): string[] {
  if (typeof tree === "string") return [tree];
  return isBranch(tree) ? Object.values(tree).flatMap(textsIn) : [];
}
