/** What a security officer looks at first, in this order, with what it is called. */
export const dangers = {
  deleted: "Deleted",
  replaced: "Replaced, deleted and made anew",
  settings: "Provider settings",
  disabled: "Switched off",
  gainsUnlock: "Gains remote unlock",
  losesUnlock: "Loses remote unlock",
  withoutCamera: "Without a camera",
  doorRemoved: "Door or place removed",
  hidden: "Hidden, so it cannot be reviewed",
} as const;

/** What a security officer looks at first. */
export type DangerKind = keyof typeof dangers;

/** Something that a security officer looks at first. */
export interface Danger {
  /** What. */
  readonly kind: DangerKind;
  /** What it concerns, as Markdown. */
  readonly said: string;
}

/** What a part of a change comes to. */
export interface Account {
  /** What changes, one line each, as Markdown. */
  readonly lines: readonly string[];
  /** What of it to look at first. What it concerns is said without the resource. */
  readonly dangers: readonly Danger[];
}

/** A change that comes to nothing. */
export const nothing: Account = { lines: [], dangers: [] };

/**
 * Several parts of a change as one.
 * @param accounts The parts.
 */
export function together(accounts: readonly Account[]): Account {
  return {
    lines: accounts.flatMap(({ lines }) => lines),
    dangers: accounts.flatMap((account) => account.dangers),
  };
}
