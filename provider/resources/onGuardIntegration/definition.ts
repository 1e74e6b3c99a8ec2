import {
  defineResource,
  type FindOptions,
  type Latest,
  type Making,
  type Observed,
  type Query,
  type Writing,
} from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { flag, type InputsOf, instruction, set, text } from "../../core/schema/fields";
import { foldedName } from "../../core/schema/foldedName";
import { messageOf, type Value, type Values, valueFrom, withoutUndefined } from "../../core/schema/values";
import { missingOutputsIn } from "../../core/state/metadata";
import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { OnGuardActivationAnswer, OnGuardDeploymentSettings } from "../../rhombus/api/schemas/onGuard";
import { uuidOfName } from "../../rhombus/ids/uuid";
import { unmasked } from "../../rhombus/redaction/masks";
import { badgeVerification } from "../fields/badgeOptions";
import { doorInfoMap } from "../fields/doorInfo";
import { objectName } from "../fields/objectName";
import { asRead, inForm, valuesOf } from "../shared/wholeSettings";

/** The inputs of an OnGuard integration. */
export const fields = {
  /** The deployment's name, at most 255 characters, unique in the organization without regard to case. Default: the resource's name. */
  displayName: objectName(),
  /**
   * The doors by `controller:device`, such as `"1:4"`. They merge door by door: a door added elsewhere stays until a refresh
   * has shown it. Managed only when given; no longer declared, the doors stay; `{}` removes them.
   */
  doorInfoMap: doorInfoMap(onGuardDoorKey),
  ...badgeVerification,
  /**
   * `true` takes over the existing deployment of this display name, and creates one if there is none; a text takes over the
   * deployment with that `rhombusToken`. Secret. It applies on creation only and is never a change. Default: an existing
   * deployment of this name is an error.
   */
  adopt: instruction<boolean | string>(adoptsWhat, { secret: true }),
};

type OnGuardInputs = InputsOf<typeof fields>;

/** The namespace of all OnGuard ids. It is part of every saved state: it must never change. */
const ID_NAMESPACE = "b3c5a1f0-6f2e-5d0b-9a57-8f3c2d1e4a60";

/**
 * The id of a deployment. The token itself is a secret, and Pulumi stores ids in clear.
 * @param token The deployment's `rhombusToken`.
 */
export function onGuardId(token: string): string {
  return uuidOfName(token, ID_NAMESPACE);
}

/**
 * What an OnGuard integration is: one deployment in the organization's row. Vendor page:
 * createOrUpdateHoneywellOnGuardIntegration; docs/rhombus-api.md#onguard.
 */
export const onGuardIntegration = defineResource<RhombusApi, typeof fields, OnGuardDeployment>({
  shape: "collection",
  type: "OnGuardIntegration",
  fields,
  outputs: {
    orgUuid: text(),
    rhombusToken: text({ secret: true }),
    presharedSecret: text({ secret: true }),
    webhookUrl: text({ secret: true }),
    enabled: flag(),
    misconfiguredDoors: set(text()),
  },
  display: { noun: "OnGuard", name: "displayName" },
  idSource:
    "The id is derived from the deployment's secret token; getOnGuardIntegrations lists it. To manage the deployment, adopt it instead.",
  isId: (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text),
  goneAdvice:
    "the next `pulumi up` makes another one, with a new webhook URL and secret, and the OnGuard side has to be set up with them.",
  key: ({ displayName = "" }) => ({
    value: foldedName(displayName),
    label: `the OnGuard integration "${displayName}"`,
  }),
  adoptedId: onGuardId,
  listing: (api) => api.onGuard,
  find,
  make,
  restore: (api, { raw }) => restore(api, raw),
  missingOutputs: (outputs) => {
    const answered = outputs.rhombusToken === undefined ? [] : ["webhookUrl", "presharedSecret"];
    return answered.filter((name) => outputs[name] === undefined);
  },
  write,
  async remove(api, { id, prior }) {
    const { rhombusToken } = prior;
    const isToken = typeof rhombusToken === "string" && rhombusToken.trim() !== "";
    const token = isToken ? rhombusToken : await tokenOf(api, id);
    if (token === undefined) return;
    await api.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token });
  },
  lock: () => "onguard",
});

function onGuardDoorKey(key: string): string | undefined {
  if (!/^\d+:\d+$/.test(key)) {
    return `an OnGuard door key is "controller:device", two numbers such as "1:4", not ${JSON.stringify(key)}.`;
  }
  const usual = key.replace(/\b0+(?=\d)/g, "");
  return usual === key ? undefined : `write ${JSON.stringify(usual)}, without leading zeros.`;
}

