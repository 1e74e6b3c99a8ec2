import assert from "node:assert/strict";
import { withoutDefaults } from "../../../../provider/cli/import/withoutDefaults";
import { flag, integer, map, object, oneOf, set, text, vendorKey } from "../../../../provider/core/schema/fields";
import type { Values } from "../../../../provider/core/schema/values";

const door = object({ doorName: text(), remoteUnlock: flag(), cameras: set(text(), { cleared: true }) });
const fields = {
  name: text({ required: true }),
  enabled: flag({ default: true }),
  mode: oneOf(["OFF", "AUTO"]),
  key: vendorKey(),
  options: object({ clips: flag(), seconds: integer({ empty: 0 }) }),
  doors: map(door),
  places: map(object({ doors: map(door) })),
  users: set(text()),
  oldDoors: map(door, { deprecated: "use doors" }),
};
const definition = { fields };

const lean = (inputs: Values) => withoutDefaults(definition, { name: "it", ...inputs });

describe("inputs without defaults", () => {
  it("lack what Rhombus fills in anyway, at any depth", () => {
    const doors = { "1:4": { doorName: "Lobby", remoteUnlock: false, cameras: [] }, "1:5": { remoteUnlock: false } };
    const inputs = { enabled: true, mode: "OFF", options: { clips: false, seconds: 0 }, doors };
    assert.deepEqual(lean(inputs), { name: "it", doors: { "1:4": { doorName: "Lobby" }, "1:5": {} } });
  });

  it("keep what differs from the default, also where it is what nothing is in other fields", () => {
    const inputs = { enabled: false, mode: "AUTO", key: "k", options: { clips: true, seconds: 0 } };
    assert.deepEqual(lean(inputs), { name: "it", enabled: false, mode: "AUTO", key: "k", options: { clips: true } });
  });

  it("keep what is required", () => {
    assert.deepEqual(withoutDefaults(definition, { name: "" }), { name: "" });
  });

  it("keep empty maps and sets, so that they stay managed, unless they are deprecated or part of a door", () => {
    const inputs = { doors: {}, users: [], oldDoors: {}, options: {}, places: { "7": { doors: {} } } };
    assert.deepEqual(lean(inputs), { name: "it", doors: {}, users: [], places: { "7": { doors: {} } } });
  });

  it("keep an entry called __proto__ like any other", () => {
    const doors = Object.fromEntries([["__proto__", { doorName: "Trap", remoteUnlock: false }]]);
    const { doors: left } = lean({ doors });
    assert.equal(JSON.stringify(left), '{"__proto__":{"doorName":"Trap"}}');
  });
});
