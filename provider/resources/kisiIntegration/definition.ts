import {
  defineResource,
  type Latest,
  type Observed,
  type Removal,
  type WriteContext,
} from "../../core/resource/definition";
import type { CheckReport } from "../../core/schema/field";
import { entryOf, isValueMap, pathText, type Values } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { PlaceSettings } from "../../rhombus/api/schemas/doors";
import { secretOrUndefined } from "../../rhombus/redaction/masks";
import {
  outputsIn,
  serverSecrets,
  settingsToSend,
  valueToSend,
  vendorKeyToSend,
  withoutVendorKey,
} from "../shared/integrationSettings";
import {
  addedKeys,
  kisiDoorsIn,
  listedIn,
  type MissingItem,
  missingDoors,
  missingItems,
  missingItemsWarning,
} from "../shared/vendorList";
import { fields, type KisiInputs, namesOnlyInV1, outputs } from "./fields";
import {
  findKisi,
  KISI_ID,
  type KisiIntegrationSettings,
  type KisiSettings,
  observedKisi,
  removeKisi,
  writeKisi,
} from "./versions";

const LABEL = "the organization's Kisi integration";

/** The definition of Kisi integrations: one for an organization, in two versions of the API (Rhombus page: updateKisiIntegration; docs/rhombus-api.md#kisi). */
export const kisiIntegration = defineResource<RhombusApi, typeof fields, KisiIntegrationSettings>({
  shape: "singleton",
  type: "KisiIntegration",
  fields,
  outputs,
  display: { noun: "Kisi" },
  idSource: `An organization has at most one Kisi integration; its id is "${KISI_ID}".`,
  rightsToWrite: ["INTEGRATION_ADMINISTRATION"],
  isId: (text) => text === KISI_ID,
  validate,
  key: () => ({ value: KISI_ID, label: LABEL }),
  listing: (api) => api.kisiV2,
  async find(api, query, options) {
    if (query !== "all" && "id" in query && query.id !== KISI_ID) return [];
    return findKisi(api, options);
  },
  variants: [{ apiVersion: "V1" }],
  initial: ({ apiVersion = "V2" }) => observedKisi({ version: apiVersion, settings: {} }),
  cannotCreate: ({ apiSecretKey }) => withoutVendorKey("Kisi", "apiSecretKey", apiSecretKey),
  verifyCredential: async (api, { apiSecretKey }, changed) => {
    if (changed.has("apiSecretKey") && apiSecretKey !== undefined) await api.kisiPlaces.verify({ apiSecretKey });
  },
  vendorWarning: async (api, inputs, prior) =>
    missingItemsWarning(LABEL, "Kisi", await missingInKisi(api, inputs, prior)),
  write,
  remove: removeKisi,
  lockName: () => KISI_ID,
});

function validate(inputs: Values, report: CheckReport): void {
  const version = inputs.apiVersion ?? "V2";
  for (const name of version === "V2" ? namesOnlyInV1 : []) {
    if (inputs[name] !== undefined) report.fail([name], `${name} ${onlyInV1(name)}`);
  }
  const places = inputs.placeToSettingsMap;
  for (const [key, place] of isValueMap(places) ? Object.entries(places) : []) {
    const placeId = isValueMap(place) ? place.placeId : undefined;
    if (typeof placeId !== "number" || String(placeId) === key) continue;
    const path = ["placeToSettingsMap", key, "placeId"];
    report.fail(path, `${pathText(path)} must be ${key}, the place's key, or be left out.`);
  }
}

function onlyInV1(name: string): string {
  const inPlace =
    name === "placeId"
      ? "the key of placeToSettingsMap"
      : `placeToSettingsMap["<place>"].${name === "doorToCameraMap" ? "doorInfoMap" : name}`;
  return `exists only in the first version of the Kisi API. Use ${inPlace}, or declare apiVersion: "V1".`;
}

function write(
  api: RhombusApi,
  writing: WriteContext<KisiIntegrationSettings, KisiInputs>,
): Promise<Observed<KisiIntegrationSettings> | undefined> {
  return writing.resend(Object.keys(fields), (latest) => writeSettings(api, writing, latest));
}

