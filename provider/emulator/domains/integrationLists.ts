import { operationsIn, succeeded } from "../server/operation";
import type { Domain } from "./domain";
import { shownGeneaRow } from "./genea";
import { shownKisiRow, shownKisiRowV1 } from "./kisi/operations";
import { shownOnGuardRow } from "./onGuard/operations";

const operation = operationsIn("/api/integrations/org");

const operations = [
  operation({
    name: "getOrgIntegrationsV2",
    run: (call) => {
      const rows = { GENEA: shownGeneaRow(call), HONEYWELL_ONGUARD: shownOnGuardRow(call), KISI: shownKisiRow(call) };
      const configured = Object.entries(rows).filter(([, row]) => row !== undefined);
      return { ...succeeded, orgIntegrationsV2: Object.fromEntries(configured) };
    },
  }),
  /** The older list. It has a slot for Kisi V1 only, among the integrations of the emulator. */
  operation({
    name: "getOrgIntegrations",
    run: (call) => ({ ...succeeded, orgIntegrations: { kisiSettings: shownKisiRowV1(call) ?? null } }),
  }),
];

/** The lists of all integrations. Those that were never configured are omitted, whatever `notConfigured` is. */
export const integrationLists = { operations } satisfies Domain;
