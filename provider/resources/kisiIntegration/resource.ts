import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, resourceBase } from "../../pulumi/declare/resource";
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
export class KisiIntegration extends resourceBase(kisiIntegration) {
  /** The Kisi organization's API key; `undefined` if not declared. Secret. */
  declare readonly apiSecretKey: Output<string | undefined>;
  /** Enables the integration; `undefined` if not declared. */
  declare readonly enabled: Output<boolean | undefined>;
  /** The settings for places without settings of their own; `undefined` if not declared. */
  declare readonly defaultOptions: Output<KisiDefaultOptions | undefined>;
  /** The places that the program manages, by Kisi's number; `undefined` if it manages none. */
  declare readonly placeToSettingsMap: Output<Record<string, KisiPlace> | undefined>;
  /** The version of Rhombus's Kisi operations; `undefined` if not declared. */
  declare readonly apiVersion: Output<"V1" | "V2" | undefined>;
  /**
   * Kisi's number of the single place; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly placeId: Output<number | undefined>;
  /**
   * The doors of the single place; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly doorInfoMap: Output<Record<string, DoorInfo> | undefined>;
  /**
   * Cameras by door; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly doorToCameraMap: Output<Record<string, string[]> | undefined>;
  /**
   * Raises an alert if a badge is used with an unauthorized face; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly alertUnauthorizedFaces: Output<boolean | undefined>;
  /**
   * Creates a seek point in the footage for each badge event; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly createSeekPoints: Output<boolean | undefined>;
  /**
   * Names faces after the badges they use; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly identifyFacesFromBadge: Output<boolean | undefined>;
  /**
   * Saves a clip for each badge event; `undefined` if not declared.
   * @deprecated Only with `apiVersion: "V1"`; use `placeToSettingsMap`.
   */
  declare readonly saveClips: Output<boolean | undefined>;
  /** The organization of the integration, as an RUUID. */
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
  /** Kisi's numbers of the doors that are assigned to cameras of more than one Rhombus location, by Kisi's number of the place. */
  declare readonly placeMisconfiguredDoors: Output<Record<string, number[]> | undefined>;

  /**
   * Declares the integration.
   * @param name The resource's name in the program.
   * @param args The arguments.
   * @param options Pulumi's options. `deleteBeforeReplace` is true unless set here.
   */
  constructor(name: string, args: KisiIntegrationArgs = {}, options?: CustomResourceOptions) {
    super(name, args, options);
  }

  /**
   * Reads the existing integration without managing it, with the second version of the operations.
   * @param name The resource's name in the program.
   * @param id `"kisi"`.
   * @param options Pulumi's options.
   * @throws Error at deployment, if the organization has none.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): KisiIntegration {
    return new KisiIntegration(name, {}, { ...options, id: givenId(kisiIntegration, id) });
  }
}
