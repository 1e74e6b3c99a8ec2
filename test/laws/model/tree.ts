/**
 * The plain model of what becomes of an object: three trees of plain values, what the state knew, what the program declares
 * and what is live, and the one rule that nothing is overwritten which the program did not change.
 */

/** What an object holds, or what a program declares of it. */
export type Tree = null | boolean | number | string | readonly Tree[] | Branch;

/** Named trees. */
export interface Branch {
  /** The tree of that name. */
  readonly [name: string]: Tree;
}

/** The three sides of a merge; `undefined` where one says nothing. */
export interface Sides {
  /** What the state knew. */
  readonly base: Tree | undefined;
  /** What the program declares. */
  readonly declared: Tree | undefined;
  /** What the vendor has. */
  readonly live: Tree | undefined;
}

/** What should become of an object, and where the program and somebody else have both changed it. */
export interface Merged {
  /** What should be live afterwards. */
  readonly tree: Tree | undefined;
  /** The paths that both have changed, differently: then nothing may be written. */
  readonly conflicts: readonly string[];
}

/** How a value of some name is put together. */
type Kind = "leaf" | "key" | "members" | "entries" | "fields";

const KINDS: Readonly<Record<string, Kind>> = {
  apiToken: "key",
  apiSecretKey: "key",
  userUuids: "members",
  doorInfoMap: "entries",
  placeToSettingsMap: "entries",
  doorToCameraMap: "entries",
  defaultOptions: "fields",
};

/** What the vendor fills in itself where nobody says anything. */
const FILLED_IN = ["placeId", "placeName"];

function kindOf(name: string): Kind {
  return KINDS[name] ?? "leaf";
}

function kindOfEntry(map: string): Kind {
  return map === "doorToCameraMap" ? "leaf" : "fields";
}

/**
 * What an operation has to make of an object.
 * @param sides The inputs that the state held, those of the program, and what is live.
 */
export function merged(sides: Sides): Merged {
  const conflicts: string[] = [];
  return { tree: mergeFields(sides, [], conflicts), conflicts };
}

function mergeAt(kind: Kind, sides: Sides, path: readonly string[], conflicts: string[]): Tree | undefined {
  if (kind === "leaf") return mergeLeaf(sides, path, conflicts);
  if (sides.declared === undefined) return sides.live;
  if (kind === "key") return sides.declared;
  if (kind === "members") return mergeMembers(sides);
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
  // What no update can change stays when it is given up.
  const isFixed = path.join("/") === "locationUuid";
  const isLeft = base === undefined || isFixed || (path.length > 1 && FILLED_IN.includes(name));
  if (declared === undefined && isLeft) return live;
  const wished = declared ?? resetOf(path);
  if (base === undefined) {
    if (isFixed && !isSame(live, wished)) conflicts.push(path.join("/"));
    return wished;
  }
  if (isSame(base, wished)) return live;
  if (!isSame(live, base) && !isSame(live, wished)) conflicts.push(path.join("/"));
  return wished;
}

/** What takes the place of a value that is no longer declared. */
function resetOf(path: readonly string[]): Tree {
  return path.join("/") === "enabled" ? true : null;
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
      const clash = isClash(inner, sides.base !== undefined);
      if (clash) conflicts.push(at.join("/"));
      return [key, clash ? inner.declared : mergeEntry(inner, at, conflicts)];
    }),
  );
}

/** An entry that one side has removed while the other changed it, or that both have added, differently. */
function isClash({ base, declared, live }: Sides, isManaged: boolean): boolean {
  if (declared !== undefined && base !== undefined) return live === undefined && !isSameTree(base, declared);
  if (live === undefined) return false;
  if (declared !== undefined) return isManaged && !isSameTree(projected(live, declared), declared);
  return base !== undefined && !isSameTree(projected(live, base), base);
}

function mergeEntry(sides: Sides, path: readonly string[], conflicts: string[]): Tree | undefined {
  const { base, declared, live } = sides;
  if (declared === undefined) return base === undefined ? live : undefined;
  if (live === undefined) return base === undefined ? declared : undefined;
  return mergeAt(kindOfEntry(path.at(-2) ?? ""), sides, path, conflicts);
}

/**
 * What of a live object belongs into the inputs of a resource that declares some of it.
 * @param live What is live.
 * @param declared What the state declares.
 * @param isAdditive Whether others have members too, who are not shown. Default false.
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

/**
 * Whether two trees mean the same: nothing equals what is empty, the order of a list does not matter, and an entry of a map
 * is there or is not.
 * @param one A tree.
 * @param other Another one.
 */
