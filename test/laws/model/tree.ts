import { definitionOf, resourceTypes } from "../../../provider/resources/registry";
import type { Json } from "../../drivers/properties";
import { samples } from "../../resources/facts";

// A plain model of a merge. Three trees of plain values: the inputs in the state, the declared inputs, and the properties of the
// remote object. Nothing is overwritten that the program did not change.

/** The properties of an object, or a value in them. */
export type Tree = Json;

/** Named trees. */
export type Branch = { readonly [name: string]: Tree };

/** The three sides of a merge; `undefined` for a side without a value. */
export interface Sides {
  readonly base: Tree | undefined;
  readonly declared: Tree | undefined;
  readonly live: Tree | undefined;
}

/** The result of a merge. */
export interface Merged {
  readonly tree: Tree | undefined;
  /** The paths that the program and someone else changed differently. If there are any, nothing may be written. */
  readonly conflicts: readonly string[];
}

/** The rule by which the values of a field are merged. */
type Kind = "leaf" | "key" | "members" | "entries" | "fields";

const fieldsByName = new Map(resourceTypes.flatMap((type) => Object.entries(definitionOf(type).fields)));
const kinds = new Map(
  Object.values(samples).flatMap(({ fields, least }) =>
    [...Object.entries(fields).map(([name, [value]]) => [name, value] as const), ...Object.entries(least)].map(
      ([name, value]) => [name, kindFrom(name, value)] as const,
    ),
  ),
);

function kindFrom(name: string, value: unknown): Kind {
  const { secret, entry } = fieldsByName.get(name)?.modifiers ?? {};
  if (secret) return "key";
  if (Array.isArray(value)) return "members";
  if (typeof value !== "object") return "leaf";
  return entry === undefined ? "fields" : "entries";
}

/** The properties that Rhombus sets itself if nobody declares them. */
const SET_BY_RHOMBUS = ["placeId", "placeName"];

function kindOf(name: string): Kind {
  return kinds.get(name) ?? "leaf";
}

/** True for an input that is not a property of the object. */
export function isLocal(name: string): boolean {
  const field = fieldsByName.get(name);
  return field?.instruction || field?.modifiers.local || false;
}

/** True for an input whose change replaces the object. */
export function isReplacing(name: string): boolean {
  return fieldsByName.get(name)?.modifiers.replaces ?? false;
}

/** True for a field that is true if it is not declared. */
export function isTrueByDefault(name: string): boolean {
  return fieldsByName.get(name)?.modifiers.default === true;
}

/** The properties that an update must give an object. */
export function merged(sides: Sides): Merged {
  const conflicts: string[] = [];
  return { tree: mergeFields(sides, [], conflicts), conflicts };
}

function mergeAt(kind: Kind, sides: Sides, path: readonly string[], conflicts: string[]): Tree | undefined {
  if (kind === "leaf") return mergeLeaf(sides, path, conflicts);
  if (sides.declared === undefined) return sides.live;
  if (kind === "key") return sides.declared;
  if (kind === "members" && path.length === 1) return mergeMembers(sides);
  return kind === "entries" ? mergeEntries(sides, path, conflicts) : mergeFields(sides, path, conflicts);
}

function mergeFields(sides: Sides, path: readonly string[], conflicts: string[]): Branch {
  return branch(
    namesIn(sides.base, sides.declared, sides.live).map((name) => [
      name,
      mergeAt(kindOf(name), sidesAt(sides, name), [...path, name], conflicts),
    ]),
  );
}

function mergeLeaf({ base, declared, live }: Sides, path: readonly string[], conflicts: string[]): Tree | undefined {
  const name = path.at(-1) ?? "";
  // A value that no update can change stays if it is no longer declared.
  const isFixed = path.length === 1 && isReplacing(name);
  const stays = base === undefined || isFixed || (path.length > 1 && SET_BY_RHOMBUS.includes(name));
  if (declared === undefined && stays) return live;
  const expected = declared ?? (path.length === 1 && isTrueByDefault(name) ? true : null);
  if (base === undefined) {
    if (isFixed && !isSame(live, expected)) conflicts.push(path.join("/"));
    return expected;
  }
  if (isSame(base, expected)) return live;
  if (!isSame(live, base) && !isSame(live, expected)) conflicts.push(path.join("/"));
  return expected;
}

