import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import type { Values } from "../../core/schema/values";
import { fromWire } from "../../pulumi/serve/wire";
import type { ResourceType } from "../../resources/registry";
import { withPrivateFolder } from "../pulumi/privateFolder";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { typeOf } from "../pulumi/stackResources";
import {
  type DeployedProviders,
  explicitProviderIn,
  itemsOf,
  memberOf,
  membersWith,
  stackOption,
  type Urn,
  urnOf,
} from "../pulumi/state";
import { type ImportFile, referenceTo } from "./importFile";

/** A resource that the program would create. */
export interface DeclaredResource {
  /** The resource's type. */
  readonly type: ResourceType;
  /** The resource's name in the program. */
  readonly name: string;
  /** The resource's inputs, with `[secret]` in place of secrets. */
  readonly inputs: Values;
  /** Its entry in the import file that Pulumi has written. */
  readonly spec: WrittenSpec;
  /** The explicit provider that it uses; `undefined` for the default provider. */
  readonly provider: { readonly name: string; readonly urn: string; readonly isDeployed: boolean } | undefined;
}

/** The result of a preview. */
export interface Preview {
  /** The resources of this package that would be created. */
  readonly declared: readonly DeclaredResource[];
  /** The import file that Pulumi has written for all resources that would be created. */
  readonly file: WrittenFile;
}

const specSchema = v.object({
  type: v.string(),
  name: v.string(),
  logicalName: v.optional(v.string()),
  parent: v.optional(v.string()),
  provider: v.optional(v.string()),
});

/** An entry of the import file that Pulumi has written. It may have more members than these. */
export type WrittenSpec = v.InferOutput<typeof specSchema>;

/** The import file that Pulumi has written. */
export interface WrittenFile {
  /** The URNs of resources that are in the stack already, by their names in this file. */
  readonly nameTable: ReadonlyMap<string, string>;
  /** The resources that would be created. */
  readonly resources: readonly WrittenSpec[];
}

/**
 * Runs a preview and returns the resources that it would create.
 * @param cli The CLI.
 * @param deployed The explicit providers of the stack.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if the preview fails; its message contains the errors of the program.
 */
export async function previewProgram(cli: PulumiCli, deployed: DeployedProviders, stack?: string): Promise<Preview> {
  return withPrivateFolder(cli, async (folder) => {
    const written = path.join(folder, "plan.json");
    const words = ["preview", "--json", "--import-file", written, ...stackOption(stack)];
    const steps = stepsIn(await previewWithoutDeletions(cli, words));
    const file = fileIn(existsSync(written) ? JSON.parse(readFileSync(written, "utf8")) : {});
    return { declared: declaredIn(file, createdIn(steps), deployed), file };
  });
}

/** Pulumi writes no import file if the preview fails, as it does if it would delete protected resources. */
async function previewWithoutDeletions(
  cli: PulumiCli,
  words: readonly string[],
  excluded: readonly string[] = [],
): Promise<string> {
  try {
    return await cli.run(...words, ...excluded.flatMap((urn) => ["--exclude", urn]));
  } catch (error) {
    const further = deletedIn(stepsOfFailed(error)).filter((urn) => !excluded.includes(urn));
    if (further.length === 0) return withDiagnostics(error);
    return previewWithoutDeletions(cli, words, [...excluded, ...further]);
  }
}

/** The operation of a step that deletes a resource. */
export const DELETION = "delete";

function deletedIn(steps: readonly unknown[]): string[] {
  return steps.filter((step) => memberOf(step, "op") === DELETION).map((step) => String(memberOf(step, "urn")));
}

function stepsOfFailed(error: unknown): readonly unknown[] {
  return error instanceof PulumiCliError ? itemsOf(memberOf(jsonIn(error.stdout), "steps")) : [];
}

/**
 * Runs a preview and returns its steps. A preview that would delete protected resources fails, but only after it has shown
 * everything that the program declares; its steps are returned as well.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if the preview fails otherwise; its message contains the errors of the program.
 */
export async function previewedSteps(cli: PulumiCli, stack: string | undefined): Promise<readonly unknown[]> {
  try {
    return stepsIn(await cli.run("preview", "--json", "--show-sames", ...stackOption(stack)));
  } catch (error) {
    const steps = stepsOfFailed(error);
    return deletedIn(steps).length > 0 ? steps : withDiagnostics(error);
  }
}

