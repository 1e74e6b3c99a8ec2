import { code, counted, joinedWithAnd } from "../output/plainText";
import type { Finding, Item } from "./changes";

/** Findings about a resource, or about the plan as a whole. */
export interface Labelled {
  /** The resource, as Markdown; empty for the plan as a whole. */
  readonly label: string;
  /** The findings. */
  readonly findings: readonly Finding[];
}

/** More similar findings about one resource than this are listed as one. */
const ALONE = 5;

/** The number of ranges of keys in a line. */
const LISTED = 50;

/**
 * The findings of one section as lines of Markdown, by title. Many similar ones about one resource are one line.
 * @param section The titles of the section, by kind.
 * @param all All findings.
 */
export function findingLines(section: Readonly<Record<string, string>>, all: readonly Labelled[]): string[] {
  return Object.entries(section).flatMap(([kind, title]) => {
    return all.flatMap(({ label, findings }) => {
      const texts = textsOf(findings.filter((each) => each.kind === kind));
      return texts.map((text) => `- **${title}**: ${[label, text].filter(Boolean).join(": ")}`);
    });
  });
}

/**
 * The number of findings of one section.
 * @param section The titles of the section, by kind.
 * @param all All findings.
 */
export function findingCount(section: Readonly<Record<string, string>>, all: readonly Labelled[]): number {
  return all.flatMap(({ findings }) => findings.filter(({ kind }) => Object.hasOwn(section, kind))).length;
}

function textsOf(findings: readonly Finding[]): string[] {
  const groups = new Map<string, Finding[]>();
  for (const [at, finding] of findings.entries()) {
    const { item } = finding;
    const id = item === undefined ? `${at}` : JSON.stringify([item.noun, item.place]);
    const group = groups.get(id) ?? [];
    group.push(finding);
    groups.set(id, group);
  }
  return [...groups.values()].flatMap((group) => {
    const items = group.flatMap(({ item }) => item ?? []);
    return items.length > ALONE ? [groupText(items)] : group.map(({ text }) => text);
  });
}

function groupText(items: readonly Item[]): string {
  const [{ noun = "", place = "" } = {}] = items;
  return `${counted(items.length, noun)}${place}: ${rangesText(items.map(({ key }) => key))}`;
}

interface Range {
  readonly from: string;
  to: string;
  count: number;
}

/** Keys as ranges of consecutive numbers, such as `1:1` to `1:200`. */
function rangesText(keys: readonly string[]): string {
  const sorted = [...keys].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const ranges: Range[] = [];
  for (const key of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && successorOf(last.to) === key) Object.assign(last, { to: key, count: last.count + 1 });
    else ranges.push({ from: key, to: key, count: 1 });
  }
  const shown = ranges.length > LISTED ? ranges.slice(0, LISTED - 1) : ranges;
  const others = ranges.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return joinedWithAnd([...shown.flatMap(rangeTexts), ...(others === 0 ? [] : [`${others} more`])]);
}

function rangeTexts({ from, to, count }: Range): string[] {
  if (count > 2) return [`${code(from)} to ${code(to)}`];
  return count === 2 ? [code(from), code(to)] : [code(from)];
}

/** The key with the next number at its end; `undefined` if it ends with no number. */
function successorOf(key: string): string | undefined {
  const [, start = "", digits] = /^(.*?)(?<!\d)(0|[1-9]\d{0,14})$/s.exec(key) ?? [];
  return digits === undefined ? undefined : `${start}${Number(digits) + 1}`;
}
