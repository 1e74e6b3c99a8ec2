import { RhombusError } from "../errors/rhombusError";
import { backoffMs, mayRepeat } from "../http/retry";

/** The failed attempts of one call that its caller repeats. */
export class Retries {
  private lost = 0;
  private refused = 0;
  private pausesMs = 0;

  /**
   * Starts without attempts.
   * @param maxRetries The setting `maxRetries`.
   * @param log Logs a line.
   */
  constructor(
    private readonly maxRetries: number,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Counts a failed attempt. Logs a pause that Rhombus asks for, unless the call queue logs it as one of the rate limit.
   * @param error The error of the attempt.
   * @returns The pause before the next attempt, in milliseconds; `undefined` if there must not be one.
   */
  pauseAfter(error: unknown): number | undefined {
    if (!(error instanceof RhombusError)) return undefined;
    const { retryClass, retryAfterMs: asked, operation, kind, status, outcome } = error;
    const isLost = outcome === "unknown";
    const attempts = isLost ? ++this.lost : ++this.refused;
    const backoff = backoffMs(this.lost + this.refused - 1, Math.random());
    const pauseMs = retryClass === "stale" ? 0 : (asked ?? backoff);
    this.pausesMs += pauseMs;
    const { pausesMs, maxRetries } = this;
    if (!mayRepeat({ isLost, attempts, pausesMs, retryClass, maxRetries })) return undefined;
    if (kind !== "rateLimited" && asked !== undefined) {
      this.log(`rhombus: ${operation} was answered ${status}, resuming in ${Math.ceil(asked / 1_000)} s`);
    }
    return pauseMs;
  }
}
