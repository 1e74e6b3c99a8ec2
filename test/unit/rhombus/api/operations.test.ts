import assert from "node:assert/strict";
import { isIdempotent, type OperationName, operations, pathOf } from "../../../../provider/rhombus/api/operations";

const names = Object.keys(operations).filter((name): name is OperationName => name in operations);
const token = "Y1vE5bXrQvqmgMIFBqNtEA";

describe("operations", () => {
  it("have their name at the end of their path", () => {
    for (const name of names) assert.ok(pathOf(name).endsWith(`/${name}`), name);
  });

  it("are reads if and only if their name begins with get, list or find", () => {
    const reads = names.filter((name) => !operations[name].writes);
    assert.deepEqual(
      reads,
      names.filter((name) => /^(get|list|find)/.test(name)),
    );
  });

  it("are about a partner only for the list of its clients", () => {
    assert.deepEqual(
      names.filter((name) => operations[name].level === "partner"),
      ["getClientsV2"],
    );
  });

  it("are idempotent unless they create an object or write a whole one", () => {
    for (const name of names.filter((each) => /^(get|list|find|delete|remove)/.test(each))) {
      assert.equal(operations[name].idempotent, true, name);
    }
    for (const name of names.filter((each) => /^create[A-Z]/.test(each))) {
      assert.notEqual(operations[name].idempotent, true, name);
    }
    const whole = names.filter((name) => /^update(?!AccessControlGroup$)/.test(name));
    assert.deepEqual(
      names.filter((name) => operations[name].writesWhole),
      whole,
    );
    for (const name of whole) assert.equal(operations[name].idempotent, false, name);
  });

  for (const [rhombusToken, expected] of [
    [token, true],
    [undefined, false],
    [null, false],
    ["", false],
    [" ", false],
  ] as const) {
    it(`are ${expected ? "" : "not "}idempotent for an OnGuard activation with the token ${JSON.stringify(rhombusToken)}`, () => {
      assert.equal(isIdempotent("createOrUpdateHoneywellOnGuardIntegration", { rhombusToken }), expected);
    });
  }

  it("name the setting of the badge vendor's key", () => {
    const keyed = (setting: string) => names.filter((name) => operations[name].vendorKey === setting);
    assert.deepEqual(
      keyed("apiToken"),
      names.filter((name) => name.includes("Genea")),
    );
    assert.deepEqual(
      keyed("apiSecretKey"),
      names.filter((name) => name.includes("Kisi")),
    );
  });
});
