import assert from "node:assert/strict";
import ts from "typescript";
import { filesIn, locationOf, parsed } from "./sources";

const { Export, Private } = ts.ModifierFlags;

/** The exported declarations of a file, and the members of its classes, interfaces and object types that are not private. */
function exportedIn(file: string): ts.Node[] {
  const exported = parsed(file).statements.filter((statement) => {
    const isList = ts.isExportDeclaration(statement) || !ts.canHaveModifiers(statement);
    return !isList && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  });
  // Of several overloads the first one has the docstring.
  return exported
    .flatMap((statement) => [statement, ...membersOf(statement)])
    .filter((node, index, all) => nameOf(node) === undefined || nameOf(all[index - 1]) !== nameOf(node));
}

function membersOf(statement: ts.Statement): readonly ts.Node[] {
  if (ts.isInterfaceDeclaration(statement)) return statement.members;
  if (ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type)) return statement.type.members;
  if (!ts.isClassDeclaration(statement)) return [];
  return statement.members.filter((member) => {
    const isHidden = member.name !== undefined && ts.isPrivateIdentifier(member.name);
    return !isHidden && (ts.getCombinedModifierFlags(member) & (Private | Export)) === 0;
  });
}

function nameOf(node: ts.Node | undefined): string | undefined {
  const isOverloadable = node && (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node));
  return isOverloadable ? node.name?.getText() : undefined;
}

function textIn(part: ts.JSDoc | ts.JSDocTag): string {
  return ts.getTextOfJSDocComment(part.comment)?.trim() ?? "";
}

describe("docstrings", () => {
  const nodes = filesIn("provider").flatMap(exportedIn);
  const blockOf = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);

  it("stand before every name that a file of the provider exports, and before its members", () => {
    const without = nodes.filter((node) => !textIn(blockOf(node) ?? ts.factory.createJSDocComment()));
    assert.deepEqual(without.map(locationOf), []);
  });

  it("end in a full stop, and so do their tags", () => {
    const open = nodes.filter((node) => {
      const block = blockOf(node);
      const tags = block?.tags?.filter(({ tagName }) => !["example", "function"].includes(tagName.text)) ?? [];
      return [...(block ? [block] : []), ...tags].some((part) => !textIn(part).endsWith("."));
    });
    assert.deepEqual(open.map(locationOf), []);
  });
});
