import { initialPace, type Pace, pace, waitMs } from "./pacing";

/** The result of an attempt for the rate limit: answered, answered 429 so that all calls pause, or lost without an answer. */
export type AttemptResult =
  | { readonly kind: "answered" }
  | { readonly kind: "limited"; readonly pauseMs: number }
  | { readonly kind: "lost" };

/** Options of a call queue. */
export interface CallQueueOptions {
  /** The maximum number of attempts in flight. */
  maxConcurrency: number;
  /** Receives one message for each pause. */
  log: (message: string) => void;
}

/** The wait of an attempt for its turn. */
export interface Wait {
  /** The duration in milliseconds. */
  readonly ms: number;
  /** True if the rate limit caused it. Otherwise other calls were ahead. */
  readonly paused: boolean;
}

interface Waiting {
  priority: number;
  start: () => void;
}

/**
 * Starts the attempts of all calls: a limited number at once, none during a pause of the rate limit, and after it no more than the
 * bucket refills. Attempts start in the order of their calls' priorities, so a retry keeps its place. A call that backs off is not in flight.
 */
export class CallQueue {
  private readonly waiting: Waiting[] = [];
  // On the monotonic clock: a change of the system time must not delay calls.
  private state: Pace = initialPace(performance.now());
  private inFlight = 0;
  private latestPriority = 0;
  private answers = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Takes the options. */
  constructor(private readonly options: CallQueueOptions) {}

  /**
   * The priority of a call, for all its attempts. Lower numbers start first.
   * @param first Whether it goes before all waiting calls. Default: false.
   */
  takePriority(first = false): number {
    if (first) return 0;
    this.latestPriority += 1;
    return this.latestPriority;
  }

  /**
   * Runs one attempt when it is its turn.
   * @param priority The priority of the call.
   * @param attempt The attempt. It receives the wait.
   * @param resultOf Reads the result for the rate limit from the error of a failed attempt.
   */
  async run<T>(
    priority: number,
    attempt: (wait: Wait) => Promise<T>,
    resultOf: (error: unknown) => AttemptResult,
  ): Promise<T> {
    const queuedAt = performance.now();
    await this.turn(priority);
    const startedAt = performance.now();
    try {
      const answer = await attempt({ ms: startedAt - queuedAt, paused: this.state.pausedUntil > queuedAt });
      this.end({ kind: "answered" }, startedAt);
      return answer;
    } catch (error) {
      this.end(resultOf(error), startedAt);
      throw error;
    }
  }

  private turn(priority: number): Promise<void> {
    return new Promise((start) => {
      // A new call has the highest number, so its place is nearly always the last.
      let place = this.waiting.length;
      while (place > 0 && (this.waiting[place - 1]?.priority ?? 0) > priority) place -= 1;
      this.waiting.splice(place, 0, { priority, start });
      this.startNext();
    });
  }

  private startNext(): void {
    while (this.waiting.length > 0 && this.inFlight < this.options.maxConcurrency) {
      const now = performance.now();
      const wait = waitMs(this.state, now);
      if (wait > 0) {
        this.startNextIn(wait);
        return;
      }
      this.inFlight += 1;
      this.state = pace(this.state, { type: "started", at: now });
      this.waiting.shift()?.start();
    }
  }

  private startNextIn(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.startNext(), wait);
  }

  private end(result: AttemptResult, startedAt: number): void {
    this.inFlight -= 1;
    const at = performance.now();
    if (result.kind === "answered") {
      this.answers += 1;
      this.state = pace(this.state, { type: "answered", at });
    } else if (result.kind === "limited") {
      const before = this.state.emptyAt;
      this.state = pace(this.state, { type: "limited", at, startedAt, pauseMs: result.pauseMs });
      if (this.state.emptyAt !== before) this.announcePause(at);
    }
    this.startNext();
  }

  private announcePause(at: number): void {
    const seconds = Math.ceil(Math.round(this.state.pausedUntil - at) / 1_000);
    const done = this.answers === 1 ? "1 call" : `${this.answers} calls`;
    this.options.log(`rhombus: rate limited, resuming in ${seconds} s (${done} done)`);
  }
}