async function writeSettings(
  api: RhombusApi,
  { prior, removal, reportWrite, warn }: WriteContext<KisiIntegrationSettings, KisiInputs>,
  { observed: before, desired }: Latest<KisiIntegrationSettings, KisiInputs>,
): Promise<void> {
  const { version, settings } = before.raw;
  const { adopt: _adopt, apiVersion: _version, apiSecretKey, placeToSettingsMap, ...others } = desired;
  const from = [apiSecretKey, prior.apiSecretKey, secretOrUndefined(settings.apiSecretKey)];
  const places = placesToSend(placeToSettingsMap, settings, prior, removal);
  const sent = {
    ...settingsToSend(settings, others, removal),
    ...serverSecrets(["rhombusToken"], settings, prior),
    ...(places && { placeToSettingsMap: places }),
    apiSecretKey: vendorKeyToSend({ name: "apiSecretKey", label: LABEL, from }),
  };
  const answer = await writeKisi(api, { version, settings: sent });
  reportWrite(outputsIn({ misconfiguredDoors: outputs.misconfiguredDoors }, answer));
  const undeclared = removal === "omit" ? removedUndeclaredDoors(settings, desired, prior) : [];
  if (undeclared.length > 0) {
    warn(`${LABEL}: doors that the program did not declare were removed with their places: ${undeclared.join(", ")}.`);
  }
}

/** The desired places, each with its number, and with its token, which a read may hide. */
function placesToSend(
  desired: KisiInputs["placeToSettingsMap"],
  { placeToSettingsMap: observed }: KisiSettings,
  prior: Values,
  removal: Removal,
): Record<string, PlaceSettings | null> | undefined {
  if (desired === undefined) return undefined;
  const sent: Record<string, PlaceSettings | null> = valueToSend(desired, observed, removal);
  const entries = Object.entries(sent).map(([key, place]): [string, PlaceSettings | null] => {
    if (place === null) return [key, null];
    const { rhombusToken, ...others } = place;
    const priorToken = { rhombusToken: entryOf(prior.placeTokens, key) };
    const token = serverSecrets(["rhombusToken"], { rhombusToken }, priorToken);
    return [key, { placeId: Number(key), ...others, ...token }];
  });
  return Object.fromEntries(entries);
}

/**
 * The doors that a write removes with their places although the program never declared them. The state shows the doors of a
 * place only if the program declares them, so no plan and no refresh can show these: the user gets a warning.
 */
function removedUndeclaredDoors(
  { placeToSettingsMap: observed }: KisiSettings,
  { placeToSettingsMap: desired }: KisiInputs,
  prior: Values,
): string[] {
  if (desired === undefined) return [];
  return Object.entries(observed ?? {}).flatMap(([place, settings]) => {
    if (Object.hasOwn(desired, place)) return [];
    const shown = entryOf(entryOf(prior.placeToSettingsMap, place), "doorInfoMap");
    return Object.entries(settings?.doorInfoMap ?? {})
      .filter(([door, info]) => info !== null && entryOf(shown, door) === undefined)
      .map(([door]) => pathText(["placeToSettingsMap", place, "doorInfoMap", door]));
  });
}

/** The newly declared places and doors that Kisi does not list. Places and doors cost one call each, if some are new. */
async function missingInKisi(api: RhombusApi, inputs: KisiInputs, prior: KisiInputs): Promise<MissingItem[]> {
  const places = [
    ...addedKeys(inputs.placeToSettingsMap, prior.placeToSettingsMap),
    ...(inputs.placeId === undefined || inputs.placeId === prior.placeId ? [] : [String(inputs.placeId)]),
  ];
  const doors = newDoors(inputs, prior).filter(({ ids }) => ids.length > 0);
  const { apiSecretKey } = inputs;
  const listedPlaces = places.length === 0 ? undefined : listedIn(await api.kisiPlaces.afterWrite({ apiSecretKey }));
  const missingPlaces = missingItems("place", places, listedPlaces);
  if (doors.length === 0) return missingPlaces;
  const listed = kisiDoorsIn(await api.list("getKisiDoors", { apiSecretKey }, { once: true }));
  return [...missingPlaces, ...doors.flatMap(({ place, ids }) => missingDoors(ids, place, listed))];
}

/** The new doors by place. Those of the first version belong to its single place. */
function newDoors(inputs: KisiInputs, prior: KisiInputs): { place: string | undefined; ids: string[] }[] {
  const ofPlaces = Object.entries(inputs.placeToSettingsMap ?? {}).map(([place, settings]) => {
    const priorDoors = entryOf(entryOf(prior.placeToSettingsMap, place), "doorInfoMap");
    return { place, ids: addedKeys(settings.doorInfoMap, priorDoors) };
  });
  const single = [
    ...addedKeys(inputs.doorInfoMap, prior.doorInfoMap),
    ...addedKeys(inputs.doorToCameraMap, prior.doorToCameraMap),
  ];
  const place = inputs.placeId === undefined ? undefined : String(inputs.placeId);
  return [...ofPlaces, { place, ids: [...new Set(single)] }];
}
