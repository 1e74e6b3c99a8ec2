import assert from "node:assert/strict";
import ts from "typescript";
import { filesIn, locationOf, parsed, walk } from "./sources";

/** The modules that write the output of a command, a program and the provider process. Each redacts secrets. */
const WRITERS: readonly string[] = [
  ...["provider/cli/output/terminal.ts", "provider/programLog.ts", "provider/session.ts"],
  // Repeats a warning of Node, which has no values.
  "provider/pulumi/declare/lateHandling.ts",
];

/** Expressions that write to a standard stream or to Pulumi's log. */
const writes = [
  /^(?:globalThis\.)?console(?:\.|$)/,
  /^(?:globalThis\.)?process\.(?:stdout|stderr|emitWarning|report|_rawDebug)(?:\.|$)/,
  /^(?:pulumi\.)?log\.(?:debug|info|warn|error)$/,
  /^(?:\w+\.)?(?:writeSync|debuglog)$/,
];

/** The expressions of a file that write. */
function writingIn(file: string): string[] {
  const found: string[] = [];
  walk(parsed(file), (node) => {
    const isNamed = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isIdentifier(node);
    if (!isNamed || ts.isPropertyAccessExpression(node.parent) || isNameOnly(node)) return;
    const expression = node
      .getText()
      .replace(/\?\.|\[\s*["'`](\w+)["'`]\s*\]/g, (_, name) => (name ? `.${name}` : "."));
    if (writes.some((pattern) => pattern.test(expression))) found.push(`${locationOf(node)} ${expression}`);
    else if (/^(?:node:)?console$/.test(expression)) found.push(`${locationOf(node)} ${expression}`);
  });
  return found;
}

/** A name that is given to something. */
function isNameOnly(node: ts.Node): boolean {
  const names: unknown[] = ["name", "propertyName"].map((name) => Reflect.get(node.parent, name));
  return names.includes(node);
}

/** The imports of a file that give such an expression another name. */
function importsIn(file: string): string[] {
  const found: string[] = [];
  walk(parsed(file), (node) => {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return;
    const names = node.importClause?.getText() ?? "";
    const isLog = node.moduleSpecifier.text === "@pulumi/pulumi" && /\blog\b/.test(names);
    if (isLog || /^(?:node:)?(?:process|console)$/.test(node.moduleSpecifier.text))
      found.push(`${locationOf(node)} ${names}`);
  });
  return found;
}

describe("modules that write output", () => {
  const others = filesIn("provider").filter((file) => !WRITERS.includes(file));

  it("are few: no other module writes to a standard stream or to Pulumi's log", () => {
    assert.deepEqual(
      others.flatMap((file) => [...writingIn(file), ...importsIn(file)]),
      [],
    );
  });

  it("all write", () => {
    assert.deepEqual(
      WRITERS.filter((file) => writingIn(file).length === 0),
      [],
    );
  });
});
