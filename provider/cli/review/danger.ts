/** The kinds of changes that a security officer must see first, in the order of the review, with their titles. */
export const dangers = {
  deleted: "Deleted",
  replaced: "Replaced, deleted and created again",
  settings: "Provider settings",
  disabled: "Switched off",
  gainsUnlock: "Gains remote unlock",
  losesUnlock: "Loses remote unlock",
  withoutCamera: "Without a camera",
  doorRemoved: "Door or place removed",
  secret: "Secret, so it cannot be reviewed",
} as const;

/** A kind of change that a security officer must see first. */
export type DangerKind = keyof typeof dangers;

/** A change that a security officer must see first. */
export interface Danger {
  /** The kind of change. */
  readonly kind: DangerKind;
  /** The part of the resource that it concerns, as Markdown; empty for the whole resource. */
  readonly text: string;
}

/** The description of a change, or of a part of it. */
export interface ChangeDescription {
  /** The changes, one line each, as Markdown. */
  readonly lines: readonly string[];
  /** The changes to look at first. */
  readonly dangers: readonly Danger[];
}

/** The description of no change. */
export const noChange: ChangeDescription = { lines: [], dangers: [] };

/**
 * Joins descriptions.
 * @param descriptions The descriptions.
 */
export function joined(descriptions: readonly ChangeDescription[]): ChangeDescription {
  return {
    lines: descriptions.flatMap(({ lines }) => lines),
    dangers: descriptions.flatMap((description) => description.dangers),
  };
}

/** A value before and after a deployment. `undefined`: it is not managed. */
export interface Sides {
  /** The value before. */
  readonly before: unknown;
  /** The value after. */
  readonly after: unknown;
}
