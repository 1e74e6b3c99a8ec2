import assert from "node:assert/strict";
import vm from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import { commentOf, docOf, type Item, list, literal, object, statement } from "../../../../provider/cli/import/printer";

/** Texts with a meaning in a program, in a comment, or in a file around a program. */
const hostile = [
  "x*/\u2028process.exit()//",
  "*/\u2029/*",
  "**/ /",
  "//# sourceMappingURL=data:,x",
  "@ts\u002dignore",
  "/ <reference path='x' />",
  "\r\n\u2028",
  "`$\u007bprocess.exit()}`",
  "'\"\\u0022\\",
  "\udc00\ud800",
  "\u202e\u2066\u{e0041}",
  "__proto__",
  "",
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...hostile), { maxLength: 4 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
);

type Data = string | readonly Data[] | { readonly [name: string]: Data };

const data = fc.letrec<{ any: Data }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.array(fc.tuple(text, tie("any")), { maxLength: 4 }).map((entries): Data => Object.fromEntries(entries)),
  ),
})).any;

/** Prints a value, with a comment for each text. */
function itemOf(value: Data): Item {
  if (typeof value === "string") return { code: literal(value), comment: value === "" ? undefined : value };
  if (Array.isArray(value)) return { code: list(value.map(itemOf)) };
  return { code: object(Object.entries(value).map(([name, each]) => [name, itemOf(each)] as const)) };
}

describe("the printer of an imported program", () => {
  it("prints any value so that it evaluates to itself, without invisible characters", () => {
    const property = fc.property(data, (value) => {
      const written = statement("result = ", itemOf(value).code);
      assert.doesNotMatch(written, /(?!\n)\p{Cc}|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      const result: unknown = vm.runInNewContext(written);
      assert.equal(JSON.stringify(result), JSON.stringify(value), written);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("prints comments that no text can end, and that mean nothing to a compiler", () => {
    const property = fc.property(text, (remark) => {
      for (const comment of [commentOf(remark), docOf(remark)]) {
        const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, comment);
        const kind = scanner.scan();
        assert.ok(
          kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia,
          comment,
        );
        assert.doesNotMatch(comment, /[/*][#@]|^\/[/*]+\s*@/);
        assert.equal(scanner.getTokenText(), comment);
      }
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it("uses the quotes with fewer escapes", () => {
    assert.equal(literal('a"b\\c\u202e\u2028$\u007bx}'), "'a\"b\\\\c\\u202e\\u2028\\u0024{x}'");
    assert.equal(commentOf("one\n// two\u2029\u202ethree\u0007"), "// one // two \ufffdthree");
  });
});
