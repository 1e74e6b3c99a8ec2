import type { dynamic } from "@pulumi/pulumi";
import { Ownership } from "./core/ownership/ownership";
import { defaultPolling, type Polling } from "./core/resource/polling";
import { dynamicProvider, type Session } from "./pulumi/serve/dynamicProvider";
import { endWithEngine } from "./pulumi/serve/engineWatch";
import { omitCallErrors } from "./pulumi/serve/failures";
import { redactUncaught } from "./pulumi/serve/uncaught";
import { perType, type ResourceType } from "./resources/registry";
import type { RhombusApi } from "./rhombus/api/api";
import { connectionTo, settingsFrom } from "./rhombus/connection";
import { environmentSecrets } from "./rhombus/redaction/environmentSecrets";
import { plainText } from "./rhombus/redaction/plainText";
import { Redactor } from "./rhombus/redaction/redactor";
import { ignoredVariables } from "./rhombus/settings/chosenSource";

/** The note in messages about settings while no program runs. The setting that such a message names may be correct by now. */
const DEPLOYED_EARLIER =
  "Refresh and destroy use the stack config and Providers deployed earlier: after a correction, run `pulumi up`, or add `--run-program`.";

/** The providers of all resources, by type. */
export type Providers = Readonly<Record<ResourceType, Required<dynamic.ResourceProvider>>>;

/** Options that tests set. */
export interface ProvidersOptions {
  /** The environment variables. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The polling policy for reads that may lag behind writes. Default: {@link defaultPolling}. */
  readonly polling?: Polling;
  /** Writes a line for the user. Default: to stderr, which Pulumi displays below the stack. */
  readonly tell?: (line: string) => void;
  /** The process whose uncaught errors are redacted, and in which the SDK's texts on failed calls are left out. Default: none. */
  readonly uncaughtOf?: NodeJS.Process;
}

/**
 * The providers of one process. All resources share one client and one memory.
 * @param options For tests.
 */
export function createProviders(options: ProvidersOptions = {}): Providers {
  const session = startSession(options);
  return perType((definition) => dynamicProvider(definition, session));
}

/** The engine starts a process for each provider resource, so all resources of a process have one configuration. */
function startSession({
  env = process.env,
  polling = defaultPolling,
  tell = console.error,
  uncaughtOf,
}: ProvidersOptions): Session {
  const redactor = new Redactor();
  redactor.add(...environmentSecrets(env));
  if (uncaughtOf !== undefined) {
    redactUncaught(uncaughtOf, (text) => redactor.redact(text));
    omitCallErrors(console);
  }
  const redact = (text: string) => plainText(redactor.redact(text));
  // Nothing else in the process writes to stderr; answers and errors pass `redact` as well.
  const log = (line: string) => tell(redact(line));
  const warn = (message: string) => log(`warning: rhombus: ${message}`);
  const ownership = new Ownership();
  const note = () => (ownership.journal.hasProgram ? undefined : DEPLOYED_EARLIER);
  let config: dynamic.Config | undefined;
  let api: RhombusApi | undefined;
  return {
    ownership,
    polling,
    configure(given) {
      config = given;
      endWithEngine(process.argv[2]);
    },
    api() {
      if (api !== undefined) return api;
      const source = { config: (key: string) => config?.get(key), env, note };
      api = connectionTo(settingsFrom(source, redactor), redactor, { warn, log });
      // This process cannot tell the arguments of a Provider, which are meant to differ, from the stack config. Where they name the
      // endpoint, no key goes to Rhombus that was meant for another server.
      const isExpected = ownership.journal.hasProgram || config?.get("rhombus:endpoint") !== undefined;
      const ignored = isExpected ? undefined : ignoredVariables(source, " of the stack or of a Provider");
      if (ignored !== undefined && env.RHOMBUS_ENDPOINT_URL) warn(`${ignored.text}. ${ignored.remedy}`);
      return api;
    },
    warn,
    learn(secrets) {
      for (const secret of secrets) redactor.add(secret);
    },
    redact,
  };
}
