import { capitalized, counted } from "../output/plainText";
import { titleOf } from "./findingLines";

/** A section of a review. */
export interface Section {
  /** The title, as Markdown. */
  readonly title: string;
  /** The lines below it, each of which is complete Markdown by itself. */
  readonly lines: readonly string[];
  /** True if its lines are findings, so that as many as possible are shown. Default: false. */
  readonly isFinding?: boolean;
}

/** Room for the sentence about what is left out. */
const NOTICE_LENGTH = 300;

/** The shortest text that a review can be limited to: room for its summary, a long line and the sentence about what is left out. */
export const SHORTEST = 2000;

/**
 * The text of a review, as Markdown. If it is too long, whole lines are left out and counted. Findings come before everything else,
 * and of the rest everything from the first line that does not fit is left out.
 * @param sections The sections. The first one is always shown.
 * @param maxLength The greatest number of characters. Default: no limit.
 */
export function textOf(sections: readonly Section[], maxLength = Number.POSITIVE_INFINITY): string {
  const whole = sections.map(written).join("\n");
  if (whole.length <= maxLength) return whole;
  const [summary, ...others] = sections;
  const start = summary === undefined ? "" : written(summary);
  const room = new Room(maxLength - start.length - NOTICE_LENGTH);
  const findings = others.filter(({ isFinding }) => isFinding);
  const details = others.filter(({ isFinding }) => !isFinding);
  const [shownFindings, shownDetails] = [fittingFindings(findings, room), fittingDetails(details, room)];
  const left = linesIn(findings) - shownFindings.count;
  const leftDetails = linesIn(details) - linesIn(shownDetails);
  const shown = [...shownFindings.sections, ...shownDetails];
  return [start, ...shown.map(written), noticeOf(left, leftDetails, maxLength)].join("\n");
}

/** The number of characters that are left. */
class Room {
  constructor(private left: number) {}

  /** Takes the characters of a text, if they fit. */
  take(...lines: readonly string[]): boolean {
    const length = lengthOf(lines);
    if (length > this.left) return false;
    this.left -= length;
    return true;
  }

  /** Gives back the characters of a text. */
  release(line: string): void {
    this.left += lengthOf([line]);
  }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** The lines about one kind of finding, of which the first ones are shown. */
interface Kind {
  readonly section: Section;
  readonly lines: readonly string[];
  shown: number;
  /** False if not even the number of its lines fits. */
  isShown: boolean;
}

/** Fits as many lines as possible: each kind of finding gets a line before one gets its second. */
function fittingFindings(sections: readonly Section[], room: Room): { sections: Section[]; count: number } {
  const kinds = sections.flatMap(kindsIn);
  for (const kind of kinds) {
    const isFirst = !kinds.some(({ section, isShown }) => section === kind.section && isShown);
    kind.isShown = room.take(...(isFirst ? [kind.section.title, "", ""] : []), restOf(kind));
  }
  let open = kinds.filter(({ isShown }) => isShown);
  while (open.length > 0) open = open.filter((kind) => takeLine(kind, room));
  const shown = sections.map((section) => {
    const own = kinds.filter((kind) => kind.section === section && kind.isShown);
    return { ...section, lines: own.flatMap(linesOf) };
  });
  return {
    sections: shown.filter(({ lines }) => lines.length > 0),
    count: kinds.reduce((sum, kind) => sum + kind.shown, 0),
  };
}

function kindsIn(section: Section): Kind[] {
  const titles = [...new Set(section.lines.map(titleOf))];
  return titles.map((title) => {
    return { section, lines: section.lines.filter((line) => titleOf(line) === title), shown: 0, isShown: false };
  });
}

/** Takes the next line of a kind. With the last one, the number of those that are left out is not needed any more. */
function takeLine(kind: Kind, room: Room): boolean {
  const { lines, shown } = kind;
  const line = lines[shown];
  if (line === undefined) return false;
  const isLast = shown + 1 === lines.length;
  if (isLast) room.release(restOf({ ...kind, shown: 0 }));
  if (room.take(line)) {
    kind.shown += 1;
    return true;
  }
  if (isLast) room.take(restOf({ ...kind, shown: 0 }));
  return false;
}

function linesOf(kind: Kind): string[] {
  const rest = kind.shown < kind.lines.length ? [restOf(kind)] : [];
  return [...kind.lines.slice(0, kind.shown), ...rest];
}

function restOf({ lines, shown }: Kind): string {
  return `${titleOf(lines[0] ?? "")}: ${counted(lines.length - shown, "line")} left out`;
}

/** The lines before the first one that does not fit. A title without a line below it is left out. */
function fittingDetails(sections: readonly Section[], room: Room): Section[] {
  let isFull = false;
  const shown = sections.flatMap((section) => {
    const take = (...lines: readonly string[]): boolean => {
      isFull ||= !room.take(...lines);
      return !isFull;
    };
    const [first, ...others] = section.lines;
    const start = first === undefined ? [section.title, ""] : [section.title, "", "", first];
    if (!take(...start)) return [];
    return [{ ...section, lines: [...(first === undefined ? [] : [first]), ...others.filter((line) => take(line))] }];
  });
  const last = shown.at(-1);
  return last !== undefined && lineCount(last) === 0 ? shown.slice(0, -1) : shown;
}

function linesIn(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + lineCount(section), 0);
}

/** The title of a resource without lines says what happens to it. A heading says nothing by itself. */
function lineCount({ title, lines }: Section): number {
  return lines.length === 0 && !title.startsWith("#") ? 1 : lines.length;
}

function written({ title, lines }: Section): string {
  return lines.length === 0 ? `${title}\n` : `${title}\n\n${lines.join("\n")}\n`;
}

function noticeOf(findings: number, details: number, maxLength: number): string {
  const left = [
    ...(findings > 0 ? [`${counted(findings, "line")} to look at first or that cannot be cleared`] : []),
    ...(details > 0 ? [`${counted(details, "line")} of details`] : []),
  ];
  const verb = findings + details === 1 ? "is" : "are";
  return (
    `**This is not the whole review. ${capitalized(left.join(" and "))} ${verb} left out, because the text is limited to ` +
    `${maxLength} characters; \`--output FILE\` writes the whole.**\n`
  );
}
