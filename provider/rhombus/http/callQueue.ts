import { monotonicMs } from "../../clock";
import type { Reply } from "./failures";
import { Pacing } from "./pacing";
import { pauseMs } from "./retry";

/** Options of a call queue. */
export interface CallQueueOptions {
  /** The maximum number of attempts in flight. */
  maxConcurrency: number;
  /** Receives one message for each pause. */
  log: (message: string) => void;
}

/** An attempt that waits for its turn. */
export interface Turn {
  /** The priority of its call. Lower numbers start first. */
  readonly priority: number;
  /** The number of its call's earlier attempts. */
  readonly retries: number;
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
  private readonly pacing = new Pacing(monotonicMs());
  private inFlight = 0;
  private latestPriority = 0;
  private answers = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Takes the options. */
  constructor(private readonly options: CallQueueOptions) {}

  /**
   * The priority of a call, for all its attempts. Lower numbers start first.
   * @param first True if it goes before all waiting calls. Default: false.
   */
  takePriority(first = false): number {
    if (first) return 0;
    this.latestPriority += 1;
    return this.latestPriority;
  }

  /**
   * Runs one attempt when it is its turn.
   * @param turn The attempt's place.
   * @param attempt The attempt.
   */
  async run(turn: Turn, attempt: (wait: Wait) => Promise<Reply>): Promise<Reply> {
    const queuedAt = monotonicMs();
    await this.takeTurn(turn.priority);
    const startedAt = monotonicMs();
    try {
      const reply = await attempt({ ms: startedAt - queuedAt, paused: this.pacing.pausedUntil > queuedAt });
      this.notePace(reply, startedAt, turn.retries);
      return reply;
    } finally {
      this.inFlight -= 1;
      this.startNext();
    }
  }

  private takeTurn(priority: number): Promise<void> {
    return new Promise((start) => {
      // A new call has the highest number, so its place is nearly always the last.
      let index = this.waiting.length;
      while (index > 0 && (this.waiting[index - 1]?.priority ?? 0) > priority) index -= 1;
      this.waiting.splice(index, 0, { priority, start });
      this.startNext();
    });
  }

  private startNext(): void {
    while (this.waiting.length > 0 && this.inFlight < this.options.maxConcurrency) {
      const now = monotonicMs();
      const wait = this.pacing.waitMs(now);
      if (wait > 0) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.startNext(), wait);
        return;
      }
      this.inFlight += 1;
      this.pacing.started(now);
      this.waiting.shift()?.start();
    }
  }

  private notePace(reply: Reply, startedAt: number, retries: number): void {
    if (reply.kind === "status" && reply.status === 429) {
      const at = monotonicMs();
      if (this.pacing.gotLimit(at, startedAt, pauseMs(reply, retries))) this.announcePause(at);
    } else if (reply.kind === "answer" || reply.kind === "status") {
      this.answers += 1;
      this.pacing.gotAnswer();
    }
  }

  private announcePause(at: number): void {
    const seconds = Math.ceil(Math.round(this.pacing.pausedUntil - at) / 1_000);
    const done = this.answers === 1 ? "1 call" : `${this.answers} calls`;
    this.options.log(`rhombus: rate limited, resuming in ${seconds} s (${done} done)`);
  }
}
