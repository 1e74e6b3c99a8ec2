import type { ResourceValidationPolicy } from "@pulumi/policy";
import { eachDoor } from "./doors";

export const policies: ResourceValidationPolicy[] = [
  {
    name: "doors-have-cameras",
    description: "Every door that a program maps has a camera: Rhombus drops the badge events of others.",
    validateResource: eachDoor(({ name, cameras }) =>
      cameras.length > 0 ? undefined : `Add a camera to the assignedCameraList of door "${name}", or remove the door.`,
    ),
  },
  {
    name: "remote-unlock-is-listed",
    description: "Rhombus may unlock only the doors that the config of the pack lists.",
    configSchema: {
      properties: {
        doors: {
          type: "array",
          items: { type: "string" },
          description: "Doors, such as kisi/51003 or onguard/HQ OnGuard/1:4.",
        },
      },
    },
    validateResource: eachDoor(({ name, remoteUnlock }, args) => {
      const { doors = [] } = args.getConfig<{ doors?: string[] }>();
      if (!remoteUnlock || doors.includes(name)) return undefined;
      return `Remove remoteUnlock from door "${name}", or have the door added to the config of the policy pack.`;
    }),
  },
];
