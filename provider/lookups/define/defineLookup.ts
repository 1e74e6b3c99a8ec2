import * as pulumi from "@pulumi/pulumi";
import { defaultPolling, poll } from "../../core/resource/polling";
import { unknownProperty } from "../../core/schema/suggestions";
import type { Provider } from "../../provider";
import { preventLateHandlingWarnings } from "../../pulumi/declare/lateHandling";
import { warnAboutSettings } from "../../pulumi/declare/settingWarnings";
import type { Directory } from "../lists/directory";
import { LookupError, toLookupError } from "./lookupError";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./lookupOptions";
import { failingTheRun, isMocked, mockedAnswer } from "./programRun";
import { refuseOutputs, settingsLater, settingsNow } from "./providerSettings";
import { refuseBlank, SearchError } from "./searchError";

/** One call of a look-up. */
export interface LookupCall<Args> {
  /** The listings of the organization. */
  readonly directory: Directory;
  /** The arguments. */
  readonly args: Args;
  /** True if resources of this run may have changed the listings, so that they must be read again. */
  readonly fresh: boolean;
}

/** The definition of a look-up. */
export interface Lookup<Args extends object, Result> {
  /** The name of the function that programs call. */
  readonly name: string;
  /** True if it looks at the organizations of a partner instead of at one organization. Default: false. */
  readonly ofPartner?: boolean;
  /** True if it answers one object, or `undefined` if there is none. Default: false. */
  readonly single?: boolean;
  /** The names of its arguments. */
  readonly takes: readonly string[];
  /** The argument that is a key of a badge vendor. It does not make the answer secret, because no answer contains it. Default: none. */
  readonly vendorKey?: keyof Args & string;
  /**
   * Finds the answer.
   * @param call The call.
   * @throws SearchError if there is none.
   */
  find(call: LookupCall<Args>): Promise<Result>;
}

/** Both forms of a look-up. */
export interface LookupForms<Args extends object, Result> {
  /** Looks up at once. Rejects with a {@link LookupError} when there is no answer. */
  promise(args?: Args, options?: LookupOptions): Promise<Result>;
  /** Looks up as soon as arguments, settings and dependencies are known. The output fails when there is no answer. */
  output(args?: LookupOutputArgs<Args>, options?: LookupOutputOptions): pulumi.Output<Result>;
}

/**
 * Makes the two forms of a look-up: settings, mocks, secrets, errors and polling are the same for all look-ups.
 * @param lookup The definition.
 */
export function defineLookup<Args extends object, Result>(lookup: Lookup<Args, Result>): LookupForms<Args, Result> {
  const { name } = lookup;
  return {
    async promise(...given) {
      const [args, { provider } = {}] = [argsIn(name, given), given[1]];
      preventLateHandlingWarnings();
      const done = pulumi.runtime.rpcKeepAlive();
      try {
        refuseOutputs(name, "argument", args);
        const settings = provider === undefined || isMocked() ? undefined : await settingsNow(name, provider);
        return await answer(lookup, args, { provider, settings, fresh: false, isSecret: false });
      } finally {
        done();
      }
    },
    output(...given) {
      const [args, { provider, dependsOn } = {}] = [argsIn(name, given), given[1]];
      preventLateHandlingWarnings();
      const resolved = resolvedArgs(lookup, args);
      const dependencies = idsOfResources([resolved, dependsOn]);
      const settings = provider === undefined ? pulumi.output(undefined) : settingsLater(name, provider);
      return pulumi.all([settings, dependencies, pulumi.isSecret(resolved)]).apply(([config, ids, isSecret]) => {
        const context = { provider, settings: config, fresh: ids.length > 0, isSecret };
        return resolved.apply((known) => failingTheRun(() => answer(lookup, known, context)));
      });
    },
  };
}

