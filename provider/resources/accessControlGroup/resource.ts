import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, plainArgs, RhombusResource } from "../../pulumi/declare/resource";
import { accessControlGroup } from "./definition";

/** What a program says about an {@link AccessControlGroup}. */
export interface AccessControlGroupArgs {
  /** The group's name, at most 255 characters, unique in the organization without regard to case. Default: the resource's name. */
  name?: Input<string>;
  /** What the group is for, at most 4000 characters. No longer declared, it is cleared. */
  description?: Input<string>;
  /**
   * The location the group belongs to, as an RUUID. Forces replacement where the group has another one or none: the API has
   * no way to move a group. No longer declared, the group keeps its location.
   */
  locationUuid?: Input<string>;
  /**
   * The group's members, as RUUIDs of users; a set: order and repetition do not matter. Managed only when given; no longer
   * declared, the members stay; `[]` removes them. A user whom Rhombus does not add is a partial failure that names them.
   */
  userUuids?: Input<Input<string>[]>;
  /**
   * Whose the set of members is. `"exclusive"`: the program's, so members added elsewhere show as a change. `"additive"`:
   * the program only answers for the members it declares; those of others are never touched and never shown.
   * Default: `"exclusive"`.
   */
  membership?: Input<"exclusive" | "additive">;
  /**
   * `true` takes over the existing group of this name, and makes one when there is none. Only looked at on creation; never
   * a change. Default: an existing group of this name is an error.
   */
  adopt?: Input<boolean>;
}

/**
 * A group of users for access control. It grants nothing by itself: access grants name it.
 *
 * @example
 * ```ts
 * const engineering = new rhombus.AccessControlGroup("engineering", {
 *   description: "Software engineering",
 *   userUuids: [ada, grace],
 * });
 * ```
 */
export class AccessControlGroup extends RhombusResource {
  /** The group's name. */
  declare readonly name: Output<string>;
  /** What the group is for. */
  declare readonly description: Output<string | undefined>;
  /** The location the group belongs to, as an RUUID. */
  declare readonly locationUuid: Output<string | undefined>;
  /** The members that the program answers for, as RUUIDs, sorted; `undefined` when they are not managed. */
  declare readonly userUuids: Output<string[] | undefined>;
  /** Whose the set of members is. */
  declare readonly membership: Output<"exclusive" | "additive" | undefined>;
  /** The organization the group belongs to, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The vendor's kind of group: `RHOMBUS_ACCESS_CONTROL`. */
  declare readonly groupType: Output<string | undefined>;
  /** When the group was made, in milliseconds since 1970. */
  declare readonly createdAtMillis: Output<number | undefined>;
  /** When the group was last changed, in milliseconds since 1970, as of the last deployment or refresh. */
  declare readonly updatedAtMillis: Output<number | undefined>;

  /**
   * Declares a group.
   * @param name The resource's name in the program.
   * @param args What the group is to be.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here, because names are unique.
   */
  constructor(name: string, args: AccessControlGroupArgs = {}, options?: CustomResourceOptions) {
    super(
      accessControlGroup,
      name,
      { ...plainArgs(args, "AccessControlGroup", name), name: args.name ?? name },
      options,
    );
  }

  /**
   * Reads a group that exists, without managing it.
   * @param name The resource's name in the program.
   * @param id The group's uuid, as an RUUID.
   * @param options Pulumi's options.
   * @throws Error at deployment, when there is no such group.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): AccessControlGroup {
    return new AccessControlGroup(name, {}, { ...options, id: givenId(accessControlGroup, id) });
  }
}
