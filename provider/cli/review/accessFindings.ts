import { otherUsesOfSchedule } from "../../resources/shared/uses";
import type { ItemOf } from "../../rhombus/api/operations";
import { type AccessDifference, differencesOf } from "../access/differences";
import type { Opened, Person } from "../access/openings";
import type { ReadRules } from "../access/readRules";
import { isNever, isWholeWeek } from "../access/times";
import { code, codeLine, counted, joinedWithAnd } from "../output/plainText";
import type { Finding } from "./changes";
import type { Labelled } from "./findingLines";
import { chunked, shortened } from "./lists";
import type { PlanStep } from "./plan";
import { idAfter, type PlannedAccess, plannedAccess } from "./plannedAccess";
import { labelOf } from "./resource";
import { isAdopting } from "./unclear";
import { shortTimes } from "./valueFormatter";

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

/**
 * The findings about who gains or loses access in an organization.
 * @param steps The steps of the plan that concern the organization.
 * @param access The access control, or the reason why it is not known.
 */
export function accessFindings(steps: readonly PlanStep[], access: OrganizationAccess | UnreadAccess): Labelled[] {
  const concerned = steps.filter(concernsAccess);
  if (concerned.length === 0) return [];
  if ("why" in access) {
    const text = `its effects on who may open which door, because ${access.why}`;
    return concerned.map((step) => ({ label: labelOf(step), findings: [{ kind: "access", text }] }));
  }
  const { rules } = access;
  const guests = new Set(rules.guestGrants.map(({ uuid }) => uuid));
  const planned = plannedAccess(steps, { ...rules, grants: rules.grants.filter(({ uuid }) => !guests.has(uuid)) });
  // What opens a door to guests may not open it to the groups of the grant, so it hides no other change.
  const others = steps.filter(({ type }) => type !== "AccessGrant");
  const ofGuests = plannedAccess(others, { ...rules, grants: rules.guestGrants, revocations: [] });
  const differences = [planned, ofGuests].flatMap(({ before, after }) => differencesOf(before, after));
  const unread = rules.unread.map(({ what, why }): Finding => {
    return {
      kind: "access",
      text: `effects on who may open which door, because ${code(what)} could not be read: ${codeLine(why)}`,
    };
  });
  const sentences = new Sentences(planned, rules, steps).of(differences);
  const usedElsewhere = concerned.filter(({ type }) => type === "Schedule").map((step) => elsewhere(step, access));
  return [{ label: "", findings: [...sentences, ...unread] }, ...usedElsewhere];
}

/** What else a schedule is used for. Guest passes are among it, because their guests are not known. */
function elsewhere(step: PlanStep, { rules, schedules }: OrganizationAccess): Labelled {
  const { grants, guestGrants, revocations, scheduleOf } = rules;
  const known = new Set([...grants, ...revocations].map(({ uuid }) => uuid));
  const id = step.id ?? idAfter(step, rules);
  const { found, notShown } = otherUsesOfSchedule(schedules, id, known);
  const guests = guestGrants.filter(({ uuid }) => scheduleOf.get(uuid) === id);
  const uses = [...guests.map(({ name }) => `the guest pass ${code(name)}`), ...found.map(({ label }) => code(label))];
  const findings: Finding[] = [];
  if (uses.length > 0) findings.push({ kind: "used", text: joinedWithAnd(shortened(uses)) });
  if (notShown !== undefined) findings.push({ kind: "used", text: `perhaps, because ${notShown}` });
  return { label: labelOf(step), findings };
}

const kinds = { gains: "gainsAccess", loses: "losesAccess", regains: "regainsAccess", revoked: "keptOut" } as const;

/** Writes differences as sentences. */
class Sentences {
  readonly #newNames: ReadonlyMap<string, string>;
  readonly #doorCounts = new Map<string, number>();

  constructor(
    private readonly planned: PlannedAccess,
    private readonly rules: ReadRules,
    steps: readonly PlanStep[],
  ) {
    const groups = steps.filter(({ type, after }) => type === "AccessControlGroup" && typeof after?.name === "string");
    this.#newNames = new Map(groups.map(({ urn, after }) => [urn, String(after?.name)]));
    for (const { name } of rules.names.doors ?? [])
      this.#doorCounts.set(name ?? "", (this.#doorCounts.get(name ?? "") ?? 0) + 1);
  }

