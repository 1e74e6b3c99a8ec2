import assert from "node:assert/strict";
import { type OperationName, operations } from "../../../../../provider/rhombus/api/operations";
import { checked } from "../../../../../provider/rhombus/api/schemas/schema";

const names = Object.keys(operations).filter((name): name is OperationName => name in operations);

/** The minimal valid answers of the operations that do not accept `{}`. */
const least: Readonly<Record<string, object>> = {
  createOrUpdateHoneywellOnGuardIntegration: { rhombusToken: "t" },
  createAccessControlGroup: { group: { uuid: "u" } },
  createAccessGrant: { accessGrant: { uuid: "u" } },
  createSchedule: { scheduleUuid: "u" },
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
      assert.equal(complaintAbout(name, { ...minimum, newest: [7] }), undefined);
    });
  }

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