function adoptsWhat(value: Value): string | undefined {
  if (typeof value === "boolean") return undefined;
  return typeof value === "string" && value.trim() !== ""
    ? undefined
    : "must be true, or the rhombusToken of the deployment to adopt.";
}

async function find(api: RhombusApi, query: Query, { fresh }: FindOptions): Promise<Observed<OnGuardDeployment>[]> {
  const { items, silence } = await api.onGuard.read(fresh);
  const found = items.filter((deployment) => matches(deployment, query));
  if (silence !== undefined && (found.length === 0 || query === "all")) throw silence;
  return found.map((deployment) => observed(deployment));
}

function matches({ token, settings }: OnGuardDeployment, query: Query): boolean {
  if (query === "all") return true;
  return "id" in query ? onGuardId(token) === query.id : foldedName(settings.displayName ?? "") === query.key;
}

function observed(deployment: OnGuardDeployment, answered: Values = {}): Observed<OnGuardDeployment> {
  const { token, settings, row } = deployment;
  return {
    id: onGuardId(token),
    ...(row.orgUuid ? { orgUuid: row.orgUuid } : {}),
    values: valuesOf(Object.keys(fields), settings),
    outputs: withoutUndefined({
      rhombusToken: token,
      presharedSecret: unmasked(settings.presharedSecret),
      webhookUrl: unmasked(settings.webhookUrl),
      enabled: row.enabled ?? undefined,
      misconfiguredDoors: valueFrom(settings.misconfiguredDoors ?? []),
      ...answered,
    }),
    raw: deployment,
  };
}

function answeredOutputs(answer: OnGuardActivationAnswer): Values {
  return withoutUndefined({
    rhombusToken: unmasked(answer.rhombusToken),
    presharedSecret: unmasked(answer.presharedSecret),
    webhookUrl: unmasked(answer.webhookUrl),
    misconfiguredDoors: answer.misconfiguredDoors ? valueFrom(answer.misconfiguredDoors) : undefined,
  });
}

/**
 * Makes a deployment. Where there are others, only its name is sent at first: should the vendor take the call as one
 * for an existing deployment, no door of that one is overwritten (docs/rhombus-api.md#onguard).
 */
async function make(
  api: RhombusApi,
  inputs: OnGuardInputs,
  { before }: Making<OnGuardDeployment>,
): Promise<Observed<OnGuardDeployment>> {
  const { displayName = "" } = inputs;
  const doors = before.length === 0 && inputs.doorInfoMap !== undefined ? { doorInfoMap: inputs.doorInfoMap } : {};
  const answer = await api.call("createOrUpdateHoneywellOnGuardIntegration", { displayName, ...doors });
  const token = answer.rhombusToken ?? "";
  const existing = before.find(({ raw }) => raw.token === token);
  if (existing !== undefined) {
    await restore(api, existing.raw);
    throw onlyOneDeployment(displayName, existing.raw.settings);
  }
  const settings: OnGuardDeploymentSettings = { displayName, ...doors };
  return { ...observed({ token, key: token, settings, row: {} }, answeredOutputs(answer)), unseen: true };
}

function onlyOneDeployment(wanted: string, existing: OnGuardDeploymentSettings): LifecycleError {
  return new LifecycleError(
    "exists",
    `Rhombus did not make the OnGuard integration "${wanted}": it answered with the existing one, ` +
      `"${existing.displayName ?? ""}", whose name and doors were restored. This organization seems to hold one deployment only. ` +
      "Declare the existing one with `adopt: true`, or remove it first.",
  );
}

/** Writes the name and the doors of a deployment as they were read before Rhombus changed it by a creation. */
async function restore(api: RhombusApi, { token, settings }: OnGuardDeployment): Promise<void> {
  const { displayName = null, doorInfoMap: doors } = settings;
  const request = { rhombusToken: token, displayName, ...(doors ? { doorInfoMap: asRead(doors) } : {}) };
  try {
    await api.call("createOrUpdateHoneywellOnGuardIntegration", request);
  } catch (error) {
    throw new LifecycleError(
      "conflict",
      `Rhombus changed the OnGuard integration "${displayName ?? ""}" when it was asked to create another one, and its name ` +
        `and doors could not be restored (${messageOf(error)}). Check them in the Rhombus console.`,
    );
  }
}

