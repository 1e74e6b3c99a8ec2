import type { CustomResourceOptions, Input, Output, Unwrap } from "@pulumi/pulumi";
import { givenId, RhombusResource } from "../../pulumi/declare/resource";
import type { BadgeOptionsArgs } from "../fields/badgeOptions";
import type { DoorInfo, DoorInfoArgs } from "../fields/doorInfo";
import { kisiIntegration } from "./definition";

/** What places without settings of their own do (vendor: `BadgeIntegrationDefaultOptions`). */
export interface KisiDefaultOptionsArgs extends BadgeOptionsArgs {
  /** Whether these defaults apply at all. Default: false. */
  defaultOptionsEnabled?: Input<boolean>;
}

/** What a program says about one Kisi place (vendor: `BadgeIntegrationSettings`). */
export interface KisiPlaceArgs extends BadgeOptionsArgs {
  /** Kisi's number of the place. It must be the key under which the place stands, so it may be left out. No longer declared, it stays. */
  placeId?: Input<number>;
  /** The place's name. Not declared, or empty, it is what Rhombus fills in; no longer declared, it stays. */
  placeName?: Input<string>;
  /** The doors by Kisi's number (`getKisiDoors`). Managed only when given; `{}` removes them. */
  doorInfoMap?: Input<Record<string, Input<DoorInfoArgs>>>;
}

/** What is stored about the defaults, as it comes back from Pulumi: the plain values of {@link KisiDefaultOptionsArgs}. */
export type KisiDefaultOptions = Unwrap<KisiDefaultOptionsArgs>;

/** What is stored about one place, as it comes back from Pulumi: the plain values of {@link KisiPlaceArgs}. */
export type KisiPlace = Unwrap<KisiPlaceArgs>;

/** What a program says about a {@link KisiIntegration}. */
export interface KisiIntegrationArgs {
  /**
   * The Kisi organization's API key. Secret. A new one is tried with `getKisiPlaces` before anything is written. Needed to
   * set the integration up; no longer declared, the stored one stays.
   */
  apiSecretKey?: Input<string>;
  /** Whether the integration is on. Default: true. */
  enabled?: Input<boolean>;
  /** What places without settings of their own do. Merged flag by flag. No longer declared, it stays. */
  defaultOptions?: Input<KisiDefaultOptionsArgs>;
  /**
   * The places by Kisi's number (`getKisiPlaces`). Merged place by place and door by door: what somebody else adds is kept
   * until a refresh has shown it. Managed only when given; no longer declared, the places stay; `{}` removes them.
   * A place is removed with all its doors; a warning names those that the program did not declare.
   */
  placeToSettingsMap?: Input<Record<string, Input<KisiPlaceArgs>>>;
  /**
   * Which of the vendor's operations to use. Forces replacement. Default: `"V2"`. `"V1"` is deprecated by the vendor: use it
   * only for an integration that still lives there.
   */
  apiVersion?: Input<"V1" | "V2">;
  /**
   * Kisi's number of the single place. No longer declared: none. Needs `apiVersion: "V1"`.
   * @deprecated Use the key of `placeToSettingsMap`.
   */
  placeId?: Input<number>;
  /**
   * The doors of the single place by Kisi's number. Managed only when given; `{}` removes them. Needs `apiVersion: "V1"`.
   * @deprecated Use `doorInfoMap` inside `placeToSettingsMap`.
   */
  doorInfoMap?: Input<Record<string, Input<DoorInfoArgs>>>;
  /**
   * Cameras by door, as RUUIDs. Managed only when given; `{}` removes them. Needs `apiVersion: "V1"`.
   * @deprecated Use `assignedCameraList` inside `doorInfoMap` inside `placeToSettingsMap`.
   */
  doorToCameraMap?: Input<Record<string, Input<Input<string>[]>>>;
  /**
   * Whether a badge used with an unauthorized face raises an alert. No longer declared: false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  alertUnauthorizedFaces?: Input<boolean>;
  /**
   * Whether an event marks its moment in the footage. No longer declared: false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  createSeekPoints?: Input<boolean>;
  /**
   * Whether faces are named from the badges they use. No longer declared: false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  identifyFacesFromBadge?: Input<boolean>;
  /**
   * Whether an event saves a clip. No longer declared: false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  saveClips?: Input<boolean>;
  /**
   * `true` takes over the organization's existing Kisi integration. Only looked at on creation; never a change. Default: an
   * existing one is an error.
   */
  adopt?: Input<boolean>;
}

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
