import { homedir } from "node:os";
import path from "node:path";
import { Command, Option } from "commander";
import { type ResourceType, resourceTypes } from "../../resources/registry";
import { regionEndpoints } from "../../rhombus/settings/settings";
import { terminal } from "../output/terminal";
import { pulumiIn } from "../pulumi/pulumiCli";
import { diagnose } from "./diagnosis";
import { thisNode } from "./node";
import { reportText } from "./probe/probe";
import { runProbe } from "./probe/runProbe";
import { manifestIn } from "./software";
import { tableOf } from "./table";

interface DoctorFlags {
  readonly stack?: string;
  readonly provider?: string;
  readonly only?: readonly ResourceType[];
  readonly json?: boolean;
  readonly probe?: boolean;
}

/** The command `pulumi-rhombus doctor`: checks whether a deployment from this folder would work. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .summary("check whether a deployment from this folder would work")
    .description(
      "Checks Node, the Pulumi CLI and SDK, how this package resolves from the program's folder, the source of each " +
        "setting, the organization that the key belongs to, what the key may not read or write, and the settings that " +
        "`pulumi refresh` and `pulumi destroy` would use. It only reads, and shows no secret.",
    )
    .option("--stack <name>", "the stack whose config is used (default: the selected one)")
    .option("--provider <name>", "use the settings of an explicit Provider of the stack")
    .addOption(
      new Option("--only <type...>", "the resource types that the program has (default: all)").choices(resourceTypes),
    )
    .addOption(
      new Option(
        "--probe",
        "instead, find out how Rhombus behaves where its documentation leaves it open: asks for the organization's name, and " +
          "creates and deletes groups and OnGuard deployments; refused if the organization has an integration",
      ).conflicts("only"),
    )
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(run);
}

async function run({ only = resourceTypes, json = false, probe = false, ...choice }: DoctorFlags): Promise<void> {
  if (probe) return probeAndReport(choice, json);
  const diagnosis = await diagnose(
    {
      folder: process.cwd(),
      env: process.env,
      home: homedir(),
      node: thisNode(),
      manifest: manifestIn(path.join(__dirname, "../../..")),
      cli: pulumiIn(process.cwd(), process.env),
      regions: regionEndpoints,
    },
    { ...choice, types: only },
  );
  if (json) terminal.printJson(diagnosis);
  else terminal.print(`${tableOf(diagnosis)}\n`);
  process.exitCode = diagnosis.ok ? 0 : 1;
}

async function probeAndReport(choice: Pick<DoctorFlags, "stack" | "provider">, json: boolean): Promise<void> {
  const [folder, env] = [process.cwd(), process.env];
  const { log, redactor } = terminal;
  const { report, exitCode } = await runProbe({ ...choice, folder, env, cli: pulumiIn(folder, env), log }, redactor);
  if (json) terminal.printJson(report);
  else terminal.print(`${reportText(report)}\n`);
  process.exitCode = exitCode;
}

const HELP = `
Exit codes:
  0  no check failed; with --probe: everything created was deleted
  1  a check failed; with --probe: something was not deleted, or there was no probe
  With --probe, 130 or another number above 128: stopped by a signal, and everything created was deleted.`;
