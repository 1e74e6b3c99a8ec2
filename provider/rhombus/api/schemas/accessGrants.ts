import * as v from "valibot";
import { envelopeFields } from "./integration";
import { fields, list, number, oneOfOrNewer, requiredText, text } from "./schema";

/** The fields that grants and revocations share. */
const conditionFields = {
  /** An RUUID. */
  uuid: text,
  /** The organization, an RUUID. */
  orgUuid: text,
  /** The location, an RUUID. */
  locationUuid: text,
  name: text,
  /** The schedule, an RUUID. Without one, it presumably holds at all times. */
  scheduleUuid: text,
  /** Doors of Rhombus Access Control, as RUUIDs. */
  accessControlledDoorUuids: list(v.string()),
  /** Elevator landings, as RUUIDs. */
  accessControlledElevatorLandingUuids: list(v.string()),
  /** Labels of doors, which are texts. */
  doorLabelIds: list(v.string()),
  /** Access control groups, as RUUIDs. */
  groupUuids: list(v.string()),
  /** Users, as RUUIDs. */
  userUuids: list(v.string()),
  /** Milliseconds since 1970. */
  createdAtMillis: number,
  /** Milliseconds since 1970. */
  updatedAtMillis: number,
};

const grantFields = {
  ...conditionFields,
  /** Assigned by the server. */
  mode: oneOfOrNewer<"DEFAULT" | "GUEST_PASS_INDIVIDUAL">(),
  /** Guest passes, as RUUIDs. */
  locationGuestPassUuids: list(v.string()),
  /** Assigned by the server; it may not be sent. */
  sortKey: text,
};

const grant = fields(grantFields);

/** The permission of people to open doors of a location (Rhombus: `LocationAccessGrantType`). */
export type AccessGrant = v.InferOutput<typeof grant>;

/** The doors of a written grant that let nobody in. */
const licenceFields = {
  /** Doors whose access control licence is expired, as RUUIDs. */
  expiredACDLicensesDoorUuids: list(v.string()),
  /** Doors without an access control licence, as RUUIDs. */
  unassignedACDLicensesDoorUuids: list(v.string()),
};

/** The answer of `createAccessGrant`. Without the id the created grant could not be found. */
export const accessGrantCreateAnswer = fields({
  ...envelopeFields,
  ...licenceFields,
  accessGrant: fields({ ...grantFields, uuid: requiredText }),
});

/** The answer of `updateAccessGrant`. */
export const accessGrantUpdateAnswer = fields({ ...envelopeFields, ...licenceFields, accessGrant: v.nullish(grant) });

/** The doors that an answer to a write lists. */
export type DoorLicences = Pick<v.InferOutput<typeof accessGrantUpdateAnswer>, keyof typeof licenceFields>;

/** An answer with one grant; null or absent if there is none. */
export const accessGrantAnswer = fields({ accessGrant: v.nullish(grant) });

/** An answer with grants, those of guest passes included. */
export const accessGrantsAnswer = fields({ accessGrants: list(grant) });

const revocation = fields(conditionFields);

/** The denial of doors to people, whatever grants say (Rhombus: `LocationAccessRevocationType`). */
export type AccessRevocation = v.InferOutput<typeof revocation>;

/** An answer with revocations. */
export const accessRevocationsAnswer = fields({ accessRevocations: list(revocation) });
