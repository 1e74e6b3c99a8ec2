import type { ResourceType } from "../../resources/registry";
import { Redactor } from "../../rhombus/redaction/redactor";
import type { Region } from "../../rhombus/settings/settings";
import { projectAround } from "../pulumi/project";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { DEPLOYED_PROVIDER, providerName } from "../pulumi/stack";
import { examineAccess } from "./access";
import { type DoctorCheck, unknown } from "./check";
import { deployedChecks } from "./deployedSettings";
import { type NodeVersion, nodeCheck } from "./node";
import { ownershipCheck } from "./ownership";
import { findSettings, type ShownSetting } from "./settings";
import { cliCheck, type Manifest, programChecks } from "./software";
import { findStack, type StackChoice } from "./stack";

/** The folder, the environment and the tools that the doctor checks. */
export interface DoctorContext {
  /** The folder in which the command runs. */
  readonly folder: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder, which contains the profiles. */
  readonly home: string;
  /** The version of Node. */
  readonly node: NodeVersion;
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

/** The result of all checks. */
export interface Diagnosis {
  /** True if no check failed. */
  readonly ok: boolean;
  /** The checks, in order. */
  readonly checks: readonly DoctorCheck[];
  /** The settings; empty if they are not valid. */
  readonly settings: readonly ShownSetting[];
}

/**
 * Checks everything that a deployment needs. It only reads.
 * @param context The context of the checks.
 * @param options The options.
 */
export async function diagnose(context: DoctorContext, { types, ...choice }: DoctorOptions): Promise<Diagnosis> {
  const { folder, env, home, node, manifest, cli, regions } = context;
  const project = projectAround(folder);
  const cliResult = await cliCheck(cli, manifest);
  const canReadStack = project !== undefined && cliResult.verdict === "ok";
  const stack = await findStack(canReadStack ? cli : undefined, choice);
  const redactor = new Redactor();
  const isConfigRead = stack.checks.every(({ verdict }) => verdict === "ok");
  const { programFolder = folder } = project ?? {};
  const note = () => (choice.provider === undefined ? undefined : DEPLOYED_PROVIDER);
  const provider = providerName(choice.provider);
  const sources = { env, home, programFolder, provider, note, stackConfig: stack.config, isConfigRead };
  // Other settings than those that were asked for would be checked.
  const isOther = !isConfigRead && (choice.stack ?? choice.provider) !== undefined;
  const { settings, shown, checks } = isOther ? UNREAD_SETTINGS : findSettings(sources, redactor);
  const isShared = stack.resources.length > 0 && stack.resources.every(({ provider }) => provider !== undefined);
  const access = settings && (await examineAccess({ settings, regions, types, redactor, isShared }));
  const { resources, deployed } = stack;
  const { organization } = access ?? {};
  const chosen = choice.provider;
  const all = [
    nodeCheck(node, manifest),
    cliResult,
    ...programChecks(project, manifest),
    ...stack.checks,
    ...checks,
    ...(access?.checks ?? [unknown("key", "not tried without valid settings")]),
    ...ownershipCheck(resources, organization, chosen),
    ...(await deployedChecks(deployed, {
      resources,
      current: settings,
      organization,
      chosen,
      sources,
      regions,
      redactor,
    })),
  ];
  return { ok: all.every(({ verdict }) => verdict !== "failed"), checks: all.map(redacted(redactor)), settings: shown };
}

const UNREAD_SETTINGS = {
  settings: undefined,
  shown: [],
  checks: [unknown("settings", "not read, because the stack or provider that was named could not be read")],
};

function redacted(redactor: Redactor): (check: DoctorCheck) => DoctorCheck {
  return (check) => {
    const { remedy = "" } = check;
    return { ...check, text: redactor.redact(check.text), ...(remedy && { remedy: redactor.redact(remedy) }) };
  };
}
