import { randomBytes } from "node:crypto";
import { v4 } from "uuid";
import { applyServerFields, applySetting, applySettings, splitKnown } from "../behaviours/applyWrite";
import { isBlank, withSecrets } from "../behaviours/readAnswers";
import { newRuuid } from "../data/ruuid";
import type { GeneaAccount } from "../data/seed";
import { type Organization, perOrganization, Register, type Store } from "../data/store";
import type { Table } from "../page/table";
import { type Call, failed, succeeded } from "../server/operation";
import { type Body, flag, list, map, object, ruuid, ShapeMismatch, text } from "../server/shapes";
import {
  applyDoors,
  type DoorInfo,
  type DoorRecord,
  type Doors,
  doorInfo,
  doorsFrom,
  misconfiguredNames,
  shownDoors,
  withDoor,
} from "./badge/doors";
import { type OnGuardFlags, onGuardDefaults, onGuardFlagFields } from "./badge/flags";
import {
  type AuditTrail,
  deleteOperation,
  integrationFields,
  integrationOperation,
  notUpdated,
  readOperation,
  refuseMisconfigured,
  shown,
  shownIntegrationFields,
  updated,
  withAuditEvent,
} from "./badge/integration";
import { type ConsoleContext, type Domain, required } from "./domain";
import { geneaTables } from "./geneaTables";

/** Flags of a Genea integration: its reactions to badge events. */
export interface GeneaFlags extends OnGuardFlags {
  /** True if the integration is enabled. */
  readonly enabled: boolean;
  /** Indexes faces seen at the doors. */
  readonly indexFaces: boolean;
}

/** Server-owned fields of a Genea integration. A wiped field is null. */
export interface GeneaServerFields {
  /** Session credential at Genea. */
  readonly refreshToken: string | null;
  /** Credential of the webhook that Genea calls. */
  readonly rhombusToken: string | null;
  /** The key with which Genea signs its calls. */
  readonly webhookSignatureSecret: string | null;
  /** The webhook's id at Genea. */
  readonly webhookUuid: string | null;
}

/** A Genea integration that already exists. */
export interface SeedGenea {
  /** The Genea API key. */
  readonly apiToken: string;
  /** Flags other than the defaults. */
  readonly flags?: Partial<GeneaFlags>;
  /** Its doors by Genea door id. */
  readonly doorInfoMap: DoorRecord;
  /** Server-owned fields; generated when absent. */
  readonly server?: GeneaServerFields;
}

/** The Genea integration of an organization in its seed. */
export interface GeneaSeed {
  /** Its Genea integration; none when absent. */
  readonly genea?: SeedGenea;
}

/** The Genea integration as the console shows it, secrets included. */
export interface ConsoleGenea extends GeneaServerFields {
  /** The Genea API key in use. */
  readonly apiToken: string;
  /** Reactions to badge events. */
  readonly flags: GeneaFlags;
  /** Its doors by Genea door id; a field that is not set is absent. */
  readonly doorInfoMap: DoorRecord;
}

interface StoredGenea {
  readonly apiToken: string;
  readonly flags: GeneaFlags;
  readonly doors: Doors;
  readonly server: GeneaServerFields;
  readonly audit?: AuditTrail;
}

const defaults: GeneaFlags = { ...onGuardDefaults, enabled: true, indexFaces: false };

const wiped: GeneaServerFields = {
  refreshToken: null,
  rhombusToken: null,
  webhookSignatureSecret: null,
  webhookUuid: null,
};

/** The Genea integration of an organization (`IGeneaType`). */
const geneaSettings = object({
  ...integrationFields,
  ...onGuardFlagFields,
  apiToken: text,
  doorInfoMap: map(doorInfo),
  doorsValidated: flag,
  indexFaces: flag,
  misconfiguredDoors: list(text),
  refreshToken: text,
  rhombusToken: ruuid,
  tokenValid: flag,
  webhookSignatureSecret: text,
  webhookUuid: text,
});

const operations = [
  integrationOperation({ name: "updateGeneaIntegrationV2", kind: "write", fields: { geneaSettings }, handle: update }),
  readOperation("getGeneaIntegration", shownGenea, (call) =>
    shown(geneaSettings.fields, { ...defaults, ...shownIntegrationFields(call, "GENEA"), enabled: false }),
  ),
  deleteOperation("deleteGeneaIntegrationV2", ({ organization }) => geneaOf(organization)),
  integrationOperation({ name: "getGeneaDoors", fields: { apiToken: text }, handle: listDoors }),
];

const geneaOf = perOrganization(() => new Register<StoredGenea>());

