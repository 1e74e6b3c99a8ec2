/**
 * A function that works something out once for each object, and keeps it for as long as the object is there.
 * @param workOut Works it out. What it works out from must not change.
 */
export function memoize<Source extends object, Result>(
  workOut: (source: Source) => Result,
): (source: Source) => Result {
  const kept = new WeakMap<Source, { readonly result: Result }>();
  return (source) => {
    const known = kept.get(source) ?? { result: workOut(source) };
    kept.set(source, known);
    return known.result;
  };
}
