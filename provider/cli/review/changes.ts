import type { Fields } from "../../core/schema/field";
import { code } from "../output/plainText";
import type { Values } from "./plan";

/** The titles of findings, by section and in the order of the review. */
export const titles = {
  /** Access that people gain or lose, and protection that is reduced. */
  first: {
    membersAdded: "Members added",
    membersRemoved: "Members removed",
    gainsUnlock: "Gains remote unlock",
    losesUnlock: "Loses remote unlock",
    deleted: "Deleted",
    replaced: "Replaced, deleted and created again",
    settings: "Provider settings",
    disabled: "Switched off",
    withoutCamera: "Without a camera",
    losesCamera: "Loses a camera",
    gainsCamera: "Gains a camera",
    unprotected: "No longer protected from deletion",
    keyChanged: "Door under another key",
    removed: "Door or place removed",
  },
  /** Effects that the plan does not show, so that nobody can clear them. */
  unclear: {
    unknown: "Unknown until the deployment",
    secret: "Secret",
    notFound: "Not found in Rhombus",
    unmanaged: "Not managed",
    shared: "Also managed outside Pulumi",
    adopted: "Adopted",
    imported: "Imported",
    ignored: "Ignored changes",
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

/**
 * Finds settings whose change reduces monitoring.
 * @param fields The fields of the settings.
 * @param before The settings before.
 * @param after The settings after.
 * @param place A suffix that names the place of the settings, as Markdown. Default: none.
 */
export function reducedMonitoring(fields: Fields, before: Values, after: Values, place = ""): Finding[] {
  return Object.entries(fields).flatMap(([name, field]): Finding[] => {
    const { protection = [] } = field.modifiers;
    const levels: readonly unknown[] = protection;
    const undeclared = protection.findIndex((each) => field.equal(undefined, each));
    const levelOf = (value: unknown) => (value === undefined ? undeclared : levels.indexOf(value));
    const [old, next] = [levelOf(before[name]), levelOf(after[name])];
    if (next < 0 || next >= (old < 0 ? undeclared : old)) return [];
    if (levels.length > 2) return [{ kind: "disabled", text: `${code(name)} is less strict${place}` }];
    const subject = levels[0] === true ? "alarm monitoring, by " : "";
    return [{ kind: "disabled", text: `${subject}${code(name)}${place}` }];
  });
}
