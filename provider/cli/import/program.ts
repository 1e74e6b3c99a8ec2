import { type Field, fieldsOf, partOf } from "../../core/schema/field";
import { isValueMap, type Value } from "../../core/schema/values";
import { definitionOf } from "../../resources/registry";
import { capitalized } from "../output/plainText";
import type { Kind, NameDirectory } from "./directory";
import type { Existing } from "./existing";
import { camelCase, Identifiers, identifierOf } from "./names";
import type { Named } from "./naming";
import { type Code, commentOf, docOf, type Item, statement } from "./printer";

/** A secret that the program takes from the stack config. */
export interface ConfigSecret {
  /** The key in the stack config, without the project. */
  readonly name: string;
  /** The resource that needs it. */
  readonly resource: Named;
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
export interface Sources {
  /** The organization, for the first comment. */
  readonly organization: string;
  /** The resources, in order. */
  readonly resources: readonly Named[];
  /** The names of the objects that they refer to. */
  readonly names: NameDirectory;
  /** The explicit provider that they use. Default: the default provider. */
  readonly provider?: string | undefined;
}

/**
 * The kinds of objects that resources refer to.
 * @param resources The resources.
 */
export function kindsIn(resources: readonly Named[]): ReadonlySet<Kind> {
  return new Set(resources.flatMap(({ existing }) => referencesIn(existing).map(({ kind }) => kind)));
}

/**
 * The secrets that a program takes from the stack config.
 * @param resources The resources.
 * @param provider The explicit provider, which is part of their names. Default: the default provider.
 */
export function secretsOf(resources: readonly Named[], provider?: string): ConfigSecret[] {
  return resources.flatMap((resource) => {
    const { type } = resource.existing;
    const start = camelCase(`${provider ?? ""} ${definitionOf(type).display.noun}`);
    return fieldsOf(definitionOf(type).fields).flatMap(([input, { writeOnly }]) =>
      writeOnly ? [{ name: camelCase(`${start} ${capitalized(input)}`), resource, input }] : [],
    );
  });
}

/**
 * Writes a program that declares existing objects. It holds no secret.
 * @param sources The sources.
 */
export function programOf(sources: Sources): Program {
  const { organization, resources, provider } = sources;
  const secrets = secretsOf(resources, provider);
  const functionName = provider === undefined ? undefined : functionNameOf(provider);
  const indent = functionName === undefined ? "" : "  ";
  const constants = constantsOf(sources, indent);
  const declared = resources.map((resource) => declaration(resource, { constants, secrets, indent, provider }));
  const imports = [
    ...(secrets.length > 0 ? ['import * as pulumi from "@pulumi/pulumi";\n'] : []),
    'import * as rhombus from "pulumi-rhombus";\n',
  ];
  const head = [
    `${imports.join("")}\n${commentOf(`Objects of ${organization}, written by \`pulumi-rhombus import\`. You may change this file.`)}\n`,
    ...(secrets.length > 0 ? ["const config = new pulumi.Config();\n"] : []),
  ];
  const body = [...constants.statements, ...declared].join("\n");
  if (functionName === undefined) return { text: [...head, body].join("\n") };
  const doc = `${docOf(`Declares the objects with the explicit provider "${provider}".`)}\n`;
  const wrapped = `${doc}export function ${functionName}(provider: rhombus.Provider): void {\n${body}}\n`;
  return { text: [...head, wrapped].join("\n"), functionName };
}

function functionNameOf(provider: string): string {
  const name = identifierOf(`declare ${provider}`);
  return name === "declare" ? "declareResources" : name;
}

/** An object that inputs refer to. */
interface Reference {
  readonly kind: Kind;
  readonly uuid: string;
}

function referencesIn({ type, inputs }: Existing): Reference[] {
  const { fields } = definitionOf(type);
  return Object.entries(inputs).flatMap(([name, value]) => references(value ?? null, fields[name]));
}

function references(value: Value, field: Field | undefined): Reference[] {
  if (typeof value === "string") {
    const kind = kindOf(field);
    return kind === undefined ? [] : [{ kind, uuid: value }];
  }
  if (Array.isArray(value)) return value.flatMap((each: Value) => references(each, field?.each));
  if (!isValueMap(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => references(each, partOf(field, name)));
}

/** The kind of object that a field refers to, if a look-up finds objects of that kind. */
function kindOf(field: Field | undefined): Kind | undefined {
  return KINDS.find((kind) => kind === field?.modifiers.of);
}

/** The constants of a program: the objects that its resources refer to, looked up by name. */
interface Constants {
  /** The declarations, one group for each kind. */
  readonly statements: readonly string[];
  /** The code for a reference, with a comment. */
  item(kind: Kind, uuid: string): Item;
}

/** In the order of the constants. */
const KINDS: readonly Kind[] = ["location", "camera", "user"];

function constantsOf({ resources, names, provider }: Sources, indent: string): Constants {
  const references = resources.flatMap(({ existing }) => referencesIn(existing));
  const identifiers = new Identifiers();
  const written = new Map<string, string>();
  const statements = KINDS.map((kind) => {
    const uuids = new Set(references.filter((each) => each.kind === kind).map(({ uuid }) => uuid));
    const found = [...uuids].flatMap((uuid) => {
      const entry = names.entries[kind].get(uuid);
      return entry?.lookup === undefined ? [] : [{ uuid, label: entry.label, lookup: entry.lookup }];
    });
    return found.sort(byLabel).map(({ uuid, label, lookup: { call, by, text } }) => {
      const identifier = identifiers.take(kind === "camera" ? cameraName(label) : label, kind);
      written.set(`${kind} ${uuid}`, `${identifier}.uuid`);
      const wanted: Code = { object: [{ name: by, code: { literal: text } }], open: false };
      const args = provider === undefined ? [wanted] : [wanted, "{ provider }"];
      return statement(`const ${identifier} = `, { call, args }, indent);
    });
  });
  return {
    statements: statements.filter((each) => each.length > 0).map((each) => each.join("")),
    item(kind, uuid) {
      const code = written.get(`${kind} ${uuid}`);
      if (code !== undefined) return { code };
      const entry = names.entries[kind].get(uuid);
      const comment = entry === undefined ? undefined : [entry.label, entry.remark].filter(Boolean).join(", ");
      return { code: { literal: uuid }, comment };
    },
  };
}

/** A camera often has the name of its door, room or location. */
function cameraName(label: string): string {
  return /camera$/i.test(label) ? label : `${label} camera`;
}

function byLabel(one: { label: string; uuid: string }, other: { label: string; uuid: string }): number {
  const [left, right] = [`${one.label.toLowerCase()} ${one.uuid}`, `${other.label.toLowerCase()} ${other.uuid}`];
  return left < right ? -1 : Number(left > right);
}

interface Declaring {
  readonly constants: Constants;
  readonly secrets: readonly ConfigSecret[];
  readonly indent: string;
  readonly provider: string | undefined;
}

function declaration(resource: Named, { constants, secrets, indent, provider }: Declaring): string {
  const { type, inputs } = resource.existing;
  const { fields } = definitionOf(type);
  const own = secrets.filter((secret) => secret.resource === resource);
  const isSecret = (name: string) => own.some(({ input }) => input === name);
  const keys = own.map(({ name, input }) => {
    const code: Code = { call: "config.requireSecret", args: [{ literal: name }] };
    return { name: input, code };
  });
  const others = Object.entries(inputs).flatMap(([name, value]) => {
    return value === undefined || isSecret(name) ? [] : [{ name, ...itemOf(value, fields[name], constants) }];
  });
  const inputsCode: Code = { object: [...keys, ...others], open: true };
  const args = [{ literal: resource.name }, inputsCode, ...(provider === undefined ? [] : ["{ provider }"])];
  return statement("", { call: `new rhombus.${type}`, args }, indent);
}

function itemOf(value: Value, field: Field | undefined, constants: Constants): Item {
  if (typeof value === "string") {
    const kind = kindOf(field);
    return kind === undefined ? { code: { literal: value } } : constants.item(kind, value);
  }
  // Every list is a set, so the order of names is the most readable.
  if (Array.isArray(value)) {
    const items = value.map((each: Value) => itemOf(each, field?.each, constants));
    return { code: { list: items.sort(byText) } };
  }
  if (!isValueMap(value)) return { code: JSON.stringify(value) };
  const properties = Object.entries(value).map(([name, each]) => ({
    name,
    ...itemOf(each, partOf(field, name), constants),
  }));
  return { code: { object: properties, open: false } };
}

/** Constants come first. */
function byText(one: Item, other: Item): number {
  const textOf = ({ code, comment = "" }: Item) =>
    typeof code === "string" ? ` ${code}` : `${comment} ${JSON.stringify(code)}`;
  const [left, right] = [textOf(one), textOf(other)];
  return left < right ? -1 : Number(left > right);
}
