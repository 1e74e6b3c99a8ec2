import assert from "node:assert/strict";
import { asRead, inForm, serverSecrets } from "../../../../provider/resources/shared/integrationSettings";

describe("integration settings: writes of all settings", () => {
  it("send what was read, without nulls and masks", () => {
    const read = {
      apiToken: "********",
      enabled: false,
      places: { "1": { rhombusToken: "****abcd", doorName: null, webhookId: 7, cameras: [] } },
    };
    assert.deepEqual(asRead(read), { enabled: false, places: { "1": { webhookId: 7, cameras: [] } } });
    assert.equal(read.apiToken, "********");
  });

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

  it("omit removed fields in the first form, and send null in the second", () => {
    const desired = { "1": { doorName: "A", extra: null }, "3": {} };
    const live = { "1": { doorName: "A", clipDuration: 3, mode: null }, "2": { doorName: "B" } };
    assert.deepEqual(inForm(desired, live, 1), { "1": { doorName: "A" }, "3": {} });
    assert.deepEqual(inForm(desired, live, 2), {
      "1": { doorName: "A", clipDuration: null },
      "2": null,
      "3": {},
    });
  });

  it("send keys that every object inherits", () => {
    const desired: object = JSON.parse('{"constructor": {"doorName": "A"}}');
    const live: object = JSON.parse('{"__proto__": {"doorName": "B"}}');
    assert.equal(JSON.stringify(inForm(desired, live, 2)), '{"constructor":{"doorName":"A"},"__proto__":null}');
    assert.equal(JSON.stringify(asRead(live)), '{"__proto__":{"doorName":"B"}}');
  });
});
