import assert from "node:assert/strict";
import { referencesIn, referents } from "../../../../provider/cli/review/referents";
import { definitionOf, resourceTypes } from "../../../../provider/resources/registry";

describe("the kinds of objects that fields refer to", () => {
  it("are found at any depth", () => {
    assert.deepEqual(Object.fromEntries(referents), {
      assignedCameraList: "camera",
      doorToCameraMap: "camera",
      locationUuid: "location",
      subLocationsHierarchyKey: "locationPath",
      userUuids: "user",
    });
  });

  it("agree for fields of one name", () => {
    const all = resourceTypes.flatMap((type) => referencesIn(definitionOf(type).fields));
    assert.deepEqual(
      all.filter(([name, of]) => referents.get(name) !== of),
      [],
    );
  });
});