/** The arguments of a call. Undefined ones, such as a setting that is missing, must not stand for none, which finds everything. */
function argsIn<Args>(name: string, given: readonly [args?: Args, ...options: unknown[]]): Args {
  const [args] = given;
  if (args !== undefined && args !== null) return args;
  if (given.length > 0)
    throw new LookupError(name, "mistake", `the arguments are ${args}: say what to find, or {} for all.`);
  // A look-up that requires arguments does not let a program leave them out; TypeScript cannot know that of a type parameter.
  return {} as Args;
}

function resolvedArgs<Args extends object>(
  { vendorKey }: Pick<Lookup<Args, unknown>, "vendorKey">,
  args: LookupOutputArgs<Args>,
): pulumi.Output<Args> {
  const key: unknown = vendorKey && Reflect.get(args, vendorKey);
  const inClear = key === undefined ? {} : { [`${vendorKey}`]: pulumi.unsecret(pulumi.output(key)) };
  const resolved: pulumi.Output<unknown> = pulumi.output({ ...args, ...inClear });
  // The SDK's type of the values cannot be computed for a type parameter.
  return resolved as pulumi.Output<Args>;
}

/** The ids of the resources that the values come from. The output is unknown while one of them does not exist. */
function idsOfResources(values: unknown[]): pulumi.Output<string[]> {
  const resources = new Set<pulumi.Resource>();
  const ids = pulumi.runtime.serializeProperty("look-up", values, resources).then(() => {
    return [...resources].map((resource) => (pulumi.CustomResource.isInstance(resource) ? resource.id : resource.urn));
  });
  return pulumi.output(ids);
}

/** The circumstances of a call, once every output is known. */
interface Context {
  readonly provider: Provider | undefined;
  readonly settings: Readonly<Record<string, string>> | undefined;
  readonly fresh: boolean;
  /** The arguments hold a secret, which no message may quote. */
  readonly isSecret: boolean;
}

async function answer<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: Args,
  { provider, settings, fresh, isSecret }: Context,
): Promise<Result> {
  refuseWrongArguments(lookup, args);
  if (isMocked()) return mockedAnswer(lookup, args, provider);
  warnAboutSettings();
  let redact = (text: string) => text;
  try {
    const directory = loadDirectoryFor()(settings);
    redact = (text) => directory.redactor.redact(text);
    if (isSecret) for (const text of stringsIn(args)) directory.redactor.add(text);
    if (!lookup.ofPartner) await directory.refuseOtherOrganization();
    const { vendorKey } = lookup;
    if (vendorKey !== undefined && args[vendorKey] !== undefined) refuseBlank(vendorKey, args[vendorKey]);
    const find = () => lookup.find({ directory, args, fresh });
    return await (fresh ? findUntilListed(find) : find());
  } catch (error) {
    throw toLookupError(lookup.name, error, redact);
  }
}

/** Without it, a list that is mistyped or comes from a missing setting would be no list, which stands for everything. */
function refuseWrongArguments<Args extends object>({ name, takes }: Lookup<Args, unknown>, args: Args): void {
  for (const [argument, value] of Object.entries(args)) {
    const refuse = (problem: string) => {
      throw new LookupError(name, "mistake", problem);
    };
    if (!takes.includes(argument)) refuse(unknownProperty(argument, argument, takes));
    if (value === undefined || value === null)
      refuse(`${argument} is ${value}: give it a value. Left out, it would not limit the search.`);
  }
}

/** Loads the HTTP client on the first look-up only: every program loads this module. */
function loadDirectoryFor(): typeof import("../lists/directoryFor").directoryFor {
  const { directoryFor }: typeof import("../lists/directoryFor") = require("../lists/directoryFor");
  return directoryFor;
}

/** Polls while an object is not found: listings may lag behind the writes of this run. */
async function findUntilListed<Result>(find: () => Promise<Result>): Promise<Result> {
  const attempt = () =>
    find().then(
      (result) => ({ result }),
      (error: unknown) => {
        if (error instanceof SearchError && error.reason === "notFound") return { error };
        throw error;
      },
    );
  const last = await poll(defaultPolling, await attempt(), (each) => "error" in each, attempt);
  if ("error" in last) throw last.error;
  return last.result;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
