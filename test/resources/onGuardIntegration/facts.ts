import type { OnGuardFlags, OrganizationConsole } from "../../../provider/emulator";
import { onGuardId } from "../../../provider/resources/onGuardIntegration/definition";
import type { Properties } from "../../drivers/properties";
import { doorsIn, faceModeIn, flagsIn, textAt } from "../consoleValues";
import { addedDoor, badgeOptions, changedDoor, doorInTwoPlaces, doorMaps, nestedDoors, placeFlags } from "../doors";
import type { ResourceFacts } from "../facts";

/** The facts about OnGuard deployments. */
export const facts: ResourceFacts = {
  samples: {
    "an OnGuard deployment": {
      least: { displayName: "HQ" },
      fields: { doorInfoMap: doorMaps("1:4", "1:5", "2:1"), ...badgeOptions },
      waived: { adopt: "applies on creation only" },
      nested: nestedDoors("1:4", "1:5"),
      drifted: {
        saveClips: false,
        badgeFaceVerificationMode: "OFF",
        doorInfoMap: { "1:4": changedDoor, "9:9": addedDoor },
      },
      existing: { displayName: "HQ", doorInfoMap: { "1:4": changedDoor, "9:9": addedDoor } },
      unrelated: {
        displayName: "Neighbour",
        saveClips: true,
        createSeekPoints: true,
        doorInfoMap: { "1:4": changedDoor },
      },
      edgeCases: [{ name: "a door in two places", path: ["doorInfoMap", "3:3"], value: doorInTwoPlaces }],
    },
  },
  exampleId: "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11",
  secretsFromReads: false,
  objects(console) {
    return console.onGuard().map(({ rhombusToken, presharedSecret, webhookUrl, flags, ...properties }) => ({
      id: onGuardId(rhombusToken),
      properties: { ...properties, ...flags },
      secrets: { rhombusToken, presharedSecret, webhookUrl },
    }));
  },
  add(console, properties) {
    const displayName = textAt(properties, "displayName");
    console.addOnGuard({
      ...(displayName === null ? {} : { displayName }),
      flags: onGuardFlags(properties),
      doorInfoMap: doorsIn(properties),
    });
  },
  set(console, id, properties) {
    const { rhombusToken, doorInfoMap } = deployment(console, id);
    console.setOnGuardDisplayName(rhombusToken, textAt(properties, "displayName"));
    console.setOnGuardFlags(rhombusToken, onGuardFlags(properties));
    const doors = doorsIn(properties);
    for (const key of Object.keys({ ...doorInfoMap, ...doors })) console.setOnGuardDoor(rhombusToken, key, doors[key]);
  },
  remove(console, id) {
    console.removeOnGuard(deployment(console, id).rhombusToken);
    if (console.onGuard().length === 0) console.removeOnGuard();
  },
};

function onGuardFlags(properties: Properties): OnGuardFlags {
  return {
    ...flagsIn(properties, [...placeFlags, "createAccessAnomalyAlerts"]),
    badgeFaceVerificationMode: faceModeIn(properties),
  };
}

function deployment(console: OrganizationConsole, id: string) {
  const found = console.onGuard().find(({ rhombusToken }) => onGuardId(rhombusToken) === id);
  if (found === undefined) throw new Error(`The organization has no OnGuard deployment ${id}.`);
  return found;
}
