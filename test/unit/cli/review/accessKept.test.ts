import { AccessNames } from "../../../../provider/cli/access/names";
import {
  type AccessCase,
  access,
  atNorth,
  byG,
  condition,
  door,
  eng,
  engineers,
  grant,
  north,
  showsEachOf,
} from "./grants";

const kept: Readonly<Record<string, AccessCase>> = {
  "a door that a grant still opens by a label": [
    [
      grant(
        { accessControlledDoorUuids: ["north", "vault"], ...eng, doorLabelIds: ["Gates"], always: true },
        { ...eng, doorLabelIds: ["Gates"], always: true },
      ),
    ],
    access({ grants: [condition("G", { doors: ["north", "vault"], labels: ["Gates"], groups: ["eng"] })] }),
    `Loses access: ${engineers} (2 people): door or elevator landing \`vault\`, always, ${byG}`,
    `Keeps access: ${engineers} (2 people): \`North\`, always, ${byG}, by the label \`Gates\``,
  ],
  "a label of which one door is still open by another grant": [
    [grant({ ...eng, doorLabelIds: ["Gates"], always: true }, { ...eng, doorLabelIds: [], always: true })],
    access({ grants: [condition("G", { labels: ["Gates"], groups: ["eng"] }), atNorth("Old")] }),
    `Loses access: ${engineers} (2 people): every door with the label \`Gates\` (2 doors now), always, ${byG}; a part of it may be kept in another way`,
  ],
  "a label whose doors are all still open": [
    [grant({ ...eng, doorLabelIds: ["Gates"], always: true }, { ...eng, doorLabelIds: [], always: true })],
    access({
      grants: [condition("G", { labels: ["Gates"], groups: ["eng"] }), atNorth("Old", { doors: ["north", "south"] })],
    }),
    `Keeps access: ${engineers} (2 people): every door with the label \`Gates\` (2 doors now), always, by the access grant \`Old\``,
  ],
  "a door of a label that is not known": [
    [
      grant(
        { ...north, ...eng, doorLabelIds: ["Gates"], always: true },
        { ...eng, doorLabelIds: ["Gates"], always: true },
      ),
    ],
    access({
      grants: [condition("G", { doors: ["north"], labels: ["Gates"], groups: ["eng"] })],
      doorsByLabel: undefined,
    }),
    `Loses access: ${engineers} (2 people): \`North\`, always, ${byG}`,
  ],
  "the hours that another grant leaves to people": [
    [grant({ ...north, userUuids: ["ada"], always: true }, undefined)],
    access({
      grants: [condition("G", { doors: ["north"], users: ["ada"] }), atNorth("Old")],
      scheduleOf: new Map([["Old", "day"]]),
    }),
    `Loses access: \`ada\`: \`North\`, Monday 00:00 to 07:00, Monday to Thursday 18:00 to 07:00, Friday 18:00 to 24:00, weekends 00:00 to 24:00 (still weekdays 07:00 to 18:00), ${byG}`,
  ],
  "a loss beside another grant in a schedule that is not known": [
    [grant({ ...north, userUuids: ["ada"], scheduleUuid: "day" }, undefined)],
    access(
      { grants: [condition("G", { doors: ["north"], users: ["ada"] }), atNorth("Old")] },
      { G: "day", Old: "gone" },
    ),
    `Loses access: \`ada\`: \`North\`, weekdays 07:00 to 18:00, ${byG}; a part of it may be kept in another way`,
  ],
};

const references: Readonly<Record<string, AccessCase>> = {
  "the nearest label in place of one that no door has, once": [
    [grant({ ...eng, doorLabelIds: ["Old"], always: true }, { ...eng, doorLabelIds: ["gates", "Old"], always: true })],
    access({ grants: [condition("G", { labels: ["Old"], groups: ["eng"] })] }),
    `Gains access: ${engineers} (2 people): every door with the label \`gates\` (0 doors now), always, ${byG}`,
    "Not found: Access grant `G` (`it` in the program): a door with the label `gates` (did you mean `Gates`?)",
  ],
  "doors at another location than the grant, but not those inside it": [
    [
      grant(
        { ...north, always: true },
        { accessControlledDoorUuids: ["north", "south", "room", "gone"], always: true },
        { name: "more" },
      ),
      grant(
        { ...north, always: true, locationUuid: "yard" },
        { ...north, always: true },
        { name: "moved", op: "replace" },
      ),
    ],
    access({
      names: new AccessNames(
        [],
        [],
        [door("north", "North", "yard"), door("south", "South", "yard"), door("room", "Room", "inner")],
        [
          { location: { uuid: "hq", name: "HQ", path: "HQ" }, ancestors: [] },
          { location: { uuid: "inner", name: "Inner", path: "HQ / Inner" }, ancestors: ["hq"] },
        ],
      ),
    }),
    "Door at: Access grant `G` (`more` in the program): `South` is at `yard`, and the grant at `HQ`",
    "Door at: Access grant `G` (`moved` in the program): `North` is at `yard`, and the grant at `HQ`",
  ],
};

describe("review, about access that people keep in another way", () => {
  showsEachOf(kept);
});

describe("review, about the labels and doors of a grant", () => {
  showsEachOf(references);
});
