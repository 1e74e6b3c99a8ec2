import { foldedName } from "../../core/schema/foldedName";
import type { AccessRules, Condition } from "../access/openings";
import type { ReadRules } from "../access/readRules";
import { timesOfCondition } from "../access/schedules";
import { ALWAYS, type Times, unclearTimes, weeklyTimes } from "../access/times";
import { itemsOf, SECRET, UNKNOWN } from "../pulumi/state";
import type { PlanStep, Values } from "./plan";
import { isAdopting } from "./unclear";
import { writtenSpans } from "./valueFormatter";

/** The access control of an organization before and after a deployment. A new object has the URN of its resource in place of an RUUID. */
export type PlannedAccess = Readonly<Record<"before" | "after", AccessRules>>;

/** The operations after which an object exists that did not exist before, and those that end one. */
const CREATING = ["create", "replace"];
const ENDING = ["delete", "replace"];

/**
 * The access control of an organization before and after a deployment.
 * @param steps The steps of the plan that concern the organization.
 * @param read The access control, as it was read.
 */
export function plannedAccess(steps: readonly PlanStep[], read: ReadRules): PlannedAccess {
  const changing = steps.filter(({ op }) => [...CREATING, ...ENDING, "update"].includes(op));
  const planned = changing.map((step) => ({ step, ...identityOf(step, read) }));
  const schedules = plannedSchedules(planned, read);
  const members = plannedMembers(planned, read);
  const endedGroups = new Set(planned.flatMap(({ step, ended }) => (step.type === "AccessControlGroup" ? ended : [])));
  const live = (conditions: readonly Condition[], side: "before" | "after") =>
    conditions.map((each) => {
      const groups = side === "before" ? each.groups : each.groups.filter((group) => !endedGroups.has(group));
      return { ...each, groups, times: timesOfCondition(read.scheduleOf.get(each.uuid), schedules[side]) };
    });
  const ofPlan = planned.filter(({ step }) => step.type === "AccessGrant");
  const old = ofPlan.flatMap(({ step: { before }, id }) => {
    return before === undefined || id === undefined ? [] : [grantOf(id, withRead(before, id, read), schedules.before)];
  });
  const next = ofPlan.flatMap(({ step, id, next: uuid }) => {
    if (step.after === undefined) return [];
    const before = withRead(step.before ?? {}, id, read);
    const grant = grantOf(uuid, withSources({ ...step, before }, steps, read), schedules.after);
    const adopted = step.op === "create" ? read.grants.find((each) => each.uuid === id) : undefined;
    return [adopted === undefined ? grant : merged(grant, adopted)];
  });
  const replaced = new Set(old.map(({ uuid }) => uuid));
  const ended = new Set(ofPlan.flatMap((each) => [...each.ended, ...(each.step.after ? [each.next] : [])]));
  const before = [...live(read.grants, "before").filter(({ uuid }) => !replaced.has(uuid)), ...old];
  const staying = [...live(read.grants, "after").filter(({ uuid }) => !replaced.has(uuid)), ...old];
  const others = { doorsByLabel: read.doorsByLabel };
  return {
    before: { ...others, grants: before, revocations: live(read.revocations, "before"), members: members.before },
    after: {
      ...others,
      grants: [...staying.filter(({ uuid }) => !ended.has(uuid)), ...next],
      revocations: live(read.revocations, "after"),
      members: members.after,
    },
  };
}

/** A step and the ids of its object. */
interface PlannedStep {
  readonly step: PlanStep;
  /** The id before; `undefined` if the object does not exist. */
  readonly id: string | undefined;
  /** The id after; the URN for a new object. */
  readonly next: string;
  /** The id of the object that ends, if one does. */
  readonly ended: readonly string[];
}

function identityOf(step: PlanStep, read: ReadRules): Omit<PlannedStep, "step"> {
  const id = step.id ?? adoptedId(step, read);
  const isEnding = ENDING.includes(step.op) && !step.isRetained;
  return { id, next: idAfter(step, read), ended: isEnding && id !== undefined ? [id] : [] };
}

