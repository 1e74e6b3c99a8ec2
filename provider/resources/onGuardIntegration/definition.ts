import {
  type CreateContext,
  defineResource,
  type FindOptions,
  type Observed,
  type Query,
  type RemoveContext,
  type WriteContext,
} from "../../core/resource/definition";
import { foldedName } from "../../core/schema/foldedName";
import type { Values } from "../../core/schema/values";
import { missingOutputsIn } from "../../core/state/metadata";
import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import { uuidOfName } from "../../rhombus/ids/uuid";
import { badgeVerification } from "../fields/badgeOptions";
import { observedSettings, outputsIn } from "../shared/integrationSettings";
import { answeredWithOtherDeployment, notRestored, onlyOneDeployment } from "./errors";
import { fields, type OnGuardInputs, outputs } from "./fields";
import { activationRequest, settingsWithFlags } from "./requests";

/** The namespace of all OnGuard ids. It is part of every saved state, so it must never change. */
const ID_NAMESPACE = "b3c5a1f0-6f2e-5d0b-9a57-8f3c2d1e4a60";

/**
 * The id of a deployment, derived from its token: the token is a secret, and Pulumi stores ids in plain text.
 * @param token The deployment's `rhombusToken`.
 */
export function onGuardId(token: string): string {
  return uuidOfName(token, ID_NAMESPACE);
}

/** One deployment in the OnGuard settings of the organization. Rhombus page: createOrUpdateHoneywellOnGuardIntegration. */
export const onGuardIntegration = defineResource<RhombusApi, typeof fields, OnGuardDeployment>({
  shape: "collection",
  type: "OnGuardIntegration",
  fields,
  outputs,
  display: { noun: "OnGuard", name: "displayName" },
  idSource:
    "The id is derived from the deployment's secret token; getOnGuardIntegrations lists it. To manage the deployment, adopt it instead.",
  rightsToWrite: ["INTEGRATION_ADMINISTRATION"],
  isId: (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text),
  lossConsequence:
    "the next `pulumi up` creates a new one, with a new webhook URL and secret that must be configured in OnGuard.",
  key: ({ displayName = "" }) => ({
    value: foldedName(displayName),
    label: `the OnGuard integration "${displayName}"`,
  }),
  adoptedId: onGuardId,
  listing: (api) => api.onGuard,
  find,
  create,
  restore,
  missingOutputs: (outputs) => {
    const answered = outputs.rhombusToken === undefined ? [] : ["webhookUrl", "presharedSecret"];
    return answered.filter((name) => outputs[name] === undefined);
  },
  write,
  remove,
  lockName: () => "onguard",
});

async function find(api: RhombusApi, query: Query, { fresh }: FindOptions): Promise<Observed<OnGuardDeployment>[]> {
  const { items, silentError } = await api.onGuard.read(fresh);
  const found = items.filter((deployment) => matches(deployment, query));
  if (silentError !== undefined && (found.length === 0 || query === "all")) throw silentError;
  return found.map((deployment) => fromApi(deployment));
}

function matches({ token, settings }: OnGuardDeployment, query: Query): boolean {
  if (query === "all") return true;
  return "id" in query ? onGuardId(token) === query.id : foldedName(settings.displayName ?? "") === query.key;
}

/**
 * Creates a deployment. If the organization has others, the doors are written later: Rhombus may apply the call to an
 * existing deployment, whose doors must not be overwritten.
 */
async function create(
  api: RhombusApi,
  { displayName = "", doorInfoMap }: OnGuardInputs,
  { before }: CreateContext<OnGuardDeployment>,
): Promise<Observed<OnGuardDeployment>> {
  const doors = before.length === 0 && doorInfoMap !== undefined ? { doorInfoMap } : {};
  const answer = await api.call("createOrUpdateHoneywellOnGuardIntegration", { displayName, ...doors });
  const token = answer.rhombusToken ?? "";
  const existing = before.find(({ raw }) => raw.token === token);
  if (existing !== undefined) {
    await restore(api, existing);
    throw onlyOneDeployment(displayName, existing.raw.settings);
  }
  const sent = { token, key: token, settings: { displayName, ...doors }, allSettings: {} };
  return { ...fromApi(sent, outputsIn(outputs, answer)), isUnverified: true };
}

/** Restores the name and the doors of an existing deployment to which Rhombus applied a creation. */
async function restore(api: RhombusApi, { raw }: Observed<OnGuardDeployment>): Promise<void> {
  try {
    await api.call("createOrUpdateHoneywellOnGuardIntegration", activationRequest(raw));
  } catch (error) {
    throw notRestored(raw.settings, error);
  }
}

async function write(api: RhombusApi, writing: WriteContext<OnGuardDeployment, OnGuardInputs>): Promise<undefined> {
  const { changed, prior, observed, reportWrite, resend } = writing;
  const missing = missingOutputsIn(onGuardIntegration, { ...prior, ...observed.outputs });
  if (changed.has("displayName") || changed.has("doorInfoMap") || missing.length > 0) await writeDoors(api, writing);
  const flagNames = Object.keys(badgeVerification).filter((name) => changed.has(name));
  if (flagNames.length === 0) return;
  await resend(flagNames, ({ observed: { raw }, desired }) => {
    const flags = Object.fromEntries(flagNames.map((name) => [name, Reflect.get(desired, name)]));
    const honeywellOnGuardSettings = settingsWithFlags(raw, flags, { desired, prior });
    return api.call("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings });
  });
  reportWrite();
}

/** Writes the name and the doors. The answer brings the webhook URL and the secret. */
async function writeDoors(
  api: RhombusApi,
  { observed: { raw }, desired, removal, reportWrite }: WriteContext<OnGuardDeployment, OnGuardInputs>,
): Promise<void> {
  const request = activationRequest(raw, desired, removal);
  const answer = await api.call("createOrUpdateHoneywellOnGuardIntegration", request);
  const token = answer.rhombusToken ?? raw.token;
  if (token !== raw.token) throw answeredWithOtherDeployment(raw, { id: onGuardId(token), token, sent: request });
  reportWrite(outputsIn(outputs, answer));
}

async function remove(api: RhombusApi, { id, prior }: RemoveContext): Promise<void> {
  const { rhombusToken: stored } = prior;
  const isToken = typeof stored === "string" && stored.trim() !== "";
  const rhombusToken = isToken ? stored : await tokenOf(api, id);
  if (rhombusToken !== undefined) await api.call("deleteHoneywellOnGuardIntegration", { rhombusToken });
}

async function tokenOf(api: RhombusApi, id: string): Promise<string | undefined> {
  const [found] = await find(api, { id }, { fresh: true, fields: new Set(), prior: {} });
  return found?.raw.token;
}

function fromApi(deployment: OnGuardDeployment, answered: Values = {}): Observed<OnGuardDeployment> {
  const { token, settings, allSettings } = deployment;
  const { orgUuid, enabled } = allSettings;
  const shown = { ...settings, orgUuid, enabled, rhombusToken: token, ...answered };
  return observedSettings({ fields, outputs }, { id: onGuardId(token), settings: shown, raw: deployment });
}
