import type { RhombusApi } from "../../rhombus/api/api";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { projectAround } from "./project";
import { type PulumiCli, PulumiCliError } from "./pulumiCli";
import { connectedWith, explicitProvider, type StackConfig, stackConfig } from "./stack";

/** From where a command is run, and whose settings it takes. */
export interface Caller {
  /** The folder in which it was run. */
  readonly folder: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** The stack whose config counts. Default: the selected one, where there is a project. */
  readonly stack?: string | undefined;
  /** The explicit provider of that stack whose settings count instead. Default: none. */
  readonly provider?: string | undefined;
  /** Where to say what a person should read. */
  readonly tell: (line: string) => void;
  /** Is told why the stack config of a project is not looked at. Default: nobody is, besides the person. */
  readonly withoutConfig?: (why: string) => void;
}

/**
 * Connects to Rhombus with the settings of a stack; with those of the environment alone where there is no project, or no stack
 * selected in it.
 * @param caller From where, and whose settings.
 * @param redactor What takes secrets out of texts.
 * @throws SettingsError when settings are missing or wrong, and PulumiCliError when a stack that was named cannot be read.
 */
export async function connectFrom(caller: Caller, redactor: Redactor): Promise<RhombusApi> {
  const config = await configOf(caller);
  const outlets = { warn: (message: string) => caller.tell(`warning: ${message}`), log: caller.tell };
  return connectedWith(config, caller.env, redactor, outlets);
}

async function configOf({ folder, cli, stack, provider, tell, withoutConfig }: Caller): Promise<StackConfig> {
  if (provider !== undefined) return (await explicitProvider(cli, provider, stack)).config;
  if (stack === undefined && projectAround(folder) === undefined) return {};
  try {
    return await stackConfig(cli, stack);
  } catch (error) {
    if (!(error instanceof PulumiCliError) || stack !== undefined) throw error;
    const why = error.message.split("\n")[0] ?? "";
    tell(`warning: no stack config is looked at: ${why}`);
    withoutConfig?.(why);
    return {};
  }
}
