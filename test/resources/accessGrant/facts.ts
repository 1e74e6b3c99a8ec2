import { type ConsoleAccessGrant, campusSeed } from "../../../provider/emulator";
import type { Properties } from "../../drivers/properties";
import { textAt, textsAt } from "../consoleValues";
import type { ResourceFacts } from "../facts";

const { access, locations, users } = campusSeed.acme;
const { doors, elevatorLandings, doorLabels, schedules } = access;

const sets = {
  accessControlledDoorUuids: [[doors.northGate.uuid, doors.southGate.uuid], [doors.southGate.uuid]],
  accessControlledElevatorLandingUuids: [[elevatorLandings.lobby], [elevatorLandings.secondFloor]],
  doorLabelIds: [[doorLabels.perimeter], [doorLabels.visitors, doorLabels.perimeter]],
  userUuids: [
    [users.ben.uuid, users.ada.uuid],
    [users.ada.uuid, users.chloe.uuid],
  ],
} as const;

const inHeadquarters = {
  locationUuid: locations.headquarters.uuid,
  accessControlledDoorUuids: [doors.mainEntrance.uuid],
  userUuids: [users.ben.uuid],
  // The organization has no groups. The laws about this set are those about the users.
  groupUuids: [],
};

const adopt = "applies on creation only";

/** The values of the sets after a change in the console. */
const theirs = {
  accessControlledDoorUuids: [doors.northGate.uuid, doors.mainEntrance.uuid],
  accessControlledElevatorLandingUuids: [],
  doorLabelIds: [doorLabels.visitors],
  userUuids: [users.ada.uuid, users.farid.uuid],
};

/** The sets of all inputs, and one more user: an adoption leaves him with what he has. Other sets would get more, and are refused. */
const shown = {
  ...Object.fromEntries(Object.entries(sets).map(([name, [first]]) => [name, first])),
  userUuids: theirs.userUuids,
};

/** The facts about access grants. */
export const facts: ResourceFacts = {
  samples: {
    "an access grant": {
      least: { ...inHeadquarters, name: "Gates", scheduleUuid: schedules.businessHours.uuid },
      fields: {
        locationUuid: [locations.warehouse.uuid, locations.robotLab.uuid],
        scheduleUuid: [schedules.afterHours.uuid, schedules.closure.uuid],
        ...sets,
      },
      waived: { adopt, always: "belongs to the sample of a grant that always holds" },
      nested: {
        base: { scheduleUuid: schedules.businessHours.uuid, groupUuids: [], accessControlledDoorUuids: [] },
        variations: [
          { path: ["accessControlledDoorUuids"], values: sets.accessControlledDoorUuids },
          { path: ["userUuids"], values: sets.userUuids },
          { path: ["doorLabelIds"], values: sets.doorLabelIds },
        ],
      },
      drifted: { ...theirs, scheduleUuid: null },
      existing: {
        ...shown,
        name: "GATES",
        locationUuid: locations.warehouse.uuid,
        scheduleUuid: schedules.afterHours.uuid,
      },
      unrelated: { ...theirs, name: "Neighbour", locationUuid: locations.headquarters.uuid },
      edgeCases: [
        { name: "a group that does not exist", path: ["groupUuids"], value: ["Z04p4MkMTCKnu7wjgDrmyQ"] },
        { name: "a schedule that does not exist", path: ["scheduleUuid"], value: "Z04p4MkMTCKnu7wjgDrmyQ" },
      ],
    },
    "an access grant that always holds": {
      least: { ...inHeadquarters, name: "Emergency", always: true },
      fields: sets,
      waived: {
        adopt,
        locationUuid: "belongs to the sample with a schedule",
        scheduleUuid: "belongs to the sample with a schedule",
      },
      drifted: { ...theirs, scheduleUuid: schedules.businessHours.uuid, always: false },
      existing: { ...shown, name: "EMERGENCY", locationUuid: locations.headquarters.uuid },
      unrelated: { ...theirs, name: "Next door", locationUuid: locations.warehouse.uuid },
    },
  },
  exampleId: "RBK6hWfARLO3Lt65t2mGTA",
  secretsFromReads: false,
  objects(console) {
    const grants = console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
    return grants.map(({ uuid: id, mode: _, locationGuestPassUuids: _guests, ...grant }) => {
      return { id, properties: { ...grant, always: grant.scheduleUuid === null, ...setsIn(grant) }, secrets: {} };
    });
  },
  add(console, properties) {
    console.addAccessGrant(grantFrom(properties));
  },
  set(console, id, properties) {
    console.setAccessGrant(id, grantFrom(properties));
  },
  remove: (console, id) => console.removeAccessGrant(id),
};

function grantFrom(properties: Properties) {
  return {
    name: textAt(properties, "name") ?? "",
    locationUuid: textAt(properties, "locationUuid") ?? "",
    scheduleUuid: textAt(properties, "scheduleUuid"),
    ...setsIn(properties),
  };
}

function setsIn(grant: Properties | ConsoleAccessGrant) {
  const sorted = (name: string) => textsAt({ ...grant }, name).sort();
  return {
    accessControlledDoorUuids: sorted("accessControlledDoorUuids"),
    accessControlledElevatorLandingUuids: sorted("accessControlledElevatorLandingUuids"),
    doorLabelIds: sorted("doorLabelIds"),
    groupUuids: sorted("groupUuids"),
    userUuids: sorted("userUuids"),
  };
}
