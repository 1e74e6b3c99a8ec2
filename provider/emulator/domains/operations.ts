import { type Operation, operation, succeeded } from "../server/operation";
import { directoryOperations } from "./directory";
import { geneaOperations, shownGeneaRow } from "./genea";
import { groupOperations } from "./groups";
import { kisiOperations, shownKisiRow, shownKisiRowV1 } from "./kisi";
import { onGuardOperations, shownOnGuardRow } from "./onGuard";
import { noFields } from "./schemas";

/** The listing of all integrations. Those that were never configured are not in it, whatever single reads say. */
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

/** The older listing. Of the integrations that the emulator has, only the first version of Kisi's settings has a place in it. */
const olderListing = operation({
  name: "getOrgIntegrations",
  area: "/api/integrations/org",
  body: noFields,
  run: (call) => ({ ...succeeded, orgIntegrations: { kisiSettings: shownKisiRowV1(call) ?? null } }),
});

/** Every operation that the emulator knows. */
export const operations: readonly Operation[] = [
  ...onGuardOperations,
  ...geneaOperations,
  ...kisiOperations,
  ...groupOperations,
  ...directoryOperations,
  listing,
  olderListing,
];