function isSameTree(one: Tree | undefined, other: Tree | undefined): boolean {
  return differences(one, other).length === 0;
}

/**
 * The paths at which two trees differ.
 * @param one A tree.
 * @param other Another one.
 * @param path Where both are.
 */
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

/**
 * Whether two trees have the same names at every depth.
 * @param one A tree.
 * @param other Another one.
 */
export function haveSameNames(one: Tree | undefined, other: Tree | undefined): boolean {
  if (!isBranch(one) || !isBranch(other)) return (one === undefined) === (other === undefined);
  return namesIn(one, other).every((name) => haveSameNames(at(one, name), at(other, name)));
}

/**
 * The paths at which something is neither as it was nor as it should become: what nobody asked for.
 * @param before What was.
 * @param wished What should become of it.
 * @param after What is.
 * @param path Where all three are.
 */
export function strangers(
  before: Tree | undefined,
  wished: Tree | undefined,
  after: Tree | undefined,
  path: readonly string[] = [],
): string[] {
  const name = path.at(-1) ?? "";
  if (FILLED_IN.includes(name) && isSame(wished, undefined)) return [];
  const isMap = kindOf(path.at(-2) ?? "") === "entries";
  if (isMap && (after === undefined ? before !== undefined && wished !== undefined : !before && !wished)) {
    return [path.join("/")];
  }
  if (kindOf(name) === "members") return strangeMembers(before, wished, after).map((each) => [...path, each].join("/"));
  if (![before, wished, after].some(isBranch)) {
    return isSame(after, before) || isSame(after, wished) ? [] : [path.join("/")];
  }
  if (isMap && after === undefined) return [];
  return namesIn(before, wished, after).flatMap((each) =>
    strangers(at(before, each), at(wished, each), at(after, each), [...path, each]),
  );
}

/**
 * Whether nobody asked for what stands at a path, and the vendor may have filled it in.
 * @param wished What was asked for.
 * @param path Where.
 */
export function isFilledIn(wished: Tree | undefined, path: readonly string[]): boolean {
  const found = path.reduce<Tree | undefined>((tree, name) => at(tree, name), wished);
  return FILLED_IN.includes(path.at(-1) ?? "") && isSame(found, undefined);
}

function strangeMembers(before: Tree | undefined, wished: Tree | undefined, after: Tree | undefined): string[] {
  const [was, will, is] = [membersOf(before), membersOf(wished), membersOf(after)];
  return [...new Set([...was, ...will, ...is])].filter((each) => {
    return is.includes(each) ? !was.includes(each) && !will.includes(each) : was.includes(each) && will.includes(each);
  });
}

/**
 * The members of a list of texts; none where there is no list.
 * @param tree The list.
 */
function membersOf(tree: Tree | undefined): string[] {
  return Array.isArray(tree) ? tree.map(String) : [];
}

/**
 * Whether a tree has named trees.
 * @param tree Any tree.
 */
export function isBranch(tree: Tree | undefined): tree is Branch {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

/**
 * The tree under a name; `undefined` where there is none.
 * @param tree Any tree.
 * @param name The name.
 */
export function at(tree: Tree | undefined, name: string): Tree | undefined {
  return isBranch(tree) && Object.hasOwn(tree, name) ? tree[name] : undefined;
}

/**
 * A tree with another value at a path; `undefined` takes it out.
 * @param tree The tree.
 * @param path Where.
 * @param value What.
 */
export function planted(tree: Tree | undefined, path: readonly string[], value: Tree | undefined): Tree | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const others = isBranch(tree) ? Object.entries(tree).filter(([each]) => each !== name) : [];
  return branch([...others, [name, planted(at(tree, name), rest, value)]]);
}

/**
 * The trees that are there, by name.
 * @param entries Names and trees.
 */
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

/** Nothing, no, zero, the empty text and the empty list are one. */
function plain(tree: Tree | undefined): string {
  if (Array.isArray(tree)) return tree.length === 0 ? "" : JSON.stringify([...tree].sort());
  const isEmpty = tree === undefined || tree === null || tree === false || tree === 0 || tree === "" || tree === "OFF";
  return isEmpty || (isBranch(tree) && Object.keys(tree).length === 0) ? "" : JSON.stringify(tree);
}
