import sinon from "sinon";

/** The timeout of a call on this clock, in seconds. No pause is as long, so a timer of this length is a deadline. */
export const DEADLINE_SECONDS = 600;

/**
 * A clock for code that waits: pauses end at once, but `performance.now` and `Date.now` include them; deadlines pass only when
 * a test lets them. So an outage lasts milliseconds, and no test depends on the speed of the machine.
 */
export class FastClock {
  readonly #sandbox = sinon.createSandbox();
  readonly #deadlines = new Map<unknown, () => void>();
  #aheadMs = 0;
  #restore: () => unknown = () => {};

  /** Replaces the timers and the clocks until {@link stop}. */
  start(): void {
    const { setTimeout: wait, clearTimeout: end, performance } = globalThis;
    const now = performance.now.bind(performance);
    const today = Date.now.bind(Date);
    const hurried = (work: () => void, ms = 0) => {
      if (ms !== DEADLINE_SECONDS * 1_000) {
        this.#aheadMs += ms;
        return wait(work, 0);
      }
      const timer = wait(() => {}, 0);
      this.#deadlines.set(timer, work);
      return timer;
    };
    this.#sandbox.replace(performance, "now", () => now() + this.#aheadMs);
    this.#sandbox.replace(Date, "now", () => Math.floor(today() + this.#aheadMs));
    // A stub would record every call.
    Reflect.set(globalThis, "setTimeout", hurried);
    this.#restore = () => Reflect.set(globalThis, "setTimeout", wait);
    this.#sandbox.replace(globalThis, "clearTimeout", (timer) => {
      this.#deadlines.delete(timer);
      end(timer);
    });
  }

  pass(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Lets every running deadline pass, after answers that are under way have arrived. */
  expire(): void {
    setImmediate(() =>
      setImmediate(() => {
        const passed = [...this.#deadlines.values()];
        this.#deadlines.clear();
        for (const work of passed) work();
      }),
    );
  }

  stop(): void {
    this.#deadlines.clear();
    this.#sandbox.restore();
    this.#restore();
  }
}
