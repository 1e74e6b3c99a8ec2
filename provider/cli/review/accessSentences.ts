import type { AccessDifference } from "../access/differences";
import type { Opened, Person } from "../access/openings";
import { isNever, isWholeWeek } from "../access/times";
import { code, counted, joinedWithAnd } from "../output/plainText";
import type { KnownEffects } from "./accessEffects";
import type { Finding } from "./changes";
import { chunked, shortened } from "./lists";
import { shortTimes } from "./valueFormatter";

const kinds = {
  gains: "gainsAccess",
  loses: "losesAccess",
  keeps: "keepsAccess",
  regains: "regainsAccess",
  revoked: "keptOut",
} as const;

/** Writes the differences of access as sentences. */
export class AccessSentences {
  readonly #doorCounts = new Map<string, number>();

  /** Takes the effects of a plan. */
  constructor(private readonly effects: KnownEffects) {
    for (const { name } of effects.rules.names.doors ?? [])
      this.#doorCounts.set(name ?? "", (this.#doorCounts.get(name ?? "") ?? 0) + 1);
  }

  /** The findings. The same change of several people at the same doors is one sentence. A long list is several. */
  findings(): Finding[] {
    const said = this.effects.differences.map((each) => {
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
    const { before, after } = this.effects.planned;
    return people.map((person) => this.personText(person, isLoss(kind) ? before : after));
  }

  private personText({ kind, uuid }: Person, { members }: KnownEffects["planned"]["before"]): string {
    if (kind === "user") return code(this.effects.rules.names.user(uuid));
    const { groups } = this.effects.rules.names;
    const isNew = this.effects.groupNames.has(uuid);
    if (!isNew && groups?.every((each) => each.uuid !== uuid)) return `${this.groupText(uuid)} (not found in Rhombus)`;
    const size = members.get(uuid)?.size;
    return `${this.groupText(uuid)}${size === undefined ? "" : size === 1 ? " (1 person)" : ` (${size} people)`}`;
  }

  private groupText(uuid: string): string {
    const newName = this.effects.groupNames.get(uuid);
    return newName === undefined
      ? `the group ${code(this.effects.rules.names.group(uuid))}`
      : `the new group ${code(newName)}`;
  }

  private membership({ group, kind }: Pick<AccessDifference, "group" | "kind">, count: number): string {
    if (group === undefined) return "";
    const verb = `${isLoss(kind) ? "leave" : "join"}${count === 1 ? "s" : ""}`;
    return `, who ${verb} ${this.groupText(group)}`;
  }

  private doorText({ kind, key }: Opened): string {
    if (kind === "door") return this.placedDoor(key);
    const doors = this.effects.rules.doorsByLabel;
    const count = doors === undefined ? "" : ` (${counted(doors.get(key)?.size ?? 0, "door")} now)`;
    return `every door with the label ${code(key)}${count}`;
  }

  /** The location tells doors of the same name apart. */
  private placedDoor(uuid: string): string {
    const { names } = this.effects.rules;
    const name = names.door(uuid);
    if (name === uuid) return names.doors === undefined ? code(uuid) : `door or elevator landing ${code(uuid)}`;
    const location = names.locationOfDoor(uuid);
    const isAmbiguous = (this.#doorCounts.get(name) ?? 0) > 1 && location !== undefined;
    return isAmbiguous ? `${code(name)} at ${code(location)}` : code(name);
  }

  /** The times, those before or after, and the grants or revocations. */
  private restOf({ kind, times, before, after, through, labels = [], isPartlyKept }: AccessDifference): string {
    const isLess = isLoss(kind);
    const noun = kind === "regains" || kind === "revoked" ? "access revocation" : "access grant";
    const names = [...new Set(through.map(({ name }) => code(name)))].sort();
    const isSupposed = through.some(({ uuid }) => this.effects.supposed.has(uuid));
    const by = `by the ${noun}${names.length === 1 ? "" : "s"} ${joinedWithAnd(shortened(names))}`;
    const other = isLess ? after : before;
    const also = isNever(other) ? "" : ` (${isLess ? "still" : "until now"} ${shortTimes(other)})`;
    const when = shortTimes(!isLess && isWholeWeek(after) ? after : times);
    const byLabels = labels.length === 0 ? "" : `, by the label ${joinedWithAnd(labels.map(code))}`;
    const kept = isPartlyKept ? "; a part of it may be kept in another way" : "";
    const supposed = isSupposed ? "; presumably, because the plan does not show new ids" : "";
    return `${when}${also}, ${kind === "regains" ? `no longer taken away ${by}` : by}${byLabels}${kept}${supposed}`;
  }
}

/** True for what people have no longer by a grant, or what a revocation has no longer. */
function isLoss(kind: AccessDifference["kind"]): boolean {
  return kind === "loses" || kind === "keeps" || kind === "regains";
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