async function write(
  api: RhombusApi,
  writing: Writing<OnGuardDeployment, OnGuardInputs>,
): Promise<Observed<OnGuardDeployment> | undefined> {
  const { changed, prior, observed: before } = writing;
  const flagNames = Object.keys(badgeVerification).filter((name) => changed.has(name));
  const missing = missingOutputsIn(onGuardIntegration, { ...prior, ...before.outputs });
  const writesDoors = changed.has("displayName") || changed.has("doorInfoMap") || missing.length > 0;
  if (writesDoors) await writeDoors(api, writing);
  if (flagNames.length > 0) {
    await writing.resend(flagNames, (latest) => writeFlags(api, latest, { flagNames, prior }));
    writing.wrote();
  }
  return undefined;
}

async function writeDoors(api: RhombusApi, writing: Writing<OnGuardDeployment, OnGuardInputs>): Promise<void> {
  const { observed: before, desired, attempt, wrote } = writing;
  const { token, settings } = before.raw;
  const displayName = desired.displayName ?? settings.displayName ?? null;
  const doors = desired.doorInfoMap ?? (settings.doorInfoMap ? asRead(settings.doorInfoMap) : undefined);
  const answer = await api.call("createOrUpdateHoneywellOnGuardIntegration", {
    rhombusToken: token,
    displayName,
    ...(doors === undefined ? {} : { doorInfoMap: inForm(doors, settings.doorInfoMap, attempt) }),
  });
  const answered = answer.rhombusToken ?? token;
  if (answered !== token) throw anotherDeployment(before.raw, answered, displayName);
  wrote(answeredOutputs(answer));
}

/** The error for an update that Rhombus answered with another deployment than the one it was for. */
function anotherDeployment(meant: OnGuardDeployment, answered: string, sentName: string | null): LifecycleError {
  const deployments = Object.entries(meant.row.deploymentToSettingsMap ?? {});
  const existing = deployments.find(([key, each]) => (unmasked(each?.rhombusToken) ?? key) === answered)?.[1];
  return new LifecycleError(
    "gone",
    `Rhombus answered the update of the OnGuard integration "${meant.settings.displayName ?? ""}" with the deployment ` +
      `${onGuardId(answered)} ("${(existing ? existing.displayName : sentName) ?? ""}"). The integration may no longer exist, ` +
      "and that deployment may have its name and doors now. Check both in the Rhombus console, then run `pulumi refresh`.",
  );
}

/**
 * Writes the flags of one deployment. The vendor does not say whether the map of deployments in the request replaces
 * the stored one, so the whole row goes back as it was read (docs/rhombus-api.md#onguard).
 */
async function writeFlags(
  api: RhombusApi,
  { observed: before, desired }: Latest<OnGuardDeployment, OnGuardInputs>,
  { flagNames, prior }: { flagNames: readonly string[]; prior: Values },
): Promise<void> {
  const { row, key, settings, token } = before.raw;
  if (Object.values(row.deploymentToSettingsMap ?? {}).includes(null)) throw incompleteRow(settings.displayName ?? "");
  const changes = Object.fromEntries(flagNames.map((name) => [name, Reflect.get(desired, name)]));
  const secret = unmasked(settings.presharedSecret) ?? prior.presharedSecret;
  const ours: OnGuardDeploymentSettings = {
    ...asRead(settings),
    // Another call may just have written these: what was read before it must not undo it.
    ...withoutUndefined({ displayName: desired.displayName, doorInfoMap: desired.doorInfoMap }),
    ...changes,
    rhombusToken: token,
    ...(typeof secret === "string" ? { presharedSecret: secret } : {}),
  };
  const { deploymentToSettingsMap, ...rest } = asRead(row);
  await api.call("updateHoneywellOnGuardIntegration", {
    honeywellOnGuardSettings: { ...rest, deploymentToSettingsMap: { ...deploymentToSettingsMap, [key]: ours } },
  });
}

/** The whole row is written, so a deployment that the read shows as null would be lost. */
function incompleteRow(displayName: string): LifecycleError {
  return new LifecycleError(
    "conflict",
    `the OnGuard integration "${displayName}" was not changed: Rhombus shows another OnGuard deployment as null, and a write ` +
      "sends all of them. Run `pulumi up` again; if that goes on, look at the OnGuard deployments in the Rhombus console.",
  );
}

async function tokenOf(api: RhombusApi, id: string): Promise<string | undefined> {
  const [found] = await find(api, { id }, { fresh: true, fields: new Set(), prior: {} });
  return found?.raw.token;
}
