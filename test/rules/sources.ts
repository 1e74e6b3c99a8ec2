import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The checkout. */
export const ROOT = path.join(__dirname, "../..");

/** The files below a folder, as sorted paths from the root with forward slashes; not those that are installed or built. */
export function filesIn(folder: string, ending = ".ts"): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((file) => file.endsWith(ending) && !/(?:^|\/)(?:node_modules|dist)\//.test(file))
    .sort();
}

/** The text of a file, by its path from the root. */
export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

const trees = new Map<string, ts.SourceFile>();

/** The syntax tree of a file, parsed once. */
export function parsed(file: string): ts.SourceFile {
  const tree = trees.get(file) ?? ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true);
  trees.set(file, tree);
  return tree;
}

/** Visits a node and all its descendants. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line on which a node begins, as `file:line`. */
export function locationOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
