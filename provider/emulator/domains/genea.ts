import { applyServerFields, applySetting, applySettings, splitKnown } from "../behaviours/applyWrite";
import { isBlank, notConfigured, withSecret, withSecrets } from "../behaviours/readAnswers";
import { deleteIntegration, refuseMisconfigured } from "../behaviours/writeAnswers";
import { geneaDefaults, newGeneaServerFields } from "../data/newRows";
import type { GeneaRow, GeneaServerFields } from "../data/rows";
import type { GeneaAccount } from "../data/seed";
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
import { geneaSettings, noFields } from "./schemas";

const area = "/api/integrations/accessControl";

const wiped: GeneaServerFields = {
  refreshToken: null,
  rhombusToken: null,
  webhookSignatureSecret: null,
  webhookUuid: null,
};

/** The Genea operations. */
export const geneaOperations: readonly Operation[] = [
  operation({ name: "updateGeneaIntegrationV2", area, body: object({ geneaSettings }), run: update }),
  operation({
    name: "getGeneaIntegration",
    area,
    body: noFields,
    run: (call) => {
      const row = shownGeneaRow(call);
      return row
        ? { ...succeeded, orgIntegrationV2: row }
        : notConfigured(call, "orgIntegrationV2", unconfigured(call));
    },
  }),
  operation({
    name: "deleteGeneaIntegrationV2",
    area,
    body: noFields,
    run: ({ organization, behaviours }) => deleteIntegration(organization.genea, behaviours),
  }),
  operation({ name: "getGeneaDoors", area, body: object({ apiToken: text }), run: listDoors }),
];

/** The Genea integration as reads return it; undefined when it was never configured. */
export function shownGeneaRow(call: Call): object | undefined {
  const row = call.organization.genea.read(call.asOfMillis);
  if (!row) return undefined;
  const account = call.store.findGeneaAccount(row.apiToken);
  const visible = shown(geneaSettings.fields, {
    ...row.flags,
    ...row.server,
    doorInfoMap: shownDoors(row.doors),
    doorsValidated: [...row.doors.keys()].every((id) => hasDoor(account, id)),
    integration: "GENEA",
    integrationAuditMap: row.audit,
    misconfiguredDoors: misconfiguredNames(call.organization, row.doors),
    orgUuid: call.organization.seed.uuid,
    tokenValid: account !== undefined,
    userUuid: [...row.audit.values()].at(-1)?.userUuid,
  });
  const { vendorKeyReads, serverSecretReads } = call.behaviours;
  const { refreshToken, rhombusToken, webhookSignatureSecret } = row.server;
  const withKey = withSecret(visible, "apiToken", row.apiToken, vendorKeyReads);
  return withSecrets(withKey, { refreshToken, rhombusToken, webhookSignatureSecret }, serverSecretReads);
}

function update(
  call: Call,
  { geneaSettings: sent }: { geneaSettings?: Body<typeof geneaSettings.fields> | null },
): object {
  if (!sent) throw new ShapeMismatch("geneaSettings");
  const { organization, behaviours } = call;
  const current = organization.genea.read();
  const apiToken = applySetting<string | null>(sent.apiToken, current?.apiToken, null, behaviours);
  if (isBlank(apiToken)) return notUpdated("The Genea API token is missing.", true);
  const account = call.store.findGeneaAccount(apiToken);
  if (!account) return notUpdated("Genea does not accept the API token.", true);
  const { known, unknown } = splitKnown(sent.doorInfoMap, (id) => hasDoor(account, id), behaviours);
  const doors = applyDoors(known, current?.doors, behaviours);
  const misconfigured = misconfiguredNames(organization, doors);
  const refusal = refuseMisconfigured(misconfigured, behaviours);
  if (refusal) return refusal;
  const row: GeneaRow = {
    apiToken,
    flags: applySettings(sent, current?.flags, geneaDefaults, behaviours),
    doors,
    server: applyServerFields(sent, current?.server, newGeneaServerFields(), wiped, behaviours),
    audit: withAuditEvent(current?.audit ?? new Map(), call.caller, "UPDATE"),
  };
  organization.genea.write(row);
  return updated({ failedGuids: unknown, misconfiguredDoors: misconfigured });
}

function listDoors({ organization, store, asOfMillis }: Call, { apiToken }: { apiToken?: string | null }): object {
  const token = isBlank(apiToken) ? organization.genea.read(asOfMillis)?.apiToken : apiToken;
  const account = token === undefined ? undefined : store.findGeneaAccount(token);
  if (!account) return { ...failed("Genea does not accept the API token."), authError: true, panelList: null };
  return { ...succeeded, authError: false, panelList: account.doors };
}

function hasDoor(account: GeneaAccount | undefined, id: string): boolean {
  return account?.doors.some((door) => door.id === id) ?? false;
}

function unconfigured({ organization }: Call): object {
  const { uuid: orgUuid } = organization.seed;
  return shown(geneaSettings.fields, { ...geneaDefaults, enabled: false, integration: "GENEA", orgUuid });
}
