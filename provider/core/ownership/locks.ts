/** Locks within this process. Work under the same key runs one after the other. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs work when all earlier work under the same key has ended, successfully or not.
   * @param key The key. `undefined`: runs at once, without a lock.
   * @param work The work. Its errors are passed on.
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
