import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, resourceBase } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import type { BadgeFaceVerificationMode, BadgeVerificationArgs } from "../fields/badgeOptions";
import type { DoorInfo } from "../fields/doorInfo";
import { onGuardIntegration } from "./definition";
import type { fields } from "./fields";

/** The arguments of an {@link OnGuardIntegration}. */
export interface OnGuardIntegrationArgs extends BadgeVerificationArgs, ArgsOf<typeof fields> {}

/**
 * One Honeywell OnGuard deployment: OnGuard posts badge events, signed with `presharedSecret`, to `webhookUrl`, and
 * Rhombus shows them with the footage of the doors' cameras. An organization may have several.
 *
 * @example
 * ```ts
 * const badges = new rhombus.OnGuardIntegration("hq", {
 *   displayName: "HQ OnGuard",
 *   doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: [lobbyCamera] } },
 * });
 * export const webhookUrl = badges.webhookUrl;
 * ```
 */
export class OnGuardIntegration extends resourceBase(onGuardIntegration) {
  /** The deployment's name. */
  declare readonly displayName: Output<string>;
  /** The doors that the program manages, by `controller:device`; `undefined` if it manages none. */
  declare readonly doorInfoMap: Output<Record<string, DoorInfo> | undefined>;
  /** Raises an alert if a badge is used with an unauthorized face; `undefined` if not declared. */
  declare readonly alertUnauthorizedFaces: Output<boolean | undefined>;
  /** Disables alarm monitoring when an authorized badge is used; `undefined` if not declared. */
  declare readonly badgeAuthDisablesAlarmMonitoring: Output<boolean | undefined>;
  /** The strictness with which a face is compared with the badge; `undefined` if not declared. */
  declare readonly badgeFaceVerificationMode: Output<BadgeFaceVerificationMode | undefined>;
  /** Raises an alert for access anomalies; `undefined` if not declared. */
  declare readonly createAccessAnomalyAlerts: Output<boolean | undefined>;
  /** Creates a seek point in the footage for each badge event; `undefined` if not declared. */
  declare readonly createSeekPoints: Output<boolean | undefined>;
  /** Names faces after the badges they use; `undefined` if not declared. */
  declare readonly identifyFacesFromBadge: Output<boolean | undefined>;
  /** Saves a clip for each badge event; `undefined` if not declared. */
  declare readonly saveClips: Output<boolean | undefined>;
  /** The organization of the deployment, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The identity of the deployment. Secret: it is part of the webhook's URL. */
  declare readonly rhombusToken: Output<string>;
  /** The key with which OnGuard signs each event (HMAC-SHA256, header `x-rhombus-signature`). Secret. */
  declare readonly presharedSecret: Output<string>;
  /** The URL to which OnGuard posts its events. Secret: it contains the token. */
  declare readonly webhookUrl: Output<string>;
  /** True if the organization's OnGuard integration is enabled; the API cannot change it for one deployment. */
  declare readonly enabled: Output<boolean | undefined>;
  /** Names of doors that are assigned to cameras of more than one Rhombus location. */
  declare readonly misconfiguredDoors: Output<string[] | undefined>;

  /**
   * Declares a deployment.
   * @param name The resource's name in the program.
   * @param args The arguments.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here.
   */
  constructor(name: string, args: OnGuardIntegrationArgs = {}, options?: CustomResourceOptions) {
    super(name, args, options);
  }

  /**
   * Reads an existing deployment without managing it. Its `webhookUrl` is `undefined`, because no read returns it.
   * @param name The resource's name in the program.
   * @param id The id of the deployment in the stack that created it.
   * @param options Pulumi's options.
   * @throws Error at deployment, if the deployment does not exist.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): OnGuardIntegration {
    return new OnGuardIntegration(name, {}, { ...options, id: givenId(onGuardIntegration, id) });
  }
}