/**
 * The id of an object after the deployment: its URN if it is a new one.
 * @param step Its step.
 * @param read The access control, as it was read.
 */
export function idAfter(step: PlanStep, read: ReadRules): string {
  const id = step.op === "replace" ? undefined : (step.id ?? adoptedId(step, read));
  return id ?? step.urn;
}

/** A grant that is taken over: what it named and the program does not stays in it, with the times of the program. */
function merged(grant: Condition, adopted: Condition): Condition {
  const both = (set: "doors" | "landings" | "labels" | "groups" | "users") => {
    return [...new Set([...grant[set], ...adopted[set]])];
  };
  const doors = { doors: both("doors"), landings: both("landings"), labels: both("labels") };
  return { ...grant, ...doors, groups: both("groups"), users: both("users") };
}

/** The id of the object that a new resource takes over. */
function adoptedId(
  { op, type, after = {} }: PlanStep,
  { names, schedules, grants, locationOf }: ReadRules,
): string | undefined {
  if (op !== "create" || !isAdopting(after) || typeof after.name !== "string") return undefined;
  const wanted = foldedName(after.name);
  if (type === "AccessGrant") {
    const own = grants.filter(({ uuid }) => locationOf.get(uuid) === after.locationUuid);
    return own.find(({ name }) => foldedName(name) === wanted)?.uuid;
  }
  if (type === "Schedule") return [...schedules.names].find(([, name]) => foldedName(name) === wanted)?.[0];
  if (type !== "AccessControlGroup") return undefined;
  return names.groups?.find(({ name }) => foldedName(name ?? "") === wanted)?.uuid ?? undefined;
}

/** The schedules before and after. */
function plannedSchedules(planned: readonly PlannedStep[], { schedules }: ReadRules) {
  const [before, after] = [new Map(schedules.times), new Map(schedules.times)];
  for (const { step, id, next, ended } of planned.filter((each) => each.step.type === "Schedule")) {
    if (id !== undefined && step.before !== undefined) before.set(id, timesIn(step.before.intervals));
    for (const each of ended) after.set(each, unclearTimes("it is deleted"));
    if (step.after !== undefined) after.set(next, timesIn(step.after.intervals));
  }
  return { before: { ...schedules, times: before }, after: { ...schedules, times: after } };
}

function timesIn(intervals: unknown): Times {
  const isShown = ![UNKNOWN, SECRET].some((marker) => JSON.stringify(intervals ?? null).includes(marker));
  return isShown ? weeklyTimes(writtenSpans(intervals)) : unclearTimes("the plan does not show its times");
}

/** The members of the groups before and after. Members that the plan does not show are those that were read. */
function plannedMembers(planned: readonly PlannedStep[], read: ReadRules) {
  const [before, after] = [new Map(read.members), new Map(read.members)];
  for (const { step, id, next, ended } of planned.filter((each) => each.step.type === "AccessControlGroup")) {
    const { op, before: old = {}, after: desired = {} } = step;
    const isShared = desired.membership === "additive";
    const isPart = isShared || old.membership === "additive" || isHidden(old.userUuids);
    const was = isPart ? undefined : textsOf(old.userUuids);
    const known = id === undefined ? undefined : (was ?? read.members.get(id) ?? textsOf(old.userUuids));
    if (id !== undefined && known !== undefined) before.set(id, new Set(known));
    for (const each of ended) after.delete(each);
    if (step.after === undefined) continue;
    const declared = textsOf(desired.userUuids);
    const kept = op === "replace" ? [] : (known ?? []);
    // Who is in a group that is taken over stays in it.
    const dropped = new Set(isShared ? textsOf(old.userUuids) : op === "create" ? [] : kept);
    const left =
      isHidden(desired.userUuids) || declared === undefined ? kept : [...kept].filter((each) => !dropped.has(each));
    if (id === undefined || known !== undefined) after.set(next, new Set([...left, ...(declared ?? [])]));
  }
  return { before, after };
}

