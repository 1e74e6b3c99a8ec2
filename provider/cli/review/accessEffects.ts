import { otherUsesOfSchedule } from "../../resources/shared/uses";
import type { ItemOf } from "../../rhombus/api/operations";
import type { AccessDifference } from "../access/differences";
import { netDifferencesOf } from "../access/kept";
import type { ReadRules } from "../access/readRules";
import { code } from "../output/plainText";
import type { Plan, PlanStep } from "./plan";
import { idAfter, type PlannedAccess, plannedAccess } from "./plannedAccess";
import { changedProvidersIn } from "./planProviders";
import { labelOf } from "./resource";
import { hiddenInputs, isAdopting } from "./unclear";
import { isUnknown } from "./valueFormatter";

/** The access control of an organization, as it was read. */
export interface OrganizationAccess {
  /** The organization, an RUUID; `undefined` if the key may not read it. */
  readonly organization: string | undefined;
  /** The grants, revocations and what they name. */
  readonly rules: ReadRules;
  /** The schedules with what uses them. */
  readonly schedules: readonly ItemOf<"getScheduleData">[];
}

/** The access control of an organization that was not read. */
export interface UnreadAccess {
  /** The reason as Markdown, as the rest of a sentence that begins with `because`. */
  readonly why: string;
}

/** The effects of a plan on who may open which doors of an organization. */
export interface AccessEffects {
  /** The organization, or the provider of one that is not known. */
  readonly id: string;
  /** The steps that may have an effect. */
  readonly steps: readonly PlanStep[];
  /** The effects, or the reason why they are not known. */
  readonly effects: KnownEffects | UnreadAccess;
}

/** The effects of a plan on who may open which doors. */
export interface KnownEffects {
  /** The differences. */
  readonly differences: readonly AccessDifference[];
  /** The access control before and after the deployment. */
  readonly planned: PlannedAccess;
  /** The access control, as it was read. */
  readonly rules: ReadRules;
  /** The names of the groups of the plan, by URN. */
  readonly groupNames: ReadonlyMap<string, string>;
  /** The grants whose new groups or schedule the plan does not show, so that the effects suppose their ids. */
  readonly supposed: ReadonlySet<string>;
  /** What else the schedules of the plan are used for, as Markdown, by the labels of their resources. */
  readonly uses: readonly ScheduleUses[];
}

interface ScheduleUses {
  readonly label: string;
  readonly found: readonly string[];
  /** The reason why there may be more uses; `undefined` if there are no more. */
  readonly notShown: string | undefined;
}

/** The reason for unknown effects on access if the organization cannot be read. */
export const UNREADABLE = "Rhombus could not be read";

/**
 * The effects of a plan on who may open which doors, by organization.
 * @param plan The plan.
 * @param accessByProvider The access control by the URN of the explicit provider, as far as it was read.
 * @param why The reason if it was not read, as Markdown.
 */
export function accessEffects(
  plan: Plan,
  accessByProvider: ReadonlyMap<string | undefined, OrganizationAccess | UnreadAccess>,
  why: string,
): AccessEffects[] {
  const changed = changedProvidersIn(plan);
  return effectsOf(plan.steps, (provider) => {
    if (changed.has(provider)) return { why: "its organization is unknown until the deployment" };
    return accessByProvider.get(provider) ?? { why };
  });
}

/**
 * The effects of steps on who may open which doors, by organization: several providers may open the same.
 * @param steps The steps of a plan.
 * @param accessOf The access control of the organization of a provider; `undefined` for the default provider.
 */
export function effectsOf(
  steps: readonly PlanStep[],
  accessOf: (provider: string | undefined) => OrganizationAccess | UnreadAccess,
): AccessEffects[] {
  const organizationOf = ({ provider }: PlanStep) => {
    const access = accessOf(provider);
    return ("rules" in access ? access.organization : undefined) ?? `provider ${provider}`;
  };
  return [...new Set(steps.map(organizationOf))].flatMap((id) => {
    const own = steps.filter((step) => organizationOf(step) === id);
    const concerned = own.filter(concernsAccess);
    const access = accessOf(own[0]?.provider);
    if (concerned.length === 0) return [];
    return { id, steps: concerned, effects: "why" in access ? access : knownEffects(own, concerned, access) };
  });
}

/**
 * The URNs of the explicit providers whose effects on access are not known; empty for the default provider.
 * @param all The effects of a plan.
 */
export function providersOfUnknown(all: readonly AccessEffects[]): string[] {
  const unknown = all.flatMap(({ steps, effects }) => ("why" in effects ? steps : []));
  return [...new Set(unknown.map(({ provider }) => provider ?? ""))];
}

/**
 * True if a step may change who may open which door: a grant, or the members, the times or the existence of what grants name.
 * @param step The step.
 */
export function concernsAccess({ type, op, before = {}, after = {} }: PlanStep): boolean {
  if (op === "same" || op === "import") return false;
  if (type === "AccessGrant") return true;
  if (op === "create") return (type === "Schedule" || type === "AccessControlGroup") && isAdopting(after);
  const inputs = new Map([
    ["Schedule", ["intervals"]],
    ["AccessControlGroup", ["userUuids", "membership"]],
  ]).get(type);
  const isChanged = (name: string) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null);
  return inputs !== undefined && (op !== "update" || inputs.some(isChanged));
}

function knownEffects(
  steps: readonly PlanStep[],
  concerned: readonly PlanStep[],
  access: OrganizationAccess,
): KnownEffects {
  const { rules } = access;
  const guests = new Set(rules.guestGrants.map(({ uuid }) => uuid));
  const planned = plannedAccess(steps, { ...rules, grants: rules.grants.filter(({ uuid }) => !guests.has(uuid)) });
  // What opens a door to guests may not open it to the groups of the grant, so it hides no other change.
  const others = steps.filter(({ type }) => type !== "AccessGrant");
  const ofGuests = plannedAccess(others, { ...rules, grants: rules.guestGrants, revocations: [] });
  const guestGrants = steps.some((step) => hiddenInputs(step).length > 0) ? undefined : rules.guestGrants;
  const groups = steps.filter(({ type, after }) => type === "AccessControlGroup" && typeof after?.name === "string");
  return {
    differences: [planned, ofGuests].flatMap(({ before, after }) => netDifferencesOf(before, after, guestGrants)),
    planned,
    rules,
    groupNames: new Map(groups.map(({ urn, after }) => [urn, String(after?.name)])),
    supposed: new Set(
      steps.filter(isSupposed).flatMap((step) => [idAfter(step, rules), ...(step.id === undefined ? [] : [step.id])]),
    ),
    uses: concerned.filter(({ type }) => type === "Schedule").map((step) => usesOf(step, access)),
  };
}

function isSupposed({ type, after = {} }: PlanStep): boolean {
  return type === "AccessGrant" && [after.groupUuids, after.scheduleUuid].some(isUnknown);
}

/** What else a schedule is used for. Guest passes are among it, because their guests are not known. */
function usesOf(step: PlanStep, { rules, schedules }: OrganizationAccess): ScheduleUses {
  const { grants, guestGrants, revocations, scheduleOf } = rules;
  const known = new Set([...grants, ...revocations].map(({ uuid }) => uuid));
  const id = step.id ?? idAfter(step, rules);
  const { found, notShown } = otherUsesOfSchedule(schedules, id, known);
  const guests = guestGrants.filter(({ uuid }) => scheduleOf.get(uuid) === id);
  const uses = [...guests.map(({ name }) => `the guest pass ${code(name)}`), ...found.map(({ label }) => code(label))];
  return { label: labelOf(step), found: uses, notShown };
}
