import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, resourceBase } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import { accessControlGroup } from "./definition";
import type { fields } from "./fields";

/** The arguments of an {@link AccessControlGroup}. */
export interface AccessControlGroupArgs extends ArgsOf<typeof fields> {}

/**
 * A group of users for access control. It grants no access by itself; access grants refer to it.
 *
 * @example
 * ```ts
 * const engineering = new rhombus.AccessControlGroup("engineering", {
 *   description: "Software engineering",
 *   userUuids: [ada, grace],
 * });
 * ```
 */
export class AccessControlGroup extends resourceBase(accessControlGroup) {
  /** The group's name. */
  declare readonly name: Output<string>;
  /** The description of the group. */
  declare readonly description: Output<string | undefined>;
  /** The location of the group, as an RUUID. */
  declare readonly locationUuid: Output<string | undefined>;
  /** The members that the program manages, as RUUIDs, sorted; `undefined` if it manages none. */
  declare readonly userUuids: Output<string[] | undefined>;
  /** The management of members; `undefined` if not declared. */
  declare readonly membership: Output<"exclusive" | "additive" | undefined>;
  /** The organization of the group, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The type of group: `RHOMBUS_ACCESS_CONTROL`. */
  declare readonly groupType: Output<string | undefined>;
  /** The time of the group's creation, in milliseconds since 1970. */
  declare readonly createdAtMillis: Output<number | undefined>;
  /** The time of the group's last change, in milliseconds since 1970, as of the last deployment or refresh. */
  declare readonly updatedAtMillis: Output<number | undefined>;

  /**
   * Declares a group.
   * @param name The resource's name in the program.
   * @param args The arguments.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here, because names are unique.
   */
  constructor(name: string, args: AccessControlGroupArgs = {}, options?: CustomResourceOptions) {
    super(name, args, options);
  }

  /**
   * Reads an existing group without managing it.
   * @param name The resource's name in the program.
   * @param id The group's uuid, as an RUUID.
   * @param options Pulumi's options.
   * @throws Error at deployment, if the group does not exist.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): AccessControlGroup {
    return new AccessControlGroup(name, {}, { ...options, id: givenId(accessControlGroup, id) });
  }
}
