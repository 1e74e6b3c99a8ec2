import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import * as rhombus from "pulumi-rhombus";
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
  {
    name: "grants-have-schedules",
    description: "Only the access grants that the config of the pack lists may hold at all times.",
    configSchema: {
      properties: {
        grants: {
          type: "array",
          items: { type: "string" },
          description: "Grants, as the RUUID of the location and the name: HOUxunVvR8W1ZPicEJOFNQ/Emergency.",
        },
      },
    },
    validateResource: validateResourceOfType(rhombus.AccessGrant, (props, args, report) => {
      const { grants = [] } = args.getConfig<{ grants?: string[] }>();
      const grant = `${props.locationUuid}/${props.name ?? args.name}`;
      if (!props.always || grants.includes(grant)) return;
      report(`Give the grant "${grant}" a schedule, or have it added to the config of the policy pack.`);
    }),
  },
];
