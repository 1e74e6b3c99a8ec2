import { type Envelope, envelopeFields, type OneOfOrNewer } from "./integration";
import { fields, flag, list, Shape, text } from "./shape";

/** An organization (vendor: `OrgV2Type`). */
export interface Organization {
  /** The organization's id, an RUUID. */
  uuid?: string | null;
  /** Its name. */
  name?: string | null;
}

/** The answer of `getOrgV2`. */
export interface OrganizationAnswer extends Envelope {
  /** The organization the key opens. */
  org?: Organization | null;
}

/** An organization that a partner manages (vendor: `Partner_PartnerClientWebType`). */
export interface PartnerClient {
  /** The organization's id, an RUUID. */
  clientOrgUuid?: string | null;
  /** Its name. */
  clientOrgName?: string | null;
  /** Whether the organization lets the partner in. */
  clientAccessAllowed?: boolean | null;
}

/** The answer of `getClientsV2`. */
export interface PartnerClientsAnswer extends Envelope {
  /** The organizations the partner manages. */
  clients?: (PartnerClient | null)[] | null;
}

/** The request of `getLocations`. */
export interface LocationsRequest {
  /** Whether to answer sub-locations too. */
  subLocationsIncluded?: boolean | null;
}

/** A location, cut to what names it (vendor: `LocationType`). */
export interface Location {
  /** The location's id, an RUUID. */
  uuid?: string | null;
  /** Its name. */
  name?: string | null;
  /** Its street address. */
  address1?: string | null;
  /** Its time zone, such as `America/Los_Angeles`. */
  tz?: string | null;
  /** The locations inside it, each of the same kind. */
  subLocations?: (Location | null)[] | null;
}

/** The answer of `getLocations`. */
export interface LocationsAnswer extends Envelope {
  /** The locations. */
  locations?: (Location | null)[] | null;
}

/** A user of an organization, cut to what names it (vendor: `WrappedRhombusOrgUserType`). */
export interface User {
  /** The user's id, an RUUID. */
  uuid?: string | null;
  /** The full name. */
  name?: string | null;
  /** The first name. */
  firstName?: string | null;
  /** The last name. */
  lastName?: string | null;
  /** The e-mail address in lower case. */
  email?: string | null;
  /** The e-mail address as it was written. */
  emailCaseSensitive?: string | null;
  /** Whether the user has been deleted; deleted users are answered too. */
  deleted?: boolean | null;
  /** How far the invitation of the user has come. */
  status?: OneOfOrNewer<"JOINED" | "PENDING" | "INACTIVE" | "UNKNOWN"> | null;
  /** The organization, as an RUUID. */
  orgUuid?: string | null;
}

/** The answer of `getUsersInOrg`. */
export interface UsersAnswer extends Envelope {
  /** Users of the partner that manages the organization. */
  partners?: (User | null)[] | null;
  /** The organization's own users. */
  users?: (User | null)[] | null;
}

/** The request of `getMinimalCameraStateList`. */
export interface CamerasRequest {
  /** Whether to answer cameras that were taken out of service. */
  includeMummified?: boolean | null;
}

/** A camera, cut to what names it (vendor: `MinimalDeviceStateType`). */
export interface Camera {
  /** The camera's id, an RUUID. */
  uuid?: string | null;
  /** Its name. */
  name?: string | null;
  /** The location it is in, as an RUUID. */
  locationUuid?: string | null;
  /** Its serial number. */
  serialNumber?: string | null;
  /** Whether it was taken out of service. */
  mummified?: boolean | null;
  /** How it is connected; the vendor does not describe the colours. */
  connectionStatus?: OneOfOrNewer<"GREEN" | "YELLOW" | "ORANGE" | "RED"> | null;
}

/** The answer of `getMinimalCameraStateList`. */
export interface CamerasAnswer extends Envelope {
  /** The cameras. */
  cameraStates?: (Camera | null)[] | null;
}

const location: Shape<Location> = fields<Location>({
  uuid: text,
  name: text,
  address1: text,
  tz: text,
  subLocations: new Shape<(Location | null)[]>((value, path) => list(location).complaint(value, path)),
});

const users = list(
  fields<User>({
    uuid: text,
    name: text,
    firstName: text,
    lastName: text,
    email: text,
    emailCaseSensitive: text,
    deleted: flag,
    status: text,
    orgUuid: text,
  }),
);

/** Shape of `OrganizationAnswer`. */
export const organizationAnswer = fields<OrganizationAnswer>({
  ...envelopeFields,
  org: fields<Organization>({ uuid: text, name: text }),
});

/** Shape of `PartnerClientsAnswer`. */
export const partnerClientsAnswer = fields<PartnerClientsAnswer>({
  ...envelopeFields,
  clients: list(
    fields<PartnerClient>({
      clientOrgUuid: text,
      clientOrgName: text,
      clientAccessAllowed: flag,
    }),
  ),
});

/** Shape of `LocationsAnswer`. */
export const locationsAnswer = fields<LocationsAnswer>({ ...envelopeFields, locations: list(location) });

/** Shape of `UsersAnswer`. */
export const usersAnswer = fields<UsersAnswer>({ ...envelopeFields, partners: users, users });

/** Shape of `CamerasAnswer`. */
export const camerasAnswer = fields<CamerasAnswer>({
  ...envelopeFields,
  cameraStates: list(
    fields<Camera>({
      uuid: text,
      name: text,
      locationUuid: text,
      serialNumber: text,
      mummified: flag,
      connectionStatus: text,
    }),
  ),
});
