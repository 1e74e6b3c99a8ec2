import * as pulumi from "@pulumi/pulumi";
import { type DeclaredResource, secretNames } from "../declaredResource";
import { engineType, GET_MARKER, HANDLER_KEY, handlerText, NAME_KEY } from "../handler";
import { checkedId } from "../ids";
import { plainArgs, plainInput } from "./plainInputs";
import { warnAboutSettings } from "./settingWarnings";
import { shortenStackTraces } from "./stackTraces";

export { givenId } from "../ids";

/**
 * The base class of all resources: a Pulumi dynamic resource whose code is the installed package instead of a serialized
 * closure. A replacement deletes before it creates, because names are unique in Rhombus; the options can change that.
 */
export abstract class RhombusResource extends pulumi.CustomResource {
  /**
   * Registers a resource.
   * @param resource The definition of the resource.
   * @param name The resource's name in the program.
   * @param args The arguments. With `options.id` they are ignored, and the existing object is read.
   * @param options Pulumi's options.
   * @throws RunError if `options.id` or `options.import` does not have the format of an id of this resource.
   */
  protected constructor(
    resource: DeclaredResource,
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions = {},
  ) {
    const { id, import: imported } = options;
    if (imported !== undefined) checkedId(resource, imported);
    const { inputs, outputs } = secretNames(resource);
    const secrets = [...inputs, ...outputs];
    const unset = [...Object.keys(resource.fields), ...Object.keys(resource.outputs)].map((key) => [key, undefined]);
    const given = id === undefined ? registeredInputs(resource, name, args) : { [GET_MARKER]: true };
    const restoreStackTraces = shortenStackTraces(RhombusResource.name);
    try {
      super(
        engineType(resource.type),
        name,
        { ...Object.fromEntries(unset), ...given, [HANDLER_KEY]: handlerText(resource.type) },
        pulumi.mergeOptions(
          { deleteBeforeReplace: true, additionalSecretOutputs: secrets },
          id === undefined ? options : { ...options, id: checkedId(resource, id) },
        ),
      );
    } finally {
      restoreStackTraces();
    }
    markSecrets(this, secrets);
    warnAboutSettings();
  }
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
