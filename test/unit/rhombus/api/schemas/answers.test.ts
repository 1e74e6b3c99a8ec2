import assert from "node:assert/strict";
import { type OperationName, operations } from "../../../../../provider/rhombus/api/operations";
import { checked } from "../../../../../provider/rhombus/api/schemas/schema";

const names = Object.keys(operations).filter((name): name is OperationName => name in operations);

/** The minimal valid answers of the operations that do not accept `{}`. */
const least: Readonly<Record<string, object>> = {
  createOrUpdateHoneywellOnGuardIntegration: { rhombusToken: "t" },
  createAccessControlGroup: { group: { uuid: "u" } },
  getOrgV2: { org: { uuid: "u" } },
};

/** A schema, or a part of one, in valibot's form. */
interface Part {
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly wrapped?: Part;
  readonly item?: Part;
  readonly value?: Part;
}

const CANARY = "c4n4ry-c4n4ry-c4n4ry";

describe("the answers of the operations", () => {
  for (const name of names) {
    const { answer } = operations[name];
    const { [name]: minimum = {} } = least;

    it(`of ${name} require only the necessary fields`, () => {
      assert.equal(complaintAbout(name, minimum), undefined);
      if (name in least) assert.match(String(complaintAbout(name, {})), /^\w+ is missing$/);
    });

    it(`of ${name} may have null in every other field, and undeclared fields`, () => {
      for (const value of withNulls(answer)) {
        assert.equal(complaintAbout(name, merged(value, minimum)), undefined, JSON.stringify(value));
      }
      assert.equal(complaintAbout(name, { ...minimum, newest: [CANARY] }), undefined);
    });

    it(`of ${name} are described without their values if they do not match`, () => {
      for (const fault of faultsIn(answer)) {
        const complaint = complaintAbout(name, merged(fault.value, minimum));
        const shown = JSON.stringify(fault.value);
        assert.match(String(complaint), /^(?:text|a number|true or false|a list|an object) expected at /, shown);
        assert.ok(complaint?.endsWith(fault.field), `${complaint}: ${shown}`);
        assert.ok(!complaint?.includes("c4n4ry"), complaint);
      }
    });
  }

  it("are checked to the last field", () => {
    const count = names.reduce((total, name) => total + faultsIn(operations[name].answer).length, 0);
    assert.ok(count > 400, String(count));
  });

  it("have no field with the name of an inherited property", () => {
    const inherited = names.flatMap((name) => fieldsIn(operations[name].answer)).filter((field) => field in {});
    assert.deepEqual(inherited, []);
  });

  it("may have an undocumented value of an enumeration", () => {
    const orgIntegrationV2 = { integration: "NEWEST", badgeFaceVerificationMode: "STRICTEST" };
    assert.equal(complaintAbout("getGeneaIntegration", { orgIntegrationV2 }), undefined);
  });

  it("may have sub-locations at any depth", () => {
    const nested = (rack: unknown) => ({ locations: [{ subLocations: [{ subLocations: [null, rack] }] }] });
    assert.equal(complaintAbout("getLocations", nested({ name: "Rack" })), undefined);
    const complaint = complaintAbout("getLocations", nested({ name: 7 }));
    assert.equal(complaint, "text expected at locations[0].subLocations[0].subLocations[1].name");
  });
});

function complaintAbout(name: OperationName, value: unknown): string | undefined {
  const answer = checked<unknown>(operations[name].answer, value);
  return "complaint" in answer ? answer.complaint : undefined;
}

/** Adds the required fields to an answer. */
function merged(value: unknown, minimum: object): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const required = Object.entries(minimum).map(([name, least]: [string, unknown]) => {
    const own: unknown = Reflect.get(value, name);
    if (own === undefined) return [name, least];
    return [name, typeof least === "object" && least !== null ? merged(own, least) : own];
  });
  return { ...value, ...Object.fromEntries(required) };
}

/** The parts of a schema that describe its content. */
function contentOf(part: Part): Part {
  if (part.type === "nullish" || part.type === "nullable") return contentOf(part.wrapped ?? part);
  return part.pipe?.find(({ type }) => type === "object" || type === "map") ?? part;
}

/** For each place in a schema, a value with a wrong type there, and the field of that place. */
function faultsIn(schema: Part, field = "the top"): { value: unknown; field: string }[] {
  const content = contentOf(schema);
  const { type, item, value: entry, entries = {} } = content;
  if (type === "lazy") return [];
  const here = { value: type === "string" ? { [CANARY]: CANARY } : CANARY, field };
  const inItem = item === undefined ? [] : faultsIn(item, `${field}[0]`).map((fault) => around(fault, (x) => [x]));
  const inEntry =
    entry === undefined ? [] : faultsIn(entry, "*").map((fault) => around(fault, (x) => ({ [CANARY]: x })));
  const inFields = Object.entries(entries).flatMap(([name, part]) => {
    return faultsIn(part, name).map((fault) => around(fault, (x) => ({ [name]: x })));
  });
  return [here, ...inItem, ...inEntry, ...inFields];
}

function around(fault: { value: unknown; field: string }, wrap: (value: unknown) => unknown) {
  return { ...fault, value: wrap(fault.value) };
}

/** For each nullable place in a schema, a value with null there. */
function withNulls(schema: Part): unknown[] {
  const { item, value: entry, entries = {} } = contentOf(schema);
  const here = schema.type === "nullish" || schema.type === "nullable" ? [null] : [];
  return [
    ...here,
    ...(item === undefined ? [] : withNulls(item).map((x) => [x])),
    ...(entry === undefined ? [] : withNulls(entry).map((x) => ({ key: x }))),
    ...Object.entries(entries).flatMap(([name, part]) => withNulls(part).map((x) => ({ [name]: x }))),
  ];
}

function fieldsIn(schema: Part): string[] {
  const { item, value: entry, entries = {} } = contentOf(schema);
  const inside = [item, entry, ...Object.values(entries)].filter((part) => part !== undefined);
  return [...Object.keys(entries), ...inside.flatMap(fieldsIn)];
}