  /** The same change of several people at the same doors is one sentence. A long list is several. */
  of(differences: readonly AccessDifference[]): Finding[] {
    const said = differences.map((each) => {
      const doors = each.doors.map((door) => this.doorText(door)).sort();
      return { ...each, doors, names: this.peopleOf(each), rest: this.restOf(each) };
    });
    const byDoors = grouped(said, ({ kind, group, rest, doors }) => JSON.stringify([kind, group, rest, doors]));
    return byDoors.flatMap((same) => {
      const [first] = same;
      const people = same.flatMap(({ names }) => names).sort();
      return chunked(people).flatMap((some) =>
        chunked(first.doors).map((doors): Finding => {
          const who = `${joinedWithAnd(some)}${this.membership(first, some.length)}`;
          return { kind: kinds[first.kind], text: `${who}: ${joinedWithAnd(doors)}, ${first.rest}` };
        }),
      );
    });
  }

  private peopleOf({ people, kind }: AccessDifference): string[] {
    const { before, after } = this.planned;
    return people.map((person) => this.personText(person, isLoss(kind) ? before : after));
  }

  private personText({ kind, uuid }: Person, { members }: PlannedAccess["before"]): string {
    if (kind === "user") return code(this.rules.names.user(uuid));
    const size = members.get(uuid)?.size;
    return `${this.groupText(uuid)}${size === undefined ? "" : size === 1 ? " (1 person)" : ` (${size} people)`}`;
  }

  private groupText(uuid: string): string {
    const newName = this.#newNames.get(uuid);
    return newName === undefined ? `the group ${code(this.rules.names.group(uuid))}` : `the new group ${code(newName)}`;
  }

  private membership({ group, kind }: Pick<AccessDifference, "group" | "kind">, count: number): string {
    if (group === undefined) return "";
    const verb = `${isLoss(kind) ? "leave" : "join"}${count === 1 ? "s" : ""}`;
    return `, who ${verb} ${this.groupText(group)}`;
  }

  private doorText({ kind, key }: Opened): string {
    if (kind === "door") return this.placedDoor(key);
    const doors = this.rules.doorsByLabel;
    const count = doors === undefined ? "" : ` (${counted(doors.get(key)?.size ?? 0, "door")} now)`;
    return `every door with the label ${code(key)}${count}`;
  }

  /** The location tells doors of the same name apart. */
  private placedDoor(uuid: string): string {
    const { names } = this.rules;
    const name = names.door(uuid);
    if (name === uuid) return `door or elevator landing ${code(uuid)}`;
    const location = names.locationOfDoor(uuid);
    const isAmbiguous = (this.#doorCounts.get(name) ?? 0) > 1 && location !== undefined;
    return isAmbiguous ? `${code(name)} at ${code(location)}` : code(name);
  }

  /** The times, those before or after, and the grants or revocations. */
  private restOf({ kind, times, before, after, through }: AccessDifference): string {
    const isLess = isLoss(kind);
    const noun = kind === "gains" || kind === "loses" ? "access grant" : "access revocation";
    const names = [...new Set(through.map(({ name }) => code(name)))].sort();
    const by = `by the ${noun}${names.length === 1 ? "" : "s"} ${joinedWithAnd(shortened(names))}`;
    const other = isLess ? after : before;
    const also = isNever(other) ? "" : ` (${isLess ? "still" : "until now"} ${shortTimes(other)})`;
    const when = shortTimes(!isLess && isWholeWeek(after) ? after : times);
    return `${when}${also}, ${kind === "regains" ? `no longer taken away ${by}` : by}`;
  }
}

/** True for what people, or a revocation, have no longer. */
function isLoss(kind: AccessDifference["kind"]): boolean {
  return kind === "loses" || kind === "regains";
}

/** Groups that are not empty, in the order of their first items. */
function grouped<T>(items: readonly T[], idOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const id = idOf(item);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
