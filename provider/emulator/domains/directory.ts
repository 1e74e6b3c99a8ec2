import type { SeedLocation, SeedOrganization, SeedUser } from "../data/seed";
import { type Operation, operation, partnerOperation, Refusal, succeeded } from "../server/operation";
import { flag, object } from "../server/shapes";
import { noFields } from "./schemas";

/** The operations that list users, cameras, locations and organizations. */
export const directoryOperations: readonly Operation[] = [
  operation({
    name: "getOrgV2",
    area: "/api/org",
    body: noFields,
    run: ({ organization, behaviours }) => {
      if (behaviours.organizationReads === "refused") throw new Refusal(403, "Forbidden", "Access Denied");
      return { ...succeeded, org: shownOrganization(organization.seed) };
    },
  }),
  partnerOperation({
    name: "getClientsV2",
    area: "/api/partner",
    body: noFields,
    run: ({ partner, store }) => ({
      ...succeeded,
      clients: partner.clients.flatMap(({ orgUuid, accessAllowed = true }) => {
        const client = store.organizations.get(orgUuid)?.seed;
        return client ? [shownClient(client, accessAllowed)] : [];
      }),
    }),
  }),
  operation({
    name: "getLocations",
    area: "/api/location",
    body: object({ subLocationsIncluded: flag }),
    run: ({ organization }, { subLocationsIncluded }) => ({
      ...succeeded,
      locations: organization.seed.locations.map((each) => shownLocation(each, subLocationsIncluded === true)),
    }),
  }),
  operation({
    name: "getUsersInOrg",
    area: "/api/user",
    body: noFields,
    run: ({ organization }) => ({
      ...succeeded,
      users: organization.seed.users.map((user) => shownUser(organization.seed, user)),
      partners: [],
    }),
  }),
  operation({
    name: "getMinimalCameraStateList",
    area: "/api/camera",
    body: object({ includeMummified: flag }),
    run: ({ organization }, { includeMummified }) => ({
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

function shownOrganization(seed: SeedOrganization): object {
  const { uuid, name, accountOwnerEmail, createdAtMillis } = seed;
  return { uuid, name, tenantUrl: null, deleted: false, createdAtMillis, accountOwnerEmail };
}

function shownClient(client: SeedOrganization, clientAccessAllowed: boolean): object {
  const { uuid, name, createdAtMillis } = client;
  return { clientOrgUuid: uuid, clientOrgName: name, clientAccessAllowed, createdAtMillis };
}

function shownLocation(location: SeedLocation, isDeep: boolean): object {
  const { subLocations = [], labels = [], ...rest } = location;
  const shownParts = isDeep ? subLocations.map((each) => shownLocation(each, isDeep)) : null;
  return {
    ...rest,
    labels,
    address2: null,
    postalCode: null,
    latitude: null,
    longitude: null,
    subLocations: shownParts,
  };
}

function shownUser(organization: SeedOrganization, user: SeedUser): object {
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
