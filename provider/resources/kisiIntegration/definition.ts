import { defineResource, type Latest, type Observed, type WriteContext } from "../../core/resource/definition";
import type { CheckReport } from "../../core/schema/field";
import { integer, map, set, text } from "../../core/schema/fields";
import { isValueMap, pathText, type Values, withoutUndefined } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import { unmasked } from "../../rhombus/redaction/masks";
import { vendorKeyToSend, withoutVendorKey } from "../fields/vendorKeyToSend";
import { missingItemsWarning } from "../shared/vendorList";
import { fields, type KisiInputs, namesOnlyInV1 } from "./fields";
import { missingInKisi } from "./missingInKisi";
import { settingsToSend } from "./settingsToSend";
import { removedUndeclaredDoors } from "./undeclaredDoors";
import { KISI_ID, type KisiRow, versionOf, versions } from "./versions";

const LABEL = "the organization's Kisi integration";

/** The definition of Kisi integrations: one row of settings for an organization, in two versions (vendor page: updateKisiIntegration; docs/rhombus-api.md#kisi). */
export const kisiIntegration = defineResource<RhombusApi, typeof fields, KisiRow>({
  shape: "singleton",
  type: "KisiIntegration",
  fields,
  outputs: {
    orgUuid: text(),
    rhombusToken: text({ secret: true }),
    placeTokens: map(text(), { secret: true }),
    webhookId: integer(),
    placeWebhookIds: map(integer()),
    misconfiguredDoors: set(text()),
    placeMisconfiguredDoors: map(set(integer())),
  },
  display: { noun: "Kisi" },
  idSource: `An organization has at most one Kisi integration; its id is "${KISI_ID}".`,
  isId: (text) => text === KISI_ID,
  validate,
  key: () => ({ value: KISI_ID, label: LABEL }),
  listing: (api) => api.kisiV2,
  async find(api, query, { fresh, prior, removed }) {
    if (query !== "all" && "id" in query && query.id !== KISI_ID) return [];
    return versions[versionOf(prior)].find(api, fresh, removed?.successor);
  },
  variants: [{ apiVersion: "V1" }],
  initial: (inputs) => versions[inputs.apiVersion ?? "V2"].initial(),
  cannotCreate: ({ apiSecretKey }) => withoutVendorKey("Kisi", "apiSecretKey", apiSecretKey),
  verifyCredential: async (api, { apiSecretKey }, changed) => {
    if (changed.has("apiSecretKey") && apiSecretKey !== undefined) await api.kisiPlaces.verify({ apiSecretKey });
  },
  vendorWarning: async (api, inputs, base) =>
    missingItemsWarning(LABEL, "Kisi", await missingInKisi(api, inputs, base)),
  write,
  remove: (api, { prior, warn }) => versions[versionOf(prior)].remove(api, warn),
  lock: () => KISI_ID,
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

function write(api: RhombusApi, writing: WriteContext<KisiRow, KisiInputs>): Promise<Observed<KisiRow> | undefined> {
  return writing.resend(Object.keys(fields), (latest) => writeRow(api, writing, latest));
}

async function writeRow(
  api: RhombusApi,
  { prior, writeForm, reportWrite, warn }: WriteContext<KisiRow, KisiInputs>,
  { observed: before, desired }: Latest<KisiRow, KisiInputs>,
): Promise<void> {
  const { version, settings } = before.raw;
  const apiSecretKey = vendorKeyToSend({
    name: "apiSecretKey",
    label: LABEL,
    from: [desired.apiSecretKey, prior.apiSecretKey, unmasked(settings.apiSecretKey)],
  });
  const answer = await versions[version].write(
    api,
    settingsToSend({ settings, desired, prior, apiSecretKey, writeForm }),
  );
  reportWrite(withoutUndefined({ misconfiguredDoors: answer.misconfiguredDoors?.filter((door) => door !== null) }));
  const unseen = writeForm === 1 ? removedUndeclaredDoors(settings, desired, prior) : [];
  if (unseen.length > 0) {
    warn(`${LABEL}: doors that the program did not declare were removed with their places: ${unseen.join(", ")}.`);
  }
}
