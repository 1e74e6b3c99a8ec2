import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, v5, validate } from "uuid";
import { bytesOf, isUuid, uuidOfName } from "../../provider/rhombus/uuid";

/** Texts that are uuids, of every version, or nearly. */
const nearUuids = fc
  .tuple(fc.uuid(), fc.nat(35), fc.constantFrom(..."0123456789abcdefABCDEFg-\n"))
  .map(([uuid, at, character]) => uuid.slice(0, at) + character + uuid.slice(at + 1));

describe("uuids", () => {
  it("of names are those of the package uuid", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.uuid(), (name, namespace) => {
        assert.equal(uuidOfName(name, namespace), v5(name, namespace));
      }),
    );
  });

  it("are told from other texts as the package uuid tells them", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uuid(), nearUuids, fc.string()), (text) => assert.equal(isUuid(text), validate(text))),
    );
    for (const text of ["0", "f", "F", "1"].map((digit) =>
      "00000000-0000-0000-0000-000000000000".replaceAll("0", digit),
    )) {
      assert.equal(isUuid(text), validate(text), text);
    }
    assert.equal(isUuid("635bc4e5-b5eb-42fa-a680-c20506a36d10\n"), false);
  });

  it("have the bytes that the package uuid reads in them", () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => assert.deepEqual([...bytesOf(uuid.toUpperCase())], [...parse(uuid)])));
  });

  it("cannot be read from other texts, which the error does not quote", () => {
    assert.throws(() => bytesOf("a secret"), { name: "TypeError", message: "That is no uuid." });
    assert.throws(() => uuidOfName("name", "lobby"), TypeError);
  });
});
