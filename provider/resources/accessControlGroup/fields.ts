import { type InputsOf, integer, oneOf, set, text } from "../../core/schema/fields";
import { adoptFlag } from "../fields/adopt";
import { objectName } from "../fields/objectName";
import { ruuid } from "../fields/ruuid";

/** The inputs of an access control group. */
export const fields = {
  /** The group's name, at most 255 characters, unique in the organization without regard to case. Default: the resource's name. */
  name: objectName(),
  /** The description of the group, at most 4000 characters. If it is no longer declared, it is cleared. */
  description: text({ max: 4000 }),
  /**
   * The location of the group, as an RUUID. Forces replacement if the group has another location or none, because the API
   * cannot move a group. If it is no longer declared, the group keeps its location.
   */
  locationUuid: ruuid({ of: "location", replaces: true }),
  /**
   * The members, as RUUIDs of users; a set: order and repetition do not matter. Managed only when given; if no longer declared,
   * the members stay; `[]` removes them. A user that Rhombus does not add is a partial failure that names the user.
   */
  userUuids: set(ruuid({ of: "user", required: true }), {
    sharedWhen: ({ membership }) => membership === "additive",
    entry: { noun: "member" },
  }),
  /**
   * The management of members. `"exclusive"`: the program manages all members, so a member added outside Pulumi is a change.
   * `"additive"`: the program manages only the members that it declares; others are never changed or shown.
   * Default: `"exclusive"`.
   */
  membership: oneOf(["exclusive", "additive"], { local: true }),
  /**
   * `true` takes over the existing group of this name, and creates one if there is none. It applies on creation only and is
   * never a change. Default: an existing group of this name is an error.
   */
  adopt: adoptFlag(),
};

/** The outputs of an access control group. */
export const outputs = { orgUuid: text(), groupType: text(), createdAtMillis: integer(), updatedAtMillis: integer() };

/** The checked inputs of an access control group. */
export type GroupInputs = InputsOf<typeof fields>;
