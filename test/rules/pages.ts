/** A block of TypeScript on a page. */
export interface Snippet {
  /** The file that it says it is from: a comment before the block, or on its first line, names it. */
  readonly file: string | undefined;
  /** The code, without that comment. */
  readonly code: string;
}

const BLOCK = /(?:^<!--\s*(?<before>\S+)\s*-->\s*\n)?^```(?:ts|typescript)\b[^\n]*\n(?<code>[\s\S]*?)^```$/gm;

const FIRST_LINE = /^\/\/ (?<file>[\w./-]+\.tsx?)\n+/;

/**
 * The blocks of TypeScript on a page.
 * @param page The page's text.
 */
export function snippetsOn(page: string): Snippet[] {
  return [...page.matchAll(BLOCK)].map(({ groups }) => {
    const block = groups?.code ?? "";
    const file = groups?.before ?? FIRST_LINE.exec(block)?.groups?.file;
    return { file, code: block.replace(FIRST_LINE, "").trimEnd() };
  });
}

/**
 * The files that a page links to, without what is elsewhere.
 * @param page The page's text.
 */
export function linksOn(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "");
  const targets = [...prose.matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => groups?.target ?? "");
  return targets.filter((target) => !/^(?:[a-z]+:|#)/.test(target)).map((target) => target.replace(/#.*$/, ""));
}
