/** What a checkout holds. */
export interface Checkout {
  /** The hash of HEAD. */
  readonly commit: string;
  /** Whether nothing is changed, added or removed that is not committed. */
  readonly isClean: boolean;
}

/** How a long run ended, and of which checkout it was. */
export interface LongReport extends Checkout {
  /** When it ended, in ISO 8601. */
  readonly endedAt: string;
  /** How many tests passed. */
  readonly passed: number;
  /** How many tests failed. */
  readonly failed: number;
  /** The lines in which suites count what they have played, such as `faults: 9000 scenarios, 0 orphans`. */
  readonly lines: readonly string[];
}

/**
 * Asks git what a checkout holds.
 * @param root The checkout.
 * @returns What it holds; `undefined` where git is missing, or the folder is no repository.
 */
export function checkoutOf(root: string): Checkout | undefined;

/**
 * Writes the report of a long run.
 * @param root The checkout.
 * @param report The report.
 */
export function writeReport(root: string, report: LongReport): void;

/**
 * Reads the report of the last long run.
 * @param root The checkout.
 * @returns The report; `undefined` where there is none.
 */
export function readReport(root: string): LongReport | undefined;

/**
 * The reasons why a checkout must not be released.
 * @param report The report of the last long run, if there is one.
 * @param checkout What the checkout holds, if git can tell.
 * @returns A sentence for each reason; nothing where it may be released.
 */
export function obstaclesTo(report: LongReport | undefined, checkout: Checkout | undefined): string[];
