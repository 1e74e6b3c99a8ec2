import { existsSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { parsed, ROOT, walk } from "./sources";

/** One module that imports another. */
export interface Import {
  /** The file that imports, as its path from the root. */
  readonly from: string;
  /** The imported file as its path from the root, or the name of a package or of a Node module. */
  readonly to: string;
  /** Whether it is gone after compilation. */
  readonly typeOnly: boolean;
}

/**
 * All imports of a file, in whatever form they are written.
 * @param file Its path from the root.
 * @param text Its text. Default: what the file holds.
 */
export function importsOf(file: string, text?: string): Import[] {
  const found: Import[] = [];
  walk(parsed(file, text), (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      found.push({ from: file, to: targetOf(file, specifier.text), typeOnly: isTypeOnly(node) });
    }
  });
  return found;
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  const named = namedIn(node);
  return named !== undefined && ts.isStringLiteralLike(named) ? named : undefined;
}

function namedIn(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword || /^require(?:\.resolve)?$/.test(expression.getText());
  return loads ? node.arguments[0] : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly || allTypes(node.exportClause);
  if (!ts.isImportDeclaration(node)) return false;
  const clause = node.importClause;
  if (clause === undefined) return false;
  return clause.isTypeOnly || (clause.name === undefined && allTypes(clause.namedBindings));
}

function allTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (bindings === undefined || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) return false;
  return bindings.elements.every((element: ts.ImportSpecifier | ts.ExportSpecifier) => element.isTypeOnly);
}

function targetOf(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const to = path.posix.join(path.posix.dirname(from), specifier);
  return [`${to}.ts`, `${to}/index.ts`].find((file) => existsSync(path.join(ROOT, file))) ?? `${to}.ts`;
}
