import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, resourceBase } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import { accessGrant } from "./definition";
import type { fields } from "./fields";

/** The arguments of an {@link AccessGrant}. */
export interface AccessGrantArgs extends ArgsOf<typeof fields> {}

/**
 * The permission of people to open doors of Rhombus Access Control at a location: which doors, who, and when. The doors of
 * OnGuard, Genea and Kisi are opened by those systems, not by grants.
 *
 * @example
 * ```ts
 * new rhombus.AccessGrant("engineers", {
 *   locationUuid: headquarters.uuid,
 *   scheduleUuid: officeHours.id,
 *   accessControlledDoorUuids: [northGate.uuid],
 *   groupUuids: [engineers.id],
 * });
 * ```
 */
export class AccessGrant extends resourceBase(accessGrant) {
  /** The grant's name. */
  declare readonly name: Output<string>;
  /** The location of the grant, as an RUUID. */
  declare readonly locationUuid: Output<string>;
  /** The schedule in which the grant holds, as an RUUID; `undefined` if it holds at all times. */
  declare readonly scheduleUuid: Output<string | undefined>;
  /** True if the grant holds at all times; false if it has a schedule. */
  declare readonly always: Output<boolean>;
  /** The doors that the grant opens, as RUUIDs, sorted. */
  declare readonly accessControlledDoorUuids: Output<string[]>;
  /** The elevator landings that the grant opens, as RUUIDs, sorted. */
  declare readonly accessControlledElevatorLandingUuids: Output<string[]>;
  /** The labels of doors that the grant opens, sorted. */
  declare readonly doorLabelIds: Output<string[]>;
  /** The groups that may open the doors, as RUUIDs, sorted. */
  declare readonly groupUuids: Output<string[]>;
  /** The users who may open the doors, as RUUIDs, sorted. */
  declare readonly userUuids: Output<string[]>;
  /** The organization of the grant, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The time of the grant's creation, in milliseconds since 1970. */
  declare readonly createdAtMillis: Output<number | undefined>;
  /** The time of the grant's last change, in milliseconds since 1970, as of the last deployment or refresh. */
  declare readonly updatedAtMillis: Output<number | undefined>;

  /**
   * Declares a grant.
   * @param name The resource's name in the program.
   * @param args The arguments.
   * @param options Pulumi's options. `deleteBeforeReplace` is false unless set here, so that a failed replacement locks nobody out.
   */
  constructor(name: string, args: AccessGrantArgs, options?: CustomResourceOptions) {
    super(name, args, options);
  }

  /**
   * Reads an existing grant without managing it.
   * @param name The resource's name in the program.
   * @param id The grant's uuid, as an RUUID.
   * @param options Pulumi's options.
   * @throws Error at deployment, if the grant does not exist, or is that of a guest pass.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): AccessGrant {
    return new AccessGrant(name, { locationUuid: "" }, { ...options, id: givenId(accessGrant, id) });
  }
}
