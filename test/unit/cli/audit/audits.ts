import { type AuditOptions, type AuditReport, audit } from "../../../../provider/cli/audit/audit";
import { campusSeed, type Emulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { clientFor } from "../../rhombus/loopback";
import { stored } from "../programFolder";

const { acme } = campusSeed;

/** Audits Acme Robotics. `further`: Further options. Default: no stack is compared. */
export function audited(emulator: Emulator, further: Partial<AuditOptions> = {}): Promise<AuditReport> {
  const { client } = clientFor(emulator.url, { apiKey: acme.apiKey, maxRetries: "0" });
  const api = new RhombusApi(client, undefined);
  return audit({ api, cli: undefined, stacks: [], ignored: [], ...further });
}

export function findingLines({ findings }: AuditReport): string[] {
  return findings.map(({ kind, object, text }) => `${kind}: ${object}: ${text}`);
}

/** The resources of a state that manages some objects. `orgUuid`: Their organization. Default: Acme Robotics. */
export function managing(
  objects: readonly (readonly [type: string, id: string])[],
  orgUuid: string = acme.orgUuid,
): object[] {
  return objects.map(([type, id]) => stored(type, `${type}-${id}`, id, orgUuid));
}
