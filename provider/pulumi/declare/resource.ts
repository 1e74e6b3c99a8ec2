import * as pulumi from "@pulumi/pulumi";
import { type DeclaredResource, secretNames } from "../declaredResource";
import { engineType, GET_MARKER, HANDLER_KEY, handlerText, NAME_KEY } from "../handler";
import { checkedId } from "../ids";
import { plainArgs, plainInput } from "./plainInputs";
import { warnAboutSettings } from "./settingWarnings";
import { shortenStackTraces } from "./stackTraces";

export { givenId } from "../ids";

/** The base class of the class of a resource. */
export interface ResourceBase {
  /** The engine's name of the resource type, by which `@pulumi/policy` selects the resources of a typed policy. */
  readonly __pulumiType: string;
  /**
   * Registers a resource.
   * @param name The resource's name in the program.
   * @param args The arguments. With `options.id` they are ignored, and the existing object is read.
   * @param options Pulumi's options.
   * @throws RunError if `options.import` is set, or if `options.id` does not have the format of an id of this resource.
   */
  new (name: string, args: object, options?: pulumi.CustomResourceOptions): pulumi.CustomResource;
  /**
   * True for a custom resource of any type, also one of another copy of the SDK.
   * @param value Any value.
   */
  isInstance(value: unknown): value is pulumi.CustomResource;
}

/**
 * The base class of a resource: a Pulumi dynamic resource whose code is the installed package instead of a serialized
 * closure. A replacement deletes first unless the definition states otherwise; the options can change that.
 * @param resource The definition of the resource.
 */
export function resourceBase(resource: DeclaredResource): ResourceBase {
  return class RhombusResource extends pulumi.CustomResource {
    static readonly __pulumiType = engineType(resource.type);

    constructor(name: string, args: object, options: pulumi.CustomResourceOptions = {}) {
      refuseImport(resource, name, options);
      const { inputs, outputs } = secretNames(resource);
      const secrets = [...inputs, ...outputs];
      const restoreStackTraces = shortenStackTraces(RhombusResource.name);
      try {
        super(
          engineType(resource.type),
          name,
          registeredProperties(resource, name, options.id === undefined ? args : undefined),
          registeredOptions(resource, secrets, options),
        );
      } finally {
        restoreStackTraces();
      }
      markSecrets(this, secrets);
      warnAboutSettings();
    }
  };
}

/** Pulumi reads an object that is to be imported without the code of the resource, and shows an internal error of its SDK. */
function refuseImport(
  { type }: DeclaredResource,
  name: string,
  { import: imported }: pulumi.CustomResourceOptions,
): void {
  if (imported === undefined || imported === null || imported === "") return;
  throw new pulumi.RunError(
    `Remove the option \`import\`, then run \`npx pulumi-rhombus import --match --apply\`, which imports objects by name. ` +
      `Pulumi cannot import ${type} ${JSON.stringify(name)} by this option, because it is a dynamic resource.`,
  );
}

/** The properties to register, among them one for each output. Without arguments, an existing object is read. */
function registeredProperties(resource: DeclaredResource, name: string, args: object | undefined): pulumi.Inputs {
  const unset = [...Object.keys(resource.fields), ...Object.keys(resource.outputs)].map((key) => [key, undefined]);
  const given = args === undefined ? { [GET_MARKER]: true } : registeredInputs(resource, name, args);
  return { ...Object.fromEntries(unset), ...given, [HANDLER_KEY]: handlerText(resource.type) };
}

function registeredOptions(
  resource: DeclaredResource,
  secrets: string[],
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const { id } = options;
  const checked = id === undefined ? options : { ...options, id: checkedId(resource, id) };
  const deleteBeforeReplace = !resource.createsReplacementFirst;
  return pulumi.mergeOptions({ deleteBeforeReplace, additionalSecretOutputs: secrets }, checked);
}

/** The inputs of the arguments. The object's name defaults to the resource's name. */
function registeredInputs(resource: DeclaredResource, resourceName: string, args: object): pulumi.Inputs {
  const { type, display } = resource;
  const given = plainArgs(args, type, resourceName);
  const { name } = display;
  const named = name === undefined ? given : { ...given, [name]: Reflect.get(given, name) ?? resourceName };
  const label = `${type} ${JSON.stringify(resourceName)}`;
  const secrets = secretNames(resource).inputs;
  const inputs = Object.entries(named).map(([key, written]) => {
    const value = plainInput(written, [key], label);
    const isSecret = value !== undefined && typeof value !== "boolean" && secrets.includes(key);
    return [key, isSecret ? pulumi.secret(value) : value];
  });
  return { ...Object.fromEntries(inputs), [NAME_KEY]: resourceName };
}

/** The engine does not mark outputs as secret in previews and under mocks. */
function markSecrets(resource: object, names: readonly string[]): void {
  for (const name of names) {
    const output: unknown = Reflect.get(resource, name);
    if (pulumi.Output.isInstance(output)) Reflect.set(resource, name, pulumi.secret(output));
  }
}
