import { createHash } from "node:crypto";
import { applySetting, applySettings, storedText } from "../behaviours/applyWrite";
import { isBlank, notConfigured, withSecret } from "../behaviours/readAnswers";
import { refuseMisconfigured } from "../behaviours/writeAnswers";
import { emptyOnGuardRow, newOnGuardDeployment, onGuardDefaults } from "../data/newRows";
import type { Doors, OnGuardDeployment, OnGuardRow } from "../data/rows";
import { isRuuid } from "../data/ruuid";
import {
  type Call,
  failed,
  notUpdated,
  type Operation,
  operation,
  succeeded,
  updated,
  withAuditEvent,
} from "../server/operation";
import { type Body, object, ShapeMismatch, text } from "../server/shapes";
import { applyDoors, misconfiguredNames, shown, shownDoors } from "./doors";
import { noFields, onGuardDeployment, onGuardSettings, onGuardWrite } from "./schemas";
import { onGuardWebhookPath } from "./webhookPath";

const area = "/api/integrations/accessControl";

/** The OnGuard operations. */
export const onGuardOperations: readonly Operation[] = [
  operation({ name: "createOrUpdateHoneywellOnGuardIntegration", area, body: onGuardWrite, run: createOrUpdate }),
  operation({
    name: "updateHoneywellOnGuardIntegration",
    area,
    body: object({ honeywellOnGuardSettings: onGuardSettings }),
    run: updateFlags,
  }),
  operation({
    name: "getHoneywellOnGuardIntegration",
    area,
    body: noFields,
    run: (call) => {
      const row = shownOnGuardRow(call);
      return row ? { ...succeeded, orgIntegrationV2: row } : notConfigured(call, "orgIntegrationV2", emptyRow(call));
    },
  }),
  operation({
    name: "listHoneywellOnGuardIntegrations",
    area,
    body: noFields,
    isServed: (behaviours) => behaviours.onGuardList === "exists",
    run: list,
  }),
  operation({
    name: "deleteHoneywellOnGuardIntegration",
    area,
    body: object({ rhombusToken: text }),
    run: remove,
  }),
];

/** The OnGuard row as reads return it; undefined when OnGuard was never configured. */
export function shownOnGuardRow(call: Call): object | undefined {
  const row = call.organization.onGuard.read(call.asOfMillis);
  return row && shownRow(call, row);
}

function createOrUpdate(call: Call, body: Body<typeof onGuardWrite.fields>): object {
  const row = call.organization.onGuard.read() ?? emptyOnGuardRow;
  const target = findTarget(call, row, body.rhombusToken);
  if (!target) return { ...failed("The OnGuard deployment does not exist."), ...noCredentials };
  const doors = doorsAfter(call, body.doorInfoMap, target.doors);
  const misconfigured = misconfiguredNames(call.organization, doors);
  const refusal = refuseMisconfigured(misconfigured, call.behaviours);
  if (refusal) return { ...noCredentials, ...refusal };
  const named = storedText(body.displayName, call.behaviours);
  const displayName = applySetting(named, target.displayName, null, call.behaviours);
  const deployment = { ...target, displayName, doors };
  writeRow(call, { ...row, deployments: new Map([...row.deployments, [target.rhombusToken, deployment]]) });
  const { rhombusToken, presharedSecret } = deployment;
  return {
    ...succeeded,
    rhombusToken,
    presharedSecret,
    webhookUrl: `${call.baseUrl}${onGuardWebhookPath(rhombusToken)}`,
    misconfiguredDoors: misconfigured,
  };
}

function doorsAfter({ behaviours }: Call, sent: DoorsSent, current: Doors): Doors {
  if (sent !== undefined) return applyDoors(sent, current, behaviours);
  return behaviours.onGuardDoorsOmitted === "cleared" ? new Map() : current;
}

type DoorsSent = Body<typeof onGuardWrite.fields>["doorInfoMap"];

const noCredentials = { rhombusToken: null, presharedSecret: null, webhookUrl: null, misconfiguredDoors: null };

/** The deployment to write: an existing or a new one. Undefined when the call must fail. */
function findTarget(call: Call, row: OnGuardRow, token: string | null | undefined): OnGuardDeployment | undefined {
  const { onGuardCreate, onGuardUnknownToken } = call.behaviours;
  if (isBlank(token)) {
    const [oldest] = onGuardCreate === "existing" ? row.deployments.values() : [];
    return oldest ?? newOnGuardDeployment();
  }
  const known = row.deployments.get(token);
  if (known) return known;
  if (onGuardUnknownToken === "mint") return newOnGuardDeployment();
  return onGuardUnknownToken === "recreate" && isRuuid(token) ? newOnGuardDeployment(token) : undefined;
}

