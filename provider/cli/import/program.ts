import { type Field, fieldsOf, partOf } from "../../core/schema/field";
import { isValueMap, type Value } from "../../core/schema/values";
import { definitionOf, type ResourceType } from "../../resources/registry";
import { referencesIn as referencesInValue } from "../entries";
import { byText, capitalized } from "../output/plainText";
import type { Kind, NameDirectory } from "./directory";
import { camelCase, Identifiers, identifierOf } from "./names";
import type { NamedObject } from "./naming";
import { type Code, call, commentOf, docOf, type Item, list, literal, object, statement } from "./printer";

/** A secret that the program takes from the stack config. */
export interface ConfigSecret {
  /** The key in the stack config, without the project. */
  readonly name: string;
  /** The resource that needs it. */
  readonly resource: NamedObject;
  /** The name of the input. */
  readonly input: string;
}

/** A program that declares existing objects. */
export interface Program {
  /** The text. */
  readonly text: string;
  /** The name of its function that creates the resources; absent if the program creates them itself. */
  readonly functionName?: string;
}

/** The sources of a program. */
export interface ProgramSources {
  /** The organization, for the first comment. */
  readonly organization: string;
  /** The resources, in order. */
  readonly resources: readonly NamedObject[];
  /** The names of the objects that they refer to. */
  readonly names: NameDirectory;
  /** The explicit provider that they use. Default: the default provider. */
  readonly provider?: string | undefined;
  /** Protect the resources from deletion and replacement. */
  readonly protect: boolean;
}

/**
 * The kinds of objects that resources refer to and that are not among them.
 * @param resources The resources.
 */
export function kindsIn(resources: readonly NamedObject[]): ReadonlySet<Kind> {
  const declared = declaredIn(resources);
  const others = referencesIn(resources).filter((each) => !declared.has(keyOf(each)));
  return new Set(others.map(({ kind }) => kind));
}

/**
 * The secrets that a program takes from the stack config.
 * @param resources The resources.
 * @param provider The explicit provider, which is part of their names. Default: the default provider.
 */
export function secretsOf(resources: readonly NamedObject[], provider?: string): ConfigSecret[] {
  return resources.flatMap((resource) => {
    const { type } = resource.existing;
    const start = camelCase(`${provider ?? ""} ${definitionOf(type).display.noun}`);
    return fieldsOf(definitionOf(type).fields).flatMap(([input, { writeOnly }]) =>
      writeOnly ? [{ name: camelCase(`${start} ${capitalized(input)}`), resource, input }] : [],
    );
  });
}

/**
 * Writes a program that declares existing objects. It contains no secret.
 * @param sources The sources.
 */
export function programOf(sources: ProgramSources): Program {
  const { organization, resources, provider, protect } = sources;
  const secrets = secretsOf(resources, provider);
  const functionName = provider === undefined ? undefined : functionNameOf(provider);
  const indent = functionName === undefined ? "" : "  ";
  const constants = constantsOf(sources, indent);
  const context = { constants, secrets, indent, provider, protect };
  const declared = resources.map((resource) => declaration(resource, context));
  const imports = [
    ...(secrets.length > 0 ? ['import * as pulumi from "@pulumi/pulumi";\n'] : []),
    'import * as rhombus from "pulumi-rhombus";\n',
  ];
  const comments = [
    `Objects of ${organization}, written by \`pulumi-rhombus import\`. You may change this file.`,
    ...(protect ? [PROTECTION] : []),
  ];
  const head = [
    `${imports.join("")}\n${comments.map((text) => `${commentOf(text)}\n`).join("")}`,
    ...(secrets.length > 0 ? ["const config = new pulumi.Config();\n"] : []),
  ];
  const body = [...constants.statements, ...declared].join("\n");
  if (functionName === undefined) return { text: [...head, body].join("\n") };
  const doc = `${docOf(`Declares the objects with the explicit provider "${provider}".`)}\n`;
  const wrapped = `${doc}export function ${functionName}(provider: rhombus.Provider): void {\n${body}}\n`;
  return { text: [...head, wrapped].join("\n"), functionName };
}

const PROTECTION =
  "Pulumi refuses to delete or replace protected resources. First set `protect: false`, and run `pulumi up`.";

function functionNameOf(provider: string): string {
  const name = identifierOf(`declare ${provider}`);
  return name === "declare" ? "declareResources" : name;
}

/** A reference to an object that a look-up finds. */
interface Reference {
  readonly kind: Kind;
  readonly uuid: string;
}

function referencesIn(resources: readonly NamedObject[]): Reference[] {
  return resources.flatMap(({ existing: { type, inputs } }) => {
    const { fields } = definitionOf(type);
    const references = Object.entries(inputs).flatMap(([name, value]) => referencesInValue(fields[name], value));
    return references.flatMap(({ of, uuid }) => KINDS.filter((kind) => kind === of).map((kind) => ({ kind, uuid })));
  });
}

function keyOf({ kind, uuid }: Reference): string {
  return `${kind} ${uuid}`;
}

/** The kinds of objects that a program can declare itself. Their types come before those that refer to them. */
const DECLARED: { readonly [Type in ResourceType]?: Kind } = { AccessControlGroup: "group", Schedule: "schedule" };

