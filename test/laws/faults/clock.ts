import sinon from "sinon";

/** How long a try may take on this clock, in seconds. No pause is as long, so a timer of this length is a deadline. */
export const DEADLINE_SECONDS = 600;

/**
 * A clock for code that waits: pauses are over at once, and `performance.now` and `Date.now` say that they took their time;
 * deadlines pass only when they are told to. So an outage lasts milliseconds, and no test depends on how fast the machine is.
 */
export class HurriedClock {
  readonly #sandbox = sinon.createSandbox();
  readonly #deadlines = new Map<unknown, () => void>();
  #aheadMs = 0;

  /** Takes the place of the timers and of the clock that only goes forward. {@link stop} gives them back. */
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
    this.#sandbox.stub(globalThis, "setTimeout").callsFake(hurried);
    this.#sandbox.replace(globalThis, "clearTimeout", (timer) => {
      this.#deadlines.delete(timer);
      end(timer);
    });
  }

  /** Lets time pass in which nothing happens. */
  pass(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Lets every deadline pass that is running, when what is on its way has arrived. */
  expire(): void {
    setImmediate(() =>
      setImmediate(() => {
        const passed = [...this.#deadlines.values()];
        this.#deadlines.clear();
        for (const work of passed) work();
      }),
    );
  }

  /** Gives timers and clock back. */
  stop(): void {
    this.#deadlines.clear();
    this.#sandbox.restore();
  }
}
