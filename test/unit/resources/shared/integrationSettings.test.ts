import assert from "node:assert/strict";
import { asRead, inForm, serverSecrets } from "../../../../provider/resources/shared/integrationSettings";

describe("resources: writing settings as a whole", () => {
  it("sends back what was read, without nulls and masks at any depth", () => {
    const read = {
      apiToken: "********",
      enabled: false,
      places: { "1": { rhombusToken: "****abcd", doorName: null, webhookId: 7, cameras: [] } },
    };
    assert.deepEqual(asRead(read), { enabled: false, places: { "1": { webhookId: 7, cameras: [] } } });
    assert.equal(read.apiToken, "********");
  });

  it("never takes a name for a mask", () => {
    assert.deepEqual(asRead({ doors: { "1": { doorName: "xxx" } } }), { doors: { "1": { doorName: "xxx" } } });
  });

  it("sends a server's secret as read, else as the state knows it, else not at all", () => {
    const names = ["a", "b", "c"];
    assert.deepEqual(serverSecrets(names, { a: "read", b: "****" }, { a: "old", b: "known" }), {
      a: "read",
      b: "known",
    });
  });

  it("leaves out what is to go in the first form, and says null in the second, at any depth", () => {
    const wished = { "1": { doorName: "A", extra: null }, "3": {} };
    const live = { "1": { doorName: "A", clipDuration: 3, mode: null }, "2": { doorName: "B" } };
    assert.deepEqual(inForm(wished, live, 1), { "1": { doorName: "A" }, "3": {} });
    assert.deepEqual(inForm(wished, live, 2), {
      "1": { doorName: "A", clipDuration: null },
      "2": null,
      "3": {},
    });
  });

  it("keeps keys that every object inherits", () => {
    const wished: object = JSON.parse('{"constructor": {"doorName": "A"}}');
    const live: object = JSON.parse('{"__proto__": {"doorName": "B"}}');
    assert.equal(JSON.stringify(inForm(wished, live, 2)), '{"constructor":{"doorName":"A"},"__proto__":null}');
    assert.equal(JSON.stringify(asRead(live)), '{"__proto__":{"doorName":"B"}}');
  });
});
