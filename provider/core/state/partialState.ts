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
 * @param prior The inputs that the state held.
 * @param paths The paths at which a read did not show what is declared.
 */
export function partialState(declared: Values, prior: Values, paths: readonly Path[]): Values {
  const state: Record<string, Value | undefined> = { ...declared };
  for (const [name, inside] of byFirstStep(paths)) {
    const restored = restoredAt(state[name], prior[name], inside);
    state[name] = prior[name] === undefined && isEmpty(restored) ? undefined : restored;
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

function restoredAt(value: Value | undefined, prior: Value | undefined, paths: readonly Path[]): Value | undefined {
  if (paths.some(({ length }) => length === 0)) return prior;
  const below = byFirstStep(paths);
  if (Array.isArray(value)) return withMembers(value, prior, [...below.keys()]);
  const others = isValueMap(value) ? Object.entries(value).filter(([key]) => !below.has(key)) : [];
  const restored = [...below].map(([key, inside]) => {
    return [key, restoredAt(entryOf(value, key), entryOf(prior, key), inside)] as const;
  });
  return definedEntries([...others, ...restored]);
}

/** A set with the prior state of its unverified members. The path of a difference in a set ends with the member. */
function withMembers(
  members: readonly Value[],
  prior: Value | undefined,
  unverified: readonly string[],
): readonly Value[] {
  const [priorMembers, excluded] = [new Set(Array.isArray(prior) ? prior : []), new Set<Value>(unverified)];
  const verified = members.filter((each) => !excluded.has(each));
  const restored = unverified.filter((each) => priorMembers.has(each));
  return restored.length === 0 ? verified : [...verified, ...restored].sort();
}
