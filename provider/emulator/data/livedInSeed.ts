import type { Seed, SeedOrganization } from "../domains/domains";
import type { SeedGroup } from "../domains/groups";
import { campus, campusSeed } from "./campusSeed";

const { acme } = campusSeed;
const { cameras, locations, users } = acme;

/** The ids that the seed `livedIn` has at Acme Robotics in addition to those of {@link campusSeed}. */
export const livedInSeed = {
  /** OnGuard at the headquarters, two doors. */
  headquartersOnGuard: {
    rhombusToken: "s7jTgD-8RJSv_S0zFpiucg",
    presharedSecret: "emulator-secret-headquarters-0123456789ab",
  },
  /** OnGuard at the warehouse, one door. */
  warehouseOnGuard: {
    rhombusToken: "oEJ06RoSR429W2ZAYYG4Hg",
    presharedSecret: "emulator-secret-warehouse-0123456789abcd",
  },
  /** The groups by their role. `guestHosts` is no access control group. */
  groups: {
    everyone: "Y1MsDE0EQpyRPocZW1Jx0A",
    engineering: "nwVZ9DQeSVKcvoB5tu5nlw",
    facilities: "naxpet8iQUyUJERj6kpZyA",
    warehouse: "U_64Cp15QzWMpbnwBQloXg",
    nightShift: "ghC3j-VoQg6vPzpdlP801g",
    contractors: "Gu8DzTgcRjmbyc70b3De1A",
    guestHosts: "3l6q5e3RS72Ew9G-ALMrxg",
  },
} as const;

/**
 * The seed `livedIn`: `campus`, and at Acme Robotics two OnGuard deployments, Genea, Kisi, six access control groups
 * and the host group of guest management.
 */
export function livedIn(): Seed {
  const seed = campus();
  return {
    ...seed,
    organizations: seed.organizations.map((each) => (each.uuid === acme.orgUuid ? withIntegrations(each) : each)),
  };
}

function withIntegrations(organization: SeedOrganization): SeedOrganization {
  const { genea, kisi } = acme;
  return {
    ...organization,
    onGuard: [
      {
        ...livedInSeed.headquartersOnGuard,
        displayName: "Headquarters OnGuard",
        flags: { saveClips: true, createSeekPoints: true, badgeFaceVerificationMode: "SHADOW" },
        doorInfoMap: {
          "1:4": {
            doorName: "Lobby",
            assignedCameraList: [cameras.lobby.uuid],
            locationUuid: locations.headquarters.uuid,
          },
          "1:7": { doorName: "Server room", assignedCameraList: [cameras.serverRoom.uuid], clipDuration: 20 },
        },
      },
      {
        ...livedInSeed.warehouseOnGuard,
        displayName: "Warehouse OnGuard",
        doorInfoMap: {
          "2:1": { doorName: "Dock", assignedCameraList: [cameras.dockNorth.uuid, cameras.dockSouth.uuid] },
        },
      },
    ],
    genea: {
      apiToken: genea.apiToken,
      flags: { saveClips: true, identifyFacesFromBadge: true },
      doorInfoMap: {
        [genea.doors.lobby.id]: { doorName: genea.doors.lobby.name, assignedCameraList: [cameras.lobby.uuid] },
        [genea.doors.labEntrance.id]: {
          doorName: genea.doors.labEntrance.name,
          assignedCameraList: [cameras.labEntrance.uuid],
          locationUuid: locations.robotLab.uuid,
        },
      },
    },
    kisi: {
      apiSecretKey: kisi.apiSecretKey,
      defaultOptions: { defaultOptionsEnabled: true, saveClips: true },
      placeToSettingsMap: {
        [kisi.places.headquarters.id]: {
          placeName: kisi.places.headquarters.name,
          flags: { createSeekPoints: true },
          doorInfoMap: {
            [kisi.places.headquarters.doors.lobby.id]: { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] },
          },
        },
        [kisi.places.robotLab.id]: { placeName: kisi.places.robotLab.name, doorInfoMap: {} },
      },
    },
    groups: seededGroups,
  };
}

const { groups } = livedInSeed;

const seededGroups: readonly SeedGroup[] = [
  {
    uuid: groups.everyone,
    name: "Everyone",
    description: "All employees",
    userUuids: Object.values(users)
      .map(({ uuid }) => uuid)
      .filter((uuid) => uuid !== users.deleted.uuid),
  },
  {
    uuid: groups.engineering,
    name: "Engineering",
    description: "Robot lab and server room",
    userUuids: [users.ada.uuid, users.chloe.uuid, users.dmitri.uuid],
  },
  {
    uuid: groups.facilities,
    name: "Facilities",
    locationUuid: locations.headquarters.uuid,
    userUuids: [users.ben.uuid, users.elena.uuid],
  },
  {
    uuid: groups.warehouse,
    name: "Warehouse",
    locationUuid: locations.warehouse.uuid,
    userUuids: [users.farid.uuid, users.hugo.uuid],
  },
  { uuid: groups.nightShift, name: "Night shift", userUuids: [users.grace.uuid] },
  { uuid: groups.contractors, name: "Contractors", description: "No one at the moment" },
  { uuid: groups.guestHosts, name: "Guest hosts", type: "GUEST_MANAGEMENT_HOST", userUuids: [users.iris.uuid] },
];
