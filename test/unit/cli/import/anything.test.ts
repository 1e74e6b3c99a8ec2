import assert from "node:assert/strict";
import vm from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import type { DirectoryEntry, Kind } from "../../../../provider/cli/import/directory";
import type { NamedObject } from "../../../../provider/cli/import/naming";
import { commentOf, docOf } from "../../../../provider/cli/import/printer";
import { programOf } from "../../../../provider/cli/import/program";
import { type Value, type Values, valueFrom } from "../../../../provider/core/schema/values";

/** Texts that mean something in a program, or in a file that has one in it. */
const traps = [
  "x*/\u2028process.exit()//",
  "*/\u2029/*",
  "*/",
  "**/ /",
  "//# sourceMappingURL=data:,x",
  "@ts\u002dignore",
  "@ts\u002dnocheck",
  "/ <reference path='x' />",
  "\u2028",
  "\r\n",
  "`$\u007bprocess.exit()}`",
  "</script><!--",
  "'\"\\",
  '\\"',
  "\\u0022",
  "\\",
  "\ud800",
  "\udc00\ud800",
  "\u202e\u2066",
  "\u{e0041}",
  "class",
  "await",
  "1st",
  "௰ ² ½ Ⅻ ⸯ",
  "ƛ",
  "__proto__",
  "constructor",
  "{ provider }",
  "😀",
  "",
];

