import type { DoctorCheck, Verdict } from "../../../../provider/cli/doctor/check";
import { type Diagnosis, type DoctorContext, diagnose } from "../../../../provider/cli/doctor/diagnosis";
import { resourceTypes } from "../../../../provider/resources/registry";
import type { CommandSetup } from "../commandSetup";
import { configFor, type ShownValue, scriptedCli } from "../scriptedCli";

/** A context without a failure. `config`: The stack config. Default: a key of Acme Robotics. */
export function contextFor(
  { emulator, programFolder: { folder } }: CommandSetup,
  config: Readonly<Record<string, ShownValue>> = configFor(emulator.url),
): DoctorContext {
  const versions = { version: "0.1.0", node: ">=20.19", pulumi: ">=3.216.0 <4" };
  return {
    folder,
    env: {},
    home: folder,
    node: { version: "20.19.0", hangsOnErrors: false },
    manifest: { folder: `${folder}/node_modules/pulumi-rhombus`, ...versions },
    cli: scriptedCli({ config }),
    regions: { us: emulator.url, eu: emulator.url },
  };
}

export function diagnosisOf(context: DoctorContext): Promise<Diagnosis> {
  return diagnose(context, { types: resourceTypes });
}

/** The checks with a result, one line each. */
export function checkLines({ checks }: Diagnosis, verdict: Verdict): string {
  return checks
    .filter((check) => check.verdict === verdict)
    .map(line)
    .join("\n");
}

function line({ name, text, remedy }: DoctorCheck): string {
  return `${name}: ${text}${remedy === undefined ? "" : ` | ${remedy}`}`;
}
