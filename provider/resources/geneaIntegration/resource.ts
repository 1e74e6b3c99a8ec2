import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, resourceBase } from "../../pulumi/declare/resource";
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
export class GeneaIntegration extends resourceBase(geneaIntegration) {
  /** The Genea Global API Key; `undefined` if not declared. Secret. */
  declare readonly apiToken: Output<string | undefined>;
  /** Enables the integration; `undefined` if not declared. */
  declare readonly enabled: Output<boolean | undefined>;
  /** The doors that the program manages, by Genea's door id; `undefined` if it manages none. */
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
  /** Indexes faces; `undefined` if not declared. */
  declare readonly indexFaces: Output<boolean | undefined>;
  /** Saves a clip for each badge event; `undefined` if not declared. */
  declare readonly saveClips: Output<boolean | undefined>;
  /** The organization of the integration, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The credential of the webhook that Genea calls. Secret. */
  declare readonly rhombusToken: Output<string | undefined>;
  /** A credential that Rhombus stores for Genea. Secret. */
  declare readonly refreshToken: Output<string | undefined>;
  /** The key that signs Genea's events. Secret. */
  declare readonly webhookSignatureSecret: Output<string | undefined>;
  /** Genea's id of the webhook. */
  declare readonly webhookUuid: Output<string | undefined>;
  /** The result of Rhombus's last check of the key: true if Genea accepts it. */
  declare readonly tokenValid: Output<boolean | undefined>;
  /** Names of doors that are assigned to cameras of more than one Rhombus location. */
  declare readonly misconfiguredDoors: Output<string[] | undefined>;

  /**
   * Declares the integration.
   * @param name The resource's name in the program.
   * @param args The arguments.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here.
   */
  constructor(name: string, args: GeneaIntegrationArgs = {}, options?: CustomResourceOptions) {
    super(name, args, options);
  }

  /**
   * Reads the existing integration without managing it.
   * @param name The resource's name in the program.
   * @param id `"genea"`.
   * @param options Pulumi's options.
   * @throws Error at deployment, if the organization has none.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): GeneaIntegration {
    return new GeneaIntegration(name, {}, { ...options, id: givenId(geneaIntegration, id) });
  }
}
