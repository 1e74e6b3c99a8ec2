import type { Check, Verdict } from "../../../../provider/cli/doctor/check";
import { type Diagnosis, type DoctorContext, diagnose } from "../../../../provider/cli/doctor/diagnosis";
import { campusSeed, type Emulator } from "../../../../provider/emulator";
import { resourceTypes } from "../../../../provider/resources/registry";
import { type ProgramFolder, type ShownValue, scriptedCli } from "../programFolder";

const { acme } = campusSeed;

/** A context without a failure: a project, a CLI, and a stack config with a key. */
export function contextFor(
  programFolder: ProgramFolder,
  emulator: Pick<Emulator, "url">,
  config: Readonly<Record<string, ShownValue>> = configFor(emulator.url),
): DoctorContext {
  return {
    folder: programFolder.folder,
    env: {},
    home: programFolder.folder,
    node: "20.19.0",
    manifest: {
      folder: `${programFolder.folder}/node_modules/pulumi-rhombus`,
      version: "0.1.0",
      node: ">=20.19",
      pulumi: ">=3.216.0 <4",
    },
    cli: scriptedCli({ config }),
    regions: { us: emulator.url, eu: emulator.url },
  };
}

/** A stack config with an encrypted key. `apiKey`: The key. Default: that of Acme Robotics. */
export function configFor(endpoint: string, apiKey: string = acme.apiKey): Record<string, ShownValue> {
  return {
    "rhombus:apiKey": { value: apiKey, secret: true },
    "rhombus:endpoint": { value: endpoint, secret: false },
  };
}

export function diagnosisOf(context: DoctorContext): Promise<Diagnosis> {
  return diagnose(context, { types: resourceTypes });
}

export function checkLines({ checks }: Diagnosis, verdict: Verdict): string[] {
  return checks.filter((check) => check.verdict === verdict).map(line);
}

function line({ name, text, remedy }: Check): string {
  return `${name}: ${text}${remedy === undefined ? "" : ` | ${remedy}`}`;
}
