import {
  definedEntries,
  entryOf,
  isEmpty,
  isValueMap,
  type Path,
  type Value,
  type Values,
  withoutUndefined,
} from "../schema/values";

/**
 * The inputs to store after a partial failure: as declared, but at unverified paths as the state had them, so that the next
 * deployment plans only these. A field that was not in the state, and of which nothing is verified, is left out.
 * @param declared The inputs that the program declares.
 * @param base The inputs that the state held.
 * @param paths The paths at which a read did not show what is declared.
 */
export function partialState(declared: Values, base: Values, paths: readonly Path[]): Values {
  const state: Record<string, Value | undefined> = { ...declared };
  for (const [name, inside] of byFirstStep(paths)) {
    const restored = restoredAt(state[name], base[name], inside);
    state[name] = base[name] === undefined && isEmpty(restored) ? undefined : restored;
  }
  return withoutUndefined(state);
}

/** The rests of the paths by their first step, so that each map is copied once instead of once per path. */
function byFirstStep(paths: readonly Path[]): ReadonlyMap<string, readonly Path[]> {
  const grouped = new Map<string, Path[]>();
  for (const [step, ...inside] of paths) {
    const rests = grouped.get(`${step}`) ?? [];
    rests.push(inside);
    grouped.set(`${step}`, rests);
  }
  return grouped;
}

function restoredAt(value: Value | undefined, was: Value | undefined, paths: readonly Path[]): Value | undefined {
  if (paths.some(({ length }) => length === 0)) return was;
  const below = byFirstStep(paths);
  if (Array.isArray(value)) return withMembers(value, was, [...below.keys()]);
  const others = isValueMap(value) ? Object.entries(value).filter(([key]) => !below.has(key)) : [];
  const restored = [...below].map(([key, inside]) => {
    return [key, restoredAt(entryOf(value, key), entryOf(was, key), inside)] as const;
  });
  return definedEntries([...others, ...restored]);
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
