import type { FindOptions, Observed, RemoveContext } from "../../core/resource/definition";
import type { Value, Values } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Listing } from "../../rhombus/api/listings";
import type { PlaceSettings } from "../../rhombus/api/schemas/doors";
import type { UpdateAnswer } from "../../rhombus/api/schemas/integration";
import type { KisiSettingsV1, KisiSettingsV2 } from "../../rhombus/api/schemas/kisi";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { secretOrUndefined } from "../../rhombus/redaction/masks";
import { observedSettings } from "../shared/integrationSettings";
import { fields, outputs } from "./fields";

/** The id of every Kisi integration: an organization has at most one. */
export const KISI_ID = "kisi";

/** A version of Rhombus's Kisi operations. */
export type Version = "V1" | "V2";

/** The settings in either version; each version has fields that the other one lacks. */
export type KisiSettings = KisiSettingsV1 & KisiSettingsV2;

/** The settings of a Kisi integration, with their version. */
export interface KisiIntegrationSettings {
  /** The version with which it was read, and with which it is written. */
  readonly version: Version;
  /** The settings as read. */
  readonly settings: KisiSettings;
}

/** The operations of one version. */
interface VersionOperations {
  /** The listing, which is empty if the integration is not configured. */
  listing(api: RhombusApi): Listing<KisiSettings>;
  /** Writes all settings. */
  write(api: RhombusApi, kisiSettings: KisiSettings): Promise<UpdateAnswer>;
  /** Removes the integration. */
  remove(api: RhombusApi): Promise<unknown>;
}

/** The operations by version. Rhombus has deprecated the first version (docs/rhombus-api.md#kisi). */
const operations: Readonly<Record<Version, VersionOperations>> = {
  V1: {
    listing: (api) => api.kisiV1,
    write: (api, kisiSettings) => api.call("updateKisiIntegration", { kisiSettings }).catch(explainRemovedVersion),
    remove: (api) => api.call("deleteKisiIntegration", {}),
  },
  V2: {
    listing: (api) => api.kisiV2,
    write: (api, kisiSettings) => api.call("updateKisiIntegrationV2", { kisiSettings }),
    remove: (api) => api.call("deleteKisiIntegrationV2", {}),
  },
};

function versionOf(values: Values): Version {
  return values.apiVersion === "V1" ? "V1" : "V2";
}

/**
 * Reads the integration, if it is configured.
 * @param api The API.
 * @param options The options; the prior values select the version.
 * @throws RhombusError if a call fails, or if Rhombus has removed the first version.
 */
export async function findKisi(
  api: RhombusApi,
  { prior, fresh, removed }: Pick<FindOptions, "prior" | "fresh" | "removed">,
): Promise<Observed<KisiIntegrationSettings>[]> {
  const version = versionOf(prior);
  try {
    return await integrationsIn(api, version, fresh);
  } catch (error) {
    if (version === "V2" || !isRemovedVersion(error)) throw error;
    if (removed === undefined) return explainRemovedVersion(error);
    // Only the second version can show an integration that the first one did not delete. A successor takes it over there.
    return Object.keys(removed.successor).length === 0 ? integrationsIn(api, "V2", fresh) : [];
  }
}

async function integrationsIn(
  api: RhombusApi,
  version: Version,
  fresh: boolean,
): Promise<Observed<KisiIntegrationSettings>[]> {
  const listing = operations[version].listing(api);
  const listed = await (fresh ? listing.fresh() : listing.shared());
  return listed.map((settings) => observedKisi({ version, settings }));
}

/**
 * Writes all settings.
 * @param api The API.
 * @param integration The version and the settings to send.
 */
export function writeKisi(api: RhombusApi, { version, settings }: KisiIntegrationSettings): Promise<UpdateAnswer> {
  return operations[version].write(api, settings);
}

/**
 * Removes the integration. If Rhombus has removed the first version, there is nothing to remove in it.
 * @param api The API.
 * @param context The prior values, and the function that warns the user.
 */
export async function removeKisi(api: RhombusApi, { prior, warn }: RemoveContext): Promise<void> {
  const version = versionOf(prior);
  try {
    await operations[version].remove(api);
  } catch (error) {
    if (version === "V2" || !isRemovedVersion(error)) throw error;
    warn(
      "Rhombus has removed the first version of its Kisi operations, so nothing was deleted there. If the integration " +
        'still exists in the second version, delete it in the console, or declare apiVersion: "V2" with adopt: true.',
    );
  }
}

function isRemovedVersion(error: unknown): error is RhombusError {
  return error instanceof RhombusError && error.kind === "notFound";
}

function explainRemovedVersion(error: unknown): never {
  if (!isRemovedVersion(error)) throw error;
  const { operation, kind, outcome } = error;
  const what = "Rhombus has removed the first version of its Kisi operations.";
  const remedy =
    'Declare apiVersion: "V2", with the doors under placeToSettingsMap, and adopt: true if the integration still exists.';
  throw new RhombusError({ operation, kind, outcome, what, remedy }, (words) => words);
}

/**
 * The integration as its settings show it.
 * @param integration The version and the settings.
 */
export function observedKisi(integration: KisiIntegrationSettings): Observed<KisiIntegrationSettings> {
  const { placeToSettingsMap: places } = integration.settings;
  const settings = {
    ...integration.settings,
    placeTokens: placeTokensIn(places),
    placeWebhookIds: byPlace(places, ({ webhookId }) => webhookId ?? undefined),
    placeMisconfiguredDoors: byPlace(places, misconfiguredIn),
    misconfiguredDoors: misconfiguredNames(places),
  };
  return observedSettings({ fields, outputs }, { id: KISI_ID, settings, raw: integration });
}

type Places = Record<string, PlaceSettings | null> | null | undefined;

function byPlace(places: Places, output: (place: PlaceSettings) => Value | undefined): Value | undefined {
  const entries = Object.entries(places ?? {}).flatMap(([key, place]): [string, Value][] => {
    const value = place === null ? undefined : output(place);
    return value === undefined ? [] : [[key, value]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `undefined` if the places hide their tokens: the state then keeps its own. Without places there are no tokens. */
function placeTokensIn(places: Places): Value | undefined {
  const isWithoutPlaces = Object.values(places ?? {}).every((place) => place === null);
  return isWithoutPlaces ? {} : byPlace(places, ({ rhombusToken }) => secretOrUndefined(rhombusToken));
}

function misconfiguredIn({ misconfiguredDoors }: PlaceSettings): Value | undefined {
  const doors = (misconfiguredDoors ?? []).filter((door) => door !== null);
  return doors.length === 0 ? undefined : doors;
}

/** The output has names. Places identify misconfigured doors by number, answers of writes by name (docs/rhombus-api.md#kisi). */
function misconfiguredNames(places: Places): Value {
  return Object.values(places ?? {}).flatMap((place) => {
    return (place?.misconfiguredDoors ?? []).flatMap((door) => {
      return door === null ? [] : [place?.doorInfoMap?.[String(door)]?.doorName ?? String(door)];
    });
  });
}
