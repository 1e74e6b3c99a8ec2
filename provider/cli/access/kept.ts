import { memoize } from "../../core/schema/memoize";
import { type AccessDifference, differencesOf } from "./differences";
import type { AccessRules, Condition, Opened, Person } from "./openings";
import { isNever, lessOf, NEVER, type Times, union } from "./times";

/** The grants by which a user may open a door, and their times. */
interface Kept {
  readonly times: Times;
  readonly grants: readonly Condition[];
  /** The labels of those grants that name the door only by a label. */
  readonly labels: readonly string[];
}

/**
 * Compares who may open what. A loss leaves out what the same people may still open in another way. What revocations no longer take
 * away counts only as far as grants may give it.
 * @param before The access control of the organization.
 * @param after The same after a change.
 * @param guestGrants Further grants, of guest passes, that may give what revocations do not take away any more; `undefined` if not all
 * grants are known, so that nothing is taken from it.
 */
export function netDifferencesOf(
  before: AccessRules,
  after: AccessRules,
  guestGrants: readonly Condition[] | undefined,
): AccessDifference[] {
  const kept = new KeptAccess(before, after);
  const given = guestGrants && new KeptAccess(before, { ...after, grants: [...after.grants, ...guestGrants] });
  return differencesOf(before, after).flatMap((each) => {
    if (each.kind === "loses") return kept.takenFrom(each);
    return each.kind === "regains" && given !== undefined ? given.givenOf(each) : [each];
  });
}

/** The doors that users may open after a change, as far as members of groups and doors of labels are known. */
class KeptAccess {
  readonly #grantsOf = new Map<string, Set<Condition>>();
  readonly #byGrants = new Map<string, ReadonlyMap<string, Kept>>();

  /** Takes the access control of the organization before and after the change. */
  constructor(
    private readonly before: AccessRules,
    private readonly after: AccessRules,
  ) {
    for (const grant of after.grants) {
      const members = grant.groups.flatMap((group) => [...(after.members.get(group) ?? [])]);
      for (const user of [...grant.users, ...members])
        this.#grantsOf.set(user, (this.#grantsOf.get(user) ?? new Set()).add(grant));
    }
  }

  /**
   * Takes from a loss what its people may still open in another way.
   * @param loss The loss of people, or of groups of people.
   * @returns What they lose, and what they keep.
   */
  takenFrom(loss: AccessDifference): AccessDifference[] {
    return this.divided(loss, (door, all) => fateOf(loss, this.waysTo(door, all)));
  }

  /**
   * Limits what revocations no longer take away to what grants give. If a list could not be read, nothing is left out.
   * @param regained The difference that revocations make.
   */
  givenOf(regained: AccessDifference): AccessDifference[] {
    const { grants, members, doorsByLabel } = this.after;
    const isKnown =
      doorsByLabel !== undefined && grants.every(({ groups }) => groups.every((each) => members.has(each)));
    if (!isKnown) return [regained];
    return this.divided(regained, (door, all) => givenIn(regained, this.waysTo(door, all)));
  }

  /** The difference for each person, by doors of the same fate. */
  private divided(
    difference: AccessDifference,
    fateAt: (door: Opened, all: ReadonlySet<ReadonlyMap<string, Kept>>) => AccessDifference | undefined,
  ): AccessDifference[] {
    return difference.people.flatMap((person) => {
      // Many people have the same grants.
      const all = new Set(this.usersOf(person).map((user) => this.keptBy(user)));
      const found = new Map<string, AccessDifference & { readonly doors: Opened[] }>();
      for (const door of difference.doors) {
        const fate = fateAt(door, all);
        if (fate === undefined) continue;
        const alike = JSON.stringify([fate.kind, fate.times, fate.after, fate.isPartlyKept, fate.labels, idsOf(fate)]);
        const known = found.get(alike) ?? { ...fate, people: [person], doors: [] };
        found.set(alike, known);
        known.doors.push(door);
      }
      return [...found.values()];
    });
  }

  private usersOf({ kind, uuid }: Person): readonly string[] {
    if (kind === "user") return [uuid];
    const members = [this.before, this.after].flatMap(({ members: all }) => [...(all.get(uuid) ?? [])]);
    return [...new Set(members)];
  }

  /** One way for each door, and for people who have different grants. */
  private waysTo({ kind, key }: Opened, all: ReadonlySet<ReadonlyMap<string, Kept>>): readonly Kept[] {
    const doors = kind === "door" ? [key] : [...(this.after.doorsByLabel?.get(key) ?? [])];
    return [...all].flatMap((kept) => doors.map((door) => kept.get(door) ?? NOTHING));
  }

  /** The doors that a user may open. */
  private keptBy(user: string): ReadonlyMap<string, Kept> {
    const grants = this.#grantsOf.get(user) ?? new Set();
    const id = [...grants].map(({ uuid }) => uuid).join();
    const known = this.#byGrants.get(id) ?? this.keptWith(grants);
    this.#byGrants.set(id, known);
    return known;
  }

  private keptWith(grants: ReadonlySet<Condition>): ReadonlyMap<string, Kept> {
    const kept = new Map<string, Kept>();
    for (const grant of grants) {
      for (const [door, labels] of this.doorsOf(grant)) {
        const known = kept.get(door) ?? NOTHING;
        kept.set(door, {
          times: union(known.times, grant.times),
          grants: [...known.grants, grant],
          labels: [...new Set([...known.labels, ...labels])],
        });
      }
    }
    return kept;
  }

  /** The doors of a grant, with the labels by which it names those that it does not name directly. */
  private readonly doorsOf = memoize(({ doors, landings, labels }: Condition): ReadonlyMap<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const label of labels)
      for (const door of this.after.doorsByLabel?.get(label) ?? [])
        found.set(door, [...(found.get(door) ?? []), label]);
    for (const door of [...doors, ...landings]) found.set(door, []);
    return found;
  });
}

const NOTHING: Kept = { times: NEVER, grants: [], labels: [] };

/** The rest of a loss, or what is kept in its place, for people who may still open the door in these ways. */
function fateOf(loss: AccessDifference, ways: readonly Kept[]): AccessDifference {
  const rests = ways.map(({ times }) => lessOf(loss.times, times));
  const [rest] = rests;
  if (rest === undefined) return loss;
  if (rests.every(isNever)) {
    const through = [...new Set(ways.flatMap(({ grants }) => grants))];
    return { ...loss, kind: "keeps", through, labels: [...new Set(ways.flatMap(({ labels }) => labels))].sort() };
  }
  const isClear = ways.every(({ times }) => times.unclear === undefined);
  const isOne = new Set(rests.map((each) => JSON.stringify(each))).size === 1;
  if (!isClear || !isOne) return { ...loss, isPartlyKept: true };
  const kept = { ...lessOf(loss.times, rest), unclear: undefined };
  return { ...loss, times: rest, after: isNever(kept) ? loss.after : union(loss.after, kept) };
}

/** The part that grants give; `undefined` if they give nothing. The whole if people, doors or times are not known. */
function givenIn(regained: AccessDifference, ways: readonly Kept[]): AccessDifference | undefined {
  const given = ways.map(({ times }) => times).reduce(union, NEVER);
  if (ways.length === 0) return regained;
  if (isNever(given)) return undefined;
  const { times } = regained;
  if ([given, times].some(({ dates, unclear }) => dates.length > 0 || unclear !== undefined)) return regained;
  const common = lessOf(times, lessOf(times, given));
  return isNever(common) ? undefined : { ...regained, times: common };
}

function idsOf({ through }: AccessDifference): string[] {
  return through.map(({ uuid }) => uuid);
}
