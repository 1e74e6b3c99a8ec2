import { code, counted, joinedWithAnd } from "../output/plainText";
import type { Finding, Item } from "./changes";
import { chunked, shortened } from "./lists";

/** Findings about a resource, or about the plan as a whole. */
export interface Labelled {
  /** The resource, as Markdown; empty for the plan as a whole. */
  readonly label: string;
  /** The findings. */
  readonly findings: readonly Finding[];
}

/** More similar findings about one resource than this are listed as one. */
const ALONE = 5;

/**
 * The findings of one section as lines of Markdown, by title. Many similar ones about one resource are one line, and so are those
 * that many resources share.
 * @param section The titles of the section, by kind.
 * @param all All findings.
 */
export function findingLines(section: Readonly<Record<string, string>>, all: readonly Labelled[]): string[] {
  return Object.entries(section).flatMap(([kind, title]) => {
    const byText = new Map<string, string[]>();
    for (const { label, findings } of all) {
      for (const text of textsOf(findings.filter((each) => each.kind === kind))) {
        const labels = byText.get(text) ?? [];
        labels.push(label);
        byText.set(text, labels);
      }
    }
    return [...byText].flatMap(([text, labels]) => lineTexts(text, labels)).map((line) => `- **${title}**: ${line}`);
  });
}

function lineTexts(text: string, labels: readonly string[]): string[] {
  const withText = (start: string, end: string) => [start, end].filter(Boolean).join(": ");
  if (labels.length <= ALONE) return labels.map((label) => withText(label, text));
  return chunked(labels).map((some) => {
    return withText(text, `${counted(some.length, "resource")}: ${joinedWithAnd(some)}`);
  });
}

/**
 * The title of a line.
 * @param line The line, which {@link findingLines} has written.
 */
export function titleOf(line: string): string {
  return line.slice(0, line.indexOf(":"));
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
    const { noun, place, change, name } = finding.item ?? {};
    const id = noun === undefined ? `${at}` : JSON.stringify([noun, place, change, name !== undefined]);
    const group = groups.get(id) ?? [];
    group.push(finding);
    groups.set(id, group);
  }
  return [...groups.values()].flatMap((group) => {
    const items = group.flatMap(({ item }) => item ?? []);
    return items.length > ALONE ? groupTexts(items) : group.map(({ text }) => text);
  });
}

function groupTexts(items: readonly Item[]): string[] {
  const [{ noun = "", place = "", change = "" } = {}] = items;
  const names = items.flatMap(({ name }) => name ?? []);
  const write = (count: number, list: string) =>
    [`${counted(count, noun)}${place}`, change, list].filter(Boolean).join(": ");
  if (names.length > 0) return chunked(names).map((some) => write(some.length, joinedWithAnd(some)));
  return [write(items.length, rangesText(items.map(({ key }) => key)))];
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
  const shown = ranges.flatMap(({ from, to, count }): [text: string, count: number][] => {
    if (count === 2) return [from, to].map((key) => [code(key), 1]);
    return [[count === 1 ? code(from) : `${code(from)} to ${code(to)}`, count]];
  });
  const numberFrom = (at: number) => shown.slice(at).reduce((sum, [, count]) => sum + count, 0);
  const texts = shown.map(([text]) => text);
  return joinedWithAnd(shortened(texts, numberFrom));
}

/** The key with the next number at its end; `undefined` if it ends with no number. */
function successorOf(key: string): string | undefined {
  const [, start = "", digits] = /^(.*?)(?<!\d)(0|[1-9]\d{0,14})$/s.exec(key) ?? [];
  return digits === undefined ? undefined : `${start}${Number(digits) + 1}`;
}
