import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, RhombusResource } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import type { BadgeFaceVerificationMode, BadgeVerificationArgs } from "../fields/badgeOptions";
import type { DoorInfo } from "../fields/doorInfo";
import { geneaIntegration } from "./definition";
import type { fields } from "./fields";

/** The arguments of a {@link GeneaIntegration}. */
export interface GeneaIntegrationArgs extends BadgeVerificationArgs, ArgsOf<typeof fields> {}

/**
 * The organization's Genea integration; an organization has at most one.
 *
 * @example
 * ```ts
 * new rhombus.GeneaIntegration("genea", {
 *   apiToken: config.requireSecret("geneaToken"),
 *   doorInfoMap: { "gd-acme-1002": { doorName: "Front", assignedCameraList: [frontCamera] } },
 * });
 * ```
 */
export class GeneaIntegration extends RhombusResource {
  /** The Genea Global API Key, where declared. Secret. */
  declare readonly apiToken: Output<string | undefined>;
  /** Whether the integration is on, where declared. */
  declare readonly enabled: Output<boolean | undefined>;
  /** The doors that the program answers for, by Genea's door id; `undefined` when they are not managed. */
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
  /** Whether faces are indexed, where declared. */
  declare readonly indexFaces: Output<boolean | undefined>;
  /** Whether an event saves a clip, where declared. */
  declare readonly saveClips: Output<boolean | undefined>;
  /** The organization the integration belongs to, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The credential of the webhook that Genea calls. Secret. */
  declare readonly rhombusToken: Output<string | undefined>;
  /** A credential that Rhombus keeps for Genea. Secret. */
  declare readonly refreshToken: Output<string | undefined>;
  /** The key that signs Genea's events. Secret. */
  declare readonly webhookSignatureSecret: Output<string | undefined>;
  /** Genea's id of the webhook. */
  declare readonly webhookUuid: Output<string | undefined>;
  /** Whether Genea accepts the key, as Rhombus last saw it. */
  declare readonly tokenValid: Output<boolean | undefined>;
  /** Names of doors that are assigned to cameras of more than one Rhombus location. */
  declare readonly misconfiguredDoors: Output<string[] | undefined>;

  /**
   * Declares the integration.
   * @param name The resource's name in the program.
   * @param args What the integration is to be.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here.
   */
  constructor(name: string, args: GeneaIntegrationArgs = {}, options?: CustomResourceOptions) {
    super(geneaIntegration, name, args, options);
  }

  /**
   * Reads the integration that exists, without managing it.
   * @param name The resource's name in the program.
   * @param id `"genea"`.
   * @param options Pulumi's options.
   * @throws Error at deployment, when the organization has none.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): GeneaIntegration {
    return new GeneaIntegration(name, {}, { ...options, id: givenId(geneaIntegration, id) });
  }
}
