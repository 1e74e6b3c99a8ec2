import { entryOf, isValueMap, type Path, type Value, type Values, withoutUndefined } from "../schema/values";

/**
 * The inputs to store after a partial failure: as declared, but at unverified paths as the state had them, so that the next
 * deployment plans only these. A field that was not in the state, and of which nothing is verified, is left out.
 * @param declared The inputs that the program declares.
 * @param base The inputs that the state held.
 * @param paths The paths at which a read did not show what is declared.
 */
export function partialState(declared: Values, base: Values, paths: readonly Path[]): Values {
  const state: Record<string, Value | undefined> = { ...declared };
  for (const [name, below] of treeOf(paths)) {
    const restored = restoredAt(state[name], base[name], below);
    state[name] = base[name] === undefined && isEmpty(restored) ? undefined : restored;
  }
  return withoutUndefined(state);
}

/** Paths by their steps; `"all"` where a path ends. With a tree, each map is copied once instead of once per path. */
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

/** A set with its unverified members as they were. The path of a difference in a set ends with the member. */
function withMembers(
  members: readonly Value[],
  was: Value | undefined,
  unverified: readonly string[],
): readonly Value[] {
  const [before, excluded] = [new Set(Array.isArray(was) ? was : []), new Set<Value>(unverified)];
  const verified = members.filter((each) => !excluded.has(each));
  const restored = unverified.filter((each) => before.has(each));
  return restored.length === 0 ? verified : [...verified, ...restored].sort();
}

function isEmpty(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isValueMap(value) && Object.keys(value).length === 0;
}
