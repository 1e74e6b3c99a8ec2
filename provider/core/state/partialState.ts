import { entryOf, isValueMap, type Path, type Value, type Values, withoutUndefined } from "../schema/values";

/**
 * What was declared, but at unverified paths what the state had, so that the next deployment sees them as still to be
 * done, and everything else as done. A field that the state did not have, and of which nothing is done, stays out of it.
 * @param declared What the program declares.
 * @param base What the state had.
 * @param paths Where it could not be verified that Rhombus has what is declared.
 */
export function withoutUnverified(declared: Values, base: Values, paths: readonly Path[]): Values {
  const state: Record<string, Value | undefined> = { ...declared };
  for (const [name, below] of treeOf(paths)) {
    const restored = restoredAt(state[name], base[name], below);
    state[name] = base[name] === undefined && isEmpty(restored) ? undefined : restored;
  }
  return withoutUndefined(state);
}

/** Paths by their steps: `"all"` where one ends. Taken one by one, each path would copy the map that it leads into. */
type Tree = Map<string, Tree | "all">;

function treeOf(paths: readonly Path[]): Tree {
  const tree: Tree = new Map();
  for (const path of paths) grow(tree, path.map(String));
  return tree;
}

function grow(tree: Tree, [step, ...inside]: readonly string[]): void {
  if (step === undefined) return;
  const below = tree.get(step) ?? new Map<string, Tree | "all">();
  tree.set(step, inside.length === 0 ? "all" : below);
  if (below !== "all") grow(below, inside);
}

function restoredAt(value: Value | undefined, was: Value | undefined, below: Tree | "all"): Value | undefined {
  if (below === "all") return was;
  if (Array.isArray(value)) return withMembers(value, was, [...below.keys()]);
  const others = isValueMap(value) ? Object.entries(value).filter(([key]) => !below.has(key)) : [];
  const restored = [...below].flatMap(([key, inside]): [string, Value][] => {
    const entry = restoredAt(entryOf(value, key), entryOf(was, key), inside);
    return entry === undefined ? [] : [[key, entry]];
  });
  return Object.fromEntries([...others, ...restored]);
}

/** A set with some members as they were. The path of a difference in a set ends with the member. */
function withMembers(members: readonly Value[], was: Value | undefined, doubtful: readonly string[]): readonly Value[] {
  const [before, doubted] = [new Set(Array.isArray(was) ? was : []), new Set<Value>(doubtful)];
  const kept = members.filter((each) => !doubted.has(each));
  const back = doubtful.filter((each) => before.has(each));
  return back.length === 0 ? kept : [...kept, ...back].sort();
}

function isEmpty(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isValueMap(value) && Object.keys(value).length === 0;
}