const text = fc.oneof(
  fc.constantFrom(...traps),
  fc.array(fc.constantFrom(...traps), { maxLength: 4 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
);

function dictionary(values: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.array(fc.tuple(text, values), { maxLength: 4 }).map((entries): Value => Object.fromEntries(entries));
}

const uuids = ["Z04p4MkMTCKnu7wjgDrmyQ", "XsBy0O9PQMOCZ8z4YhGqGg", "Vr-0mlsQS-iMNfl88ROSmA", "j3vVZgtlTLGKuANORl3inA"];
const uuid = fc.constantFrom(...uuids);

const door = fc
  .record({
    doorName: text,
    assignedCameraList: fc.array(uuid),
    clipDuration: fc.integer(),
    remoteUnlock: fc.boolean(),
  })
  .map((each) => valueFrom(each));

const named: fc.Arbitrary<NamedObject> = fc
  .record({
    type: fc.constantFrom("AccessControlGroup" as const, "OnGuardIntegration" as const, "GeneaIntegration" as const),
    name: text,
    label: text,
    id: text,
    group: fc.record({ name: text, description: text, userUuids: fc.array(uuid) }),
    integration: fc.record({ displayName: text, doorInfoMap: dictionary(door) }),
  })
  .map(({ type, name, label, id, group, integration }) => {
    const inputs: Values = type === "AccessControlGroup" ? group : integration;
    const observed = { id, values: inputs, outputs: {}, raw: undefined };
    const key = { value: label, label: label };
    return {
      name,
      isManaged: false,
      existing: { type, id, label, key, observed, inputs, hiddenKeys: [], problems: [] },
    };
  });

const directory: fc.Arbitrary<ReadonlyMap<string, DirectoryEntry>> = fc
  .array(
    fc.record({
      uuid,
      label: text,
      by: fc.option(text, { nil: undefined }),
      remark: fc.option(text, { nil: undefined }),
    }),
  )
  .map((items) => {
    const entries = items.map((each): [string, DirectoryEntry] => {
      const { label, by, remark } = each;
      const lookup = by === undefined ? {} : { lookup: { call: "rhombus.find", by: "name", text: by } };
      return [each.uuid, { label, ...lookup, ...(remark === undefined ? {} : { remark }) }];
    });
    return new Map(entries);
  });

const program = fc.record({
  organization: text,
  resources: fc.array(named, { maxLength: 3 }),
  entries: fc.record({ user: directory, camera: directory, location: directory }),
  provider: fc.option(text, { nil: undefined }),
});

type Declared = readonly [type: string, name: string, inputs: unknown];

/** What a program declares when it runs, in which what is looked up stands as it was found. */
function declaredBy(written: string, functionName: string | undefined): Declared[] {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText, diagnostics = [] } = ts.transpileModule(written, {
    compilerOptions: options,
    reportDiagnostics: true,
  });
  const objections = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  assert.deepEqual(objections, [], written);
  const declared: Declared[] = [];
  const classOf = (type: string) =>
    class {
      constructor(name: string, inputs: unknown) {
        declared.push([type, name, inputs]);
      }
    };
  const find = ({ name }: { name: string }) => ({ uuid: `found ${name}` });
  const rhombus = {
    find,
    ...Object.fromEntries(
      ["AccessControlGroup", "OnGuardIntegration", "GeneaIntegration"].map((type) => [type, classOf(type)]),
    ),
  };
  const Config = class {
    requireSecret = (name: string) => `secret ${name}`;
  };
  const exports: Record<string, (provider: object) => void> = {};
  const require = (name: string) => (name === "pulumi-rhombus" ? rhombus : { Config });
  vm.runInNewContext(outputText, { exports, require });
  if (functionName !== undefined) exports[functionName]?.({});
  return declared;
}

/** The same, as what exists has it. */
function meantBy(
  { existing: { type, inputs }, name }: NamedObject,
  entries: Readonly<Record<Kind, ReadonlyMap<string, DirectoryEntry>>>,
): unknown {
  const shown = (kind: Kind) => (id: unknown) => {
    const lookup = entries[kind].get(String(id))?.lookup;
    return lookup === undefined ? id : `found ${lookup.text}`;
  };
  const listed = (list: unknown, kind: Kind) => (Array.isArray(list) ? list.map(shown(kind)).sort() : list);
  const doors = Object.entries(Object(inputs.doorInfoMap)).map(([key, each]) => {
    const { assignedCameraList, ...others } = Object(each);
    return [key, { ...others, assignedCameraList: listed(assignedCameraList, "camera") }];
  });
  const secret = type === "GeneaIntegration" ? { apiToken: true } : {};
  const { userUuids, doorInfoMap, ...texts } = inputs;
  const members = userUuids === undefined ? {} : { userUuids: listed(userUuids, "user") };
  const doorMap = doorInfoMap === undefined ? {} : { doorInfoMap: Object.fromEntries(doors) };
  return [type, name, { ...secret, ...texts, ...members, ...doorMap }];
}

/** With sets in one order, and without the names of settings. */
function plain(each: Declared): unknown {
  const [type, name, inputs] = each;
  return JSON.parse(JSON.stringify([type, name, inputs]), (key, value) => {
    if (Array.isArray(value) && (key === "userUuids" || key === "assignedCameraList")) return value.sort();
    return key === "apiToken" && typeof value === "string" ? value.startsWith("secret ") : value;
  });
}

describe("pulumi-rhombus import --program, with any text", function () {
  this.timeout(120_000);

  it("writes a program that declares exactly what exists, and does nothing else", () => {
    const property = fc.property(program, ({ organization, resources, entries, provider }) => {
      const sources = { organization, resources, names: { entries, unlisted: [] }, provider };
      const { text: written, functionName } = programOf(sources);
      assert.doesNotMatch(written, /(?!\n)\p{Cc}|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      const declared = declaredBy(written, functionName).map(plain);
      assert.deepEqual(declared, JSON.parse(JSON.stringify(resources.map((each) => meantBy(each, entries)))), written);
    });
    fc.assert(property, { numRuns: 150 });
  });

  it("writes comments that no text can end", () => {
    fc.assert(
      fc.property(text, (remark) => {
        for (const comment of [commentOf(remark), docOf(remark)]) {
          const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, comment);
          const kind = scanner.scan();
          const comments: ts.SyntaxKind[] = [
            ts.SyntaxKind.SingleLineCommentTrivia,
            ts.SyntaxKind.MultiLineCommentTrivia,
          ];
          assert.ok(comments.includes(kind), comment);
          assert.doesNotMatch(comment, /[/*][#@]|^\/[/*]+\s*@/);
          assert.equal(scanner.getTokenText(), comment);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
