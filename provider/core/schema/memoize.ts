/**
 * Memoizes a function of one object. The result is held as long as the object exists.
 * @param compute The function. The object must not change.
 */
export function memoize<Source extends object, Result>(
  compute: (source: Source) => Result,
): (source: Source) => Result {
  const results = new WeakMap<Source, { readonly result: Result }>();
  return (source) => {
    const entry = results.get(source) ?? { result: compute(source) };
    results.set(source, entry);
    return entry.result;
  };
}
