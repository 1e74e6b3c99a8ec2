import assert from "node:assert/strict";
import { asRead, serverSecrets, valueToSend } from "../../../../provider/resources/shared/integrationSettings";

describe("integration settings: writes of all settings", () => {
  it("send a name that resembles a mask", () => {
    assert.deepEqual(asRead({ doors: { "1": { doorName: "xxx" } } }), { doors: { "1": { doorName: "xxx" } } });
  });

  it("send a server's secret as read, else as stored, else not at all", () => {
    const names = ["a", "b", "c"];
    assert.deepEqual(serverSecrets(names, { a: "read", b: "****" }, { a: "old", b: "stored" }), {
      a: "read",
      b: "stored",
    });
  });

  it("send keys that every object inherits", () => {
    const desired: object = JSON.parse('{"constructor": {"doorName": "A"}}');
    const live: object = JSON.parse('{"__proto__": {"doorName": "B"}}');
    assert.equal(
      JSON.stringify(valueToSend(desired, live, "explicit")),
      '{"constructor":{"doorName":"A"},"__proto__":null}',
    );
    assert.equal(JSON.stringify(asRead(live)), '{"__proto__":{"doorName":"B"}}');
  });
});
