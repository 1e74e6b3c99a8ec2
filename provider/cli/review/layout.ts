import { capitalized, counted } from "../output/plainText";

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

/** The shortest text that a review can be limited to: room for its summary and the sentence about what is left out. */
export const SHORTEST = 1000;

/**
 * The text of a review, as Markdown. If it is too long, whole lines are left out and counted: findings only if they do not fit,
 * and of the details everything from the first line that does not fit.
 * @param sections The sections. The first one is always shown.
 * @param maxLength The greatest number of characters. Default: no limit.
 */
export function textOf(sections: readonly Section[], maxLength = Number.POSITIVE_INFINITY): string {
  const whole = sections.map(written).join("\n");
  if (whole.length <= maxLength) return whole;
  const [summary, ...others] = sections;
  const start = summary === undefined ? "" : written(summary);
  const shown = fitting(others, maxLength - start.length - NOTICE_LENGTH);
  const left = (isFinding: boolean) => lineCount(others, isFinding) - lineCount(shown, isFinding);
  return [start, ...shown.map(written), noticeOf(left(true), left(false), maxLength)].join("\n");
}

/** The parts of sections that fit into a number of characters. */
function fitting(sections: readonly Section[], length: number): Section[] {
  let room = length;
  let isFull = false;
  return sections.flatMap((section) => {
    const { title, lines, isFinding = false } = section;
    const take = (characters: number): boolean => {
      const fits = characters <= room && (isFinding || !isFull);
      if (fits) room -= characters;
      else isFull = true;
      return fits;
    };
    if (!take(title.length + 3)) return [];
    return [{ ...section, lines: lines.filter((line) => take(line.length + 1)) }];
  });
}

function lineCount(sections: readonly Section[], isFinding: boolean): number {
  const own = sections.filter((section) => (section.isFinding ?? false) === isFinding);
  // The title of details tells which resource changes.
  return own.reduce((sum, { lines }) => sum + lines.length + Number(!isFinding), 0);
}

function written({ title, lines }: Section): string {
  return lines.length === 0 ? `${title}\n` : `${title}\n\n${lines.join("\n")}\n`;
}

function noticeOf(findings: number, details: number, maxLength: number): string {
  const left = [
    ...(findings > 0 ? [`${counted(findings, "line")} to look at first or that cannot be cleared`] : []),
    ...(details > 0 ? [`${counted(details, "line")} of details`] : []),
  ];
  return (
    `**This is not the whole review. ${capitalized(left.join(" and "))} are left out, because the text is limited to ` +
    `${maxLength} characters; \`--output FILE\` writes the whole.**\n`
  );
}
