import { campusSeed, type GeneaFlags, type OrganizationConsole } from "../../../provider/emulator";
import type { Properties } from "../../drivers/properties";
import { doorsIn, faceModeIn, flagsIn, textAt } from "../consoleValues";
import {
  addedDoor,
  badgeOptions,
  changedDoor,
  doorInTwoPlaces,
  doorMaps,
  nestedDoors,
  onOff,
  placeFlags,
} from "../doors";
import type { ResourceFacts } from "../facts";

const { apiToken, rotatedApiToken, doors } = campusSeed.acme.genea;
const changedDoors = { [doors.lobby.id]: changedDoor, [doors.serverRoom.id]: addedDoor };

/** The facts about the Genea integration. */
export const facts: ResourceFacts = {
  samples: {
    "the Genea integration": {
      least: { apiToken },
      fields: {
        enabled: [false, true],
        indexFaces: onOff,
        doorInfoMap: doorMaps(doors.lobby.id, doors.dock.id, doors.labStore.id),
        ...badgeOptions,
      },
      waived: { adopt: "applies on creation only" },
      nested: nestedDoors(doors.lobby.id, doors.dock.id),
      drifted: { saveClips: false, enabled: true, doorInfoMap: changedDoors },
      existing: { apiToken: rotatedApiToken, enabled: true, doorInfoMap: changedDoors },
      edgeCases: [
        { name: "a door that the badge vendor does not have", path: ["doorInfoMap", "nowhere"], value: addedDoor },
        { name: "a door in two places", path: ["doorInfoMap", doors.serverRoom.id], value: doorInTwoPlaces },
      ],
    },
  },
  exampleId: "genea",
  secretsFromReads: true,
  objects(console) {
    const row = console.genea();
    if (row === undefined) return [];
    const { apiToken, flags, doorInfoMap, rhombusToken, refreshToken, webhookSignatureSecret } = row;
    const properties = { apiToken, ...flags, doorInfoMap };
    return [{ id: "genea", properties, secrets: { rhombusToken, refreshToken, webhookSignatureSecret } }];
  },
  add: write,
  set: (console, _id, properties) => write(console, properties),
  remove: (console) => console.removeGenea(),
};

function write(console: OrganizationConsole, properties: Properties): void {
  const apiToken = textAt(properties, "apiToken");
  const flags: GeneaFlags = {
    ...flagsIn(properties, [...placeFlags, "createAccessAnomalyAlerts", "enabled", "indexFaces"]),
    badgeFaceVerificationMode: faceModeIn(properties),
  };
  console.setGenea({ ...(apiToken === null ? {} : { apiToken }), flags, doorInfoMap: doorsIn(properties) });
}
