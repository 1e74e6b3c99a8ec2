import { createHash } from "node:crypto";
import { applySetting, applySettings, storedText } from "../../behaviours/applyWrite";
import { isBlank, withSecrets } from "../../behaviours/readAnswers";
import { isRuuid } from "../../data/ruuid";
import { type Call, failed, succeeded } from "../../server/operation";
import { type Body, flag, list, map, object, ruuid, ShapeMismatch, text } from "../../server/shapes";
import { applyDoors, type Doors, doorInfo, misconfiguredNames, shownDoors } from "../badge/doors";
import { onGuardDefaults, onGuardFlagFields } from "../badge/flags";
import {
  integrationFields,
  integrationOperation,
  notUpdated,
  readOperation,
  refuseMisconfigured,
  shown,
  shownIntegrationFields,
  updated,
  withAuditEvent,
} from "../badge/integration";
import {
  emptyOnGuard,
  newDeployment,
  type OnGuardDeployment,
  onGuardOf,
  onGuardWebhookPath,
  type StoredOnGuard,
  withDeployments,
  withoutDeployment,
} from "./storedOnGuard";

/** One OnGuard deployment (`OnGuardDeploymentSettings`). `webhookUrl` needs {@link Behaviours.onGuardUrlReads}. */
const deploymentSettings = object({
  ...onGuardFlagFields,
  displayName: text,
  doorInfoMap: map(doorInfo),
  doorsValidated: flag,
  misconfiguredDoors: list(text),
  presharedSecret: text,
  rhombusToken: ruuid,
  webhookUrl: text,
});

/** The OnGuard integration of an organization (`IHoneywellOnGuardType`), with all its deployments. */
const honeywellOnGuardSettings = object({ ...integrationFields, deploymentToSettingsMap: map(deploymentSettings) });

/** The fields of createOrUpdateHoneywellOnGuardIntegration. Its token is declared as plain text. */
const deploymentFields = { displayName: text, doorInfoMap: map(doorInfo), rhombusToken: text };

/** The OnGuard operations. */
export const operations = [
  integrationOperation({
    name: "createOrUpdateHoneywellOnGuardIntegration",
    kind: "write",
    fields: deploymentFields,
    handle: createOrUpdate,
  }),
  integrationOperation({
    name: "updateHoneywellOnGuardIntegration",
    kind: "write",
    fields: { honeywellOnGuardSettings },
    handle: updateFlags,
  }),
  readOperation("getHoneywellOnGuardIntegration", shownOnGuard, (call) =>
    shownFields(call, { ...emptyOnGuard, enabled: false }),
  ),
  integrationOperation({
    name: "listHoneywellOnGuardIntegrations",
    isServed: (behaviours) => behaviours.onGuardList === "exists",
    handle: listDeployments,
  }),
  integrationOperation({
    name: "deleteHoneywellOnGuardIntegration",
    kind: "delete",
    fields: { rhombusToken: text },
    handle: remove,
  }),
];

/** The OnGuard integration as reads return it; undefined when OnGuard was never configured. */
export function shownOnGuard(call: Call): object | undefined {
  const stored = onGuardOf(call.organization).read(call.asOfMillis);
  return stored && shownFields(call, stored);
}

function createOrUpdate(call: Call, body: Body<typeof deploymentFields>): object {
  const stored = onGuardOf(call.organization).read() ?? emptyOnGuard;
  const target = findTarget(call, stored, body.rhombusToken);
  if (!target) return { ...failed("The OnGuard deployment does not exist."), ...noCredentials };
  const doors = doorsAfter(call, body.doorInfoMap, target.doors);
  const misconfigured = misconfiguredNames(call.organization, doors);
  const refusal = refuseMisconfigured(misconfigured, call.behaviours);
  if (refusal) return { ...noCredentials, ...refusal };
  const named = storedText(body.displayName, call.behaviours);
  const displayName = applySetting(named, target.displayName, null, call.behaviours);
  const { rhombusToken, presharedSecret } = target;
  write(call, withDeployments(stored, [{ ...target, displayName, doors }]));
  return {
    ...succeeded,
    rhombusToken,
    presharedSecret,
    webhookUrl: `${call.baseUrl}${onGuardWebhookPath(rhombusToken)}`,
    misconfiguredDoors: misconfigured,
  };
}

function doorsAfter({ behaviours }: Call, sent: Body<typeof deploymentFields>["doorInfoMap"], current: Doors): Doors {
  if (sent !== undefined) return applyDoors(sent, current, behaviours);
  return behaviours.onGuardDoorsOmitted === "cleared" ? new Map() : current;
}

const noCredentials = { rhombusToken: null, presharedSecret: null, webhookUrl: null, misconfiguredDoors: null };

/** The deployment to write: an existing or a new one. Undefined when the call must fail. */
function findTarget(
  call: Call,
  stored: StoredOnGuard,
  token: string | null | undefined,
): OnGuardDeployment | undefined {
  const { onGuardCreate, onGuardUnknownToken } = call.behaviours;
  if (isBlank(token)) {
    const [oldest] = onGuardCreate === "existing" ? stored.deployments.values() : [];
    return oldest ?? newDeployment();
  }
  const known = stored.deployments.get(token);
  if (known) return known;
  if (onGuardUnknownToken === "mint") return newDeployment();
  return onGuardUnknownToken === "recreate" && isRuuid(token) ? newDeployment({ rhombusToken: token }) : undefined;
}

