import type { Observed } from "../../core/resource/definition";
import { type Value, type Values, withoutUndefined } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Listing } from "../../rhombus/api/listings";
import type { PlaceSettings } from "../../rhombus/api/schemas/doors";
import type { UpdateAnswer } from "../../rhombus/api/schemas/integration";
import type { KisiSettingsV1, KisiSettingsV2 } from "../../rhombus/api/schemas/kisi";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { unmasked } from "../../rhombus/redaction/masks";
import { valuesOf } from "../shared/integrationSettings";
import { fields } from "./fields";

/** The id of every Kisi integration: an organization has at most one. */
export const KISI_ID = "kisi";

/** A version of the vendor's Kisi operations. */
export type Version = "V1" | "V2";

/** The settings in either version; each version has fields that the other one lacks. */
export type KisiSettings = KisiSettingsV1 & KisiSettingsV2;

/** The row of a Kisi integration. */
export interface KisiRow {
  /** The version with which it was read, and with which it is written. */
  readonly version: Version;
  /** The settings as read. */
  readonly settings: KisiSettings;
}

/** The operations of one version. */
interface VersionOperations {
  /** Reads the integration, if it is configured. `successor` are the inputs that the program declares in place of a removed integration. */
  find(api: RhombusApi, fresh: boolean, successor?: Values): Promise<Observed<KisiRow>[]>;
  /** The integration before it is configured. */
  initial(): Observed<KisiRow>;
  /** Writes the whole row. */
  write(api: RhombusApi, kisiSettings: KisiSettings): Promise<UpdateAnswer>;
  /** Removes the row. */
  remove(api: RhombusApi, warn: (message: string) => void): Promise<void>;
}

/**
 * The version that a state or inputs use.
 * @param values The state or the inputs.
 */
export function versionOf(values: Values): Version {
  return values.apiVersion === "V1" ? "V1" : "V2";
}

/** The operations by version. The vendor has deprecated the first version (docs/rhombus-api.md#kisi). */
export const versions: { readonly [V in Version]: VersionOperations } = {
  V1: {
    find: (api, fresh, successor) =>
      findIn("V1", api.kisiV1, fresh).catch((error: unknown) => {
        if (successor === undefined || !isRemovedOperation(error)) return explainRemoval(error);
        // Only the second version can show an integration that the first one did not delete. A successor takes it over there.
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

/** `undefined` if the places hide their tokens: the state then keeps its own. Without places there are no tokens. */
function placeTokensIn(places: Places): Value | undefined {
  const isWithoutPlaces = Object.values(places ?? {}).every((place) => place === null);
  return isWithoutPlaces ? {} : byPlace(places, ({ rhombusToken }) => unmasked(rhombusToken));
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
