import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { messageOf, type Values } from "../../core/schema/values";
import { fromWire } from "../../pulumi/serve/wire";
import type { ResourceType } from "../../resources/registry";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { typeOf } from "../pulumi/stackResources";
import { itemsOf, memberOf, membersWith, stackOption, urnOf } from "../pulumi/state";
import { withPrivateFolder } from "./apply";
import type { ImportFile, ImportSpec } from "./importFile";

/** A resource that the program would create. */
export interface Planned {
  /** The resource's type. */
  readonly type: ResourceType;
  /** The resource's name in the program. */
  readonly name: string;
  /** The resource's inputs, with `[secret]` in place of secrets. */
  readonly inputs: Values;
  /** Its entry in the import file that Pulumi has written. */
  readonly spec: PlannedSpec;
  /** The explicit provider that it uses; `undefined` for the default provider. The URN is absent until it is deployed. */
  readonly provider: { readonly name: string; readonly urn: string | undefined } | undefined;
}

/** The resources that a preview would create. */
export interface Plan {
  /** The resources of this package. */
  readonly planned: readonly Planned[];
  /** The import file that Pulumi has written for them, with their parents and providers. */
  readonly file: PlannedFile;
}

/** An entry of the import file that Pulumi has written. It may have more members than are listed here. */
export type PlannedSpec = Pick<ImportSpec, "type" | "name" | "logicalName" | "parent" | "provider">;

/** The import file that Pulumi has written. */
export interface PlannedFile {
  /** The URNs of resources that are in the stack already, by their names in this file. */
  readonly nameTable: ReadonlyMap<string, string>;
  /** The resources that would be created. */
  readonly resources: readonly PlannedSpec[];
}

/**
 * Runs a preview and returns the resources that it would create.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError when the preview fails; its message holds the errors of the program.
 */
export async function planned(cli: PulumiCli, stack?: string): Promise<Plan> {
  return withPrivateFolder(cli, async (folder) => {
    const written = path.join(folder, "plan.json");
    const words = ["preview", "--json", "--import-file", written, ...stackOption(stack)];
    const preview: unknown = JSON.parse(await cli.run(...words).catch(withDiagnostics));
    const file = existsSync(written) ? fileIn(JSON.parse(readFileSync(written, "utf8"))) : fileIn({});
    return { planned: plannedIn(file, inputsIn(preview)), file };
  });
}

/** A failed preview prints the errors of the program as JSON to its standard output. */
function withDiagnostics(error: unknown): never {
  if (!(error instanceof PulumiCliError)) throw error;
  const message = [...diagnosticsIn(error.stdout), error.message].join("\n");
  throw new PulumiCliError(message, error.isMissing, error.stdout);
}

function diagnosticsIn(printed: string): string[] {
  try {
    const diagnostics = itemsOf(memberOf(JSON.parse(printed), "diagnostics"));
    return diagnostics.map((each) => String(memberOf(each, "message") ?? "").trim()).filter((text) => text !== "");
  } catch (error) {
    return [messageOf(error)];
  }
}

function fileIn(json: unknown): PlannedFile {
  const urns = membersWith(memberOf(json, "nameTable"), (urn) => (isText(urn) ? urn : undefined));
  return { nameTable: new Map(Object.entries(urns)), resources: itemsOf(memberOf(json, "resources")).filter(isSpec) };
}

function isSpec(value: unknown): value is PlannedSpec {
  const [type, name] = [memberOf(value, "type"), memberOf(value, "name")];
  const others = ["logicalName", "parent", "provider"].map((each) => memberOf(value, each));
  return [type, name].every(isText) && others.every((each) => each === undefined || isText(each));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** The inputs of the resources that would be created, by {@link placeOf}. */
function inputsIn(preview: unknown): ReadonlyMap<string, Values> {
  const entries = itemsOf(memberOf(preview, "steps")).flatMap((step): [string, Values][] => {
    const urn = memberOf(step, "urn");
    if (memberOf(step, "op") !== "create" || !isText(urn)) return [];
    return [[placeOf(urnOf(urn)), fromWire(Object(memberOf(memberOf(step, "newState"), "inputs")))]];
  });
  return new Map(entries);
}

/** The part of a URN that is unique within a stack. */
function placeOf({ types, name }: { readonly types: string; readonly name: string }): string {
  return `${types}::${name}`;
}

function plannedIn(file: PlannedFile, inputs: ReadonlyMap<string, Values>): Planned[] {
  return file.resources.flatMap((spec) => {
    const type = typeOf(spec.type);
    const name = spec.logicalName ?? spec.name;
    const own = inputs.get(placeOf({ types: typesOf(file, spec), name }));
    if (type === undefined || own === undefined) return [];
    return [{ type, name, inputs: own, spec, provider: providerOf(file, spec) }];
  });
}

/** The types of a resource's parents and its own, as its URN has them. */
function typesOf(file: PlannedFile, { type, parent }: PlannedSpec): string {
  if (parent === undefined) return type;
  const urn = file.nameTable.get(parent);
  const planned = file.resources.find(({ name }) => name === parent);
  const types = urn !== undefined ? urnOf(urn).types : planned && typesOf(file, planned);
  return types === undefined || types === "pulumi:pulumi:Stack" ? type : `${types}$${type}`;
}

function providerOf({ nameTable, resources }: PlannedFile, { provider }: PlannedSpec): Planned["provider"] {
  if (provider === undefined) return undefined;
  const urn = nameTable.get(provider);
  if (urn !== undefined) return { name: urnOf(urn).name, urn };
  const created = resources.find(({ name }) => name === provider);
  return { name: created?.logicalName ?? provider, urn };
}

/**
 * The import file for the resources that were found, with the parents and providers that they need and nothing else.
 * @param file The import file that Pulumi has written for the program.
 * @param states The id, inputs and outputs for each entry.
 */
export function filledFile(file: PlannedFile, states: ReadonlyMap<PlannedSpec, { readonly id: string }>): ImportFile {
  const needed = new Set<PlannedSpec>();
  const need = (spec: PlannedSpec | undefined) => {
    if (spec === undefined || needed.has(spec)) return;
    needed.add(spec);
    for (const name of [spec.parent, spec.provider]) need(file.resources.find((each) => each.name === name));
  };
  for (const spec of states.keys()) need(spec);
  const resources = file.resources.filter((spec) => needed.has(spec));
  return {
    nameTable: Object.fromEntries(file.nameTable),
    resources: resources.map((spec) => ({ ...spec, ...states.get(spec) })),
  };
}
