import * as v from "valibot";
import { envelopeFields } from "./integration";
import { fields, flag, list, oneOfOrNewer, requiredText, type Schema, text } from "./schema";

/** The answer of `getOrgV2`: the organization that the key belongs to (Rhombus: `OrgV2Type`). */
export const organizationAnswer = fields({
  ...envelopeFields,
  org: fields({
    /** An RUUID. */
    uuid: requiredText,
    name: text,
  }),
});

const partnerClient = fields({
  /** An RUUID. */
  clientOrgUuid: text,
  clientOrgName: text,
  /** True if the organization allows the partner's access. */
  clientAccessAllowed: flag,
});

/** An organization that a partner manages (Rhombus: `Partner_PartnerClientWebType`). */
export type PartnerClient = v.InferOutput<typeof partnerClient>;

/** The answer of `getClientsV2`. */
export const partnerClientsAnswer = fields({ ...envelopeFields, clients: list(partnerClient) });

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

/** A location: the fields that name it (Rhombus: `LocationType`). */
export interface Location extends v.InferOutput<typeof place> {
  /** The locations inside it. */
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
  /** With its original case. */
  emailCaseSensitive: text,
  /** True if the user is deleted. Listings include deleted users. */
  deleted: flag,
  /** The progress of the user's invitation. */
  status: oneOfOrNewer<"JOINED" | "PENDING" | "INACTIVE" | "UNKNOWN">(),
  /** The organization, an RUUID. */
  orgUuid: text,
});

/** A user of an organization: the fields that name it (Rhombus: `WrappedRhombusOrgUserType`). */
export type User = v.InferOutput<typeof user>;

/** The answer of `getUsersInOrg`: the organization's own users. */
export const usersAnswer = fields({ ...envelopeFields, users: list(user) });

const camera = fields({
  /** An RUUID. */
  uuid: text,
  name: text,
  /** The location, an RUUID. */
  locationUuid: text,
  serialNumber: text,
  /** True if it is out of service. */
  mummified: flag,
  /** The colours are not documented. */
  connectionStatus: oneOfOrNewer<"GREEN" | "YELLOW" | "ORANGE" | "RED">(),
});

/** A camera: the fields that name it (Rhombus: `MinimalDeviceStateType`). */
export type Camera = v.InferOutput<typeof camera>;

/** The answer of `getMinimalCameraStateList`. */
export const camerasAnswer = fields({ ...envelopeFields, cameraStates: list(camera) });

/** The answer of `getPermissionsForCurrentUser`: the rights of the key's role, by names whose effect Rhombus does not document. */
export const permissionsAnswer = fields({
  ...envelopeFields,
  /** The rights. */
  functionalityList: list(v.string()),
  /** The name of the role. */
  permissionGroupName: text,
  /** True if the role may do everything. */
  superAdmin: flag,
});
