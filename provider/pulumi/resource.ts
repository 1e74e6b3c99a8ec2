import * as pulumi from "@pulumi/pulumi";
import { GET_MARKER, HANDLER_KEY, handlerText } from "./handler";
import { warnOfSettings } from "./settingWarnings";
import { tidyTraces } from "./traces";

/** How a resource class presents its definition to Pulumi. */
export interface Presented {
  /** The type name, such as `AccessControlGroup`. */
  readonly type: string;
  /** The fields, of which only the secret ones matter here. */
  readonly fields: Readonly<Record<string, { readonly modifiers: { readonly secret?: boolean } }>>;
  /** The outputs, and which of them are secrets. */
  readonly outputs: Readonly<Record<string, "plain" | "secret">>;
}

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
   */
  protected constructor(presented: Presented, name: string, args: object, options: pulumi.CustomResourceOptions = {}) {
    const secretInputs = Object.keys(presented.fields).filter((field) => presented.fields[field]?.modifiers.secret);
    const secretOutputs = Object.keys(presented.outputs).filter((output) => presented.outputs[output] === "secret");
    const restoreTraces = tidyTraces(RhombusResource.name);
    try {
      super(
        `pulumi-nodejs:dynamic/rhombus:${presented.type}`,
        name,
        propertiesOf(presented, options.id === undefined ? args : { [GET_MARKER]: true }, secretInputs),
        pulumi.mergeOptions(
          { deleteBeforeReplace: true, additionalSecretOutputs: [...secretInputs, ...secretOutputs] },
          options,
        ),
      );
    } finally {
      restoreTraces();
    }
    markSecrets(this, [...secretInputs, ...secretOutputs]);
    warnOfSettings();
  }
}

function propertiesOf(presented: Presented, args: object, secretInputs: readonly string[]): pulumi.Inputs {
  const names = [...Object.keys(presented.fields), ...Object.keys(presented.outputs)];
  const unset = Object.fromEntries(names.map((name) => [name, undefined]));
  const given = Object.entries(args).map(([name, value]) => {
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