/** The Genea integration of an organization. */
export const genea = {
  operations,
  load(organization: Organization, { genea: seeded }: GeneaSeed) {
    if (seeded) geneaOf(organization).write(storedGeneaFrom(seeded), Number.NEGATIVE_INFINITY);
  },
  save(organization: Organization): GeneaSeed {
    const stored = geneaOf(organization).read();
    if (!stored) return { genea: undefined };
    const { doors, audit: _past, ...others } = stored;
    return { genea: { ...others, doorInfoMap: Object.fromEntries(doors) } };
  },
  remains: (organization: Organization) => (geneaOf(organization).read() ? ["Genea integration"] : []),
  console({ organization }: ConsoleContext) {
    const register = geneaOf(organization);
    return {
      /** The Genea integration, undefined when there is none. */
      genea(): ConsoleGenea | undefined {
        const stored = register.read();
        if (!stored) return undefined;
        return {
          apiToken: stored.apiToken,
          ...stored.server,
          flags: stored.flags,
          doorInfoMap: Object.fromEntries(stored.doors),
        };
      },
      /**
       * Changes or creates the Genea integration. A door map replaces the stored one. Throws if it has no API token
       * yet.
       */
      setGenea: (change: Partial<SeedGenea>): void => register.write(storedGeneaFrom(change, register.read())),
      /** Sets one door of the Genea integration, or removes it with undefined. Throws if there is no integration. */
      setGeneaDoor(key: string, door: DoorInfo | undefined): void {
        const stored = required(register.read());
        register.write({ ...stored, doors: withDoor(stored.doors, key, door) });
      },
      /** Removes the Genea integration. */
      removeGenea: (): void => register.write(undefined),
    };
  },
  tables: (context: ConsoleContext): Table[] => geneaTables(context.organization, genea.console(context)),
} satisfies Domain;

/** A Genea integration with the given values over `current`. Throws a TypeError if neither has an API token. */
function storedGeneaFrom(given: Partial<SeedGenea>, current?: StoredGenea): StoredGenea {
  const apiToken = given.apiToken ?? current?.apiToken;
  if (apiToken === undefined) throw new TypeError("Genea is not configured yet: give an apiToken as well.");
  return {
    apiToken,
    flags: { ...defaults, ...current?.flags, ...given.flags },
    doors: current && !given.doorInfoMap ? current.doors : doorsFrom(given.doorInfoMap),
    server: given.server ?? current?.server ?? newServerFields(),
    audit: current?.audit,
  };
}

function newServerFields(): GeneaServerFields {
  return {
    refreshToken: randomBytes(24).toString("base64url"),
    rhombusToken: newRuuid(),
    webhookSignatureSecret: randomBytes(32).toString("hex"),
    webhookUuid: v4(),
  };
}

/** The Genea integration as reads return it; undefined when it was never configured. */
export function shownGenea(call: Call): object | undefined {
  const stored = geneaOf(call.organization).read(call.asOfMillis);
  if (!stored) return undefined;
  const account = findAccount(call.store, stored.apiToken);
  const visible = shown(geneaSettings.fields, {
    ...stored.flags,
    ...stored.server,
    ...shownIntegrationFields(call, "GENEA", stored.audit ?? new Map()),
    doorInfoMap: shownDoors(stored.doors),
    doorsValidated: [...stored.doors.keys()].every((id) => hasDoor(account, id)),
    misconfiguredDoors: misconfiguredNames(call.organization, stored.doors),
    tokenValid: account !== undefined,
  });
  const { webhookUuid: _shown, ...secrets } = stored.server;
  const { vendorKeyReads, serverSecretReads } = call.behaviours;
  return withSecrets(withSecrets(visible, { apiToken: stored.apiToken }, vendorKeyReads), secrets, serverSecretReads);
}

function update(
  call: Call,
  { geneaSettings: sent }: { geneaSettings?: Body<typeof geneaSettings.fields> | null },
): object {
  if (!sent) throw new ShapeMismatch("geneaSettings");
  const { organization, behaviours } = call;
  const current = geneaOf(organization).read();
  const apiToken = applySetting<string | null>(sent.apiToken, current?.apiToken, null, behaviours);
  if (isBlank(apiToken)) return notUpdated("The Genea API token is missing.", true);
  const account = findAccount(call.store, apiToken);
  if (!account) return notUpdated("Genea does not accept the API token.", true);
  const { known, unknown } = splitKnown(sent.doorInfoMap, (id) => hasDoor(account, id), behaviours);
  const doors = applyDoors(known, current?.doors, behaviours);
  const misconfigured = misconfiguredNames(organization, doors);
  const refusal = refuseMisconfigured(misconfigured, behaviours);
  if (refusal) return refusal;
  geneaOf(organization).write({
    apiToken,
    flags: applySettings(sent, current?.flags, defaults, behaviours),
    doors,
    server: applyServerFields(sent, current?.server, newServerFields(), wiped, behaviours),
    audit: withAuditEvent(current?.audit, call),
  });
  return updated(misconfigured, unknown);
}

function listDoors({ organization, store, asOfMillis }: Call, { apiToken }: { apiToken?: string | null }): object {
  const token = isBlank(apiToken) ? geneaOf(organization).read(asOfMillis)?.apiToken : apiToken;
  const account = findAccount(store, token);
  if (!account) return { ...failed("Genea does not accept the API token."), authError: true, panelList: null };
  return { ...succeeded, authError: false, panelList: account.doors };
}

function findAccount({ seed }: Store, apiToken: string | undefined): GeneaAccount | undefined {
  return seed.geneaAccounts.find(({ apiTokens }) => apiTokens.some((each) => each === apiToken));
}

function hasDoor(account: GeneaAccount | undefined, id: string): boolean {
  return account?.doors.some((door) => door.id === id) ?? false;
}
