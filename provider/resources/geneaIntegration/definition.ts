import {
  defineResource,
  type FindOptions,
  type Latest,
  type Observed,
  type Query,
  type Writing,
} from "../../core/resource/definition";
import { flag, type InputsOf, set, text, vendorKey } from "../../core/schema/fields";
import { valueFrom, withoutUndefined } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { GeneaSettings } from "../../rhombus/api/schemas/genea";
import { unmasked } from "../../rhombus/redaction/masks";
import { adoptFlag } from "../fields/adopt";
import { badgeVerification } from "../fields/badgeOptions";
import { anyDoorKey, doorInfoMap } from "../fields/doorInfo";
import { vendorKeyToSend, withoutVendorKey } from "../fields/vendorKeys";
import { asRead, inForm, serverSecrets, valuesOf } from "../shared/integrationSettings";
import { addedKeys, listedIn, missingItems, missingItemsWarning } from "../shared/vendorList";

/** The inputs of a Genea integration. */
export const fields = {
  /**
   * The Genea Global API Key. Secret. A new key is tried with `getGeneaDoors` before anything is written. Required to create
   * the integration; no longer declared, the stored key stays.
   */
  apiToken: vendorKey({ max: 4096 }),
  /** Whether the integration is enabled. Default: true. */
  enabled: flag({ default: true }),
  /**
   * The doors by Genea's door id (`getGeneaDoors`). They merge door by door: a door added elsewhere stays until a refresh has
   * shown it. Managed only when given; no longer declared, the doors stay; `{}` removes them.
   */
  doorInfoMap: doorInfoMap(anyDoorKey),
  ...badgeVerification,
  /** Whether faces are indexed. Default, also when no longer declared: false. */
  indexFaces: flag(),
  /**
   * `true` takes over the organization's existing Genea integration. It applies on creation only and is never a change.
   * Default: an existing integration is an error.
   */
  adopt: adoptFlag(),
};

type GeneaInputs = InputsOf<typeof fields>;

const ID = "genea";
const SAID = "the organization's Genea integration";

/**
 * What the Genea integration is: one row of the organization. Vendor page: updateGeneaIntegrationV2;
 * docs/rhombus-api.md#genea.
 */
export const geneaIntegration = defineResource<RhombusApi, typeof fields, GeneaSettings>({
  shape: "singleton",
  type: "GeneaIntegration",
  fields,
  outputs: {
    orgUuid: text(),
    rhombusToken: text({ secret: true }),
    refreshToken: text({ secret: true }),
    webhookSignatureSecret: text({ secret: true }),
    webhookUuid: text(),
    tokenValid: flag(),
    misconfiguredDoors: set(text()),
  },
  display: { noun: "Genea" },
  idSource: `An organization has at most one Genea integration; its id is "${ID}".`,
  isId: (text) => text === ID,
  key: () => ({ value: ID, label: SAID }),
  listing: (api) => api.genea,
  find,
  initial: () => observed({}),
  cannotCreate: ({ apiToken }) => withoutVendorKey("apiToken", apiToken),
  verifyCredential: async (api, { apiToken }, changed) => {
    if (!changed.has("apiToken") || apiToken === undefined) return;
    await api.geneaDoors.verify({ apiToken });
  },
  unlisted,
  write,
  async remove(api) {
    await api.call("deleteGeneaIntegrationV2", {});
  },
  lock: () => ID,
});

async function unlisted(api: RhombusApi, inputs: GeneaInputs, base: GeneaInputs): Promise<string | undefined> {
  const { apiToken } = inputs;
  const added = addedKeys(inputs.doorInfoMap, base.doorInfoMap);
  if (added.length === 0) return undefined;
  const listed = listedIn(await api.geneaDoors.afterWrite({ apiToken }));
  return missingItemsWarning(SAID, "Genea", missingItems("door", added, listed));
}

async function find(api: RhombusApi, query: Query, { fresh }: FindOptions): Promise<Observed<GeneaSettings>[]> {
  if (query !== "all" && "id" in query && query.id !== ID) return [];
  const rows = await (fresh ? api.genea.fresh() : api.genea.shared());
  return rows.map((row) => observed(row));
}

function observed(settings: GeneaSettings): Observed<GeneaSettings> {
  const apiToken = unmasked(settings.apiToken);
  return {
    id: ID,
    ...(settings.orgUuid ? { orgUuid: settings.orgUuid } : {}),
    values: { ...valuesOf(Object.keys(fields), settings), apiToken },
    outputs: withoutUndefined({
      rhombusToken: unmasked(settings.rhombusToken),
      refreshToken: unmasked(settings.refreshToken),
      webhookSignatureSecret: unmasked(settings.webhookSignatureSecret),
      webhookUuid: settings.webhookUuid ?? undefined,
      tokenValid: settings.tokenValid ?? undefined,
      misconfiguredDoors: valueFrom(settings.misconfiguredDoors ?? []),
    }),
    raw: settings,
  };
}

function write(
  api: RhombusApi,
  { prior, attempt, wrote, resend }: Writing<GeneaSettings, GeneaInputs>,
): Promise<Observed<GeneaSettings> | undefined> {
  return resend(Object.keys(fields), async (latest) => {
    const { misconfiguredDoors } = await api.call("updateGeneaIntegrationV2", {
      geneaSettings: settingsToSend(latest, { prior, attempt }),
    });
    wrote(withoutUndefined({ misconfiguredDoors: misconfiguredDoors ? valueFrom(misconfiguredDoors) : undefined }));
  });
}

/** The whole row: the latest reading, the secrets that reads may not show, and the desired values. */
function settingsToSend(
  { observed: before, desired }: Latest<GeneaSettings, GeneaInputs>,
  { prior, attempt }: Pick<Writing, "prior" | "attempt">,
): GeneaSettings {
  const { apiToken: _declared, doorInfoMap: doors, adopt: _adopt, ...flags } = desired;
  const apiToken = vendorKeyToSend({
    name: "apiToken",
    label: SAID,
    from: [desired.apiToken, prior.apiToken, unmasked(before.raw.apiToken)],
  });
  return {
    ...asRead(before.raw),
    ...serverSecrets(["rhombusToken", "refreshToken", "webhookSignatureSecret"], before.raw, prior),
    ...withoutUndefined(flags),
    ...(doors === undefined ? {} : { doorInfoMap: inForm(doors, before.raw.doorInfoMap, attempt) }),
    apiToken,
  };
}
