import type { ResourceType } from "../../resources/registry";
import { Redactor } from "../../rhombus/redaction/redactor";
import type { Region } from "../../rhombus/settings/settings";
import { projectAround } from "../pulumi/project";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { examineAccess } from "./access";
import { type Check, type Diagnosis, unknown } from "./check";
import { findSettings } from "./settings";
import { cliCheck, type Manifest, nodeCheck, programChecks } from "./software";
import { findStack, ownershipCheck, type StackChoice } from "./stack";

/** The folder, the environment and the tools that the doctor checks. */
export interface DoctorContext {
  /** The folder in which the command runs. */
  readonly folder: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder, which holds the profiles. */
  readonly home: string;
  /** The version of Node. */
  readonly node: string;
  /** The manifest of this package. */
  readonly manifest: Manifest;
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** The endpoint of each region. */
  readonly regions: Readonly<Record<Region, string>>;
}

/** The options of the doctor. */
export interface DoctorOptions extends StackChoice {
  /** The resource types that a deployment must be able to read. */
  readonly types: readonly ResourceType[];
}

/**
 * Checks everything that a deployment needs. It only reads.
 * @param context The context of the checks.
 * @param options The options.
 */
export async function diagnose(context: DoctorContext, { types, ...choice }: DoctorOptions): Promise<Diagnosis> {
  const { folder, env, home, node, manifest, cli, regions } = context;
  const project = projectAround(folder);
  const ofCli = await cliCheck(cli, manifest);
  const canReadStack = project !== undefined && ofCli.verdict === "ok";
  const ofStack = await findStack(canReadStack ? cli : undefined, choice);
  const software = [nodeCheck(node, manifest), ofCli, ...programChecks(project, manifest), ...ofStack.checks];
  const redactor = new Redactor();
  const isConfigRead = ofStack.checks.every(({ verdict }) => verdict === "ok");
  const { settings, shown, checks } = findSettings({ env, home, stackConfig: ofStack.config, isConfigRead }, redactor);
  const isShared = ofStack.resources.length > 0 && ofStack.resources.every(({ provider }) => provider !== undefined);
  const access = settings && (await examineAccess({ settings, regions, types, redactor, isShared }));
  const opened = access === undefined ? [unknown("key", "not tried without valid settings")] : access.checks;
  const all = [
    ...software,
    ...checks,
    ...opened,
    ...ownershipCheck(ofStack.resources, access?.organization, choice.provider),
  ];
  return { ok: all.every(({ verdict }) => verdict !== "failed"), checks: all.map(redacted(redactor)), settings: shown };
}

function redacted(redactor: Redactor): (check: Check) => Check {
  return ({ remedy, ...check }) => ({
    ...check,
    text: redactor.redact(check.text),
    ...(remedy === undefined ? {} : { remedy: redactor.redact(remedy) }),
  });
}
