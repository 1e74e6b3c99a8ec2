import { type ProbeReport, probe } from "../../../../../provider/cli/doctor/probe/probe";
import type { ProbeTiming } from "../../../../../provider/cli/doctor/probe/recorder";
import { campusSeed, type Emulator } from "../../../../../provider/emulator";
import { RhombusApi } from "../../../../../provider/rhombus/api/api";
import { clientFor } from "../../../rhombus/loopback";

const { acme } = campusSeed;

export interface ProbedOptions extends Partial<ProbeTiming> {
  /** What the person types. Default: the organization's name. */
  readonly typed?: string;
}

export function probed(emulator: Emulator, { typed = acme.name, ...timing }: ProbedOptions = {}): Promise<ProbeReport> {
  const { client } = clientFor(emulator.url, { apiKey: acme.apiKey, maxRetries: "0" });
  return probe({
    api: new RhombusApi(client, undefined),
    confirm: async () => typed,
    timing: {
      leastMs: 0,
      mostReads: 60,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      isAborted: () => false,
      tell: () => {},
      ...timing,
    },
  });
}

export const WRITES = /^(?:create|update|delete|add|remove)/;