function mergeMembers({ base, declared, live }: Sides): Tree {
  const [was, will, is] = [membersOf(base), membersOf(declared), membersOf(live)];
  return [...new Set([...will, ...is])].filter((each) => {
    const isChanged = was.includes(each) !== will.includes(each);
    return isChanged ? will.includes(each) : is.includes(each);
  });
}

function mergeEntries(sides: Sides, path: readonly string[], conflicts: string[]): Branch {
  return branch(
    namesIn(sides.base, sides.declared, sides.live).map((key) => {
      const at = [...path, key];
      const inner = sidesAt(sides, key);
      const conflict = isConflict(inner, sides.base !== undefined);
      if (conflict) conflicts.push(at.join("/"));
      return [key, conflict ? inner.declared : mergeEntry(inner, at, conflicts)];
    }),
  );
}

/** True for an entry that one side removed and the other changed, or that both added differently. */
function isConflict({ base, declared, live }: Sides, isManaged: boolean): boolean {
  if (declared !== undefined && base !== undefined) return live === undefined && !isSameTree(base, declared);
  if (live === undefined) return false;
  if (declared !== undefined) return isManaged && !isSameTree(projected(live, declared), declared);
  return base !== undefined && !isSameTree(projected(live, base), base);
}

function mergeEntry(sides: Sides, path: readonly string[], conflicts: string[]): Tree | undefined {
  const { base, declared, live } = sides;
  if (declared === undefined) return base === undefined ? live : undefined;
  if (live === undefined) return base === undefined ? declared : undefined;
  return isBranch(declared) ? mergeFields(sides, path, conflicts) : mergeLeaf(sides, path, conflicts);
}

/**
 * The inputs that a refresh must store.
 * @param declared The inputs in the state.
 * @param isAdditive True if only the declared members are managed.
 */
export function projected(live: Tree | undefined, declared: Tree | undefined, isAdditive = false): Tree | undefined {
  if (!isBranch(declared)) return declared === undefined ? undefined : isSame(live, declared) ? declared : live;
  return branch(
    Object.keys(declared).map((name) => [name, projectedAt(name, at(live, name), at(declared, name), isAdditive)]),
  );
}

function projectedAt(name: string, live: Tree | undefined, declared: Tree | undefined, isAdditive: boolean) {
  const kind = kindOf(name);
  if (kind === "key") return declared;
  if (kind === "members" && isAdditive) return membersOf(declared).filter((each) => membersOf(live).includes(each));
  if (kind !== "entries") return projected(live, declared);
  return branch(namesIn(live).map((key) => [key, projected(at(live, key), at(declared, key) ?? at(live, key))]));
}

function isSameTree(one: Tree | undefined, other: Tree | undefined): boolean {
  return differences(one, other).length === 0;
}

/** The paths at which two trees differ. An absent value equals an empty one, except the entry of a map; lists have no order. */
export function differences(one: Tree | undefined, other: Tree | undefined, path: readonly string[] = []): string[] {
  if (!isBranch(one) && !isBranch(other)) return isSame(one, other) ? [] : [path.join("/")];
  const isMap = kindOf(path.at(-1) ?? "") === "entries";
  return namesIn(one, other).flatMap((name) => {
    const [left, right] = [at(one, name), at(other, name)];
    const here = [...path, name];
    const isAbsent = left === undefined || right === undefined;
    return isMap && isAbsent ? [here.join("/")] : differences(left, right, here);
  });
}

/** True if two trees have the same names at every depth. */
export function haveSameNames(one: Tree | undefined, other: Tree | undefined): boolean {
  if (!isBranch(one) || !isBranch(other)) return (one === undefined) === (other === undefined);
  return namesIn(one, other).every((name) => haveSameNames(at(one, name), at(other, name)));
}

