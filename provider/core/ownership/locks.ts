/** Locks within this process. Tasks under the same lock name run one after the other. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs a task when all earlier tasks under the same lock name have ended, successfully or not.
   * @param lockName The lock name. `undefined`: the task runs at once, without a lock.
   * @param task The task. Its errors are passed on.
   */
  hold<T>(lockName: string | undefined, task: () => Promise<T>): Promise<T> {
    if (lockName === undefined) return task();
    const result = (this.#tails.get(lockName) ?? Promise.resolve()).then(task);
    const end = () => undefined;
    this.#tails.set(lockName, result.then(end, end));
    return result;
  }
}
