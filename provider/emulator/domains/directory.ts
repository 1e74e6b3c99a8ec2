import type { FixedOrganization, SeedLocation, SeedUser } from "../data/seed";
import { operationsIn, partnerOperation, Refusal, succeeded } from "../server/operation";
import { flag } from "../server/shapes";
import { directoryTables } from "./directoryTables";
import type { ConsoleContext, Domain } from "./domain";

const operations = [
  operationsIn("/api/org")({
    name: "getOrgV2",
    handle: ({ organization, behaviours }) => {
      if (behaviours.organizationReads === "refused") throw new Refusal(403, "Forbidden", "Access Denied");
      return { ...succeeded, org: shownOrganization(organization.seed) };
    },
  }),
  partnerOperation("/api/partner", {
    name: "getClientsV2",
    handle: ({ partner, store }) => ({
      ...succeeded,
      clients: partner.clients.flatMap(({ orgUuid, accessAllowed = true }) => {
        const client = store.organizations.get(orgUuid)?.seed;
        return client ? [shownClient(client, accessAllowed)] : [];
      }),
    }),
  }),
  operationsIn("/api/location")({
    name: "getLocations",
    fields: { subLocationsIncluded: flag },
    handle: ({ organization }, { subLocationsIncluded }) => ({
      ...succeeded,
      locations: organization.seed.locations.map((each) => shownLocation(each, subLocationsIncluded === true)),
    }),
  }),
  operationsIn("/api/user")({
    name: "getUsersInOrg",
    handle: ({ organization }) => ({
      ...succeeded,
      users: organization.seed.users.map((user) => shownUser(organization.seed, user)),
      partners: [],
    }),
  }),
  operationsIn("/api/camera")({
    name: "getMinimalCameraStateList",
    fields: { includeMummified: flag },
    handle: ({ organization }, { includeMummified }) => ({
      ...succeeded,
      cameraStates: organization.seed.cameras
        .filter((camera) => includeMummified || !camera.mummified)
        .map((camera) => ({
          connectionStatus: "GREEN",
          mummified: false,
          createdAtMillis: organization.seed.createdAtMillis,
          ...camera,
        })),
    }),
  }),
];

/** The users, cameras, locations and organizations, which no operation changes. */
export const directory = {
  operations,
  tables: ({ organization }: ConsoleContext) => directoryTables(organization),
} satisfies Domain;

function shownOrganization(seed: FixedOrganization): object {
  const { uuid, name, accountOwnerEmail, createdAtMillis } = seed;
  return { uuid, name, tenantUrl: null, deleted: false, createdAtMillis, accountOwnerEmail };
}

function shownClient(client: FixedOrganization, clientAccessAllowed: boolean): object {
  const { uuid, name, createdAtMillis } = client;
  return { clientOrgUuid: uuid, clientOrgName: name, clientAccessAllowed, createdAtMillis };
}

function shownLocation(location: SeedLocation, isDeep: boolean): object {
  const { subLocations = [], labels = [], ...rest } = location;
  const unset = { address2: null, postalCode: null, latitude: null, longitude: null };
  const parts = isDeep ? subLocations.map((each) => shownLocation(each, isDeep)) : null;
  return { ...rest, ...unset, labels, subLocations: parts };
}

function shownUser(organization: FixedOrganization, user: SeedUser): object {
  const { status = "JOINED", deleted = false, ...rest } = user;
  return {
    ...rest,
    name: `${user.firstName} ${user.lastName}`,
    emailCaseSensitive: user.email,
    rhombusUserUuid: user.uuid,
    orgUuid: organization.uuid,
    status,
    deleted,
    createdAtMillis: organization.createdAtMillis,
    updatedAtMillis: organization.createdAtMillis,
  };
}