function updateFlags(
  call: Call,
  { honeywellOnGuardSettings: sent }: { honeywellOnGuardSettings?: OnGuardBody | null },
) {
  if (!sent) throw new ShapeMismatch("honeywellOnGuardSettings");
  const stored = onGuardOf(call.organization).read();
  if (!stored) return notUpdated("The OnGuard integration is not configured.", false);
  refuseUnknownUrl(call, sent);
  const tokens = new Map([...stored.deployments.keys()].map((token) => [keyOf(call, token), token]));
  const asked = new Map(
    [...(sent.deploymentToSettingsMap ?? [])].flatMap(([key, body]) =>
      body ? [[body.rhombusToken ?? tokens.get(key) ?? key, body]] : [],
    ),
  );
  const unknown = [...asked.keys()].filter((token) => !stored.deployments.has(token));
  if (unknown.length > 0 && !call.behaviours.failedDoors && call.behaviours.onGuardUnknownToken === "error") {
    return notUpdated("The OnGuard deployment does not exist.", false);
  }
  const isKept = (token: string) => asked.has(token) || !removesOmitted(call, sent);
  const deployments = [...stored.deployments]
    .filter(([token]) => isKept(token))
    .map(([token, deployment]) => [token, applyFlags(call, asked.get(token), deployment)] as const);
  const enabled = applySetting(sent.enabled, stored.enabled, true, call.behaviours);
  write(call, { ...stored, enabled, deployments: new Map(deployments) });
  const misconfiguredDoors = deployments.flatMap(([, { doors }]) => misconfiguredNames(call.organization, doors));
  return updated(misconfiguredDoors, call.behaviours.failedDoors ? unknown : []);
}

type OnGuardBody = Body<typeof honeywellOnGuardSettings.fields>;

/** Refuses a `webhookUrl`, which no schema has, unless reads return it and a client may send it back. */
function refuseUnknownUrl({ behaviours }: Call, { deploymentToSettingsMap: sent }: OnGuardBody): void {
  if (behaviours.onGuardUrlReads === "plain") return;
  if ([...(sent?.values() ?? [])].some((each) => each?.webhookUrl !== undefined)) {
    throw new ShapeMismatch("no unknown field");
  }
}

/** The key of a deployment in the map that reads return. */
function keyOf({ behaviours }: Call, token: string): string {
  return behaviours.onGuardKeys === "token" ? token : createHash("sha256").update(token).digest("hex").slice(0, 12);
}

function removesOmitted(call: Call, sent: OnGuardBody): boolean {
  return call.behaviours.deploymentsOmitted === "removed" && Boolean(sent.deploymentToSettingsMap);
}

/** Applies the flags. Door map, token and secret are ignored, as documented. */
function applyFlags(
  { behaviours }: Call,
  sent: Body<typeof deploymentSettings.fields> | undefined,
  stored: OnGuardDeployment,
): OnGuardDeployment {
  if (!sent) return stored;
  return {
    ...stored,
    displayName: applySetting(storedText(sent.displayName, behaviours), stored.displayName, null, behaviours),
    flags: applySettings(sent, stored.flags, onGuardDefaults, behaviours),
  };
}

function listDeployments(call: Call): object {
  const stored = onGuardOf(call.organization).read(call.asOfMillis);
  const integrations = [...(stored?.deployments.values() ?? [])].map(({ rhombusToken, displayName, doors }) => ({
    rhombusToken,
    displayName,
    doorCount: doors.size,
    assignedCameraUuids: [...new Set([...doors.values()].flatMap((door) => door.assignedCameraList ?? []))],
  }));
  return { ...succeeded, integrations };
}

/** Deletes a deployment; without a token or with a blank one, all deployments and the integration. */
function remove(call: Call, { rhombusToken }: { rhombusToken?: string | null }): void {
  const register = onGuardOf(call.organization);
  const stored = register.read();
  if (isBlank(rhombusToken)) register.write(undefined);
  else if (stored?.deployments.has(rhombusToken)) {
    register.write({ ...withoutDeployment(stored, rhombusToken), audit: withAuditEvent(stored.audit, call, "DELETE") });
  }
}

function write(call: Call, stored: StoredOnGuard): void {
  onGuardOf(call.organization).write({ ...stored, audit: withAuditEvent(stored.audit, call) });
}

function shownFields(call: Call, stored: StoredOnGuard): object {
  const deployments = [...stored.deployments].map(
    ([token, each]) => [keyOf(call, token), shownDeployment(call, each)] as const,
  );
  const fields = { ...shownIntegrationFields(call, "HONEYWELL_ONGUARD", stored.audit), enabled: stored.enabled };
  return { ...shown(honeywellOnGuardSettings.fields, fields), deploymentToSettingsMap: new Map(deployments) };
}

function shownDeployment(call: Call, deployment: OnGuardDeployment): object {
  const { flags, doors, displayName, rhombusToken, presharedSecret } = deployment;
  const visible = {
    ...shown(deploymentSettings.fields, { ...flags, displayName, rhombusToken, doorsValidated: true }),
    doorInfoMap: shownDoors(doors),
    misconfiguredDoors: misconfiguredNames(call.organization, doors),
  };
  const { onGuardSecretReads, onGuardUrlReads } = call.behaviours;
  const webhookUrl = `${call.baseUrl}${onGuardWebhookPath(rhombusToken)}`;
  return withSecrets(withSecrets(visible, { webhookUrl }, onGuardUrlReads), { presharedSecret }, onGuardSecretReads);
}
