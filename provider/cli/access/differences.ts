import { WEEK_MINUTES } from "../../core/schema/week";
import { type AccessRules, type Condition, type Opened, openingsOf, type Person } from "./openings";
import { type Times, without } from "./times";

/** A change of what people may open, as grants and revocations name people and doors. */
export interface AccessDifference {
  /** `gains`, `loses`: by grants. `regains`: a revocation does not take it away any more. `revoked`: one takes it away. */
  readonly kind: "gains" | "loses" | "regains" | "revoked";
  /** A group or a user that grants or revocations name; or the users who join or leave a group. */
  readonly people: readonly Person[];
  /** The group that the users join or leave, as an RUUID; `undefined` if grants or revocations name the people. */
  readonly group: string | undefined;
  /** The door, or the label of doors. */
  readonly door: Opened;
  /** The times that are gained or lost. */
  readonly times: Times;
  /** The times of all grants, or of all revocations, before the change. */
  readonly before: Times;
  /** The times of all grants, or of all revocations, after it. */
  readonly after: Times;
  /** The grants or revocations with the times that are gained or lost. */
  readonly through: readonly Condition[];
}

const NEVER: Times = { weekly: [], dates: [], unclear: undefined };

/**
 * Compares who may open what. Nobody gains more than the answer says, but somebody who has the same access in another way may gain
 * or lose less: groups are not resolved into their members, and labels not into their doors, because both can change.
 * @param before The access control of the organization.
 * @param after The same after a change.
 */
export function differencesOf(before: AccessRules, after: AccessRules): AccessDifference[] {
  return [...byGrantsOf(before, after), ...byRevocationsOf(before, after), ...byMembersOf(before, after)];
}

/** What people may open, or what revocations take away from them, by door. */
type Reach = ReadonlyMap<
  string,
  { readonly door: Opened; readonly times: Times; readonly through: readonly Condition[] }
>;

function byGrantsOf({ grants: old }: AccessRules, { grants: next }: AccessRules): AccessDifference[] {
  return peopleOfChanged(old, next).flatMap((person) => {
    const [from, to] = [reachOf(old, person), reachOf(next, person)];
    const about = { people: [person], group: undefined };
    // Unknown times may be the same as before.
    const losses = gainedIn(to, from).filter(({ before }) => before.unclear === undefined);
    return [
      ...gainedIn(from, to).map((each) => ({ kind: "gains" as const, ...about, ...each })),
      ...losses.map((each) => ({ kind: "loses" as const, ...about, ...turned(each) })),
    ];
  });
}

function byRevocationsOf({ revocations: old }: AccessRules, { revocations: next }: AccessRules): AccessDifference[] {
  return peopleOfChanged(old, next).flatMap((person) => {
    const [from, to] = [reachOf(old, person), reachOf(next, person)];
    const about = { people: [person], group: undefined };
    return [
      ...gainedIn(to, from).map((each) => ({ kind: "regains" as const, ...about, ...turned(each) })),
      ...gainedIn(from, to).map((each) => ({ kind: "revoked" as const, ...about, ...each })),
    ];
  });
}

/** The members who join or leave a group that exists before and after. */
function byMembersOf(before: AccessRules, after: AccessRules): AccessDifference[] {
  return [...after.members].flatMap(([group, next]) => {
    const old = before.members.get(group);
    if (old === undefined) return [];
    const asPeople = (users: readonly string[]) => users.map((uuid): Person => ({ kind: "user", uuid }));
    const joining = asPeople([...next].filter((user) => !old.has(user)));
    const leaving = asPeople([...old].filter((user) => !next.has(user)));
    const through = (people: readonly Person[], kind: AccessDifference["kind"], conditions: readonly Condition[]) => {
      if (people.length === 0) return [];
      const reached = gainedIn(new Map(), reachOf(conditions, { kind: "group", uuid: group }));
      const isLoss = kind === "loses" || kind === "regains";
      return reached.map((each) => ({ kind, people, group, ...(isLoss ? turned(each) : each) }));
    };
    return [
      ...through(joining, "gains", after.grants),
      ...through(leaving, "loses", before.grants),
      ...through(leaving, "regains", before.revocations),
      ...through(joining, "revoked", after.revocations),
    ];
  });
}

/** The groups and users of the conditions that are not the same before and after. */
function peopleOfChanged(old: readonly Condition[], next: readonly Condition[]): Person[] {
  const [olds, news] = [old, next].map((conditions) => new Map(conditions.map((each) => [JSON.stringify(each), each])));
  const changed = [
    ...[...(olds ?? [])].filter(([text]) => !news?.has(text)),
    ...[...(news ?? [])].filter(([text]) => !olds?.has(text)),
  ].map(([, condition]) => condition);
  const groups = new Set(changed.flatMap((each) => each.groups));
  const users = new Set(changed.flatMap((each) => each.users));
  return [
    ...[...groups].map((uuid): Person => ({ kind: "group", uuid })),
    ...[...users].map((uuid): Person => ({ kind: "user", uuid })),
  ];
}

/** The doors and labels of the conditions that name a group or a user. */
function reachOf(conditions: readonly Condition[], person: Person): Reach {
  const own = conditions.filter(({ groups, users }) =>
    (person.kind === "group" ? groups : users).includes(person.uuid),
  );
  const asNamed = { grants: own, revocations: [], members: new Map(), doorsByLabel: undefined };
  const reach = new Map<string, { door: Opened; times: Times; through: Condition[] }>();
  for (const opening of openingsOf(asNamed, person)) {
    if (opening.person.kind !== person.kind) continue;
    const { door, grant } = opening;
    const id = `${door.kind} ${door.key}`;
    const known = reach.get(id);
    reach.set(id, {
      door,
      times: known === undefined ? grant.times : union(known.times, grant.times),
      through: [...(known?.through ?? []), grant],
    });
  }
  return reach;
}

type Gained = Pick<AccessDifference, "door" | "times" | "before" | "after" | "through">;

/** The doors at which `to` has times that `from` has not. */
function gainedIn(from: Reach, to: Reach): Gained[] {
  return [...to].flatMap(([id, { door, times: after, through }]) => {
    const before = from.get(id)?.times ?? NEVER;
    const times = lessOf(after, before);
    if (isNever(times)) return [];
    return [{ door, times, before, after, through: through.filter((each) => !isNever(lessOf(each.times, before))) }];
  });
}

function turned({ before, after, ...others }: Gained): Gained {
  return { ...others, before: after, after: before };
}

function union(one: Times, other: Times): Times {
  return {
    weekly: without([...one.weekly, ...other.weekly], []),
    dates: [...new Set([...one.dates, ...other.dates])],
    unclear: one.unclear ?? other.unclear,
  };
}

/** The times that are not among others. Unknown times are among no others but all, because two unknown schedules may differ. */
function lessOf({ weekly, dates, unclear }: Times, others: Times): Times {
  if (isWholeWeek(others)) return NEVER;
  return {
    weekly: without(weekly, others.weekly),
    dates: dates.filter((each) => !others.dates.includes(each)),
    unclear,
  };
}

function isNever({ weekly, dates, unclear }: Times): boolean {
  return weekly.length === 0 && dates.length === 0 && unclear === undefined;
}

/**
 * True for all times of every week.
 * @param times The times.
 */
export function isWholeWeek({ weekly }: Times): boolean {
  return without([{ start: 0, stop: WEEK_MINUTES }], weekly).length === 0;
}
