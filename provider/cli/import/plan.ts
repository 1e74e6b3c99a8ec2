import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { messageOf, type Values } from "../../core/schema/values";
import { fromWire } from "../../pulumi/serve/wire";
import type { ResourceType } from "../../resources/registry";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { memberOf, stackOption, typeOf } from "../pulumi/stackResources";
import { withPrivateFolder } from "./apply";
import type { ImportFile } from "./importFile";

/** A resource that the program would create. */
export interface Planned {
  /** Its type. */
  readonly type: ResourceType;
  /** Its name in the program. */
  readonly name: string;
  /** Its inputs, without the secret ones. */
  readonly inputs: Values;
  /** Its place in the import file that Pulumi has written. */
  readonly spec: PlannedSpec;
  /** The explicit provider that it uses, if it uses one. */
  readonly provider: { readonly name: string; readonly urn: string | undefined } | undefined;
}

/** What a preview says of a program. */
export interface Plan {
  /** The resources of this package that it would create. */
  readonly planned: readonly Planned[];
  /** The import file that Pulumi has written for them, with all that they need. */
  readonly file: PlannedFile;
}

/** An entry of the import file as Pulumi has written it; it may have more than is listed here. */
export interface PlannedSpec {
  /** Its type, in the engine's words. */
  readonly type: string;
  /** Its name in this file. */
  readonly name: string;
  /** Its name in the program, where that is another one. */
  readonly logicalName?: string;
  /** The name of its parent, in this file. */
  readonly parent?: string;
  /** The name of its provider, in this file. */
  readonly provider?: string;
}

/** The import file as Pulumi has written it. */
export interface PlannedFile {
  /** The URNs of what is in the stack already, by their names in this file. */
  readonly nameTable: Readonly<Record<string, string>>;
  /** What would be created. */
  readonly resources: readonly PlannedSpec[];
}

/**
 * Asks Pulumi what a program would create.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected one.
 * @throws PulumiCliError when the preview fails; its message has what the program says.
 */
export async function planned(cli: PulumiCli, stack?: string): Promise<Plan> {
  return withPrivateFolder(cli, async (folder) => {
    const written = path.join(folder, "plan.json");
    const words = ["preview", "--json", "--import-file", written, ...stackOption(stack)];
    const preview: unknown = JSON.parse(await cli.run(...words).catch(tellDiagnostics));
    const file = existsSync(written) ? fileIn(JSON.parse(readFileSync(written, "utf8"))) : fileIn({});
    return { planned: plannedIn(file, inputsIn(preview)), file };
  });
}

/** What the program says of its failure stands among the JSON. */
function tellDiagnostics(error: unknown): never {
  if (!(error instanceof PulumiCliError)) throw error;
  const said = diagnosticsIn(error.stdout);
  throw new PulumiCliError([...said, error.message].join("\n"), error.isMissing, error.stdout);
}

function diagnosticsIn(printed: string): string[] {
  try {
    const diagnostics = memberOf(JSON.parse(printed), "diagnostics");
    const list: unknown[] = Array.isArray(diagnostics) ? diagnostics : [];
    return list.map((each) => String(memberOf(each, "message") ?? "").trim()).filter((message) => message !== "");
  } catch (error) {
    return [messageOf(error)];
  }
}

function fileIn(json: unknown): PlannedFile {
  const [nameTable, resources] = [memberOf(json, "nameTable"), memberOf(json, "resources")];
  const urns = Object.entries(Object(nameTable)).flatMap(([name, urn]): [string, string][] =>
    typeof urn === "string" ? [[name, urn]] : [],
  );
  const list: unknown[] = Array.isArray(resources) ? resources : [];
  return { nameTable: Object.fromEntries(urns), resources: list.filter(isSpec) };
}

function isSpec(value: unknown): value is PlannedSpec {
  const [type, name] = [memberOf(value, "type"), memberOf(value, "name")];
  const others = ["logicalName", "parent", "provider"].map((each) => memberOf(value, each));
  return [type, name].every(isText) && others.every((each) => each === undefined || isText(each));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** The inputs of what would be created, by the types of its parents and its own, and its name. */
function inputsIn(preview: unknown): ReadonlyMap<string, Values> {
  const steps = memberOf(preview, "steps");
  const list: unknown[] = Array.isArray(steps) ? steps : [];
  return new Map(
    list.flatMap((step): [string, Values][] => {
      const urn = memberOf(step, "urn");
      if (memberOf(step, "op") !== "create" || !isText(urn)) return [];
      return [[placeIn(urn), fromWire(Object(memberOf(memberOf(step, "newState"), "inputs")))]];
    }),
  );
}

/** A URN without stack and project. */
function placeIn(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

function plannedIn(file: PlannedFile, inputs: ReadonlyMap<string, Values>): Planned[] {
  return file.resources.flatMap((spec) => {
    const type = typeOf(spec.type);
    const name = spec.logicalName ?? spec.name;
    const own = inputs.get(`${chainOf(file, spec)}::${name}`);
    if (type === undefined || own === undefined) return [];
    return [{ type, name, inputs: own, spec, provider: providerOf(file, spec) }];
  });
}

/** The types of a resource's parents and its own, as they stand in its URN. */
function chainOf(file: PlannedFile, { type, parent }: PlannedSpec): string {
  if (parent === undefined) return type;
  const urn = file.nameTable[parent];
  const above = file.resources.find(({ name }) => name === parent);
  const chain = urn !== undefined ? placeIn(urn).split("::")[0] : above && chainOf(file, above);
  return chain === undefined || chain === "pulumi:pulumi:Stack" ? type : `${chain}$${type}`;
}

function providerOf({ nameTable, resources }: PlannedFile, { provider }: PlannedSpec): Planned["provider"] {
  if (provider === undefined) return undefined;
  const urn = Object.hasOwn(nameTable, provider) ? nameTable[provider] : undefined;
  if (urn !== undefined) return { name: urn.split("::").slice(3).join("::"), urn };
  const made = resources.find(({ name }) => name === provider);
  return { name: made?.logicalName ?? provider, urn };
}

/**
 * The import file for what was found, with the parents and providers that it needs and nothing else.
 * @param file The import file that Pulumi has written for the program.
 * @param states Inputs and outputs by the entries that they are for.
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
  return { nameTable: file.nameTable, resources: resources.map((spec) => ({ ...spec, ...states.get(spec) })) };
}
