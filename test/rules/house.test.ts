import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { filesIn, parsed, placeOf, textOf, walk } from "./sources";

/** Words that say nothing about what a thing is. */
const EMPTY_WORDS = ["util", "utils", "helper", "helpers", "common", "manager", "managers"];

/** The most lines that a file may have. */
const LONGEST = { provider: 300, elsewhere: 360 };

const sources = ["provider", "test", "tools", "examples", "bench"].flatMap((folder) => [
  ...filesIn(folder, ".ts"),
  ...filesIn(folder, ".mjs"),
]);

describe("house rules", () => {
  it("no file and no folder has an empty name", () => {
    const empty = sources.filter((file) => file.split("/").some((part) => isEmpty(path.parse(part).name)));
    assert.deepEqual(empty, []);
  });

  it("nothing that is declared has an empty name", () => {
    const named = places((node) => isEmpty(declaredName(node)));
    assert.deepEqual(named, []);
  });

  it(`no file of provider/ is longer than ${LONGEST.provider} lines, and no other than ${LONGEST.elsewhere}`, () => {
    const limit = (file: string) => (file.startsWith("provider/") ? LONGEST.provider : LONGEST.elsewhere);
    assert.deepEqual(
      sources.filter((file) => textOf(file).split("\n").length > limit(file)),
      [],
    );
  });

  it("nothing is of the type any, and no assertion goes by way of unknown", () => {
    const careless = places((node) => node.kind === ts.SyntaxKind.AnyKeyword || isDoubleAssertion(node));
    assert.deepEqual(careless, []);
  });

  it("the compiler is never told to look away", () => {
    const told = sources.filter((file) =>
      new RegExp(`@ts-(?:${["ignore", "expect-error", "nocheck"].join("|")})`).test(textOf(file)),
    );
    assert.deepEqual(told, []);
  });

  it("no test is singled out or put off", () => {
    const chosen = places(
      (node) => ts.isPropertyAccessExpression(node) && /^(?:describe|context|it)\.(?:only|skip)$/.test(node.getText()),
    );
    assert.deepEqual(chosen, []);
  });
});

function isEmpty(name: string): boolean {
  return name.split(/[^A-Za-z]+|(?=[A-Z])/).some((word) => EMPTY_WORDS.includes(word.toLowerCase()));
}

function declaredName(node: ts.Node): string {
  if (!ts.isVariableDeclaration(node) && !ts.isParameter(node) && !isNamedDeclaration(node)) return "";
  const { name } = node;
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : "";
}

function isNamedDeclaration(node: ts.Node): node is ts.NamedDeclaration {
  const isMember = ts.isClassElement(node) || ts.isTypeElement(node) || ts.isPropertyAssignment(node);
  return isMember || ts.isDeclarationStatement(node) || ts.isBindingElement(node);
}

function isDoubleAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) && ts.isAsExpression(node.expression);
}

function places(matches: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  for (const file of sources) {
    walk(parsed(file), (node) => {
      if (matches(node)) found.push(`${placeOf(node)} ${node.getText().split("\n")[0]}`);
    });
  }
  return found;
}
