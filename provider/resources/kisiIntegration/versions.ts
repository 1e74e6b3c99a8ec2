import type { Observed } from "../../core/resource/definition";
import { entryOf, type Value, type Values, withoutUndefined } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Listing } from "../../rhombus/api/listings";
import type { PlaceSettings } from "../../rhombus/api/schemas/doors";
import type { UpdateAnswer } from "../../rhombus/api/schemas/integration";
import type { KisiSettingsV1, KisiSettingsV2 } from "../../rhombus/api/schemas/kisi";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { unmasked } from "../../rhombus/redaction/masks";
import { asRead, inForm, serverSecrets, valuesOf } from "../shared/integrationSettings";
import { fields, type KisiInputs } from "./fields";

/** The id of every Kisi integration: an organization has at most one. */
export const KISI_ID = "kisi";

/** Which of the vendor's two sets of Kisi operations is used. */
export type Version = "V1" | "V2";

/** The settings in either version; each has fields that the other one lacks. */
type KisiSettings = KisiSettingsV1 & KisiSettingsV2;

/** The row of a Kisi integration, and the version that showed it. */
export interface KisiRow {
  /** The version it was read with, and is written with. */
  readonly version: Version;
  /** What was read. */
  readonly settings: KisiSettings;
}

/** How one version reads, writes and removes. */
interface VersionOperations {
  /** The integration, if it is configured. `successor` is what the program declares in place of one that was just removed. */
  find(api: RhombusApi, fresh: boolean, successor?: Values): Promise<Observed<KisiRow>[]>;
  /** The integration before it is configured. */
  initial(): Observed<KisiRow>;
  /** Writes the whole row. */
  write(api: RhombusApi, kisiSettings: KisiSettings): Promise<UpdateAnswer>;
  /** Removes the row. */
  remove(api: RhombusApi, warn: (message: string) => void): Promise<void>;
}

/**
 * The version that a state, or inputs, use.
 * @param known The state or the inputs.
 */
export function versionOf(known: Values): Version {
  return known.apiVersion === "V1" ? "V1" : "V2";
}

/** The two versions. The vendor has deprecated the first one (docs/rhombus-api.md#kisi). */
export const versions: { readonly [V in Version]: VersionOperations } = {
  V1: {
    find: (api, fresh, successor) =>
      findIn("V1", api.kisiV1, fresh).catch((error: unknown) => {
        if (successor === undefined || !isRemovedOperation(error)) return explainRemoval(error);
        // Only the second version can show what the first one did not delete; there a successor takes it over.
        return Object.keys(successor).length === 0 ? findIn("V2", api.kisiV2, fresh) : [];
      }),
    initial: () => observed({ version: "V1", settings: {} }),
    write: (api, kisiSettings) => api.call("updateKisiIntegration", { kisiSettings }).catch(explainRemoval),
    async remove(api, warn) {
      try {
        await api.call("deleteKisiIntegration", {});
      } catch (error) {
        if (!isRemovedOperation(error)) throw error;
        warn(
          "Rhombus has removed the first version of its Kisi operations, so nothing was deleted there. If the integration " +
            'still exists in the second version, delete it in the console, or declare apiVersion: "V2" with adopt: true.',
        );
      }
    },
  },
  V2: {
    find: (api, fresh) => findIn("V2", api.kisiV2, fresh),
    initial: () => observed({ version: "V2", settings: {} }),
    write: (api, kisiSettings) => api.call("updateKisiIntegrationV2", { kisiSettings }),
    async remove(api) {
      await api.call("deleteKisiIntegrationV2", {});
    },
  },
};

async function findIn(version: Version, listing: Listing<KisiSettings>, fresh: boolean): Promise<Observed<KisiRow>[]> {
  const rows = await (fresh ? listing.fresh() : listing.shared());
  return rows.map((settings) => observed({ version, settings }));
}

function isRemovedOperation(error: unknown): boolean {
  return error instanceof RhombusError && error.kind === "notFound";
}

function explainRemoval(error: unknown): never {
  if (!(error instanceof RhombusError) || !isRemovedOperation(error)) throw error;
  const facts = {
    operation: error.operation,
    kind: error.kind,
    outcome: error.outcome,
    what: "Rhombus has removed the first version of its Kisi operations.",
    remedy:
      'Declare apiVersion: "V2", with the doors under placeToSettingsMap, and adopt: true if the integration still exists.',
  };
  throw new RhombusError(facts, (words) => words);
}

