import { initialPace, type Pace, pace, waitMs } from "./pacing";

/** The result of an attempt for the rate limit: answered, answered 429 so that all calls pause, or lost without an answer. */
export type Verdict =
  | { readonly kind: "answered" }
  | { readonly kind: "limited"; readonly pauseMs: number }
  | { readonly kind: "lost" };

/** Options of a gate. */
export interface GateOptions {
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
  ticket: number;
  admit: () => void;
}

/**
 * Admits the attempts of all calls: a limited number at once, none during a pause of the rate limit, and after it no more than the
 * bucket refills. Attempts are admitted in the order of their calls' tickets, so a retry keeps its place. A call that backs off is not in flight.
 */
export class Gate {
  private readonly queue: Waiting[] = [];
  // On the monotonic clock: a change of the system time must not delay calls.
  private state: Pace = initialPace(performance.now());
  private inFlight = 0;
  private tickets = 0;
  private answers = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Takes the options. */
  constructor(private readonly options: GateOptions) {}

  /**
   * The place of a call in the order, for all its attempts.
   * @param first Whether it goes before all waiting calls. Default: false.
   */
  takeTicket(first = false): number {
    if (first) return 0;
    this.tickets += 1;
    return this.tickets;
  }

  /**
   * Runs one attempt when it is its turn.
   * @param ticket The ticket of the call.
   * @param attempt The attempt. It receives the wait.
   * @param verdictOf Reads the result for the rate limit from the error of a failed attempt.
   */
  async pass<T>(
    ticket: number,
    attempt: (wait: Wait) => Promise<T>,
    verdictOf: (error: unknown) => Verdict,
  ): Promise<T> {
    const cameAt = performance.now();
    await this.admission(ticket);
    const startedAt = performance.now();
    try {
      const result = await attempt({ ms: startedAt - cameAt, paused: this.state.pausedUntil > cameAt });
      this.leave({ kind: "answered" }, startedAt);
      return result;
    } catch (error) {
      this.leave(verdictOf(error), startedAt);
      throw error;
    }
  }

  private admission(ticket: number): Promise<void> {
    return new Promise((admit) => {
      // A new call has the highest ticket, so its place is nearly always the last.
      let place = this.queue.length;
      while (place > 0 && (this.queue[place - 1]?.ticket ?? 0) > ticket) place -= 1;
      this.queue.splice(place, 0, { ticket, admit });
      this.admitNext();
    });
  }

  private admitNext(): void {
    while (this.queue.length > 0 && this.inFlight < this.options.maxConcurrency) {
      const now = performance.now();
      const wait = waitMs(this.state, now);
      if (wait > 0) {
        this.retryIn(wait);
        return;
      }
      this.inFlight += 1;
      this.state = pace(this.state, { type: "started", at: now });
      this.queue.shift()?.admit();
    }
  }

  private retryIn(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.admitNext(), wait);
  }

  private leave(verdict: Verdict, startedAt: number): void {
    this.inFlight -= 1;
    const at = performance.now();
    if (verdict.kind === "answered") {
      this.answers += 1;
      this.state = pace(this.state, { type: "answered", at });
    } else if (verdict.kind === "limited") {
      const before = this.state.emptyAt;
      this.state = pace(this.state, { type: "limited", at, startedAt, pauseMs: verdict.pauseMs });
      if (this.state.emptyAt !== before) this.announcePause(at);
    }
    this.admitNext();
  }

  private announcePause(at: number): void {
    const seconds = Math.ceil(Math.round(this.state.pausedUntil - at) / 1_000);
    const done = this.answers === 1 ? "1 call" : `${this.answers} calls`;
    this.options.log(`rhombus: rate limited, resuming in ${seconds} s (${done} done)`);
  }
}
