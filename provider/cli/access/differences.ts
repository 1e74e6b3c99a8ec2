import { type AccessRules, type Condition, type Opened, openingsOf, type Person } from "./openings";
import { isNever, lessOf, NEVER, type Times, union } from "./times";

/** A change of what people may open, as grants and revocations name people and doors. */
export interface AccessDifference {
  /**
   * `gains`, `loses`: by grants. `keeps`: a grant does not give it any more, but others do, or the same one in another way.
   * `regains`: a revocation does not take it away any more. `revoked`: one takes it away.
   */
  readonly kind: "gains" | "loses" | "keeps" | "regains" | "revoked";
  /** A group or a user that grants or revocations name; or the users who join or leave a group. */
  readonly people: readonly Person[];
  /** The group that the users join or leave, as an RUUID; `undefined` if grants or revocations name the people. */
  readonly group: string | undefined;
  /** The doors, or labels of doors. */
  readonly doors: readonly Opened[];
  /** The times that are gained or lost. */
  readonly times: Times;
  /** The times of all grants, or of all revocations, before the change. */
  readonly before: Times;
  /** The times of all grants, or of all revocations, after it. */
  readonly after: Times;
  /** The grants or revocations with the times that are gained, lost or kept. */
  readonly through: readonly Condition[];
  /** The labels through which alone grants still open a door that is kept. Absent: none. */
  readonly labels?: readonly string[];
  /** True for a loss of which some people, or at some doors, keep a part. Default: false. */
  readonly isPartlyKept?: boolean;
}

/**
 * Compares who may open what. Nobody gains more than the answer says, but somebody who has the same access in another way may gain
 * or lose less: groups are not resolved into their members, and labels not into their doors, because both can change.
 * @param before The access control of the organization.
 * @param after The same after a change.
 */
export function differencesOf(before: AccessRules, after: AccessRules): AccessDifference[] {
  const byGrants = byConditions(before.grants, after.grants, ["gains", "loses"]);
  return [
    // Unknown times may be the same as before.
    ...byGrants.filter((each) => each.kind === "gains" || each.after.unclear === undefined),
    ...byConditions(before.revocations, after.revocations, ["revoked", "regains"]),
    ...byMembers(before, after),
  ];
}

type Kind = AccessDifference["kind"];

/** The doors that grants open to people, or that revocations close to them. */
type Reach = ReadonlyMap<string, Pick<AccessDifference, "times" | "through"> & { readonly door: Opened }>;

function byConditions(
  old: readonly Condition[],
  next: readonly Condition[],
  [more, less]: readonly [more: Kind, less: Kind],
): AccessDifference[] {
  return peopleOfChanged(old, next).flatMap((person) => {
    const [from, to] = [reachOf(old, person), reachOf(next, person)];
    const about = { people: [person], group: undefined };
    return [
      ...gainedIn(from, to).map((each) => ({ kind: more, ...about, ...each })),
      ...gainedIn(to, from).map((each) => ({ kind: less, ...about, ...turned(each) })),
    ];
  });
}

/** The members who join or leave a group that exists before and after. */
function byMembers(before: AccessRules, after: AccessRules): AccessDifference[] {
  return [...after.members].flatMap(([group, next]) => {
    const old = before.members.get(group) ?? next;
    const changes = ([more, less]: readonly [more: Kind, less: Kind], rules: "grants" | "revocations") => {
      const [joined, left] = [after[rules], before[rules]].map((each) => {
        return gainedIn(new Map(), reachOf(each, { kind: "group", uuid: group }));
      });
      return [
        ...(joined ?? []).map((each) => ({ kind: more, people: usersOf(next, old), group, ...each })),
        ...(left ?? []).map((each) => ({ kind: less, people: usersOf(old, next), group, ...turned(each) })),
      ];
    };
    const all = [...changes(["gains", "loses"], "grants"), ...changes(["revoked", "regains"], "revocations")];
    return all.filter(({ people }) => people.length > 0);
  });
}

function usersOf(group: ReadonlySet<string>, others: ReadonlySet<string>): Person[] {
  return [...group].filter((user) => !others.has(user)).map((uuid) => ({ kind: "user", uuid }));
}

/** The groups and users of the conditions that are not the same before and after. */
function peopleOfChanged(old: readonly Condition[], next: readonly Condition[]): Person[] {
  const texts = [old, next].map((conditions) => new Set(conditions.map((each) => JSON.stringify(each))));
  const changed = [...old, ...next].filter((each) => !texts.every((some) => some.has(JSON.stringify(each))));
  const [groups, users] = [changed.flatMap((each) => each.groups), changed.flatMap((each) => each.users)];
  return [
    ...[...new Set(groups)].map((uuid): Person => ({ kind: "group", uuid })),
    ...[...new Set(users)].map((uuid): Person => ({ kind: "user", uuid })),
  ];
}

/** The doors and labels of the conditions that name a group or a user. */
function reachOf(conditions: readonly Condition[], person: Person): Reach {
  const isGroup = person.kind === "group";
  const named = conditions.filter(({ groups, users }) => (isGroup ? groups : users).includes(person.uuid));
  const own = named.map((each) => (isGroup ? each : { ...each, groups: [] }));
  const asNamed = { grants: own, revocations: [], members: new Map(), doorsByLabel: undefined };
  const reach = new Map<string, { door: Opened; times: Times; through: Condition[] }>();
  for (const { door, grant } of openingsOf(asNamed, person)) {
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

type Gained = Pick<AccessDifference, "doors" | "times" | "before" | "after" | "through">;

/** The doors at which `to` has times that `from` has not, together where the times and the conditions are the same. */
function gainedIn(from: Reach, to: Reach): Gained[] {
  const gained = new Map<string, Gained & { readonly doors: Opened[] }>();
  for (const [id, { door, times: after, through: all }] of to) {
    const before = from.get(id)?.times ?? NEVER;
    const times = lessOf(after, before);
    if (isNever(times)) continue;
    const through = all.filter((each) => !isNever(lessOf(each.times, before)));
    const alike = JSON.stringify([before, after, through.map(({ uuid }) => uuid)]);
    const known = gained.get(alike) ?? { doors: [], times, before, after, through };
    gained.set(alike, known);
    known.doors.push(door);
  }
  return [...gained.values()];
}

function turned({ before, after, ...others }: Gained): Gained {
  return { ...others, before: after, after: before };
}