/** The paths whose value is neither the one from before nor the expected one. */
export function unexpectedPaths(
  before: Tree | undefined,
  expected: Tree | undefined,
  after: Tree | undefined,
  path: readonly string[] = [],
): string[] {
  const name = path.at(-1) ?? "";
  if (SET_BY_RHOMBUS.includes(name) && isSame(expected, undefined)) return [];
  const isMap = kindOf(path.at(-2) ?? "") === "entries";
  if (isMap && (after === undefined ? before !== undefined && expected !== undefined : !before && !expected)) {
    return [path.join("/")];
  }
  if (kindOf(name) === "members")
    return unexpectedMembers(before, expected, after).map((each) => [...path, each].join("/"));
  if (![before, expected, after].some(isBranch)) {
    return isSame(after, before) || isSame(after, expected) ? [] : [path.join("/")];
  }
  if (isMap && after === undefined) return [];
  return namesIn(before, expected, after).flatMap((each) =>
    unexpectedPaths(at(before, each), at(expected, each), at(after, each), [...path, each]),
  );
}

/** True for a path that is not declared and that Rhombus may set itself. */
export function isSetByRhombus(expected: Tree | undefined, path: readonly string[]): boolean {
  const found = path.reduce<Tree | undefined>((tree, name) => at(tree, name), expected);
  return SET_BY_RHOMBUS.includes(path.at(-1) ?? "") && isSame(found, undefined);
}

function unexpectedMembers(before: Tree | undefined, expected: Tree | undefined, after: Tree | undefined): string[] {
  const [was, will, is] = [membersOf(before), membersOf(expected), membersOf(after)];
  return [...new Set([...was, ...will, ...is])].filter((each) => {
    return is.includes(each) ? !was.includes(each) && !will.includes(each) : was.includes(each) && will.includes(each);
  });
}

function membersOf(tree: Tree | undefined): string[] {
  return Array.isArray(tree) ? tree.map(String) : [];
}

/** True for an object with names. */
export function isBranch(tree: Tree | undefined): tree is Branch {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

/** The tree under a name; `undefined` if there is none. */
export function at(tree: Tree | undefined, name: string): Tree | undefined {
  return isBranch(tree) && Object.hasOwn(tree, name) ? tree[name] : undefined;
}

/** The tree with another value at a path; `undefined` removes the path. */
export function edited(tree: Tree | undefined, path: readonly string[], value: Tree | undefined): Tree | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const others = isBranch(tree) ? Object.entries(tree).filter(([each]) => each !== name) : [];
  return branch([...others, [name, edited(at(tree, name), rest, value)]]);
}

/** A branch of the trees that are present. */
export function branch(entries: readonly (readonly [string, Tree | undefined])[]): Branch {
  return Object.fromEntries(entries.filter((entry): entry is [string, Tree] => entry[1] !== undefined));
}

function sidesAt({ base, declared, live }: Sides, name: string): Sides {
  return { base: at(base, name), declared: at(declared, name), live: at(live, name) };
}

function namesIn(...trees: (Tree | undefined)[]): string[] {
  return [...new Set(trees.flatMap((tree) => (isBranch(tree) ? Object.keys(tree) : [])))];
}

function isSame(one: Tree | undefined, other: Tree | undefined): boolean {
  return plain(one) === plain(other);
}

/** The form in which absent and empty values are equal. */
function plain(tree: Tree | undefined): string {
  if (Array.isArray(tree)) return tree.length === 0 ? "" : JSON.stringify([...tree].sort());
  const isEmpty = tree === undefined || tree === null || tree === false || tree === 0 || tree === "" || tree === "OFF";
  return isEmpty || (isBranch(tree) && Object.keys(tree).length === 0) ? "" : JSON.stringify(tree);
}

/** Properties as a tree, without absent values. */
export function treeOf(properties: object): Branch {
  return JSON.parse(JSON.stringify(properties));
}
