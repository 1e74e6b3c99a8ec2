// Before `pulumi up` (the last line once for each engineer):
//   pulumi config set --secret rhombus:apiKey
//   pulumi config set --path 'engineers[0]' <e-mail>

import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const config = new pulumi.Config();

const headquarters = rhombus.getLocationOutput({ name: "Headquarters" });
const lobby = rhombus.getCameraOutput({ name: "Lobby", location: "Headquarters" });
const engineers = rhombus.getUsersOutput({ emails: config.requireObject<string[]>("engineers") });

const badges = new rhombus.OnGuardIntegration("hq", {
  displayName: "HQ OnGuard",
  doorInfoMap: {
    "1:4": { doorName: "Lobby", locationUuid: headquarters.uuid, assignedCameraList: [lobby.uuid] },
  },
});

const group = new rhombus.AccessControlGroup("engineers", { name: "Engineers", userUuids: engineers.uuids });

export const doors = badges.doorInfoMap;
export const groupId = group.id;
