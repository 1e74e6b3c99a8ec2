import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The checkout. */
export const ROOT = path.join(__dirname, "../..");

/**
 * The files of a folder of the checkout, with what is below it, as sorted paths from the root with forward slashes. What
 * was installed or built is left out.
 * @param folder The folder.
 * @param ending How the files' names end.
 */
export function filesIn(folder: string, ending = ".ts"): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((file) => file.endsWith(ending) && !/(?:^|\/)(?:node_modules|dist)\//.test(file))
    .sort();
}

/**
 * The text of a file of the checkout.
 * @param file Its path from the root.
 */
export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

const trees = new Map<string, ts.SourceFile>();

/**
 * The syntax tree of a file; one that was parsed before is not parsed again.
 * @param file Its path from the root.
 * @param text Its text. Default: what the file holds.
 */
export function parsed(file: string, text?: string): ts.SourceFile {
  if (text !== undefined) return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const tree = trees.get(file) ?? parsed(file, textOf(file));
  trees.set(file, tree);
  return tree;
}

/**
 * Visits a node and all that is below it.
 * @param node Where to begin.
 * @param visit What to do at each node.
 */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/**
 * The line on which a node begins, as `file:line`.
 * @param node The node.
 */
export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
