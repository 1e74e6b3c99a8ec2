import * as pulumi from "@pulumi/pulumi";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { readUntil, threeSeconds } from "../../core/resource/polling";
import { type Provider, type ProviderSettings, settingsOf } from "../../provider";
import { warnOfSettings } from "../../pulumi/declare/settingWarnings";
import type { Directory } from "../lists/directory";
import { makeInspectable } from "./inspectable";
import { LookupError, RhombusError, SettingsError, Unanswered } from "./lookupError";

/** Where a look-up looks. */
export interface LookupOptions {
  /** The explicit provider whose organization to look at. Default: the stack config `rhombus:*`, then the environment. */
  provider?: Provider;
}

/** Where and when a look-up looks that answers with an output. */
export interface LookupOutputOptions extends LookupOptions {
  /**
   * Resources that have to exist before the look-up. While one of them does not, in a preview, the answer is unknown.
   * Default: those that the arguments come from.
   */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** What a look-up does about what it does not find. */
export interface LookupMissing {
  /**
   * `"error"`: the look-up fails and names what is nearest. `"omit"`: it is left out of a list, and is `undefined` on its
   * own. Default: `"error"`.
   */
  missing?: "error" | "omit";
}

/** The arguments of a look-up where outputs may stand for values. */
export type LookupOutputArgs<Args> = {
  [Name in keyof Args]: Name extends keyof LookupMissing
    ? Args[Name]
    : [Args[Name]] extends [readonly (infer Item)[] | undefined]
      ? pulumi.Input<pulumi.Input<Item>[]>
      : pulumi.Input<Args[Name]>;
};

/** What a look-up is. */
export interface Lookup<Args extends object, Result> {
  /** The name of its function. */
  readonly name: string;
  /** Whether it looks at a partner's fleet instead of one organization. Default: false. */
  readonly ofPartner?: boolean;
  /** Whether it answers with one thing, which may be missing. Default: false. */
  readonly single?: boolean;
  /**
   * Finds the answer.
   * @param directory What the organization has.
   * @param args The arguments.
   * @param fresh Whether what this program makes may matter, so that only what is read from now on counts.
   * @throws Unanswered when there is none.
   */
  find(directory: Directory, args: Args, fresh: boolean): Promise<Result>;
}

/**
 * Looks something up at once.
 * @param lookup The look-up.
 * @param args Its arguments, without outputs.
 * @param options Where to look.
 * @throws LookupError when there is no answer.
 */
export async function lookUp<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: Args,
  { provider }: LookupOptions,
): Promise<Result> {
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    refuseOutputs(lookup, "argument", args);
    const settings = provider === undefined || isMocked() ? undefined : await settingsNow(lookup, provider);
    return await answer(lookup, args, { provider, settings, fresh: false });
  } finally {
    done();
  }
}

/**
 * Looks something up as soon as everything it depends on is known.
 * @param lookup The look-up.
 * @param args Its arguments.
 * @param options Where and when to look.
 * @returns The answer; a {@link LookupError} when there is none.
 */
export function lookUpOutput<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: pulumi.Output<Args>,
  { provider, dependsOn }: LookupOutputOptions,
): pulumi.Output<Result> {
  const made = existing([args, dependsOn]);
  const hidden = pulumi.output(pulumi.isSecret(args));
  const settings = provider === undefined ? pulumi.output(undefined) : settingsLater(lookup, provider);
  return pulumi
    .all([settings, made, hidden])
    .apply(([config, ids, isSecret]) =>
      args.apply((known) =>
        inRun(() => answer(lookup, known, { provider, settings: config, fresh: ids.length > 0, isSecret })),
      ),
    );
}

/**
 * Runs a look-up whose failure the program cannot see. Pulumi's Automation API takes an inline program for successful
 * although one of its outputs has failed, and then deletes what the program could not declare. It waits for calls in
 * flight, though, and fails with them.
 */
async function inRun<Result>(find: () => Promise<Result>): Promise<Result> {
  const done: (failure?: Promise<never>) => void = pulumi.runtime.rpcKeepAlive();
  const inline = isInline();
  try {
    const found = await find();
    done();
    return found;
  } catch (error) {
    done(inline ? Promise.reject(error) : undefined);
    throw error;
  }
}

/** Whether the program is a function that Pulumi's Automation API runs, instead of a process of its own. */
function isInline(): boolean {
  const storage: unknown = Reflect.get(globalThis, "asyncLocalStorage");
  if (typeof storage !== "object" || storage === null || !("getStore" in storage)) return false;
  return typeof storage.getStore === "function" && storage.getStore() !== undefined;
}

/**
 * A vendor's key as an argument: it never shows, and does not make an answer secret that does not hold it.
 * @param key The key.
 */
export function vendorKeyArgument(key: pulumi.Input<string | undefined>): pulumi.Output<string | undefined> {
  return pulumi.unsecret(pulumi.output(key));
}

