import assert from "node:assert/strict";
import { isIdempotent, type OperationName, operations, pathOf } from "../../../../provider/rhombus/api/operations";

const names = Object.keys(operations).filter((name): name is OperationName => name in operations);
const token = "Y1vE5bXrQvqmgMIFBqNtEA";

describe("operations", () => {
  it("have their name at the end of their path", () => {
    for (const name of names) assert.ok(pathOf(name).endsWith(`/${name}`), name);
  });

  it("belong to the services of the vendor's specification", () => {
    const services = new Map<string, number>();
    for (const name of names) {
      const { service } = operations[name];
      services.set(service, (services.get(service) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(services), {
      "/api/integrations/accessControl": 17,
      "/api/accesscontrol": 8,
      "/api/integrations/org": 2,
      "/api/org": 1,
      "/api/partner": 1,
      "/api/location": 1,
      "/api/user": 1,
      "/api/camera": 1,
    });
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
    const unrepeatable = names.filter((name) => operations[name].idempotent !== true);
    const making = ["createOrUpdateHoneywellOnGuardIntegration", "createAccessControlGroup"];
    const whole = [
      "updateGeneaIntegrationV2",
      "updateHoneywellOnGuardIntegration",
      "updateKisiIntegration",
      "updateKisiIntegrationV2",
    ];
    assert.deepEqual(unrepeatable.sort(), [...making, ...whole].sort());
    assert.equal(isIdempotent("createAccessControlGroup", { name: "Staff" }), false);
    assert.deepEqual(names.filter((name) => operations[name].writesWhole).sort(), whole.sort());
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

  it("name the setting of the third party's key", () => {
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
