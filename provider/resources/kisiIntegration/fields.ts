import type { Unwrap } from "@pulumi/pulumi";
import { fieldsOf } from "../../core/schema/field";
import { flag, type InputsOf, integer, map, object, oneOf, set, text, vendorKey } from "../../core/schema/fields";
import { INT32_MAX } from "../../core/schema/scalars";
import { adoptFlag } from "../fields/adopt";
import type { ArgsOf } from "../fields/args";
import { type BadgeOptionsArgs, badgeOptions, monitoring } from "../fields/badgeOptions";
import { anyDoorKey, doorInfoMap } from "../fields/doorInfo";
import { ruuid } from "../fields/ruuid";

const defaultOptions = {
  /** Applies these defaults. Default: false. */
  defaultOptionsEnabled: flag(monitoring),
  ...badgeOptions,
};

/** The arguments for places without settings of their own (Rhombus: `BadgeIntegrationDefaultOptions`). */
export interface KisiDefaultOptionsArgs extends BadgeOptionsArgs, ArgsOf<typeof defaultOptions> {}

/** The settings for places without settings of their own in outputs: the plain values of {@link KisiDefaultOptionsArgs}. */
export type KisiDefaultOptions = Unwrap<KisiDefaultOptionsArgs>;

const place = {
  /** Kisi's number of the place. It must equal the place's key, so it may be left out. If it is no longer declared, it stays. */
  placeId: integer({ min: 0, serverDefault: true }),
  /** The place's name. Default: the name that Rhombus chooses. If it is no longer declared, it stays. */
  placeName: text({ serverDefault: true, dropsEmpty: true }),
  /** The doors by Kisi's number (`getKisiDoors`). Managed only when given; `{}` removes them. */
  doorInfoMap: doorInfoMap(anyDoorKey),
  ...badgeOptions,
};

/** The arguments of one Kisi place (Rhombus: `BadgeIntegrationSettings`). */
export interface KisiPlaceArgs extends BadgeOptionsArgs, ArgsOf<typeof place> {}

/** One place in outputs: the plain values of {@link KisiPlaceArgs}. */
export type KisiPlace = Unwrap<KisiPlaceArgs>;

const INSTEAD = "Kisi V1 only; put it into placeToSettingsMap instead";

/** The inputs of a Kisi integration. */
export const fields = {
  /**
   * The version of Rhombus's Kisi operations. Forces replacement. Default: `"V2"`. Rhombus has deprecated `"V1"`: use it
   * only for an integration that still exists there.
   */
  apiVersion: oneOf(["V2", "V1"], { local: true, replaces: true }),
  /**
   * The Kisi organization's API key. Secret. A new key is tried with `getKisiPlaces` before anything is written. Required to
   * create the integration; if no longer declared, the stored key stays.
   */
  apiSecretKey: vendorKey({ max: 4096 }),
  /** Enables the integration. Default: true. */
  enabled: flag({ default: true, ...monitoring }),
  /** The settings for places without settings of their own. They merge flag by flag. If they are no longer declared, they stay. */
  defaultOptions: object<typeof defaultOptions, KisiDefaultOptionsArgs>(defaultOptions),
  /**
   * The places by Kisi's number (`getKisiPlaces`). They merge place by place and door by door: what is added outside Pulumi stays
   * until a refresh has shown it. Managed only when given; if no longer declared, the places stay; `{}` removes them. A place is
   * removed with all its doors; a warning names the doors that the program did not declare.
   */
  placeToSettingsMap: map(object<typeof place, KisiPlaceArgs>(place), {
    key: placeKey,
    entry: { noun: "place", name: "placeName", key: "placeId" },
  }),
  /**
   * `true` takes over the organization's existing Kisi integration. It applies on creation only and is never a change.
   * Default: an existing integration is an error.
   */
  adopt: adoptFlag(),
  /**
   * Kisi's number of the single place. Default: none, also if it is no longer declared. Needs `apiVersion: "V1"`.
   * @deprecated Use the key of `placeToSettingsMap`.
   */
  placeId: integer({ min: 0, deprecated: INSTEAD }),
  /**
   * The doors of the single place by Kisi's number. Managed only when given; `{}` removes them. Needs `apiVersion: "V1"`.
   * @deprecated Use `doorInfoMap` inside `placeToSettingsMap`.
   */
  doorInfoMap: doorInfoMap(anyDoorKey, { deprecated: INSTEAD }),
  /**
   * The cameras of each door, as RUUIDs. Managed only when given; `{}` removes them. Needs `apiVersion: "V1"`.
   * @deprecated Use `assignedCameraList` inside `doorInfoMap` inside `placeToSettingsMap`.
   */
  doorToCameraMap: map(set(ruuid({ of: "camera", required: true })), {
    key: anyDoorKey,
    deprecated: INSTEAD,
    entry: { noun: "door" },
  }),
  /**
   * Raises an alert if a badge is used with an unauthorized face. If it is no longer declared, it becomes false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  alertUnauthorizedFaces: flag({ deprecated: INSTEAD, ...monitoring }),
  /**
   * Creates a seek point in the footage for each badge event. If it is no longer declared, it becomes false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  createSeekPoints: flag({ deprecated: INSTEAD, ...monitoring }),
  /**
   * Names faces after the badges they use. If it is no longer declared, it becomes false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  identifyFacesFromBadge: flag({ deprecated: INSTEAD, ...monitoring }),
  /**
   * Saves a clip for each badge event. If it is no longer declared, it becomes false. Needs `apiVersion: "V1"`.
   * @deprecated Use the flag of that name inside `placeToSettingsMap`.
   */
  saveClips: flag({ deprecated: INSTEAD, ...monitoring }),
};

/** The names of the inputs that only the first version of Rhombus's Kisi operations has: the deprecated ones. */
export const namesOnlyInV1: readonly string[] = fieldsOf(fields).flatMap(([name, { modifiers }]) =>
  modifiers.deprecated === undefined ? [] : [name],
);

/** The outputs of a Kisi integration. */
export const outputs = {
  orgUuid: text(),
  rhombusToken: text({ secret: true }),
  placeTokens: map(text(), { secret: true }),
  webhookId: integer(),
  placeWebhookIds: map(integer()),
  misconfiguredDoors: set(text()),
  placeMisconfiguredDoors: map(set(integer())),
};

/** The checked inputs of a Kisi integration. */
export type KisiInputs = InputsOf<typeof fields>;

function placeKey(key: string): string | undefined {
  if (!/^\d+$/.test(key)) return `a place is named by Kisi's number, such as "1234", not ${JSON.stringify(key)}.`;
  const usual = key.replace(/^0+(?=\d)/, "");
  if (Number(usual) > INT32_MAX) return `a place is named by Kisi's number, which is at most ${INT32_MAX}, not ${key}.`;
  return usual === key ? undefined : `write ${JSON.stringify(usual)}, without leading zeros.`;
}
