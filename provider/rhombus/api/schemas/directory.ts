import * as v from "valibot";
import { envelopeFields } from "./integration";
import { fields, flag, list, oneOfOrNewer, requiredText, type Schema, text } from "./schema";

/** The answer of `getOrgV2`: the organization that the key opens (vendor: `OrgV2Type`). */
export const organizationAnswer = fields({
  ...envelopeFields,
  org: fields({
    /** An RUUID. */
    uuid: requiredText,
    name: text,
  }),
});

/** The answer of `getOrgV2`. */
export type OrganizationAnswer = v.InferOutput<typeof organizationAnswer>;

const partnerClient = fields({
  /** An RUUID. */
  clientOrgUuid: text,
  clientOrgName: text,
  /** Whether the organization lets the partner in. */
  clientAccessAllowed: flag,
});

/** An organization that a partner manages (vendor: `Partner_PartnerClientWebType`). */
export type PartnerClient = v.InferOutput<typeof partnerClient>;

/** The answer of `getClientsV2`. */
export const partnerClientsAnswer = fields({ ...envelopeFields, clients: list(partnerClient) });

/** The request of `getLocations`. */
export interface LocationsRequest {
  /** Whether to answer sub-locations too. */
  subLocationsIncluded?: boolean | null;
}

const placeFields = {
  /** An RUUID. */
  uuid: text,
  name: text,
  /** The street address. */
  address1: text,
  /** The time zone, such as `America/Los_Angeles`. */
  tz: text,
};

const place = fields(placeFields);

/** A location, cut to what names it (vendor: `LocationType`). */
export interface Location extends v.InferOutput<typeof place> {
  /** The locations inside it, each of the same kind. */
  subLocations?: (Location | null)[] | null;
}

const location: Schema<Location> = fields({ ...placeFields, subLocations: list(v.lazy(() => location)) });

/** The answer of `getLocations`. */
export const locationsAnswer = fields({ ...envelopeFields, locations: list(location) });

const user = fields({
  /** An RUUID. */
  uuid: text,
  /** The full name. */
  name: text,
  firstName: text,
  lastName: text,
  /** In lower case. */
  email: text,
  /** As it was written. */
  emailCaseSensitive: text,
  /** Deleted users are answered too. */
  deleted: flag,
  /** The progress of the user's invitation. */
  status: oneOfOrNewer<"JOINED" | "PENDING" | "INACTIVE" | "UNKNOWN">(),
  /** The organization, an RUUID. */
  orgUuid: text,
});

/** A user of an organization, cut to what names it (vendor: `WrappedRhombusOrgUserType`). */
export type User = v.InferOutput<typeof user>;

/** The answer of `getUsersInOrg`. */
export const usersAnswer = fields({
  ...envelopeFields,
  /** Users of the partner that manages the organization. */
  partners: list(user),
  /** The organization's own users. */
  users: list(user),
});

/** The request of `getMinimalCameraStateList`. */
export interface CamerasRequest {
  /** Whether to answer cameras that were taken out of service. */
  includeMummified?: boolean | null;
}

const camera = fields({
  /** An RUUID. */
  uuid: text,
  name: text,
  /** The location, an RUUID. */
  locationUuid: text,
  serialNumber: text,
  /** Whether it was taken out of service. */
  mummified: flag,
  /** The vendor does not describe the colours. */
  connectionStatus: oneOfOrNewer<"GREEN" | "YELLOW" | "ORANGE" | "RED">(),
});

/** A camera, cut to what names it (vendor: `MinimalDeviceStateType`). */
export type Camera = v.InferOutput<typeof camera>;

/** The answer of `getMinimalCameraStateList`. */
export const camerasAnswer = fields({ ...envelopeFields, cameraStates: list(camera) });
