import ts from "typescript";
import { parsed, placeOf } from "./sources";

/** An exported name or member, with its docstring. */
export interface Documented {
  /** The name, for a member `Class.member`. */
  readonly name: string;
  readonly kind: "property" | "other";
  /** Its place, as `file:line`. */
  readonly place: string;
  /** The text before the tags; `undefined` without a docstring. */
  readonly text: string | undefined;
  /** The texts of the tags, except for those of examples and of `@function`, which has none. */
  readonly tags: readonly string[];
  /** The names of all tags. */
  readonly tagNames: readonly string[];
}

/**
 * The exported names of a file, and the members of its classes, interfaces and object types that are not private. `text`
 * replaces the text of the file.
 */
export function documentedIn(file: string, text?: string): Documented[] {
  const found = new Map<string, Documented>();
  const add = (name: string, node: ts.Node) => {
    // Of several overloads the first one carries the docstring.
    if (!found.has(name)) found.set(name, documented(name, node));
  };
  for (const statement of parsed(file, text).statements.filter(isExported)) {
    for (const name of namesOf(statement)) add(name, statement);
    for (const member of membersOf(statement)) add(`${namesOf(statement)[0]}.${memberName(member)}`, member);
  }
  return [...found.values()];
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || !ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const name = ts.getNameOfDeclaration(asDeclaration(statement));
  return [name?.getText() ?? "default"];
}

function asDeclaration(statement: ts.Statement): ts.Declaration | undefined {
  const isOne =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement);
  if (isOne || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return statement;
  return ts.isModuleDeclaration(statement) ? statement : undefined;
}

function membersOf(statement: ts.Statement): readonly (ts.ClassElement | ts.TypeElement)[] {
  if (ts.isInterfaceDeclaration(statement)) return [...statement.members];
  if (ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type)) return [...statement.type.members];
  return ts.isClassDeclaration(statement) ? statement.members.filter((member) => !isPrivate(member)) : [];
}

function isPrivate(member: ts.ClassElement): boolean {
  const hidden = member.name !== undefined && ts.isPrivateIdentifier(member.name);
  return hidden || (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
}

function memberName(member: ts.ClassElement | ts.TypeElement): string {
  if (member.name !== undefined) return member.name.getText();
  return ts.isConstructorDeclaration(member) ? "constructor" : "signature";
}

function documented(name: string, node: ts.Node): Documented {
  const block = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  const tags = [...(block?.tags ?? [])];
  return {
    name,
    kind: ts.isPropertyDeclaration(node) || ts.isPropertySignature(node) ? "property" : "other",
    place: placeOf(node),
    text: textIn(block),
    tags: tags.filter(({ tagName }) => !["example", "function"].includes(tagName.text)).map((tag) => textIn(tag) ?? ""),
    tagNames: tags.map(({ tagName }) => tagName.text),
  };
}

function textIn(part: ts.JSDoc | ts.JSDocTag | undefined): string | undefined {
  return ts.getTextOfJSDocComment(part?.comment)?.replace(/\s+/g, " ").trim();
}
