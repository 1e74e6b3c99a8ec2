import { initialPace, type Pace, pace, waitMs } from "./pacing";

/** What a try showed about the rate limit: it was answered, it was answered 429 and all have to wait, or nothing is known. */
export type Verdict =
  | { readonly kind: "answered" }
  | { readonly kind: "limited"; readonly pauseMs: number }
  | { readonly kind: "lost" };

/** What a gate is made with. */
export interface GateOptions {
  /** How many tries may be in flight at once. */
  maxConcurrency: number;
  /** Told once per pause that it waits. */
  log: (message: string) => void;
}

/** What a try had to wait for. */
export interface Wait {
  /** How long, in milliseconds. */
  readonly ms: number;
  /** Whether the vendor had asked for a pause; otherwise it was for other calls. */
  readonly paused: boolean;
}

interface Waiting {
  ticket: number;
  admit: () => void;
}

/**
 * Where every try of every call passes: few at once, none while the vendor asks for a pause, and after it no more than the bucket refills. Calls pass in the
 * order of their tickets, so that one which is tried again does not go to the end of the queue. While a call backs off it holds no place.
 */
export class Gate {
  private readonly queue: Waiting[] = [];
  // Measured on the clock that only goes forward: setting the system's clock back must not hold calls up.
  private state: Pace = initialPace(performance.now());
  private inFlight = 0;
  private tickets = 0;
  private answers = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Takes the number of places and where to say that it waits. */
  constructor(private readonly options: GateOptions) {}

  /**
   * A call's place in the order, the same for each of its tries.
   * @param first Before all calls that are waiting.
   */
  takeTicket(first = false): number {
    if (first) return 0;
    this.tickets += 1;
    return this.tickets;
  }

  /**
   * Runs one try when its turn has come. It is told how long it waited, in milliseconds, and whether there was a pause. `verdictOf` reads from its error what
   * it showed about the rate limit.
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
      // New calls bring the highest ticket, so the place is nearly always the last.
      let place = this.queue.length;
      while (place > 0 && (this.queue[place - 1]?.ticket ?? 0) > ticket) place -= 1;
      this.queue.splice(place, 0, { ticket, admit });
      this.admitWhoMay();
    });
  }

  private admitWhoMay(): void {
    while (this.queue.length > 0 && this.inFlight < this.options.maxConcurrency) {
      const now = performance.now();
      const wait = waitMs(this.state, now);
      if (wait > 0) {
        this.lookAgainIn(wait);
        return;
      }
      this.inFlight += 1;
      this.state = pace(this.state, { type: "started", at: now });
      this.queue.shift()?.admit();
    }
  }

  private lookAgainIn(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.admitWhoMay(), wait);
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
    this.admitWhoMay();
  }

  private announcePause(at: number): void {
    const seconds = Math.ceil(Math.round(this.state.pausedUntil - at) / 1_000);
    const done = this.answers === 1 ? "1 call" : `${this.answers} calls`;
    this.options.log(`rhombus: rate limited, resuming in ${seconds} s (${done} done)`);
  }
}
