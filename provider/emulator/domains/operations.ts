import { type Operation, operation, succeeded } from "../server/operation";
import { directoryOperations } from "./directory";
import { geneaOperations, shownGeneaRow } from "./genea";
import { groupOperations } from "./groups";
import { kisiOperations, shownKisiRow, shownKisiRowV1 } from "./kisi";
import { onGuardOperations, shownOnGuardRow } from "./onGuard";
import { noFields } from "./schemas";

/** Lists all integrations. Those that were never configured are omitted, whatever `notConfigured` is. */
const listing = operation({
  name: "getOrgIntegrationsV2",
  area: "/api/integrations/org",
  body: noFields,
  run: (call) => {
    const rows = { GENEA: shownGeneaRow(call), HONEYWELL_ONGUARD: shownOnGuardRow(call), KISI: shownKisiRow(call) };
    const configured = Object.entries(rows).filter(([, row]) => row !== undefined);
    return { ...succeeded, orgIntegrationsV2: Object.fromEntries(configured) };
  },
});

/** The older list. It has a slot for Kisi V1 only, among the integrations of the emulator. */
const olderListing = operation({
  name: "getOrgIntegrations",
  area: "/api/integrations/org",
  body: noFields,
  run: (call) => ({ ...succeeded, orgIntegrations: { kisiSettings: shownKisiRowV1(call) ?? null } }),
});

/** Every operation of the emulator. */
export const operations: readonly Operation[] = [
  ...onGuardOperations,
  ...geneaOperations,
  ...kisiOperations,
  ...groupOperations,
  ...directoryOperations,
  listing,
  olderListing,
];
