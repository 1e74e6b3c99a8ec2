import { foldedName } from "../../core/schema/foldedName";
import { joinedWithAnd } from "../output/plainText";
import type { ImportOptions } from "./importOptions";

/**
 * The options that select only some objects. A filter without a match is probably a mistake, so it is not a success.
 * @param options The options of the command.
 */
export function filtersIn({ only, name }: Pick<ImportOptions, "only" | "name">): string[] {
  return [...(only.length > 0 ? ["--only"] : []), ...(name === undefined ? [] : ["--name"])];
}

/**
 * The condition that objects have to meet, for messages that there is none.
 * @param filters The options that select only some objects.
 */
export function conditionText(filters: readonly string[]): string {
  return filters.length === 0 ? "that this package can manage" : `that matches ${joinedWithAnd(filters)}`;
}

/**
 * True if a name matches a pattern: `*` stands for any text and `?` for any character. Names compare by {@link foldedName}.
 * @param name The name.
 * @param pattern The pattern.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const [text, wanted] = [name, pattern].map((each) => Array.from(foldedName(each)));
  return matchesFrom(text ?? [], wanted ?? []);
}

/** Backtracks to the last star only, so that the time is at most quadratic. */
function matchesFrom(text: readonly string[], pattern: readonly string[]): boolean {
  let [at, next, star, after] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[next] === "*") {
      [star, after] = [next, at];
      next += 1;
    } else if (pattern[next] === "?" || pattern[next] === text[at]) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      after += 1;
      [at, next] = [after, star + 1];
    } else return false;
  }
  return pattern.slice(next).every((each) => each === "*");
}
