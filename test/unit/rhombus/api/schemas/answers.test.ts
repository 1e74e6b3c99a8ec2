import assert from "node:assert/strict";
import { type OperationName, operations } from "../../../../../provider/rhombus/api/operations";
import { checked } from "../../../../../provider/rhombus/api/schemas/schema";

const names = Object.keys(operations).filter((name): name is OperationName => name in operations);

/** The least that counts as an answer, where `{}` does not. */
const least: Readonly<Record<string, object>> = {
  createOrUpdateHoneywellOnGuardIntegration: { rhombusToken: "t" },
  createAccessControlGroup: { group: { uuid: "u" } },
  getOrgV2: { org: { uuid: "u" } },
};

/** A schema, or a step of one, as valibot keeps it. */
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

    it(`of ${name} need only what they are unusable without`, () => {
      assert.equal(complaintAbout(name, minimum), undefined);
      if (name in least) assert.match(String(complaintAbout(name, {})), /^\w+ is missing$/);
    });

    it(`of ${name} may have null in every other field, and fields that nobody declared`, () => {
      for (const value of withNulls(answer)) {
        assert.equal(complaintAbout(name, merged(value, minimum)), undefined, JSON.stringify(value));
      }
      assert.equal(complaintAbout(name, { ...minimum, newest: [CANARY] }), undefined);
    });

    it(`of ${name} are described without their values where they do not fit`, () => {
      for (const fault of faultsIn(answer)) {
        const complaint = complaintAbout(name, merged(fault.value, minimum));
        const shown = JSON.stringify(fault.value);
        assert.match(String(complaint), /^(?:text|a number|true or false|a list|an object) expected at /, shown);
        assert.ok(complaint?.endsWith(fault.field), `${complaint}: ${shown}`);
        assert.ok(!complaint?.includes("c4n4ry"), complaint);
      }
    });
  }

  it("are looked through to the last field", () => {
    const count = names.reduce((total, name) => total + faultsIn(operations[name].answer).length, 0);
    assert.ok(count > 400, String(count));
  });

  it("have no field named like something that every object inherits", () => {
    const inherited = names.flatMap((name) => fieldsIn(operations[name].answer)).filter((field) => field in {});
    assert.deepEqual(inherited, []);
  });

  it("may have an enumeration value that did not exist when this was written", () => {
    const orgIntegrationV2 = { integration: "NEWEST", badgeFaceVerificationMode: "STRICTEST" };
    assert.equal(complaintAbout("getGeneaIntegration", { orgIntegrationV2 }), undefined);
  });

  it("hold sub-locations to any depth", () => {
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

/** Adds to an answer with one field what is required beside it. */
function merged(value: unknown, minimum: object): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const required = Object.entries(minimum).map(([name, least]: [string, unknown]) => {
    const own: unknown = Reflect.get(value, name);
    if (own === undefined) return [name, least];
    return [name, typeof least === "object" && least !== null ? merged(own, least) : own];
  });
  return { ...value, ...Object.fromEntries(required) };
}

/** The part of a schema that says what is inside it. */
function contentOf(part: Part): Part {
  if (part.type === "nullish" || part.type === "nullable") return contentOf(part.wrapped ?? part);
  return part.pipe?.find(({ type }) => type === "object" || type === "map") ?? part;
}

/** Values with something of a wrong type at one place, for each place in a schema, and the field that the place is in. */
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

/** Values with null at one place, for each place in a schema where null may be. */
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
