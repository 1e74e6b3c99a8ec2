import {
  defineResource,
  type FindOptions,
  type Latest,
  type Observed,
  type Query,
  type WriteContext,
} from "../../core/resource/definition";
import { flag, set, text } from "../../core/schema/fields";
import { valueFrom, withoutUndefined } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { GeneaSettings } from "../../rhombus/api/schemas/genea";
import { unmasked } from "../../rhombus/redaction/masks";
import { vendorKeyToSend, withoutVendorKey } from "../fields/vendorKeyToSend";
import { asRead, inForm, serverSecrets, valuesOf } from "../shared/integrationSettings";
import { addedKeys, listedIn, missingItems, missingItemsWarning } from "../shared/vendorList";
import { fields, type GeneaInputs } from "./fields";

const ID = "genea";
const LABEL = "the organization's Genea integration";

/** The definition of Genea integrations: one row of settings for an organization (vendor page: updateGeneaIntegrationV2; docs/rhombus-api.md#genea). */
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
  key: () => ({ value: ID, label: LABEL }),
  listing: (api) => api.genea,
  find,
  initial: () => observed({}),
  cannotCreate: ({ apiToken }) => withoutVendorKey("Genea", "apiToken", apiToken),
  verifyCredential: async (api, { apiToken }, changed) => {
    if (!changed.has("apiToken") || apiToken === undefined) return;
    await api.geneaDoors.verify({ apiToken });
  },
  vendorWarning,
  write,
  async remove(api) {
    await api.call("deleteGeneaIntegrationV2", {});
  },
  lock: () => ID,
});

async function vendorWarning(api: RhombusApi, inputs: GeneaInputs, base: GeneaInputs): Promise<string | undefined> {
  const { apiToken } = inputs;
  const added = addedKeys(inputs.doorInfoMap, base.doorInfoMap);
  if (added.length === 0) return undefined;
  const listed = listedIn(await api.geneaDoors.afterWrite({ apiToken }));
  return missingItemsWarning(LABEL, "Genea", missingItems("door", added, listed));
}

async function find(api: RhombusApi, query: Query, { fresh }: FindOptions): Promise<Observed<GeneaSettings>[]> {
  if (query !== "all" && "id" in query && query.id !== ID) return [];
  const rows = await (fresh ? api.genea.fresh() : api.genea.shared());
  return rows.map((row) => observed(row));
}

function write(
  api: RhombusApi,
  { prior, writeForm, reportWrite, resend }: WriteContext<GeneaSettings, GeneaInputs>,
): Promise<Observed<GeneaSettings> | undefined> {
  return resend(Object.keys(fields), async (latest) => {
    const { misconfiguredDoors } = await api.call("updateGeneaIntegrationV2", {
      geneaSettings: settingsToSend(latest, { prior, writeForm }),
    });
    reportWrite(
      withoutUndefined({ misconfiguredDoors: misconfiguredDoors ? valueFrom(misconfiguredDoors) : undefined }),
    );
  });
}

/** The whole row: the latest reading, the secrets that reads may not show, and the desired values. */
function settingsToSend(
  { observed: before, desired }: Latest<GeneaSettings, GeneaInputs>,
  { prior, writeForm }: Pick<WriteContext, "prior" | "writeForm">,
): GeneaSettings {
  const { apiToken: _declared, doorInfoMap: doors, adopt: _adopt, ...flags } = desired;
  const apiToken = vendorKeyToSend({
    name: "apiToken",
    label: LABEL,
    from: [desired.apiToken, prior.apiToken, unmasked(before.raw.apiToken)],
  });
  return {
    ...asRead(before.raw),
    ...serverSecrets(["rhombusToken", "refreshToken", "webhookSignatureSecret"], before.raw, prior),
    ...withoutUndefined(flags),
    ...(doors === undefined ? {} : { doorInfoMap: inForm(doors, before.raw.doorInfoMap, writeForm) }),
    apiToken,
  };
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
