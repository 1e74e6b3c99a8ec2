import type { Seed, SeedOrganization } from "../domains/domains";
import { acmeAccess, acmeAccessObjects } from "./campusAccess";
import type { SeedCamera, SeedLocation, SeedUser } from "./seed";

const serverRoom = location("2gN0Nt-vQuGhrooC2BgE-g", "Server room", "1200 Foundry Way, Floor 2");

const acmeLocations = {
  headquarters: {
    ...location("HOUxunVvR8W1ZPicEJOFNQ", "Headquarters", "1200 Foundry Way, Sacramento, CA"),
    labels: ["campus"],
    subLocations: [serverRoom],
  },
  robotLab: {
    ...location("c4frT90ySx6HsFIVfAXmzA", "Robot lab", "1250 Foundry Way, Sacramento, CA"),
    labels: ["campus"],
  },
  warehouse: location("W7SYQj36RoeEGQraU3OIcw", "Warehouse", "88 Dock Street, Stockton, CA"),
} as const satisfies Record<string, SeedLocation>;

const hq = acmeLocations.headquarters.uuid;
const lab = acmeLocations.robotLab.uuid;
const warehouse = acmeLocations.warehouse.uuid;

const acmeCameras = {
  lobby: camera("Z04p4MkMTCKnu7wjgDrmyQ", "Lobby", hq, 1),
  mainEntrance: camera("WPvsmTFzTxmm_1h3663mlQ", "Main entrance", hq, 1),
  elevators: camera("SbS5cPBOT4e3uw7r63OEyQ", "Elevators", hq, 1),
  serverRoom: camera("SWod6LBFTPCSwIBOBGiiyQ", "Server room", hq, 2),
  labEntrance: camera("et1RClDMQYmrUUcyjdPCjg", "Lab entrance", lab, 1),
  labFloor: camera("cU3rYNJ_Ro6PAa5etuC2Ag", "Lab floor", lab, 1),
  dockNorth: camera("Zl6nZgv8RxiFPe4xLeGh7A", "Dock north", warehouse, 1),
  dockSouth: { ...camera("Jwihni1VT-OhZ9YEi_BEsw", "Dock south", warehouse, 1), connectionStatus: "RED" },
  formerGate: { ...camera("XsBy0O9PQMOCZ8z4YhGqGg", "Former gate", warehouse, 1), mummified: true },
} as const satisfies Record<string, SeedCamera>;

const acmeUsers = {
  ada: user("F42I89RbRhigNOEKraGO8g", "Ada", "Okafor", "acme-robotics.example"),
  ben: user("sRYNilrZT5KlpzniBNoVOg", "Ben", "Castillo", "acme-robotics.example"),
  chloe: user("3KRRzSzgT7-0xyhD2iKktg", "Chloe", "Nakamura", "acme-robotics.example"),
  dmitri: user("JUT1ffZ3TnyaFiSOAap33A", "Dmitri", "Petrov", "acme-robotics.example"),
  elena: user("bn8SbX8qQ8GRpqStnbIS6g", "Elena", "Marin", "acme-robotics.example"),
  farid: user("BDVbV7hDTqqpN5TgZKwC7Q", "Farid", "Haddad", "acme-robotics.example"),
  grace: user("P6xzB3VTTU6W76rdHCFK6A", "Grace", "Lindqvist", "acme-robotics.example"),
  hugo: user("JwUdC1vvTz69aPQqZN2XMQ", "Hugo", "Almeida", "acme-robotics.example"),
  iris: user("5Zdk0KVYQwiKeGW-ybJu6A", "Iris", "Tanaka", "acme-robotics.example"),
  jonas: { ...user("9EhUBoNaTTyIEsIXkCEeEQ", "Jonas", "Weber", "acme-robotics.example"), status: "PENDING" },
  inactive: { ...user("Vr-0mlsQS-iMNfl88ROSmA", "Kira", "Sandoval", "acme-robotics.example"), status: "INACTIVE" },
  deleted: { ...user("j3vVZgtlTLGKuANORl3inA", "Leo", "Fontaine", "acme-robotics.example"), deleted: true },
} as const satisfies Record<string, SeedUser>;

const bluebirdLocations = {
  downtown: location("uXGAKnViTr2r1LY3XttwlA", "Downtown clinic", "14 Alder Street, Portland, OR"),
  riverside: location("Ba1-1MXvRt-KyBenVGAJLA", "Riverside clinic", "900 Quay Road, Portland, OR"),
} as const satisfies Record<string, SeedLocation>;

