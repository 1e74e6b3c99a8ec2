import { campusSeed } from "../../../provider/emulator";
import { textAt, textsAt } from "../consoleValues";
import type { ResourceFacts } from "../facts";

const { locations, users } = campusSeed.acme;

/** The facts about access control groups. */
export const facts: ResourceFacts = {
  samples: {
    "an access control group": {
      least: { name: "Staff" },
      fields: {
        description: ["All of us", "Some of us"],
        locationUuid: [locations.headquarters.uuid, locations.warehouse.uuid],
        userUuids: [
          [users.ben.uuid, users.ada.uuid],
          [users.ada.uuid, users.chloe.uuid],
        ],
        membership: ["exclusive", "additive"],
      },
      waived: { adopt: "applies on creation only" },
      nested: {
        base: { userUuids: [users.ben.uuid] },
        variations: [
          { path: ["userUuids"], values: [[users.ben.uuid, users.ada.uuid], [users.ada.uuid]] },
          { path: ["description"], values: ["All of us", ""] },
        ],
      },
      drifted: { description: "Theirs", userUuids: [users.ada.uuid, users.farid.uuid] },
      existing: {
        name: "STAFF",
        description: "Theirs",
        locationUuid: locations.headquarters.uuid,
        userUuids: [users.farid.uuid],
      },
      unrelated: { name: "Neighbour", description: "Theirs", userUuids: [users.ada.uuid] },
      edgeCases: [
        {
          name: "a user who does not exist",
          path: ["userUuids"],
          value: [users.ben.uuid, users.ada.uuid, users.deleted.uuid],
        },
      ],
    },
  },
  exampleId: "Z04p4MkMTCKnu7wjgDrmyQ",
  secretsFromReads: false,
  objects(console) {
    const groups = console.groups().filter(({ type }) => type === "RHOMBUS_ACCESS_CONTROL");
    return groups.map(({ uuid: id, type: _, userUuids, ...each }) => {
      return { id, properties: { ...each, userUuids: [...userUuids].sort() }, secrets: {} };
    });
  },
  add(console, properties) {
    const [description, locationUuid] = [textAt(properties, "description"), textAt(properties, "locationUuid")];
    console.addGroup({
      name: textAt(properties, "name") ?? "",
      ...(description === null ? {} : { description }),
      ...(locationUuid === null ? {} : { locationUuid }),
      userUuids: textsAt(properties, "userUuids"),
    });
  },
  set(console, id, properties) {
    console.setGroup(id, {
      name: textAt(properties, "name") ?? "",
      description: textAt(properties, "description"),
      locationUuid: textAt(properties, "locationUuid"),
    });
    console.setGroupMembers(id, textsAt(properties, "userUuids"));
  },
  remove: (console, id) => console.removeGroup(id),
};