/** The resources to which others may refer, by their kind and id. */
function declaredIn(resources: readonly NamedObject[]): ReadonlyMap<string, NamedObject> {
  const entries = resources.flatMap((resource): [string, NamedObject][] => {
    const { type, id: uuid } = resource.existing;
    const kind = DECLARED[type];
    return kind === undefined ? [] : [[keyOf({ kind, uuid }), resource]];
  });
  return new Map(entries);
}

/** The constants of a program: the objects to which its resources refer. */
interface Constants {
  /** The declarations of those that are looked up by name, one group for each kind. */
  readonly statements: readonly string[];
  /** The names of those that the program declares. */
  readonly resources: ReadonlyMap<NamedObject, string>;
  /** The code for a reference, with a comment. */
  item(kind: Kind, uuid: string): Item;
}

/** In the order of the constants. */
const KINDS: readonly Kind[] = ["location", "camera", "door", "user", "group", "schedule"];

function constantsOf({ resources, names, provider }: ProgramSources, indent: string): Constants {
  const references = referencesIn(resources);
  const declared = declaredIn(resources);
  const identifiers = new Identifiers();
  const written = new Map<string, string>();
  const statements = KINDS.map((kind) => {
    const uuids = new Set(references.filter((each) => each.kind === kind).map(({ uuid }) => uuid));
    const found = [...uuids].flatMap((uuid) => {
      const entry = names.entries[kind].get(uuid);
      const isLookedUp = entry?.lookup !== undefined && !declared.has(keyOf({ kind, uuid }));
      return isLookedUp ? [{ uuid, label: entry.label, lookup: entry.lookup }] : [];
    });
    const sorted = found.sort(byText(({ label, uuid }) => `${label.toLowerCase()} ${uuid}`));
    return sorted.map(({ uuid, label, lookup: { call: lookup, by, text } }) => {
      const identifier = identifiers.take(kind === "camera" ? cameraName(label) : label, kind);
      written.set(keyOf({ kind, uuid }), `${identifier}.uuid`);
      const args = [object([[by, { code: literal(text) }]]), ...optionsFor({ provider, protect: false })];
      return statement(`const ${identifier} = `, call(lookup, args), indent);
    });
  });
  const referredTo = new Set(references.map(keyOf));
  const used = [...declared].filter(([key]) => referredTo.has(key));
  const ownNames = used.map(([key, resource]) => {
    const { label, type } = resource.existing;
    const identifier = identifiers.take(label, definitionOf(type).display.noun);
    written.set(key, `${identifier}.id`);
    return [resource, identifier] as const;
  });
  return {
    statements: statements.filter((each) => each.length > 0).map((each) => each.join("")),
    resources: new Map(ownNames),
    item(kind, uuid) {
      const code = written.get(keyOf({ kind, uuid }));
      if (code !== undefined) return { code };
      const entry = names.entries[kind].get(uuid);
      const comment = entry === undefined ? undefined : [entry.label, entry.remark].filter(Boolean).join(", ");
      return { code: literal(uuid), comment };
    },
  };
}

/** A camera often has the name of its door, room or location. */
function cameraName(label: string): string {
  return /camera$/i.test(label) ? label : `${label} camera`;
}

interface DeclarationContext {
  readonly constants: Constants;
  readonly secrets: readonly ConfigSecret[];
  readonly indent: string;
  readonly provider: string | undefined;
  readonly protect: boolean;
}

function declaration(resource: NamedObject, context: DeclarationContext): string {
  const { constants, secrets, indent } = context;
  const { type, inputs } = resource.existing;
  const { fields } = definitionOf(type);
  const own = secrets.filter((secret) => secret.resource === resource);
  const keys = own.map(({ name, input }): Property => [input, { code: call("config.requireSecret", [literal(name)]) }]);
  const others = Object.entries(inputs).flatMap(([name, value]): Property[] => {
    if (value === undefined || own.some(({ input }) => input === name)) return [];
    return [[name, itemOf(value, fields[name], constants)]];
  });
  const args = [literal(resource.name), object([...keys, ...others], true), ...optionsFor(context)];
  const constant = constants.resources.get(resource);
  return statement(constant === undefined ? "" : `const ${constant} = `, call(`new rhombus.${type}`, args), indent);
}

type Property = readonly [name: string, value: Item];

function optionsFor({ provider, protect }: Pick<DeclarationContext, "provider" | "protect">): Code[] {
  const options = [...(provider === undefined ? [] : ["provider"]), ...(protect ? ["protect: true"] : [])];
  return options.length === 0 ? [] : [`{ ${options.join(", ")} }`];
}

function itemOf(value: Value, field: Field | undefined, constants: Constants): Item {
  if (typeof value === "string") {
    const kind = KINDS.find((each) => each === field?.modifiers.of);
    return kind === undefined ? { code: literal(value) } : constants.item(kind, value);
  }
  if (Array.isArray(value)) {
    const items = value.map((each: Value) => itemOf(each, field?.each, constants));
    // The order of names is the most readable one for a set of references.
    const isOfReferences = field?.each?.modifiers.of !== undefined;
    return { code: list(isOfReferences ? items.sort(byText(orderOf)) : items) };
  }
  if (!isValueMap(value)) return { code: JSON.stringify(value) };
  const properties = Object.entries(value).map(([name, each]): Property => {
    return [name, itemOf(each, partOf(field, name), constants)];
  });
  return { code: object(properties) };
}

/** Constants come first. */
function orderOf({ code, comment = "" }: Item): string {
  return `${/^["']/.test(String(code)) ? 2 : 1} ${comment} ${code}`;
}