const bluebirdCameras = {
  reception: camera("LM01hsM0QLGlNBjjR4ORlg", "Reception", bluebirdLocations.downtown.uuid, 1),
  pharmacy: camera("sgnY67POQyKuWkoEsQXacg", "Pharmacy", bluebirdLocations.downtown.uuid, 2),
  riversideDoor: camera("6grtHwj5Q1SSP_jqMEs7HQ", "Riverside door", bluebirdLocations.riverside.uuid, 1),
} as const satisfies Record<string, SeedCamera>;

const bluebirdUsers = {
  maya: user("eGqYnWRWTMiY1PnI7_g61w", "Maya", "Brooks", "bluebird-clinics.example"),
  noah: user("Oc_m6Xp0Sq6Mos0DeHBfcg", "Noah", "Ferreira", "bluebird-clinics.example"),
  olga: user("1022pQkPQfmiRPhP8OuBIQ", "Olga", "Svensson", "bluebird-clinics.example"),
} as const satisfies Record<string, SeedUser>;

const cedarLocations = {
  hub: location("iATc9VWOR5CKHJ_Ery6Ypw", "Cedar hub", "5 Freight Loop, Boise, ID"),
  crossDock: location("3vRs3D3VQTS7BFbsdlpI_A", "Cross dock", "71 Mill Road, Boise, ID"),
} as const satisfies Record<string, SeedLocation>;

const cedarCameras = {
  gate: camera("tM8pLlxHQGKNxfPUWDEuiw", "Gate", cedarLocations.hub.uuid, 1),
  office: camera("JH8fcM3hRRqKrjBwjAJmEA", "Office", cedarLocations.hub.uuid, 1),
  ramp: camera("ynkj2b7SQYqHZ0rXzyMIdw", "Ramp", cedarLocations.crossDock.uuid, 1),
} as const satisfies Record<string, SeedCamera>;

const cedarUsers = {
  priya: user("l9gwcP4fSc-gz4vnk822WQ", "Priya", "Raman", "cedar-logistics.example"),
  quinn: user("3GRuciVmQl2ruuBJtnjCRw", "Quinn", "Delgado", "cedar-logistics.example"),
  rosa: user("pV6Z1G-mRqW98kibqPlAdQ", "Rosa", "Keller", "cedar-logistics.example"),
} as const satisfies Record<string, SeedUser>;

/**
 * The names, ids and keys of the campus seed, for examples and tests. All of them are invented and valid only at the
 * emulator.
 *
 * `acme` is an organization with a key of its own; `partner` manages `bluebird` and `cedar`. Each organization has its
 * own accounts at Genea and Kisi with two valid keys each, for tests of key rotation.
 */
export const campusSeed = {
  /** Acme Robotics: three locations, nine cameras, twelve users. */
  acme: {
    orgUuid: "2uVVrIrfR22PS0zgP8gJHg",
    name: "Acme Robotics",
    apiKey: "acmeEmulatorKey0000001",
    /** A second key of the same organization. */
    rotatedApiKey: "acmeEmulatorKey0000002",
    /** A key of the same organization that may only read. */
    readOnlyApiKey: "acmeEmulatorReader0001",
    locations: acmeLocations,
    cameras: acmeCameras,
    users: acmeUsers,
    /** Rhombus Access Control: doors, door labels, schedules, a policy, the grant of a guest pass, and a revocation. */
    access: acmeAccess,
    genea: {
      apiToken: "genea-acme-emulator-token-1",
      rotatedApiToken: "genea-acme-emulator-token-2",
      doors: {
        lobby: { id: "gd-acme-1001", name: "Lobby turnstile" },
        mainEntrance: { id: "gd-acme-1002", name: "Main entrance" },
        serverRoom: { id: "gd-acme-1003", name: "Server room" },
        labEntrance: { id: "gd-acme-2001", name: "Lab entrance" },
        labStore: { id: "gd-acme-2002", name: "Lab store" },
        dock: { id: "gd-acme-3001", name: "Dock" },
      },
    },
    kisi: {
      apiSecretKey: "kisi-acme-emulator-key-1",
      rotatedApiSecretKey: "kisi-acme-emulator-key-2",
      places: {
        headquarters: {
          id: 41001,
          name: "Acme headquarters",
          doors: { lobby: { id: 51001, name: "Lobby" }, serverRoom: { id: 51002, name: "Server room" } },
        },
        robotLab: {
          id: 41002,
          name: "Acme robot lab",
          doors: { entrance: { id: 51003, name: "Lab entrance" }, store: { id: 51004, name: "Lab store" } },
        },
      },
    },
  },
  /** Harbor Security Partners, which manages Bluebird Clinics and Cedar Logistics. */
  partner: { uuid: "E1vXR8DiQwyBTyCsts8Khg", name: "Harbor Security Partners", apiKey: "harborEmulatorKey00001" },
  /** Bluebird Clinics, a client of the partner. */
  bluebird: {
    orgUuid: "lWrTLMVzRGGwhoCA6GIcvg",
    name: "Bluebird Clinics",
    apiKey: "bluebirdEmulatorKey001",
    locations: bluebirdLocations,
    cameras: bluebirdCameras,
    users: bluebirdUsers,
    genea: {
      apiToken: "genea-bluebird-emulator-token-1",
      rotatedApiToken: "genea-bluebird-emulator-token-2",
      doors: { reception: { id: "gd-blue-1", name: "Reception" }, pharmacy: { id: "gd-blue-2", name: "Pharmacy" } },
    },
    kisi: {
      apiSecretKey: "kisi-bluebird-emulator-key-1",
      rotatedApiSecretKey: "kisi-bluebird-emulator-key-2",
      places: {
        downtown: { id: 42001, name: "Downtown clinic", doors: { reception: { id: 52001, name: "Reception" } } },
      },
    },
  },
  /** Cedar Logistics, a client of the partner. */
  cedar: {
    orgUuid: "cS9CTfEkSQGxyyZwdy3VqQ",
    name: "Cedar Logistics",
    apiKey: "cedarEmulatorKey000001",
    locations: cedarLocations,
    cameras: cedarCameras,
    users: cedarUsers,
    genea: {
      apiToken: "genea-cedar-emulator-token-1",
      rotatedApiToken: "genea-cedar-emulator-token-2",
      doors: { gate: { id: "gd-cedar-1", name: "Gate" }, ramp: { id: "gd-cedar-2", name: "Ramp" } },
    },
    kisi: {
      apiSecretKey: "kisi-cedar-emulator-key-1",
      rotatedApiSecretKey: "kisi-cedar-emulator-key-2",
      places: { hub: { id: 43001, name: "Cedar hub", doors: { gate: { id: 53001, name: "Gate" } } } },
    },
  },
} as const;

