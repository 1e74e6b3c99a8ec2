/** Locks within this process. Work under the same key runs one after the other. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs work when all earlier work under the same key has ended, successfully or not.
   * @param key The key. `undefined`: runs at once, without a lock.
   * @param work The work. Its errors are passed on.
   */
  hold<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    const result = (this.#tails.get(key) ?? Promise.resolve()).then(work);
    const end = () => undefined;
    this.#tails.set(key, result.then(end, end));
    return result;
  }
}
