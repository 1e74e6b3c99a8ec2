import { type AuditReport, type Examined, examine } from "../../../../provider/cli/audit/examination";
import { campusSeed, type Emulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { clientFor } from "../../rhombus/loopback";
import { stored } from "../workshop";

const { acme } = campusSeed;

/**
 * The report on Acme Robotics.
 * @param emulator Where it lives.
 * @param further What else to say. Default: no stack is looked at.
 */
export function audited(emulator: Emulator, further: Partial<Examined> = {}): Promise<AuditReport> {
  const { client } = clientFor(emulator.url, { apiKey: acme.apiKey, maxRetries: "0" });
  const api = new RhombusApi(client, undefined);
  return examine({ api, cli: undefined, stacks: [], ignored: [], ...further });
}

/**
 * The findings as `fact: object: said`.
 * @param report The report.
 */
export function told({ findings }: AuditReport): string[] {
  return findings.map(({ fact, object, said }) => `${fact}: ${object}: ${said}`);
}

/**
 * The resources of a state that manages a few objects.
 * @param objects Their types and ids.
 * @param orgUuid Whose they are. Default: Acme Robotics's.
 */
export function managing(
  objects: readonly (readonly [type: string, id: string])[],
  orgUuid: string = acme.orgUuid,
): object[] {
  return objects.map(([type, id]) => stored(type, `${type}-${id}`, id, orgUuid));
}