function grantOf(uuid: string, values: Values, schedules: ReadRules["schedules"]): Condition {
  const { name, scheduleUuid, always } = values;
  const isHiddenSchedule = scheduleUuid === UNKNOWN || scheduleUuid === SECRET;
  const schedule = typeof scheduleUuid === "string" ? scheduleUuid : undefined;
  const textsIn = (set: string) => textsOf(values[set]) ?? [];
  return {
    uuid,
    name: typeof name === "string" ? name : "",
    times: always === true ? ALWAYS : isHiddenSchedule ? NOT_SHOWN : timesOfCondition(schedule, schedules),
    doors: textsIn("accessControlledDoorUuids"),
    landings: textsIn("accessControlledElevatorLandingUuids"),
    labels: textsIn("doorLabelIds"),
    groups: textsIn("groupUuids"),
    users: textsIn("userUuids"),
  };
}

const NOT_SHOWN = unclearTimes("the plan does not show it");

/** The inputs of a grant before the deployment. Those that the plan does not show are as they were read. */
function withRead(before: Values, id: string | undefined, { grants, scheduleOf }: ReadRules): Values {
  const live = grants.find(({ uuid }) => uuid === id);
  if (live === undefined) return before;
  const { doors, landings, labels, groups, users } = live;
  const read: Values = {
    scheduleUuid: scheduleOf.get(live.uuid),
    accessControlledDoorUuids: doors,
    accessControlledElevatorLandingUuids: landings,
    doorLabelIds: labels,
    groupUuids: groups,
    userUuids: users,
  };
  return Object.fromEntries(
    Object.entries(before).map(([name, value]) => [name, isHidden(value) ? read[name] : value]),
  );
}

/** The inputs of a grant after the deployment. Ids that the plan does not show are those of their sources; of sets, what was there stays. */
function withSources(step: PlanStep, steps: readonly PlanStep[], read: ReadRules): Values {
  const { before = {}, after = {} } = step;
  const entries = Object.entries(after).map(([name, value]) => {
    const sources = sourcesIn(step, name, steps).map((each) => idAfter(each, read));
    if (!isHidden(value)) return [name, value] as const;
    if (name === "scheduleUuid") {
      const kept = value === SECRET && !step.changedInputs.includes(name) ? before[name] : value;
      return [name, sources.length === 1 ? sources[0] : kept] as const;
    }
    return [name, [...(textsOf(before[name]) ?? []), ...itemsOf(value), ...sources]] as const;
  });
  return Object.fromEntries(entries);
}

/** The types whose ids an input of a grant takes. */
const types: ReadonlyMap<string, string> = new Map([
  ["groupUuids", "AccessControlGroup"],
  ["scheduleUuid", "Schedule"],
]);

/** The new objects that an unknown input is computed from, if they are as many as the unknown ids: presumably they have these ids. */
function sourcesIn({ sources, after }: PlanStep, input: string, steps: readonly PlanStep[]): PlanStep[] {
  const urns = sources[input] ?? [];
  const created = steps.filter(({ op, type, urn }) => {
    return CREATING.includes(op) && type === types.get(input) && urns.includes(urn);
  });
  const unknown = itemsOf(after?.[input]).filter((each) => each === UNKNOWN).length;
  return unknown === 0 || unknown === created.length ? created : [];
}

function isHidden(value: unknown): boolean {
  return [value, ...itemsOf(value)].some((each) => each === UNKNOWN || each === SECRET);
}

/** The texts of a list that the plan shows; `undefined` without a list. */
function textsOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const texts = itemsOf(value).filter((each) => typeof each === "string");
  return [...new Set(texts)].filter((each) => each !== UNKNOWN && each !== SECRET);
}
