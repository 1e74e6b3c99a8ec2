import { entryOf, isValueMap, type Path, type Value, type Values, withoutUndefined } from "./values";

/**
 * What was declared, but at unverified paths what the state had, so that the next deployment sees them as still to be
 * done, and everything else as done. A field that the state did not have, and of which nothing is done, stays out of it.
 * @param declared What the program declares.
 * @param base What the state had.
 * @param paths Where it could not be verified that Rhombus has what is declared.
 */
export function withoutUnverified(declared: Values, base: Values, paths: readonly Path[]): Values {
  const state: Record<string, Value | undefined> = { ...declared };
  for (const [name, ...inside] of paths) {
    if (name === undefined) continue;
    const restored = restoredAt(state[name], base[name], inside);
    state[name] = base[name] === undefined && isEmpty(restored) ? undefined : restored;
  }
  return withoutUndefined(state);
}

function restoredAt(value: Value | undefined, was: Value | undefined, path: Path): Value | undefined {
  const [first, ...inside] = path;
  if (first === undefined) return was;
  const step = String(first);
  if (Array.isArray(value)) return withMember(value, step, Array.isArray(was) && was.includes(step));
  const entry = restoredAt(entryOf(value, step), entryOf(was, step), inside);
  const others = isValueMap(value) ? Object.entries(value).filter(([key]) => key !== step) : [];
  return Object.fromEntries(entry === undefined ? others : [...others, [step, entry]]);
}

/** A set with or without one member. The path of a difference in a set ends with the member. */
function withMember(members: readonly Value[], member: string, isIn: boolean): readonly Value[] {
  const others = members.filter((each) => each !== member);
  return isIn ? [...others, member].sort() : others;
}

function isEmpty(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isValueMap(value) && Object.keys(value).length === 0;
}
