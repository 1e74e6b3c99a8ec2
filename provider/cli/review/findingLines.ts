import { code, counted, joinedWithAnd } from "../output/plainText";
import type { Finding, Item } from "./changes";
import { chunked } from "./lists";

/** Findings about a resource, or about the plan as a whole. */
export interface Labelled {
  /** The resource, as Markdown; empty for the plan as a whole. */
  readonly label: string;
  /** True if the resource does not exist before the deployment. Default: false. */
  readonly isNew?: boolean;
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
  // What concerns an existing resource must not be lost among what concerns new ones.
  const [existing, added] = [all.filter(({ isNew }) => !isNew), all.filter(({ isNew }) => isNew)];
  return Object.entries(section).flatMap(([kind, title]) => {
    const lines = [...linesOf(kind, "resource", existing), ...linesOf(kind, "new resource", added)];
    return lines.map((line) => `- **${title}**: ${line}`);
  });
}

function linesOf(kind: string, noun: string, all: readonly Labelled[]): string[] {
  const byText = new Map<string, string[]>();
  for (const { label, findings } of all) {
    for (const text of textsOf(findings.filter((each) => each.kind === kind))) {
      const labels = byText.get(text) ?? [];
      labels.push(label);
      byText.set(text, labels);
    }
  }
  return [...byText].flatMap(([text, labels]) => {
    if (labels.length <= ALONE) return labels.map((label) => inOne(label, text));
    return chunked(labels).map((some) => inOne(text, counted(some.length, noun), joinedWithAnd(some)));
  });
}

function inOne(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(": ");
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
  const ranges = names.length > 0 ? [] : rangesOf(items.map(({ key }) => key));
  let at = 0;
  return chunked(names.length > 0 ? names : ranges.map(textOf)).map((some) => {
    const own = ranges.slice(at, at + some.length);
    at += some.length;
    const count = names.length > 0 ? some.length : own.reduce((sum, range) => sum + range.count, 0);
    return inOne(`${counted(count, noun)}${place}`, change, joinedWithAnd(some));
  });
}

interface Range {
  readonly from: string;
  to: string;
  count: number;
}

/** Keys as ranges of at least three consecutive numbers, such as `1:1` to `1:200`. */
function rangesOf(keys: readonly string[]): Range[] {
  const sorted = [...keys].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const ranges: Range[] = [];
  for (const key of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && successorOf(last.to) === key) Object.assign(last, { to: key, count: last.count + 1 });
    else ranges.push({ from: key, to: key, count: 1 });
  }
  return ranges.flatMap((range) => {
    const { from, to, count } = range;
    return count === 2 ? [from, to].map((key) => ({ from: key, to: key, count: 1 })) : [range];
  });
}

function textOf({ from, to, count }: Range): string {
  return count === 1 ? code(from) : `${code(from)} to ${code(to)}`;
}

/** The key with the next number at its end; `undefined` if it ends with no number. */
function successorOf(key: string): string | undefined {
  const [, start = "", digits] = /^(.*?)(?<!\d)(0|[1-9]\d{0,14})$/s.exec(key) ?? [];
  return digits === undefined ? undefined : `${start}${Number(digits) + 1}`;
}
