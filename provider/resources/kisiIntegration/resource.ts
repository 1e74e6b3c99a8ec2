import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, RhombusResource } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import type { DoorInfo } from "../fields/doorInfo";
import { kisiIntegration } from "./definition";
import type { fields, KisiDefaultOptions, KisiPlace } from "./fields";

/** The arguments of a {@link KisiIntegration}. */
export interface KisiIntegrationArgs extends ArgsOf<typeof fields> {}

/**
 * The organization's Kisi integration; an organization has at most one.
 *
 * @example
 * ```ts
 * new rhombus.KisiIntegration("kisi", {
 *   apiSecretKey: config.requireSecret("kisiKey"),
 *   placeToSettingsMap: {
 *     "41001": { doorInfoMap: { "51001": { doorName: "Front", assignedCameraList: [frontCamera] } } },
 *   },
 * });
 * ```
 */
export class KisiIntegration extends RhombusResource {
  /** The Kisi organization's API key, where declared. Secret. */
  declare readonly apiSecretKey: Output<string | undefined>;
  /** Whether the integration is on, where declared. */
  declare readonly enabled: Output<boolean | undefined>;
  /** What places without settings of their own do, where declared. */
  declare readonly defaultOptions: Output<KisiDefaultOptions | undefined>;
  /** The places that the program answers for, by Kisi's number; `undefined` when they are not managed. */
  declare readonly placeToSettingsMap: Output<Record<string, KisiPlace> | undefined>;
  /** Which of the vendor's operations are used, where declared. */
  declare readonly apiVersion: Output<"V1" | "V2" | undefined>;
  /**
   * Kisi's number of the single place, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly placeId: Output<number | undefined>;
  /**
   * The doors of the single place, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly doorInfoMap: Output<Record<string, DoorInfo> | undefined>;
  /**
   * Cameras by door, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly doorToCameraMap: Output<Record<string, string[]> | undefined>;
  /**
   * Whether a badge used with an unauthorized face raises an alert, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly alertUnauthorizedFaces: Output<boolean | undefined>;
  /**
   * Whether an event marks its moment in the footage, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly createSeekPoints: Output<boolean | undefined>;
  /**
   * Whether faces are named from the badges they use, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly identifyFacesFromBadge: Output<boolean | undefined>;
  /**
   * Whether an event saves a clip, where declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly saveClips: Output<boolean | undefined>;
  /** The organization the integration belongs to, as an RUUID. */
  declare readonly orgUuid: Output<string>;
  /** The credential of the webhook that Kisi calls, with `apiVersion: "V1"`. Secret. */
  declare readonly rhombusToken: Output<string | undefined>;
  /** The credential of each place's webhook, by Kisi's number of the place. Secret. */
  declare readonly placeTokens: Output<Record<string, string> | undefined>;
  /** Kisi's number of the webhook, with `apiVersion: "V1"`. */
  declare readonly webhookId: Output<number | undefined>;
  /** Kisi's number of each place's webhook, by Kisi's number of the place. */
  declare readonly placeWebhookIds: Output<Record<string, number> | undefined>;
  /** Names of doors that are assigned to cameras of more than one Rhombus location. */
  declare readonly misconfiguredDoors: Output<string[] | undefined>;
  /** The same by place, as Kisi's numbers of the doors. */
  declare readonly placeMisconfiguredDoors: Output<Record<string, number[]> | undefined>;

  /**
   * Declares the integration.
   * @param name The resource's name in the program.
   * @param args What the integration is to be.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here.
   */
  constructor(name: string, args: KisiIntegrationArgs = {}, options?: CustomResourceOptions) {
    super(kisiIntegration, name, args, options);
  }

  /**
   * Reads the integration that exists, in the second version, without managing it.
   * @param name The resource's name in the program.
   * @param id `"kisi"`.
   * @param options Pulumi's options.
   * @throws Error at deployment, when the organization has none.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): KisiIntegration {
    return new KisiIntegration(name, {}, { ...options, id: givenId(kisiIntegration, id) });
  }
}
