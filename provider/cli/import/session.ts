import { learnOrganization } from "../../core/ownership/organizationGuard";
import type { Organization } from "../../core/resource/definition";
import type { ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { jsonText } from "../output/terminal";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { connectedWith, type ExplicitProvider, explicitProvider, hideSecrets, stackConfig } from "../pulumi/stack";
import { type StackResource, stackResources } from "../pulumi/stackResources";
import { refuseOldCli } from "./apply";
import { nothingKnown } from "./existing";
import { type Progress, progressOn, type Screen } from "./progress";

/** What the command is asked to do. */
export interface ImportOptions {
  /** Where to write a program; `-` stands for the standard output. */
  readonly program?: string;
  /** Where to write an import file. */
  readonly out?: string;
  /** Whether to import. */
  readonly apply: boolean;
  /** Whether to import for the program that is there already. */
  readonly match: boolean;
  /** The types that count. None: all. */
  readonly only: readonly ResourceType[];
  /** A pattern that names have to fit. */
  readonly name?: string;
  /** Whether to write nothing, and only say what would be written. */
  readonly dryRun: boolean;
  /** Whether to print for machines. */
  readonly json: boolean;
  /** Whether to learn what no read shows, by writing what is there. */
  readonly recoverSecrets: boolean;
  /** The explicit provider whose organization is meant. */
  readonly provider?: string;
  /** The stack. */
  readonly stack?: string;
}

/** What the command works with. */
export interface ImportSurroundings {
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes what was asked for. */
  readonly out: (text: string) => void;
  /** Takes everything else that a person should read, and the bar. */
  readonly screen: Screen;
}

/** A connection to Rhombus, and the stack that it is for. */
export interface Session {
  /** What to do. */
  readonly options: ImportOptions;
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** Rhombus. */
  readonly api: RhombusApi;
  /** What takes secrets out of texts. */
  readonly redactor: Redactor;
  /** The organization that the key opens, where it could be learned. */
  readonly organization: Organization | undefined;
  /** What the stack manages. */
  readonly managed: readonly StackResource[];
  /** The explicit provider; `undefined` where the stack config counts. */
  readonly provider: ExplicitProvider | undefined;
  /** Shows how far a long reading is. */
  readonly progress: Progress;
  /** Prints what was asked for. */
  print(text: string): void;
  /** Prints it for machines. */
  printJson(content: object): void;
  /** Prints a program, which has no secret in it. */
  printProgram(text: string): void;
  /** Prints what a person should read besides: not where machines read. */
  note(text: string): void;
}

/**
 * Connects with the settings of a stack. Everything that is printed from then on is freed of secrets.
 * @param options What to do.
 * @param surroundings What to work with.
 * @param redactor What takes secrets out of texts.
 * @throws Error when the stack, its settings or its CLI do not allow it.
 */
export async function openSession(
  options: ImportOptions,
  { cli, env, out, screen }: ImportSurroundings,
  redactor: Redactor,
): Promise<Session> {
  const { stack, json } = options;
  if (options.match || options.apply || options.out !== undefined) await refuseOldCli(cli);
  const config = await stackConfig(cli, stack);
  hideSecrets(config, redactor);
  const provider = options.provider === undefined ? undefined : await explicitProvider(cli, options.provider, stack);
  const print = (text: string) => out(redactor.redact(text));
  const say = (text: string) => void screen.write(redactor.redact(text));
  const outlets = { warn: (text: string) => say(`warning: ${text}\n`), log: (text: string) => say(`${text}\n`) };
  const api = connectedWith(provider?.config ?? config, env, redactor, outlets);
  await learnOrganization(api, nothingKnown);
  return {
    options,
    cli,
    api,
    redactor,
    organization: await api.organization(),
    managed: await stackResources(cli, stack),
    provider,
    progress: progressOn(screen),
    print,
    printJson: (content) => out(jsonText(content, redactor)),
    printProgram: out,
    note: json || options.program === "-" ? say : print,
  };
}