function updateFlags(
  call: Call,
  { honeywellOnGuardSettings: sent }: { honeywellOnGuardSettings?: OnGuardBody | null },
) {
  if (!sent) throw new ShapeMismatch("honeywellOnGuardSettings");
  const row = call.organization.onGuard.read();
  if (!row) return notUpdated("The OnGuard integration is not configured.", false);
  refuseUnknownUrl(call, sent);
  const tokens = new Map([...row.deployments.keys()].map((token) => [keyOf(call, token), token]));
  const asked = new Map(
    [...(sent.deploymentToSettingsMap ?? [])].flatMap(([key, body]) =>
      body ? [[body.rhombusToken ?? tokens.get(key) ?? key, body]] : [],
    ),
  );
  const unknown = [...asked.keys()].filter((token) => !row.deployments.has(token));
  if (unknown.length > 0 && !call.behaviours.failedDoors && call.behaviours.onGuardUnknownToken === "error") {
    return notUpdated("The OnGuard deployment does not exist.", false);
  }
  const isKept = (token: string) => asked.has(token) || !removesOmitted(call, sent);
  const deployments = [...row.deployments]
    .filter(([token]) => isKept(token))
    .map(([token, stored]) => [token, applyFlags(call, asked.get(token), stored)] as const);
  const enabled = applySetting(sent.enabled, row.enabled, true, call.behaviours);
  writeRow(call, { ...row, enabled, deployments: new Map(deployments) });
  const misconfiguredDoors = deployments.flatMap(([, { doors }]) => misconfiguredNames(call.organization, doors));
  return updated({ failedGuids: call.behaviours.failedDoors ? unknown : [], misconfiguredDoors });
}

type OnGuardBody = Body<typeof onGuardSettings.fields>;

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
  sent: Body<typeof onGuardDeployment.fields> | undefined,
  stored: OnGuardDeployment,
): OnGuardDeployment {
  if (!sent) return stored;
  return {
    ...stored,
    displayName: applySetting(storedText(sent.displayName, behaviours), stored.displayName, null, behaviours),
    flags: applySettings(sent, stored.flags, onGuardDefaults, behaviours),
  };
}

function list(call: Call): object {
  const row = call.organization.onGuard.read(call.asOfMillis);
  const integrations = [...(row?.deployments.values() ?? [])].map(({ rhombusToken, displayName, doors }) => ({
    rhombusToken,
    displayName,
    doorCount: doors.size,
    assignedCameraUuids: [...new Set([...doors.values()].flatMap((door) => door.assignedCameraList ?? []))],
  }));
  return { ...succeeded, integrations };
}

/** Deletes a deployment; without a token or with a blank one, all deployments and the row. */
function remove(call: Call, { rhombusToken }: { rhombusToken?: string | null }): object {
  const row = call.organization.onGuard.read();
  if (isBlank(rhombusToken)) call.organization.onGuard.write(undefined);
  else if (row?.deployments.has(rhombusToken)) {
    const deployments = new Map(row.deployments);
    deployments.delete(rhombusToken);
    call.organization.onGuard.write({ ...row, deployments, audit: withAuditEvent(row.audit, call.caller, "DELETE") });
  }
  return succeeded;
}

function writeRow(call: Call, row: OnGuardRow): void {
  call.organization.onGuard.write({ ...row, audit: withAuditEvent(row.audit, call.caller, "UPDATE") });
}

function emptyRow(call: Call): object {
  return shownRow(call, { ...emptyOnGuardRow, enabled: false });
}

function shownRow(call: Call, row: OnGuardRow): object {
  const deployments = [...row.deployments].map(
    ([token, each]) => [keyOf(call, token), shownDeployment(call, each)] as const,
  );
  return {
    ...shown(onGuardSettings.fields, {
      enabled: row.enabled,
      integration: "HONEYWELL_ONGUARD",
      integrationAuditMap: row.audit,
      orgUuid: call.organization.seed.uuid,
      userUuid: [...row.audit.values()].at(-1)?.userUuid,
    }),
    deploymentToSettingsMap: new Map(deployments),
  };
}

function shownDeployment(call: Call, deployment: OnGuardDeployment): object {
  const { flags, doors, displayName, rhombusToken, presharedSecret } = deployment;
  const visible = {
    ...shown(onGuardDeployment.fields, { ...flags, displayName, rhombusToken, doorsValidated: true }),
    doorInfoMap: shownDoors(doors),
    misconfiguredDoors: misconfiguredNames(call.organization, doors),
  };
  const { onGuardSecretReads, onGuardUrlReads } = call.behaviours;
  const url = `${call.baseUrl}${onGuardWebhookPath(rhombusToken)}`;
  const withUrl = withSecret(visible, "webhookUrl", url, onGuardUrlReads);
  return withSecret(withUrl, "presharedSecret", presharedSecret, onGuardSecretReads);
}
