import * as rhombus from "pulumi-rhombus";
import { clinic, endpoint, headquarters, keys, lab, staff, warehouse } from "./settings";

// Headquarters: OnGuard sends each badge event to Rhombus, which shows it with the door's cameras.
const onGuard = new rhombus.OnGuardIntegration("headquarters", {
  displayName: "Headquarters OnGuard",
  doorInfoMap: {
    "1:4": {
      doorName: "Lobby",
      locationUuid: headquarters.locationUuid,
      assignedCameraList: [headquarters.lobbyCamera],
    },
    "2:7": {
      doorName: "Server room",
      locationUuid: headquarters.locationUuid,
      assignedCameraList: [headquarters.serverRoomCamera],
      leadingSeconds: 5,
    },
  },
  saveClips: true,
  createSeekPoints: true,
});

// Warehouse: Genea.
const genea = new rhombus.GeneaIntegration("warehouse", {
  apiToken: keys.genea,
  doorInfoMap: {
    [warehouse.dockDoor]: {
      doorName: "Dock",
      locationUuid: warehouse.locationUuid,
      assignedCameraList: [warehouse.dockCamera],
    },
  },
  saveClips: true,
});

// Robot lab: Kisi.
const kisi = new rhombus.KisiIntegration("lab", {
  apiSecretKey: keys.kisi,
  placeToSettingsMap: {
    [lab.place]: {
      placeName: "Robot lab",
      doorInfoMap: {
        [lab.entranceDoor]: {
          doorName: "Lab entrance",
          locationUuid: lab.locationUuid,
          assignedCameraList: [lab.entranceCamera],
        },
      },
      saveClips: true,
    },
  },
});

const engineers = new rhombus.AccessControlGroup("engineers", {
  name: "Engineers",
  description: "Everyone who works on robots",
  userUuids: staff.engineers,
});

const receptionists = new rhombus.AccessControlGroup("receptionists", {
  name: "Receptionists",
  locationUuid: headquarters.locationUuid,
  userUuids: staff.receptionists,
});

// Doors of Rhombus Access Control: a grant says who may open which ones, and when. OnGuard, Genea and Kisi decide about theirs.
const weekdays = new rhombus.Schedule("weekdays", {
  name: "Weekdays",
  intervals: [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: "07:00", to: "20:00" }],
});

new rhombus.AccessGrant("main-entrance", {
  name: "Main entrance on weekdays",
  locationUuid: headquarters.locationUuid,
  scheduleUuid: weekdays.id,
  accessControlledDoorUuids: [headquarters.mainEntrance],
  groupUuids: [engineers.id, receptionists.id],
});

// The clinic is a client of a partner. It is another organization, so it has a provider of its own.
const clinicProvider = new rhombus.Provider("clinic", {
  apiKey: keys.partner,
  partner: true,
  orgUuid: clinic.orgUuid,
  endpoint,
});

const nurses = new rhombus.AccessControlGroup(
  "nurses",
  { name: "Night nurses", locationUuid: clinic.locationUuid, userUuids: clinic.nurses },
  { provider: clinicProvider },
);

export const webhookUrl = onGuard.webhookUrl;
export const presharedSecret = onGuard.presharedSecret;
export const geneaTokenValid = genea.tokenValid;
export const kisiPlaceTokens = kisi.placeTokens;
export const groups = { engineers: engineers.id, receptionists: receptionists.id, nurses: nurses.id };
