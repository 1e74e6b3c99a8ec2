import type { WeekSpan } from "../../core/schema/week";
import { type Times, without } from "./times";

/** An access grant, or an access revocation. */
export interface Condition {
  /** The RUUID. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The times at which it holds. */
  readonly times: Times;
  /** The doors that it names, as RUUIDs. */
  readonly doors: readonly string[];
  /** The elevator landings that it names, as RUUIDs. */
  readonly landings: readonly string[];
  /** The labels of doors that it names. */
  readonly labels: readonly string[];
  /** The groups that it names, as RUUIDs. */
  readonly groups: readonly string[];
  /** The users that it names, as RUUIDs. */
  readonly users: readonly string[];
}

/** The access control of an organization, as far as it could be read. */
export interface AccessRules {
  /** The grants. */
  readonly grants: readonly Condition[];
  /** The revocations. */
  readonly revocations: readonly Condition[];
  /** The members of the groups, by group. A group whose members could not be read is absent. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** The doors of each label; `undefined` if they could not be read. A label that no door has is absent. */
  readonly doorsByLabel: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

/** A user; or a group, whose members may not be known. */
export interface Person {
  /** The kind. */
  readonly kind: "user" | "group";
  /** The RUUID. */
  readonly uuid: string;
}

/** A door or an elevator landing; or all doors of a label, if it could not be read which ones these are. */
export interface Opened {
  /** The kind. */
  readonly kind: "door" | "label";
  /** The RUUID of the door, or the label. */
  readonly key: string;
}

/** The times that a revocation takes away from an opening. */
export interface Taken {
  /** The revocation. */
  readonly revocation: Condition;
  /** `all`: it concerns the person and the door. `some`: some members of the group. `unknown`: a list could not be read. */
  readonly concerns: "all" | "some" | "unknown";
}

/** A person who may open a door by one grant. */
export interface Opening {
  /** The person. */
  readonly person: Person;
  /** The door. */
  readonly door: Opened;
  /** The grant. */
  readonly grant: Condition;
  /** The groups through which the grant names the person, as RUUIDs; `undefined` stands for the person itself. */
  readonly groups: readonly (string | undefined)[];
  /** The labels through which the grant names the door; `undefined` stands for the door itself. */
  readonly labels: readonly (string | undefined)[];
  /** The revocations that concern the person and the door. */
  readonly taken: readonly Taken[];
  /** The minutes of every week that revocations leave. Times of revocations that are not clear, or not weekly, are not taken off. */
  readonly remaining: readonly WeekSpan[];
}

/** A user, a group or a door whose openings are sought. */
export interface Subject {
  /** The kind. */
  readonly kind: "user" | "group" | "door";
  /** The RUUID. */
  readonly uuid: string;
}

/**
 * Computes who may open which doors, and when. If a list could not be read, the answer has more than there may be, never less:
 * a group whose members are not known stands for them, and a label for its doors.
 * @param rules The access control of the organization.
 * @param subject The user, group or door whose openings are sought.
 */
export function openingsOf(rules: AccessRules, subject: Subject): Opening[] {
  return rules.grants.flatMap((grant) => {
    const doors = doorsOf(grant, rules, subject);
    return peopleOf(grant, rules, subject).flatMap(({ person, groups }) =>
      doors.map(({ door, labels }) => {
        const taken = rules.revocations.flatMap((each) => takenBy(each, person, door, rules));
        const certain = taken.filter(({ concerns }) => concerns === "all");
        const removed = certain.flatMap(({ revocation }) => revocation.times.weekly);
        const remaining = removed.length === 0 ? grant.times.weekly : without(grant.times.weekly, removed);
        return { person, door, grant, groups, labels, taken, remaining };
      }),
    );
  });
}

type NamedPerson = Pick<Opening, "person" | "groups">;
type NamedDoor = Pick<Opening, "door" | "labels">;

/** The people of a grant, as far as they are sought. */
function peopleOf({ users, groups }: Condition, { members }: AccessRules, subject: Subject): NamedPerson[] {
  if (subject.kind === "group") {
    const isNamed = groups.includes(subject.uuid);
    return isNamed ? [{ person: { kind: "group", uuid: subject.uuid }, groups: [undefined] }] : [];
  }
  const found = new Map<string, (string | undefined)[]>();
  const add = (user: string, group: string | undefined) => {
    if (subject.kind === "door" || user === subject.uuid) found.set(user, [...(found.get(user) ?? []), group]);
  };
  for (const user of new Set(users)) add(user, undefined);
  const unread: NamedPerson[] = [];
  for (const group of new Set(groups)) {
    const inGroup = members.get(group);
    if (inGroup === undefined) unread.push({ person: { kind: "group", uuid: group }, groups: [undefined] });
    for (const user of inGroup ?? []) add(user, group);
  }
  const known = [...found].map(([uuid, through]): NamedPerson => ({ person: { kind: "user", uuid }, groups: through }));
  return [...known, ...unread];
}

/** The doors of a grant, as far as they are sought. */
function doorsOf({ doors, landings, labels }: Condition, { doorsByLabel }: AccessRules, subject: Subject): NamedDoor[] {
  const found = new Map<string, (string | undefined)[]>();
  const add = (door: string, label: string | undefined) => {
    if (subject.kind !== "door" || door === subject.uuid) found.set(door, [...(found.get(door) ?? []), label]);
  };
  for (const door of new Set([...doors, ...landings])) add(door, undefined);
  const distinct = [...new Set(labels)];
  for (const label of distinct) for (const door of doorsByLabel?.get(label) ?? []) add(door, label);
  const known = [...found].map(([key, through]): NamedDoor => ({ door: { kind: "door", key }, labels: through }));
  if (doorsByLabel !== undefined) return known;
  return [...known, ...distinct.map((key): NamedDoor => ({ door: { kind: "label", key }, labels: [undefined] }))];
}

/** `"some"`: of the members of a group. `undefined`: it cannot be known. */
type Answer = boolean | "some" | undefined;

function takenBy(revocation: Condition, person: Person, door: Opened, rules: AccessRules): Taken[] {
  const namesPerson = isPersonOf(revocation, person, rules);
  const namesDoor = isDoorOf(revocation, door, rules);
  if (namesPerson === false || namesDoor === false) return [];
  const isKnown = namesPerson !== undefined && namesDoor !== undefined;
  return [{ revocation, concerns: !isKnown ? "unknown" : namesPerson === "some" ? "some" : "all" }];
}

function isPersonOf({ users, groups }: Condition, person: Person, { members }: AccessRules): Answer {
  const inGroups = (user: string) => groups.map((group) => members.get(group)?.has(user));
  if (person.kind === "user") return anyOf([users.includes(person.uuid), ...inGroups(person.uuid)]);
  if (groups.includes(person.uuid)) return true;
  const known = members.get(person.uuid);
  if (known === undefined) return users.length + groups.length > 0 ? undefined : false;
  const named = [...known].map((user) => anyOf([users.includes(user), ...inGroups(user)]));
  return named.includes(true) ? "some" : anyOf(named);
}

function isDoorOf(
  { doors, landings, labels }: Condition,
  { kind, key }: Opened,
  { doorsByLabel }: AccessRules,
): Answer {
  if (kind === "label") return labels.includes(key) || (doors.length + labels.length > 0 ? undefined : false);
  const byLabels = labels.map((label) =>
    doorsByLabel === undefined ? undefined : doorsByLabel.get(label)?.has(key) === true,
  );
  return anyOf([doors.includes(key), landings.includes(key), ...byLabels]);
}

function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
