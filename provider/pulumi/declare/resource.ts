import * as pulumi from "@pulumi/pulumi";
import { GET_MARKER, HANDLER_KEY, handlerText, NAME_KEY } from "../handler";
import { checkedId } from "../ids";
import { type Presented, secretNames } from "../presented";
import { plainArgs, plainInput } from "./plainInputs";
import { warnOfSettings } from "./settingWarnings";
import { tidyTraces } from "./traces";

export { givenId } from "../ids";

/**
 * The base of all resources: a Pulumi dynamic resource whose code is the installed package instead of a serialised
 * closure. Its name is unique at Rhombus, so a replacement deletes before it creates, unless the options say otherwise.
 */
export abstract class RhombusResource extends pulumi.CustomResource {
  /**
   * Registers a resource.
   * @param presented What the resource is.
   * @param name Its name in the program.
   * @param args Its inputs. With `options.id` they do not count: the existing object of that id is read instead.
   * @param options Pulumi's options.
   * @throws RunError when `options.id` is a text that is no id of such a resource.
   */
  protected constructor(presented: Presented, name: string, args: object, options: pulumi.CustomResourceOptions = {}) {
    const { id, import: imported } = options;
    if (imported !== undefined) checkedId(presented, imported);
    const { inputs: secretInputs, outputs: secretOutputs } = secretNames(presented);
    const restoreTraces = tidyTraces(RhombusResource.name);
    try {
      super(
        `pulumi-nodejs:dynamic/rhombus:${presented.type}`,
        name,
        propertiesOf(
          presented,
          name,
          id === undefined ? { ...namedArgs(presented, name, args), [NAME_KEY]: name } : { [GET_MARKER]: true },
        ),
        pulumi.mergeOptions(
          { deleteBeforeReplace: true, additionalSecretOutputs: [...secretInputs, ...secretOutputs] },
          id === undefined ? options : { ...options, id: checkedId(presented, id) },
        ),
      );
    } finally {
      restoreTraces();
    }
    markSecrets(this, [...secretInputs, ...secretOutputs]);
    warnOfSettings();
  }
}

/** The arguments; the object's name defaults to the resource's name. */
function namedArgs({ type, display }: Presented, resourceName: string, args: object): object {
  const given = plainArgs(args, type, resourceName);
  if (display.name === undefined) return given;
  const objectName: unknown = Reflect.get(given, display.name);
  return { ...given, [display.name]: objectName ?? resourceName };
}

function propertiesOf(presented: Presented, resourceName: string, args: object): pulumi.Inputs {
  const { inputs: secretInputs } = secretNames(presented);
  const said = `${presented.type} ${JSON.stringify(resourceName)}`;
  const names = [...Object.keys(presented.fields), ...Object.keys(presented.outputs)];
  const unset = Object.fromEntries(names.map((name) => [name, undefined]));
  const given = Object.entries(args).map(([name, written]) => {
    const value = plainInput(written, [name], said);
    const hidden = value !== undefined && typeof value !== "boolean" && secretInputs.includes(name);
    return [name, hidden ? pulumi.secret(value) : value];
  });
  return { ...unset, ...Object.fromEntries(given), [HANDLER_KEY]: handlerText(presented.type) };
}

/** In previews and under mocks the engine does not mark outputs as secret; the program must see them as secret anyway. */
function markSecrets(resource: object, names: readonly string[]): void {
  for (const name of names) {
    const output: unknown = Reflect.get(resource, name);
    if (pulumi.Output.isInstance(output)) Reflect.set(resource, name, pulumi.secret(output));
  }
}
