import {
  defineResource,
  type FindOptions,
  type Observed,
  type Query,
  type WriteContext,
} from "../../core/resource/definition";
import type { RhombusApi } from "../../rhombus/api/api";
import type { GeneaSettings } from "../../rhombus/api/schemas/genea";
import { secretOrUndefined } from "../../rhombus/redaction/masks";
import {
  observedSettings,
  outputsIn,
  serverSecrets,
  settingsToSend,
  vendorKeyToSend,
  withoutVendorKey,
} from "../shared/integrationSettings";
import { addedKeys, listedIn, missingItems, missingItemsWarning } from "../shared/vendorList";
import { fields, type GeneaInputs, outputs } from "./fields";

const ID = "genea";
const LABEL = "the organization's Genea integration";

/** The definition of Genea integrations: one for an organization (Rhombus page: updateGeneaIntegrationV2; docs/rhombus-api.md#genea). */
export const geneaIntegration = defineResource<RhombusApi, typeof fields, GeneaSettings>({
  shape: "singleton",
  type: "GeneaIntegration",
  fields,
  outputs,
  display: { noun: "Genea" },
  idSource: `An organization has at most one Genea integration; its id is "${ID}".`,
  rightsToWrite: ["INTEGRATION_ADMINISTRATION"],
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
  lockName: () => ID,
});

async function vendorWarning(api: RhombusApi, inputs: GeneaInputs, prior: GeneaInputs): Promise<string | undefined> {
  const { apiToken } = inputs;
  const added = addedKeys(inputs.doorInfoMap, prior.doorInfoMap);
  if (added.length === 0) return undefined;
  const listed = listedIn(await api.geneaDoors.afterWrite({ apiToken }));
  return missingItemsWarning(LABEL, "Genea", missingItems("door", added, listed));
}

async function find(api: RhombusApi, query: Query, { fresh }: FindOptions): Promise<Observed<GeneaSettings>[]> {
  if (query !== "all" && "id" in query && query.id !== ID) return [];
  const listed = await (fresh ? api.genea.fresh() : api.genea.shared());
  return listed.map((integration) => observed(integration));
}

function write(
  api: RhombusApi,
  { prior, removal, reportWrite, resend }: WriteContext<GeneaSettings, GeneaInputs>,
): Promise<Observed<GeneaSettings> | undefined> {
  return resend(Object.keys(fields), async ({ observed: { raw }, desired: { apiToken, adopt: _, ...desired } }) => {
    const from = [apiToken, prior.apiToken, secretOrUndefined(raw.apiToken)];
    const geneaSettings = {
      ...settingsToSend(raw, desired, removal),
      ...serverSecrets(["rhombusToken", "refreshToken", "webhookSignatureSecret"], raw, prior),
      apiToken: vendorKeyToSend({ name: "apiToken", label: LABEL, from }),
    };
    const answer = await api.call("updateGeneaIntegrationV2", { geneaSettings });
    reportWrite(outputsIn(outputs, answer));
  });
}

function observed(settings: GeneaSettings): Observed<GeneaSettings> {
  return observedSettings({ fields, outputs }, { id: ID, settings, raw: settings });
}