/** Where and how to look, once everything is known. */
interface Looking {
  readonly provider: Provider | undefined;
  readonly settings: Readonly<Record<string, string>> | undefined;
  readonly fresh: boolean;
  /** The arguments hold a secret, which no message may quote. Default: false. */
  readonly isSecret?: boolean;
}

async function answer<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: Args,
  { provider, settings, fresh, isSecret = false }: Looking,
): Promise<Result> {
  if (isMocked()) return mocked(lookup, args, provider);
  warnOfSettings();
  let redact = (text: string) => text;
  try {
    const directory = loadDirectory().directoryFor(settings);
    redact = (text) => directory.redact(text);
    if (isSecret) directory.learnSecrets(args);
    if (!lookup.ofPartner) await directory.refuseOtherOrganization();
    if (!fresh) return await lookup.find(directory, args, false);
    return await findSoon(() => lookup.find(directory, args, true));
  } catch (error) {
    throw lookupError(lookup.name, error, redact);
  }
}

/** Every program loads the look-ups; one that looks nothing up need not load what makes calls. */
function loadDirectory(): typeof import("../lists/directory") {
  return require("../lists/directory");
}

/** What the program has just made may not be listed yet: reads may lag behind writes. */
async function findSoon<Result>(find: () => Promise<Result>): Promise<Result> {
  const attempt = () =>
    find().then(
      (result) => ({ result }),
      (error: unknown) => {
        if (error instanceof Unanswered && error.reason === "notFound") return { error };
        throw error;
      },
    );
  const last = await readUntil(threeSeconds, await attempt(), (each) => "error" in each, attempt);
  if ("error" in last) throw last.error;
  return last.result;
}

/** The engine knows no provider of look-ups, but whoever mocks the engine expects to be asked. */
function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

async function mocked<Args extends object, Result>(
  { name, single = false }: Lookup<Args, Result>,
  args: Args,
  provider: Provider | undefined,
): Promise<Result> {
  const options = provider === undefined ? {} : { provider };
  const answered = await pulumi.runtime.invoke(`rhombus:index:${name}`, { ...args }, options);
  const result = single && Object.keys(answered).length === 0 ? undefined : answered;
  return result;
}

/** The settings of a provider, as far as they need no waiting for resources. */
async function settingsNow(
  lookup: Pick<Lookup<object, unknown>, "name">,
  provider: Provider,
): Promise<Record<string, string>> {
  const settings = ownSettings(lookup, provider);
  refuseOutputs(lookup, "provider's", settings);
  const known = Object.entries(settings).map(async ([name, value]): Promise<[string, string]> => {
    return [name, pulumi.Output.isInstance(value) ? "" : await value];
  });
  return Object.fromEntries(await Promise.all(known));
}

/** No setting is part of any answer, so that a secret one does not make answers secret. */
function settingsLater(lookup: Pick<Lookup<object, unknown>, "name">, provider: Provider) {
  const settings = Object.entries(ownSettings(lookup, provider));
  return pulumi.all(Object.fromEntries(settings.map(([name, value]) => [name, pulumi.unsecret(pulumi.output(value))])));
}

function ownSettings({ name }: Pick<Lookup<object, unknown>, "name">, provider: Provider): ProviderSettings {
  const settings = settingsOf(provider);
  if (settings === undefined) {
    throw new LookupError(name, "mistake", "provider is not a Provider of this copy of pulumi-rhombus.");
  }
  return settings;
}

function refuseOutputs({ name }: Pick<Lookup<object, unknown>, "name">, whose: string, values: object): void {
  const outputs = Object.entries(values).flatMap(([key, value]) => {
    const parts: unknown[] = Array.isArray(value) ? value : [value];
    return parts.some((part) => pulumi.Output.isInstance(part)) ? [key.replace(/^rhombus:/, "")] : [];
  });
  if (outputs.length === 0) return;
  const which = `the ${whose} ${outputs.join(", ")} ${outputs.length === 1 ? "is an output" : "are outputs"}`;
  throw new LookupError(name, "mistake", `${which}, and a promise cannot wait for outputs. Use ${name}Output.`);
}

/** The ids of the resources that values come from: unknown as long as one of them does not exist. */
function existing(values: unknown[]): pulumi.Output<string[]> {
  const resources = new Set<pulumi.Resource>();
  const found = pulumi.runtime.serializeProperty("look-up", values, resources).then(() => {
    return [...resources].map((resource) => (pulumi.CustomResource.isInstance(resource) ? resource.id : resource.urn));
  });
  return pulumi.output(found);
}

function lookupError(name: string, error: unknown, redact: (text: string) => string): unknown {
  if (error instanceof Unanswered) return new LookupError(name, error.reason, redact(error.message));
  if (error instanceof LifecycleError) return new LookupError(name, "organization", redact(error.message));
  if (error instanceof RhombusError) return new LookupError(name, "rhombus", error.message, error);
  if (error instanceof SettingsError) return new LookupError(name, "settings", error.message, error);
  if (error instanceof Error) makeInspectable(error);
  return error;
}
