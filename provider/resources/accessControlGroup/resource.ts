import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, RhombusResource } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import { accessControlGroup } from "./definition";
import type { fields } from "./fields";

/** The arguments of an {@link AccessControlGroup}. */
export interface AccessControlGroupArgs extends ArgsOf<typeof fields> {}

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
    super(accessControlGroup, name, args, options);
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
