import { operationsIn, succeeded } from "../server/operation";
import type { Domain } from "./domain";
import { shownGenea } from "./genea";
import { shownKisi, shownKisiV1 } from "./kisi/operations";
import { shownOnGuard } from "./onGuard/operations";

const operation = operationsIn("/api/integrations/org");

const operations = [
  operation({
    name: "getOrgIntegrationsV2",
    handle: (call) => {
      const shown = { GENEA: shownGenea(call), HONEYWELL_ONGUARD: shownOnGuard(call), KISI: shownKisi(call) };
      const configured = Object.entries(shown).filter(([, each]) => each !== undefined);
      return { ...succeeded, orgIntegrationsV2: Object.fromEntries(configured) };
    },
  }),
  /** The older list. It has a slot for Kisi V1 only, among the integrations of the emulator. */
  operation({
    name: "getOrgIntegrations",
    handle: (call) => ({ ...succeeded, orgIntegrations: { kisiSettings: shownKisiV1(call) ?? null } }),
  }),
];

/** The lists of all integrations. Those that were never configured are omitted, whatever `notConfigured` is. */
export const integrationLists = { operations } satisfies Domain;
