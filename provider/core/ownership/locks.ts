/** Serialises work on one thing, such as an organization's integration row, within this process. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs work when all earlier work under the same key has ended, whether it failed or not.
   * @param key What is locked; `undefined` when nothing is.
   * @param work What to do while it is locked. Its error is the caller's.
   */
  async hold<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}
