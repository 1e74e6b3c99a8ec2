import assert from "node:assert/strict";
import { flag, instruction, integer, oneOf, text, vendorKey } from "../../../../provider/core/schema/fields";
import { UNKNOWN, type Value } from "../../../../provider/core/schema/values";
import { ruuid } from "../../../../provider/resources/fields/ruuid";
import { checking } from "./trials";

const uuid = "635bc4e5-b5eb-42fa-a680-c20506a36d10";
const id = "Y1vE5bXrQvqmgMIFBqNtEA";
const adopt = instruction<boolean>((value) => (typeof value === "boolean" ? undefined : "must be true or false."));

const seconds = integer({ min: 0, unit: "seconds" });
const everyKind = { text: text(), flag: flag(), integer: integer(), oneOf: oneOf(["A", "B"]), vendorKey: vendorKey() };

describe("core: check of scalar fields", () => {
  const accepted: [string, ReturnType<typeof checking>, Value][] = [
    ["a text as it is", checking(text(), " x "), " x "],
    ["a trimmed text without the spaces around it", checking(text({ trimmed: true }), " x "), "x"],
    ["an empty text that is not required", checking(text(), ""), ""],
    ["a text of exactly the longest length", checking(text({ max: 3 }), "abc"), "abc"],
    ["true", checking(flag(), true), true],
    ["a whole number", checking(seconds, 0), 0],
    ["the largest number of 32 bits", checking(integer(), 2 ** 31 - 1), 2 ** 31 - 1],
    ["one of the texts", checking(oneOf(["A", "B"]), "B"), "B"],
    ["a vendor key without the spaces around it", checking(vendorKey(), " key\n"), "key"],
    ["an RUUID", checking(ruuid(), id), id],
    ["an instruction", checking(adopt, true), true],
  ];
  for (const [what, { value, reasons }, canonical] of accepted) {
    it(`accepts ${what}`, () => assert.deepEqual([value, reasons], [canonical, []]));
  }

  const refused: [string, ReturnType<typeof checking>, string][] = [
    ["a number for a text", checking(text(), 4), "field must be a text, not a number."],
    ["a list for a text", checking(text(), ["x"]), "field must be a text, not a list."],
    ["an object for a text", checking(text(), {}), "field must be a text, not an object."],
    ["null for a text", checking(text(), null), "field must be a text, not null."],
    ["a required text of spaces", checking(text({ required: true }), "  "), "field must not be empty."],
    ["a text too long", checking(text({ max: 3 }), "abcd"), "field has 4 characters; at most 3 are allowed."],
    ["a text for a flag", checking(flag(), "true"), "field must be true or false, not a string."],
    ["a fraction", checking(seconds, 1.5), "field must be a whole number of seconds, not a fraction."],
    ["a number too small", checking(seconds, -1), "it must be a whole number of seconds from 0 to 2147483647."],
    ["another text than those listed", checking(oneOf(["A", "B"]), "C"), 'field is "C"; it must be one of "A", "B".'],
    ["a number for a vendor key", checking(vendorKey(), 12345), "field must be a vendor key, not a number."],
    [
      "a vendor key too long",
      checking(vendorKey({ max: 4 }), "k3y-k3y"),
      "field has 7 characters; at most 4 are allowed.",
    ],
    ["a vendor key of nothing but spaces", checking(vendorKey(), " \n"), "field must not be empty."],
    ["a wrong instruction", checking(adopt, "yes"), "field must be true or false."],
    ["a UUID, with the RUUID in the message", checking(ruuid(), uuid), `Rhombus writes it in 22: "${id}".`],
    ["a text that is no RUUID", checking(ruuid(), "lobby"), 'field is "lobby", which is not a valid RUUID'],
    ["a name", checking(ruuid({ of: "door" }), "lobby"), "look the id up with getAccessControlledDoor."],
  ];
  for (const [what, { reasons, paths }, reason] of refused) {
    it(`refuses ${what}`, () => {
      assert.deepEqual([paths, reasons.length], [["field"], 1]);
      assert.ok(reasons[0]?.includes(reason), reasons[0]);
    });
  }

  it("treats an empty RUUID as not declared, because Rhombus refuses it", () => {
    assert.deepEqual(checking(ruuid(), ""), { value: undefined, reasons: [], paths: [] });
  });

  for (const [name, field] of Object.entries({ ...everyKind, adopt, ruuid: ruuid() })) {
    it(`accepts an unknown ${name}, and one that contains an unknown value`, () => {
      assert.deepEqual(checking(field, UNKNOWN), { value: UNKNOWN, reasons: [], paths: [] });
      const holder = { deep: [UNKNOWN] };
      assert.deepEqual(checking(field, holder), { value: holder, reasons: [], paths: [] });
    });
  }
});

describe("core: comparison, reset and projection of scalar fields", () => {
  it("treats undefined as the empty value of the kind", () => {
    assert.ok(text().equal(undefined, ""));
    assert.ok(flag().equal(false, undefined));
    assert.ok(integer({ empty: 0 }).equal(undefined, 0));
    assert.ok(oneOf(["OFF", "ON"]).equal(undefined, "OFF"));
    assert.ok(!integer().equal(undefined, 0));
  });

  it("reads a value of another type as undefined, but an unlisted text as it is", () => {
    assert.equal(flag().canonical("yes"), undefined);
    assert.equal(integer().canonical("4"), undefined);
    assert.equal(text().canonical(null), undefined);
    assert.equal(oneOf(["A", "B"]).canonical("NEWER"), "NEWER");
  });

  it("resets to the default, otherwise to the empty value; a text to undefined", () => {
    assert.deepEqual(flag().reset, { to: false });
    assert.deepEqual(flag({ default: true }).reset, { to: true });
    assert.deepEqual(oneOf(["OFF", "ON"]).reset, { to: "OFF" });
    assert.deepEqual(text().reset, { to: undefined });
    assert.equal(vendorKey().reset, "keep");
  });

  it("leaves a value with a server default when it is no longer declared", () => {
    for (const field of [text({ serverDefault: true }), integer({ serverDefault: true })]) {
      assert.equal(field.reset, "keep");
      assert.deepEqual(
        field.differences("a", "c", { prior: "a", declared: undefined, observed: "c" }, ["field"], {}),
        [],
      );
    }
  });

  it("projects an observed value only if it is declared, and shows drift", () => {
    assert.equal(text().project("live", undefined, {}), undefined);
    assert.equal(text().project("live", "declared", {}), "live");
    assert.equal(text().project(undefined, "declared", {}), "");
    assert.equal(text().project(undefined, "", {}), "");
    assert.equal(flag().project(undefined, true, {}), false);
  });

  it("never projects an observed vendor key or local field", () => {
    assert.equal(vendorKey().project("********", "key", {}), "key");
    assert.equal(oneOf(["A", "B"], { local: true }).project(undefined, "B", {}), "B");
  });

  it("never finds a vendor key or a local field different after a write", () => {
    const three = { prior: undefined, declared: "B", observed: undefined };
    assert.deepEqual(vendorKey().differences("B", undefined, three, ["key"], {}), []);
    assert.deepEqual(oneOf(["A", "B"], { local: true }).differences("B", undefined, three, ["mode"], {}), []);
  });
});
