/** The titles of findings, by section and in the order of the review. */
export const titles = {
  /** Access that people gain or lose, and protection that is reduced. */
  first: {
    gainsAccess: "Gains access",
    regainsAccess: "Regains access",
    losesAccess: "Loses access",
    keepsAccess: "Keeps access in another way",
    keptOut: "Kept out by a revocation",
    membersAdded: "Members added",
    membersRemoved: "Members removed",
    gainsUnlock: "Gains remote unlock",
    losesUnlock: "Loses remote unlock",
    deleted: "Deleted",
    replaced: "Replaced, deleted and created again",
    replacedFirst: "Replaced, the old one deleted last",
    left: "Left in Rhombus, and in no stack",
    plainSecret: "Secret in a field that others can read",
    settings: "Provider settings",
    disabled: "Switched off",
    withoutCamera: "Without a camera",
    losesCamera: "Loses a camera",
    gainsCamera: "Gains a camera",
    unprotected: "No longer protected from deletion",
    moved: "Moved to another provider",
    keyChanged: "Door under another key",
    removed: "Door or place removed",
    renamed: "Renamed",
    doorChanged: "Door changed",
    changed: "Changed",
  },
  /** Effects that the plan does not show, so that nobody can clear them. */
  unclear: {
    access: "Effects on access not worked out",
    used: "Schedule also used elsewhere",
    unknown: "Unknown until the deployment",
    secret: "Secret",
    notFound: "Not found in Rhombus",
    elsewhere: "Door at another location than its grant",
    unmanaged: "Not managed",
    shared: "Also managed outside Pulumi",
    adopted: "Adopted",
    imported: "Imported",
    ignored: "Ignored changes",
    staying: "Changed outside Pulumi, and stays",
    code: "Other provider code",
    unread: "Not shown by the plan",
    stale: "Not refreshed",
    limited: "Only a part of the stack",
    others: "Other packages",
    unsupported: "Unknown to this version",
  },
} as const;

/** The part of a resource that a finding concerns, if similar ones of one resource can be listed together. */
export interface Item {
  /** The kind of part, such as `door`. */
  readonly noun: string;
  /** The key in its map. */
  readonly key: string;
  /** A suffix that names the place of the map, as Markdown. */
  readonly place: string;
  /** The name and the key of an existing part, as Markdown, which is always listed. Absent: ranges of keys are enough. */
  readonly name?: string;
  /** The change, as Markdown, if the finding is one of a kind that does not tell it. Default: none. */
  readonly change?: string;
}

/** A change that a security officer must see first, or that nobody can clear. */
export interface Finding {
  /** The kind of finding. */
  readonly kind: keyof typeof titles.first | keyof typeof titles.unclear;
  /** The part of the resource that it concerns, as Markdown; empty for the whole resource. */
  readonly text: string;
  /** The part as data. Absent: the finding stands alone. */
  readonly item?: Item;
}

/** The changes of a resource, or of a part of it. */
export interface Changes {
  /** The changes, one line each, as Markdown. */
  readonly lines: readonly string[];
  /** The changes to look at first, and those that nobody can clear. */
  readonly findings: readonly Finding[];
}

/** No change. */
export const noChanges: Changes = { lines: [], findings: [] };

/**
 * One changed line.
 * @param line The line, as Markdown.
 * @param findings The findings about it. Default: none.
 */
export function changed(line: string, ...findings: readonly Finding[]): Changes {
  return { lines: [line], findings };
}

/**
 * Joins changes.
 * @param all The changes.
 */
export function joined(all: readonly Changes[]): Changes {
  return { lines: all.flatMap(({ lines }) => lines), findings: all.flatMap(({ findings }) => findings) };
}

/** A property before and after a deployment. `undefined`: it is not managed. */
export interface PropertyChange {
  /** The value before. */
  readonly before: unknown;
  /** The value after. */
  readonly after: unknown;
}