function observed(row: KisiRow): Observed<KisiRow> {
  const { settings } = row;
  const places = settings.placeToSettingsMap;
  return {
    id: KISI_ID,
    ...(settings.orgUuid ? { orgUuid: settings.orgUuid } : {}),
    values: { ...valuesOf(Object.keys(fields), settings), apiSecretKey: unmasked(settings.apiSecretKey) },
    outputs: withoutUndefined({
      rhombusToken: unmasked(settings.rhombusToken),
      webhookId: settings.webhookId ?? undefined,
      placeTokens: placeTokensIn(places),
      placeWebhookIds: byPlace(places, ({ webhookId }) => webhookId ?? undefined),
      placeMisconfiguredDoors: byPlace(places, misconfiguredIn),
      misconfiguredDoors: misconfiguredNames(places),
    }),
    raw: row,
  };
}

type Places = Record<string, PlaceSettings | null> | null | undefined;

function byPlace(places: Places, output: (place: PlaceSettings) => Value | undefined): Value | undefined {
  const entries = Object.entries(places ?? {}).flatMap(([key, place]): [string, Value][] => {
    const value = place === null ? undefined : output(place);
    return value === undefined ? [] : [[key, value]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `undefined` where places hide their tokens: then the state keeps those it knows. Without places it has none to keep. */
function placeTokensIn(places: Places): Value | undefined {
  const isWithoutPlaces = Object.values(places ?? {}).every((place) => place === null);
  return isWithoutPlaces ? {} : byPlace(places, ({ rhombusToken }) => unmasked(rhombusToken));
}

function misconfiguredIn({ misconfiguredDoors }: PlaceSettings): Value | undefined {
  const doors = (misconfiguredDoors ?? []).filter((door) => door !== null);
  return doors.length === 0 ? undefined : doors;
}

/**
 * Places name misconfigured doors by number, the answers of writes by name; the output has names
 * (docs/rhombus-api.md#kisi).
 */
function misconfiguredNames(places: Places): Value {
  return Object.values(places ?? {}).flatMap((place) => {
    return (place?.misconfiguredDoors ?? []).flatMap((door) => {
      return door === null ? [] : [place?.doorInfoMap?.[String(door)]?.doorName ?? String(door)];
    });
  });
}

/** What a write is made of. */
interface KisiWrite {
  readonly settings: KisiSettings;
  readonly desired: KisiInputs;
  readonly known: Values;
  readonly apiSecretKey: string;
  readonly attempt: 1 | 2;
}

/**
 * The whole row to write: what was read, with what is wished for put over it.
 * @param what The row as read, the wish, what the state knows, the key, and the form.
 */
export function settingsToSend({ settings, desired, known, apiSecretKey, attempt }: KisiWrite): KisiSettings {
  const { adopt: _adopt, apiVersion: _version, apiSecretKey: _key, placeToSettingsMap: places, ...others } = desired;
  const { doorInfoMap, doorToCameraMap, ...scalars } = others;
  return {
    ...asRead(settings),
    ...serverSecrets(["rhombusToken"], settings, known),
    ...goneFrom(settings, scalars, attempt),
    ...asRead(scalars),
    apiSecretKey,
    ...(places === undefined ? {} : { placeToSettingsMap: placesToSend(places, settings, known, attempt) }),
    ...(doorInfoMap === undefined ? {} : { doorInfoMap: inForm(doorInfoMap, settings.doorInfoMap, attempt) }),
    ...(doorToCameraMap === undefined
      ? {}
      : { doorToCameraMap: inForm(doorToCameraMap, settings.doorToCameraMap, attempt) }),
  };
}

/** The settings that are to go: left out at first, in the second form an explicit null. */
function goneFrom(settings: KisiSettings, desired: object, attempt: 1 | 2): Record<string, null | undefined> {
  const names = Object.entries(desired).flatMap(([name, value]) => {
    const live: unknown = Reflect.get(settings, name);
    return value === undefined && live !== undefined && live !== null ? [name] : [];
  });
  return Object.fromEntries(names.map((name) => [name, attempt === 1 ? undefined : null]));
}

/** The places as wished for, each with its number, and with the token that a read may hide. */
function placesToSend(
  desired: NonNullable<KisiInputs["placeToSettingsMap"]>,
  { placeToSettingsMap: live }: KisiSettings,
  known: Values,
  attempt: 1 | 2,
): Record<string, PlaceSettings | null> {
  const formed: Record<string, PlaceSettings | null> = inForm(desired, live, attempt);
  const entries = Object.entries(formed).map(([key, place]): [string, PlaceSettings | null] => {
    if (place === null) return [key, null];
    const { rhombusToken, ...others } = place;
    const hidden = { rhombusToken: entryOf(known.placeTokens, key) };
    const token = serverSecrets(["rhombusToken"], { rhombusToken }, hidden);
    return [key, { placeId: Number(key), ...(attempt === 1 ? asRead(others) : others), ...token }];
  });
  return Object.fromEntries(entries);
}
