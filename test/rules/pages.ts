import { readdirSync } from "node:fs";
import { filesIn, ROOT, textOf } from "./sources";

/** The pages that are written by hand, as paths from the root. */
export const pages: readonly string[] = [
  ...readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  ...["bench", "docs", "examples"].flatMap((folder) => filesIn(folder, ".md")),
].filter((page) => !page.startsWith("docs/reference/"));

/** A block of TypeScript on a page. */
export interface Snippet {
  /** The file that it shows: a comment before the block, or on its first line, names it. Absent: it is a program of its own. */
  readonly file: string | undefined;
  /** The code, without that comment and without the indent of the block. */
  readonly code: string;
}

const BLOCK =
  /(?:^<!--\s*(?<before>\S+)\s*-->\s*\n)?^(?<indent> *)```(?:ts|typescript)\b[^\n]*\n(?<code>[\s\S]*?)^ *```$/gm;

const FIRST_LINE = /^\/\/ (?<file>[\w./-]+\.tsx?)\n+/;

/** The blocks of TypeScript in the text of a page. */
export function snippetsOn(page: string): Snippet[] {
  return [...page.matchAll(BLOCK)].map(({ groups }) => {
    const block = (groups?.code ?? "").replace(new RegExp(`^${groups?.indent}`, "gm"), "");
    const file = groups?.before ?? FIRST_LINE.exec(block)?.groups?.file;
    return { file, code: block.replace(FIRST_LINE, "").trimEnd() };
  });
}

/** A link from a page to another part of the repository. */
export interface Link {
  /** The file, relative to the page; empty for a link within the page. */
  readonly file: string;
  /** The heading, as it is written after `#`; empty for the page as a whole. */
  readonly anchor: string;
}

/** The links in the text of a page, without those to other sites. */
export function linksOn(page: string): Link[] {
  const targets = [...proseOf(page).matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => groups?.target ?? "");
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = "", anchor = ""] = target.split("#");
      return { file, anchor };
    });
}

/** The anchors in the text of a page: its headings, as GitHub writes them. */
export function anchorsOn(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (?<heading>.+)$/gm)].map(({ groups }) => {
    const words = (groups?.heading ?? "").toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "");
    return words.trim().replaceAll(" ", "-");
  });
}

/** A page without its blocks of code. */
function proseOf(page: string): string {
  return page.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** The number of lines of a page, by its path from the root. */
export function linesOf(page: string): number {
  return textOf(page).trimEnd().split("\n").length;
}
