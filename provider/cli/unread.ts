import { RhombusError } from "../rhombus/errors/rhombusError";

/** A check that could not be made, or a list that could not be read. */
export interface Unread {
  /** The subject of the check, or the list. */
  readonly what: string;
  /** The reason why it failed. */
  readonly why: string;
}

/** Awaits a list; `undefined` if it cannot be read. */
export type Attempt = <T>(what: string, list: Promise<T>) => Promise<T | undefined>;

/**
 * A function that awaits lists, and notes those that cannot be read.
 * @param unread Receives them.
 */
export function attemptNoting(unread: Unread[]): Attempt {
  return (what, list) =>
    list.catch((error: unknown) => {
      if (!(error instanceof RhombusError)) throw error;
      unread.push({ what, why: error.message });
      return undefined;
    });
}