function stepsIn(printed: string): readonly unknown[] {
  const json = jsonIn(printed);
  if (json === undefined) throw new PulumiCliError("`pulumi preview --json` printed no JSON.", false);
  return itemsOf(memberOf(json, "steps"));
}

function jsonIn(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}

/** A failed preview prints the errors of the program as JSON to its standard output. */
function withDiagnostics(error: unknown): never {
  if (!(error instanceof PulumiCliError)) throw error;
  const message = [...diagnosticsIn(error.stdout), error.message].join("\n");
  throw new PulumiCliError(message, error.isMissing, error.stdout);
}

function diagnosticsIn(printed: string): string[] {
  const diagnostics = itemsOf(memberOf(jsonIn(printed), "diagnostics"));
  return diagnostics.map((each) => String(memberOf(each, "message") ?? "").trim()).filter((text) => text !== "");
}

function fileIn(json: unknown): WrittenFile {
  const urns = membersWith(memberOf(json, "nameTable"), (urn) => (typeof urn === "string" ? urn : undefined));
  const resources = itemsOf(memberOf(json, "resources"));
  return {
    nameTable: new Map(Object.entries(urns)),
    resources: resources.filter((each): each is WrittenSpec => v.is(specSchema, each)),
  };
}

/** The states of the resources that would be created, by {@link pathOf}. */
function createdIn(steps: readonly unknown[]): ReadonlyMap<string, unknown> {
  const created = steps.filter((step) => memberOf(step, "op") === "create");
  return new Map(created.map((step) => [pathOf(urnOf(String(memberOf(step, "urn")))), memberOf(step, "newState")]));
}

/** The part of a URN that is unique within a stack. */
function pathOf({ types, name }: Pick<Urn, "types" | "name">): string {
  return `${types}::${name}`;
}

function declaredIn(
  file: WrittenFile,
  created: ReadonlyMap<string, unknown>,
  deployed: DeployedProviders,
): DeclaredResource[] {
  return file.resources.flatMap((spec) => {
    const type = typeOf(spec.type);
    const name = spec.logicalName ?? spec.name;
    const state = created.get(pathOf({ types: typesOf(file, spec), name }));
    if (type === undefined || state === undefined) return [];
    // The import file lacks providers whose name begins like that of a default provider.
    const urn = explicitProviderIn(memberOf(state, "provider"), deployed);
    const provider = urn === undefined ? undefined : { name: urnOf(urn).name, isDeployed: deployed.has(urn), urn };
    return [{ type, name, inputs: fromWire(Object(memberOf(state, "inputs"))), spec, provider }];
  });
}

/** The types of a resource's parents and its own, as its URN has them. */
function typesOf(file: WrittenFile, { type, parent }: WrittenSpec): string {
  if (parent === undefined) return type;
  const urn = file.nameTable.get(parent);
  const created = file.resources.find(({ name }) => name === parent);
  const types = urn !== undefined ? urnOf(urn).types : created && typesOf(file, created);
  return types === undefined || types === "pulumi:pulumi:Stack" ? type : `${types}$${type}`;
}

/**
 * The import file for the resources that were found, with the parents and providers that they need and nothing else.
 * @param file The import file that Pulumi has written for the program.
 * @param states The id, inputs and outputs for each entry.
 * @param provider The explicit provider that they use; `undefined` for the default provider.
 */
export function filledFile(
  file: WrittenFile,
  states: ReadonlyMap<WrittenSpec, { readonly id: string }>,
  provider: Parameters<typeof referenceTo>[0],
): ImportFile {
  const { reference, nameTable } = referenceTo(provider);
  const needed = new Set<string | undefined>();
  const need = ({ name, parent, provider }: WrittenSpec) => {
    needed.add(name);
    for (const spec of file.resources) {
      if (!needed.has(spec.name) && (spec.name === parent || spec.name === provider)) need(spec);
    }
  };
  for (const spec of states.keys()) need(spec);
  const resources = file.resources.filter(({ name }) => needed.has(name));
  return {
    nameTable: { ...Object.fromEntries(file.nameTable), ...nameTable },
    resources: resources.map((spec) => {
      const state = states.get(spec);
      return state === undefined ? spec : { ...spec, ...state, provider: reference };
    }),
  };
}