/**
 * The seed `campus`: Acme Robotics, and a partner with two clients. It has no integrations, no groups, and of Rhombus
 * Access Control only what no resource makes.
 */
export function campus(): Seed {
  const { acme, bluebird, cedar, partner } = campusSeed;
  const tenants = [acme, bluebird, cedar];
  const ofAcme = organization(acme, acme.users.ada.uuid, [acme.apiKey, acme.rotatedApiKey]);
  const reader = { key: acme.readOnlyApiKey, userUuid: acme.users.grace.uuid, readOnly: true };
  return {
    organizations: [
      { ...ofAcme, ...acmeAccessObjects(acme), apiKeys: [...ofAcme.apiKeys, reader] },
      organization(bluebird, bluebird.users.maya.uuid, [bluebird.apiKey]),
      organization(cedar, cedar.users.priya.uuid, [cedar.apiKey]),
    ],
    partners: [{ ...partner, clients: [{ orgUuid: bluebird.orgUuid }, { orgUuid: cedar.orgUuid }] }],
    geneaAccounts: tenants.map(({ genea }) => ({
      apiTokens: [genea.apiToken, genea.rotatedApiToken],
      doors: Object.values(genea.doors),
    })),
    kisiAccounts: tenants.map(({ kisi }) => ({
      apiSecretKeys: [kisi.apiSecretKey, kisi.rotatedApiSecretKey],
      places: Object.values(kisi.places).map((place) => ({ ...place, doors: Object.values(place.doors) })),
    })),
  };
}

function organization(
  tenant: (typeof campusSeed)["acme" | "bluebird" | "cedar"],
  ownerUuid: string,
  keys: readonly string[],
): SeedOrganization {
  const users: SeedUser[] = Object.values(tenant.users);
  return {
    uuid: tenant.orgUuid,
    name: tenant.name,
    accountOwnerEmail: users.find(({ uuid }) => uuid === ownerUuid)?.email ?? "",
    createdAtMillis: Date.UTC(2024, 2, 4, 9, 30),
    apiKeys: keys.map((key) => ({ key, userUuid: ownerUuid })),
    locations: Object.values(tenant.locations),
    cameras: Object.values(tenant.cameras),
    users,
  };
}

function location(uuid: string, name: string, address1: string): SeedLocation {
  return { uuid, name, address1, countryCode: "US", tz: "America/Los_Angeles" };
}

function camera(uuid: string, name: string, locationUuid: string, floorNumber: number): SeedCamera {
  return { uuid, name, locationUuid, floorNumber, serialNumber: `RHM-${uuid.slice(0, 8).toUpperCase()}` };
}

function user(uuid: string, firstName: string, lastName: string, domain: string): SeedUser {
  return { uuid, firstName, lastName, email: `${firstName}.${lastName}@${domain}`.toLowerCase() };
}
