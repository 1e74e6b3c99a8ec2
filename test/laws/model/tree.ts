import { definitionOf, resourceTypes } from "../../../provider/resources/registry";
import type { Json } from "../../drivers/properties";

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

const fieldsByName = new Map(resourceTypes.flatMap((type) => Object.entries(definitionOf(type).fields)));

/** The properties that Rhombus sets itself if nobody declares them. */
const SET_BY_RHOMBUS = ["placeId", "placeName"];

/** True for a map whose entries the program adds and removes. */
function hasEntries(name: string | undefined): boolean {
  return fieldsByName.get(name ?? "")?.modifiers.entry !== undefined;
}

/** True for a vendor key. Its value in the state stays. */
function isKey(name: string): boolean {
  return fieldsByName.get(name)?.modifiers.secret ?? false;
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

function mergeAt(name: string, sides: Sides, path: readonly string[], conflicts: string[]): Tree | undefined {
  const all = [sides.base, sides.declared, sides.live];
  const isSet = path.length === 1 && all.some(isScalarList);
  if (!isKey(name) && !isSet && !all.some(isBranch)) return mergeLeaf(sides, path, conflicts);
  if (sides.declared === undefined) return sides.live;
  if (isKey(name)) return sides.declared;
  if (isSet) return mergeMembers(sides);
  return hasEntries(name) ? mergeEntries(sides, path, conflicts) : mergeFields(sides, path, conflicts);
}

function mergeFields(sides: Sides, path: readonly string[], conflicts: string[]): Branch {
  return branch(
    namesIn(sides.base, sides.declared, sides.live).map((name) => [
      name,
      mergeAt(name, sidesAt(sides, name), [...path, name], conflicts),
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
  if (isKey(name)) return declared;
  if (Array.isArray(declared) && isAdditive)
    return membersOf(declared).filter((each) => membersOf(live).includes(each));
  if (!hasEntries(name) || !isBranch(declared)) return projected(live, declared);
  return branch(namesIn(live).map((key) => [key, projected(at(live, key), at(declared, key) ?? at(live, key))]));
}

function isSameTree(one: Tree | undefined, other: Tree | undefined): boolean {
  return differences(one, other).length === 0;
}

/** The paths at which two trees differ. An absent value equals an empty one, except the entry of a map; lists have no order. */
export function differences(one: Tree | undefined, other: Tree | undefined): string[] {
  return pathsWhere([one, other], ([left, right]) => left !== right);
}

/** The paths whose value is neither the one from before nor the expected one, except those that Rhombus sets itself. */
export function unexpectedPaths(
  before: Tree | undefined,
  expected: Tree | undefined,
  after: Tree | undefined,
): string[] {
  return pathsWhere([before, expected, after], ([was, will, is], path) => {
    const isSetByRhombus = will === undefined && SET_BY_RHOMBUS.some((name) => path.endsWith(`/${name}`));
    return is !== was && is !== will && !isSetByRhombus;
  });
}

/** The paths whose values in the trees meet a condition, without the paths inside them. */
function pathsWhere(
  trees: readonly (Tree | undefined)[],
  condition: (values: readonly (string | undefined)[], path: string) => boolean,
): string[] {
  const leaves = trees.map((tree) => new Map(leavesOf(tree)));
  const all = [...new Set(leaves.flatMap((each) => [...each.keys()]))];
  const paths = all.filter((path) =>
    condition(
      leaves.map((each) => each.get(path)),
      path,
    ),
  );
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

/** The values of a tree that are not empty, by path. The entries of a map and the members of a set are values as well. */
function leavesOf(tree: Tree | undefined, path: readonly string[] = []): [path: string, value: string][] {
  if (path.length === 1 && isScalarList(tree))
    return membersOf(tree).map((each) => [[...path, each].join("/"), "member"]);
  if (!isBranch(tree)) return plain(tree) === "" ? [] : [[path.join("/"), plain(tree)]];
  return Object.entries(tree).flatMap(([name, value]): [string, string][] => {
    const here = [...path, name];
    const inside = leavesOf(value, here);
    return hasEntries(path.at(-1)) ? [[here.join("/"), "entry"], ...inside] : inside;
  });
}

/** True if two trees have the same names at every depth. */
export function haveSameNames(one: Tree | undefined, other: Tree | undefined): boolean {
  if (!isBranch(one) || !isBranch(other)) return (one === undefined) === (other === undefined);
  return namesIn(one, other).every((name) => haveSameNames(at(one, name), at(other, name)));
}

/** True for a set, which merges member by member. A list of objects, such as intervals, is one value. */
function isScalarList(tree: Tree | undefined): boolean {
  return Array.isArray(tree) && !tree.some(isBranch);
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
