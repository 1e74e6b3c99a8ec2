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

/** Where the doctor looks. */
export interface Surroundings {
  /** The folder in which the command was run. */
  readonly folder: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder, where profiles are. */
  readonly home: string;
  /** Node's version. */
  readonly node: string;
  /** What this package is and needs. */
  readonly manifest: Manifest;
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** Where each region is. */
  readonly regions: Readonly<Record<Region, string>>;
}

/** What the doctor is asked. */
export interface DoctorOptions extends StackChoice {
  /** The types of resources that a deployment has to be able to read. */
  readonly types: readonly ResourceType[];
}

/**
 * Looks at everything that a deployment needs, by reading only.
 * @param surroundings Where to look.
 * @param options What to look at.
 */
export async function diagnose(surroundings: Surroundings, { types, ...choice }: DoctorOptions): Promise<Diagnosis> {
  const { folder, env, home, node, manifest, cli, regions } = surroundings;
  const project = projectAround(folder);
  const ofCli = await cliCheck(cli, manifest);
  const canAsk = project !== undefined && ofCli.verdict === "ok";
  const ofStack = await findStack(canAsk ? cli : undefined, choice);
  const software = [nodeCheck(node, manifest), ofCli, ...programChecks(project, manifest), ...ofStack.checks];
  const redactor = new Redactor();
  const isConfigRead = ofStack.checks.every(({ verdict }) => verdict === "ok");
  const { settings, shown, checks } = findSettings({ env, home, stackConfig: ofStack.config, isConfigRead }, redactor);
  const isShared = ofStack.resources.length > 0 && ofStack.resources.every(({ provider }) => provider !== undefined);
  const access = settings && (await examineAccess({ settings, regions, types, redactor, isShared }));
  const opened = access === undefined ? [unknown("key", "not tried without settings")] : access.checks;
  const all = [
    ...software,
    ...checks,
    ...opened,
    ...ownershipCheck(ofStack.resources, access?.organization, choice.provider),
  ];
  return { ok: all.every(({ verdict }) => verdict !== "failed"), checks: all.map(clean(redactor)), settings: shown };
}

function clean(redactor: Redactor): (check: Check) => Check {
  return ({ remedy, ...check }) => ({
    ...check,
    said: redactor.redact(check.said),
    ...(remedy === undefined ? {} : { remedy: redactor.redact(remedy) }),
  });
}
