import { memberOf } from "../pulumi/state";
import { opOf, urnIn } from "./stepParts";

/** The second half of a replacement, or the deletion of what an interrupted one has left. */
export const DELETE_REPLACED = "delete-replaced";

/**
 * True for the refresh or the deletion of an object that an interrupted replacement has left: the state says that it is to be
 * deleted, and the next deployment does that.
 * @param step The step.
 */
export function isLeftover(step: unknown): boolean {
  return ["refresh", "delete"].includes(opOf(step)) && memberOf(memberOf(step, "oldState"), "delete") === true;
}

/**
 * The deletions of what interrupted replacements have left. The engine shows them with `--show-replacement-steps`; otherwise only
 * a refresh shows that there is something.
 * @param steps The steps of the plan.
 * @returns A step `delete` for each object.
 */
export function leftoversIn(steps: readonly unknown[]): unknown[] {
  const replaced = new Set(steps.filter((step) => opOf(step) === "replace").map(objectOf));
  const deletions = steps.filter((step) => opOf(step) === DELETE_REPLACED && !replaced.has(objectOf(step)));
  const shown = new Set(deletions.map(objectOf));
  const others = steps.filter((step) => isLeftover(step) && !shown.has(objectOf(step)));
  return [...others, ...deletions].map((step) => {
    const [urn, provider, oldState] = ["urn", "provider", "oldState"].map((name) => memberOf(step, name));
    return { op: "delete", urn, provider, oldState };
  });
}

/**
 * The URNs of the resources whose object an interrupted replacement has deleted and not created again. The state says so, but in
 * the plan also that of every object which this deployment deletes first.
 * @param steps The steps of the plan. Without the parts of replacements (`--show-replacement-steps`) there are none.
 */
export function deletedBefore(steps: readonly unknown[]): ReadonlySet<string> {
  const urnsOf = (op: string) => new Set(steps.filter((step) => opOf(step) === op).map(urnIn));
  const [created, deleted] = [urnsOf("create-replacement"), urnsOf(DELETE_REPLACED)];
  const pending = steps.filter((step) => {
    return opOf(step) === "replace" && memberOf(memberOf(step, "oldState"), "pendingReplacement") === true;
  });
  return new Set(pending.map(urnIn).filter((urn) => created.has(urn) && !deleted.has(urn)));
}

function objectOf(step: unknown): string {
  return JSON.stringify([urnIn(step), memberOf(memberOf(step, "oldState"), "id")]);
}

/**
 * The URNs of the resources of which the deployment deletes an object.
 * @param steps The steps of the plan.
 */
export function deletedIn(steps: readonly unknown[]): ReadonlySet<string> {
  const deleting = steps.filter(
    (step) => ["delete", "replace", DELETE_REPLACED].includes(opOf(step)) || isLeftover(step),
  );
  return new Set(deleting.map(urnIn));
}

/**
 * True if the object of a resource that is deleted or replaced stays in Rhombus: because of `retainOnDelete`, or because the
 * resource that `deletedWith` names is deleted as well, so that the engine deletes nothing else.
 * @param old The state of the resource.
 * @param deleted The URNs of the resources of which the deployment deletes an object.
 */
export function isRetained(old: unknown, deleted: ReadonlySet<string>): boolean {
  const other = memberOf(old, "deletedWith");
  return memberOf(old, "retainOnDelete") === true || (typeof other === "string" && deleted.has(other));
}

/**
 * The options that an existing resource gets, and because of which a later deletion leaves its object in Rhombus.
 * @param old The state before the deployment.
 * @param next The state after it.
 */
export function newlyRetainedBy(old: unknown, next: unknown): string[] {
  if (old === undefined || next === undefined) return [];
  return ["retainOnDelete", "deletedWith"].filter((option) => {
    const value = memberOf(next, option);
    return value !== undefined && value !== false && value !== "" && value !== memberOf(old, option);
  });
}
