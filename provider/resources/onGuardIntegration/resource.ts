import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, RhombusResource } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import type { BadgeFaceVerificationMode, BadgeVerificationArgs } from "../fields/badgeOptions";
import type { DoorInfo } from "../fields/doorInfo";
import { type fields, onGuardIntegration } from "./definition";

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
export class OnGuardIntegration extends RhombusResource {
  /** The deployment's label. */
  declare readonly displayName: Output<string>;
  /** The doors that the program answers for, by `controller:device`; `undefined` when they are not managed. */
  declare readonly doorInfoMap: Output<Record<string, DoorInfo> | undefined>;
  /** Whether a badge used with an unauthorized face raises an alert, where declared. */
  declare readonly alertUnauthorizedFaces: Output<boolean | undefined>;
  /** Whether an authorized badge switches alarm monitoring off, where declared. */
  declare readonly badgeAuthDisablesAlarmMonitoring: Output<boolean | undefined>;
  /** How strictly a face is compared with the badge, where declared. */
  declare readonly badgeFaceVerificationMode: Output<BadgeFaceVerificationMode | undefined>;
  /** Whether anomalies of access raise an alert, where declared. */
  declare readonly createAccessAnomalyAlerts: Output<boolean | undefined>;
  /** Whether an event marks its moment in the footage, where declared. */
  declare readonly createSeekPoints: Output<boolean | undefined>;
  /** Whether faces are named from the badges they use, where declared. */
  declare readonly identifyFacesFromBadge: Output<boolean | undefined>;
  /** Whether an event saves a clip, where declared. */
  declare readonly saveClips: Output<boolean | undefined>;
  /** The organization the deployment belongs to, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The identity of the deployment. Secret: it is part of the webhook's URL. */
  declare readonly rhombusToken: Output<string>;
  /** The key with which OnGuard signs each event (HMAC-SHA256, header `x-rhombus-signature`). Secret. */
  declare readonly presharedSecret: Output<string>;
  /** Where OnGuard posts its events. Secret: it embeds the token. */
  declare readonly webhookUrl: Output<string>;
  /** Whether the organization's OnGuard integration is on; the API has no way to change it for one deployment. */
  declare readonly enabled: Output<boolean | undefined>;
  /** Names of doors that are assigned to cameras of more than one Rhombus location. */
  declare readonly misconfiguredDoors: Output<string[] | undefined>;

  /**
   * Declares a deployment.
   * @param name The resource's name in the program.
   * @param args What the deployment is to be.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here.
   */
  constructor(name: string, args: OnGuardIntegrationArgs = {}, options?: CustomResourceOptions) {
    super(onGuardIntegration, name, args, options);
  }

  /**
   * Reads a deployment that exists, without managing it. Its `webhookUrl` is not known then: no read returns it.
   * @param name The resource's name in the program.
   * @param id The id under which the stack that made the deployment keeps it.
   * @param options Pulumi's options.
   * @throws Error at deployment, when there is no such deployment.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): OnGuardIntegration {
    return new OnGuardIntegration(name, {}, { ...options, id: givenId(onGuardIntegration, id) });
  }
}
