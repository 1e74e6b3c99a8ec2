import { writeFileSync } from "node:fs";
import type { Organization } from "../../core/resource/definition";
import type { Values } from "../../core/schema/values";
import { missingOutputsIn, unrequested } from "../../core/state/metadata";
import { outputsOf, sealed } from "../../core/state/outputs";
import { engineType, importProperties } from "../../pulumi/serve/importProperties";
import { definitionOf } from "../../resources/registry";
import type { Existing } from "./existing";

/** A resource in an import file. */
export interface ImportSpec {
  /** Its type, in the engine's words. */
  readonly type: string;
  /** Its name, unique in the file. */
  readonly name: string;
  /** Its name in the program, where that is another one. */
  readonly logicalName?: string;
  /** Its id. */
  readonly id?: string;
  /** The name of its provider, in this file. */
  readonly provider?: string;
  /** The name of its parent, in this file. */
  readonly parent?: string;
  /** Its inputs. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Its outputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What `pulumi import --file` takes. */
export interface ImportFile {
  /** The URNs of what is in the stack already, by their names in this file. */
  readonly nameTable?: Readonly<Record<string, string>>;
  /** What is to be imported. */
  readonly resources: readonly ImportSpec[];
}

/** How a resource is to be in the state. */
export interface Taking {
  /** What exists. */
  readonly existing: Pick<Existing, "type" | "observed">;
  /** What the program declares, as it is. Secrets in clear. */
  readonly inputs: Values;
  /** Outputs that no read shows. */
  readonly recovered?: Values | undefined;
  /** The organization that the key opens, where it could be learned. */
  readonly organization: Organization | undefined;
}

/**
 * Inputs and outputs of something that exists, as the state is to have them. They hold its secrets in clear.
 * @param taking What is to be in the state.
 */
export function stateOf({ existing, inputs, recovered = {}, organization }: Taking): {
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
} {
  const { type, observed } = existing;
  const definition = definitionOf(type);
  const run = { definition, organization: organization?.uuid, instanceId: undefined };
  const outputs = outputsOf(run, {}, { observed, answered: recovered });
  const metadata = unrequested(missingOutputsIn(definition, outputs));
  return {
    id: observed.id,
    inputs: importProperties(type, sealed(definition, inputs)),
    outputs: importProperties(type, sealed(definition, { ...inputs, ...outputs, ...metadata })),
  };
}

/** A resource that is to be imported under a name. */
export interface Imported extends Taking {
  /** The name of the resource. */
  readonly name: string;
}

/**
 * An import file for resources that are nobody's children.
 * @param imported The resources.
 * @param provider The explicit provider that they use. Default: none.
 */
export function importFileOf(
  imported: readonly Imported[],
  provider?: { readonly name: string; readonly urn: string },
): ImportFile {
  // Blanks and parentheses are in no name of a resource that this tool gives.
  const reference = provider === undefined ? undefined : `${provider.name} (provider)`;
  const resources = imported.map(({ name, ...taking }): ImportSpec => {
    const spec = { type: engineType(taking.existing.type), name, ...stateOf(taking) };
    return reference === undefined ? spec : { ...spec, provider: reference };
  });
  return reference === undefined || provider === undefined
    ? { resources }
    : { nameTable: { [reference]: provider.urn }, resources };
}

/**
 * Writes an import file that only its owner may read.
 * @param path Where to. Nothing may be there.
 * @param file What to write.
 * @throws Error when something is there already.
 */
export function writeImportFile(path: string, file: ImportFile): void {
  writeOwn(path, `${JSON.stringify(file, undefined, 2)}\n`, 0o600);
}

/**
 * Writes a file where there is none.
 * @param path Where to.
 * @param text What to write.
 * @param mode Who may read and write it. Default: as usual.
 * @throws Error when something is there already.
 */
export function writeOwn(path: string, text: string, mode = 0o666): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
    throw new Error(`${path} exists already. Choose another name, or remove it first.`);
  }
}
