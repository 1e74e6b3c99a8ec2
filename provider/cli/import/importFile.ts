import { writeFileSync } from "node:fs";
import { undeclaredValues } from "../../core/operations/check";
import type { Organization } from "../../core/resource/definition";
import type { Values } from "../../core/schema/values";
import { missingOutputsIn, unrequested } from "../../core/state/metadata";
import { outputsOf, withSecretsMarked } from "../../core/state/outputs";
import { engineType } from "../../pulumi/handler";
import { importProperties } from "../../pulumi/serve/wire";
import { definitionOf } from "../../resources/registry";
import type { ExistingObject } from "./existing";

/** A resource in an import file. */
export interface ImportSpec {
  /** The engine's name for the type. */
  readonly type: string;
  /** The name, unique in the file. */
  readonly name: string;
  /** The name in the program. Default: `name`. */
  readonly logicalName?: string;
  /** The id. */
  readonly id?: string;
  /** The name of the provider in this file. */
  readonly provider?: string;
  /** The name of the parent in this file. */
  readonly parent?: string;
  /** The inputs. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** The outputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The file for `pulumi import --file`. */
export interface ImportFile {
  /** The URNs of resources that are in the stack already, by their names in this file. */
  readonly nameTable?: Readonly<Record<string, string>>;
  /** The resources to import. */
  readonly resources: readonly ImportSpec[];
}

/** The object and the inputs from which the state of a resource is made. */
export interface StateSource {
  /** The object. */
  readonly existing: Pick<ExistingObject, "type" | "observed">;
  /** The inputs that the program declares, with the values of the object. Secrets are in plain text. */
  readonly inputs: Values;
  /** Recovered outputs, which no read returns. Default: none. */
  readonly recovered?: Values | undefined;
  /** The organization that the key belongs to; `undefined` if the key may not read it. */
  readonly organization: Organization | undefined;
}

/**
 * The state of an imported object. Secrets are in plain text, marked for the engine to encrypt.
 * @param source The object and the inputs.
 */
export function stateOf({ existing, inputs: declared, recovered = {}, organization }: StateSource) {
  const { type, observed } = existing;
  const definition = definitionOf(type);
  const inputs = { ...undeclaredValues(definition), ...declared };
  const run = { definition, organization: organization?.uuid, instanceId: undefined };
  const outputs = outputsOf(run, {}, { observed, answeredOutputs: recovered });
  const metadata = unrequested(missingOutputsIn(definition, outputs));
  return {
    id: observed.id,
    inputs: importProperties(type, withSecretsMarked(definition, inputs)),
    outputs: importProperties(type, withSecretsMarked(definition, { ...inputs, ...outputs, ...metadata })),
  };
}

/**
 * An import file for resources without parents.
 * @param imported The resources, with their names.
 * @param provider The explicit provider that they use. Default: the default provider.
 */
export function importFileOf(
  imported: readonly (StateSource & { readonly name: string })[],
  provider?: { readonly name: string; readonly urn: string },
): ImportFile {
  const { reference, nameTable } = referenceTo(provider);
  const resources = imported.map(({ name, ...source }): ImportSpec => {
    const type = engineType(source.existing.type);
    return { type, name, ...stateOf(source), provider: reference };
  });
  return { nameTable, resources };
}

/**
 * The name of a provider in an import file, and the table that explains it.
 * @param provider The explicit provider; `undefined` for the default provider, which needs no name.
 */
export function referenceTo(provider: { readonly name: string; readonly urn: string } | undefined) {
  if (provider === undefined) return { reference: undefined, nameTable: {} };
  // No generated resource name contains spaces or parentheses.
  const reference = `${provider.name} (provider)`;
  return { reference, nameTable: { [reference]: provider.urn } };
}

/**
 * Writes an import file that only its owner may read.
 * @param path The path. The file must not exist.
 * @param file The content.
 * @throws Error if the file exists.
 */
export function writeImportFile(path: string, file: ImportFile): void {
  writeNewFile(path, `${JSON.stringify(file, undefined, 2)}\n`, 0o600);
}

/**
 * Writes a new file.
 * @param path The path. The file must not exist.
 * @param text The content.
 * @param mode The permissions. Default: 0o666, reduced by the umask.
 * @throws Error if the file exists.
 */
export function writeNewFile(path: string, text: string, mode = 0o666): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
    throw new Error(`${path} already exists. Choose another name, or remove it first.`);
  }
}
