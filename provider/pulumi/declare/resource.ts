import * as pulumi from "@pulumi/pulumi";
import { type DeclaredResource, secretNames } from "../declaredResource";
import { engineType } from "../engineType";
import { GET_MARKER, HANDLER_KEY, handlerText, NAME_KEY } from "../handler";
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
    const { inputs: secretInputs, outputs: secretOutputs } = secretNames(resource);
    const restoreStackTraces = shortenStackTraces(RhombusResource.name);
    try {
      super(
        engineType(resource.type),
        name,
        propertiesOf(
          resource,
          name,
          id === undefined ? { ...namedArgs(resource, name, args), [NAME_KEY]: name } : { [GET_MARKER]: true },
        ),
        pulumi.mergeOptions(
          { deleteBeforeReplace: true, additionalSecretOutputs: [...secretInputs, ...secretOutputs] },
          id === undefined ? options : { ...options, id: checkedId(resource, id) },
        ),
      );
    } finally {
      restoreStackTraces();
    }
    markSecrets(this, [...secretInputs, ...secretOutputs]);
    warnAboutSettings();
  }
}

/** The arguments, in which the object's name defaults to the resource's name. */
function namedArgs({ type, display }: DeclaredResource, resourceName: string, args: object): object {
  const given = plainArgs(args, type, resourceName);
  if (display.name === undefined) return given;
  const objectName: unknown = Reflect.get(given, display.name);
  return { ...given, [display.name]: objectName ?? resourceName };
}

function propertiesOf(resource: DeclaredResource, resourceName: string, args: object): pulumi.Inputs {
  const { inputs: secretInputs } = secretNames(resource);
  const label = `${resource.type} ${JSON.stringify(resourceName)}`;
  const names = [...Object.keys(resource.fields), ...Object.keys(resource.outputs)];
  const unset = Object.fromEntries(names.map((name) => [name, undefined]));
  const given = Object.entries(args).map(([name, written]) => {
    const value = plainInput(written, [name], label);
    const isSecret = value !== undefined && typeof value !== "boolean" && secretInputs.includes(name);
    return [name, isSecret ? pulumi.secret(value) : value];
  });
  return { ...unset, ...Object.fromEntries(given), [HANDLER_KEY]: handlerText(resource.type) };
}

/** The engine does not mark outputs as secret in previews and under mocks. */
function markSecrets(resource: object, names: readonly string[]): void {
  for (const name of names) {
    const output: unknown = Reflect.get(resource, name);
    if (pulumi.Output.isInstance(output)) Reflect.set(resource, name, pulumi.secret(output));
  }
}
