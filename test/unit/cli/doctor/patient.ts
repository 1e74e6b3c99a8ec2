import type { Check, Diagnosis, Verdict } from "../../../../provider/cli/doctor/check";
import { diagnose, type Surroundings } from "../../../../provider/cli/doctor/diagnosis";
import { campusSeed, type Emulator } from "../../../../provider/emulator";
import { resourceTypes } from "../../../../provider/resources/registry";
import { type ShownValue, scriptedCli, type Workshop } from "../workshop";

const { acme } = campusSeed;

/**
 * Where everything is in order: a project, a CLI, and a stack config with a key.
 * @param workshop The project.
 * @param emulator Where the key opens.
 * @param config What the stack config has instead.
 */
export function healthy(
  workshop: Workshop,
  emulator: Pick<Emulator, "url">,
  config: Readonly<Record<string, ShownValue>> = configFor(emulator.url),
): Surroundings {
  return {
    folder: workshop.folder,
    env: {},
    home: workshop.folder,
    node: "20.19.0",
    manifest: {
      folder: `${workshop.folder}/node_modules/pulumi-rhombus`,
      version: "0.1.0",
      node: ">=20.19",
      pulumi: ">=3.216.0 <4",
    },
    cli: scriptedCli({ config }),
    regions: { us: emulator.url, eu: emulator.url },
  };
}

/**
 * A stack config with a key, in the order of a person who keeps secrets.
 * @param endpoint Where the key opens.
 * @param apiKey The key.
 */
export function configFor(endpoint: string, apiKey: string = acme.apiKey): Record<string, ShownValue> {
  return {
    "rhombus:apiKey": { value: apiKey, secret: true },
    "rhombus:endpoint": { value: endpoint, secret: false },
  };
}

/**
 * Asks the doctor about all types.
 * @param surroundings Where to look.
 */
export function examined(surroundings: Surroundings): Promise<Diagnosis> {
  return diagnose(surroundings, { types: resourceTypes });
}

/**
 * What came out in one way, as `name: said`.
 * @param diagnosis The diagnosis.
 * @param verdict The way.
 */
export function saidBy({ checks }: Diagnosis, verdict: Verdict): string[] {
  return checks.filter((check) => check.verdict === verdict).map(line);
}

function line({ name, said, remedy }: Check): string {
  return `${name}: ${said}${remedy === undefined ? "" : ` | ${remedy}`}`;
}
