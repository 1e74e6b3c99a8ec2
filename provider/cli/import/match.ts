import { keyOf, type Organization } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import { containsUnknown, type Values, withoutUndefined } from "../../core/schema/values";
import { projected } from "../../core/state/projection";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import type { StackResource } from "../pulumi/stackResources";
import { SECRET } from "../pulumi/state";
import { observe } from "./existing";
import type { Taking } from "./importFile";
import type { Planned } from "./plan";

/** A resource of the program, and what exists that it stands for. */
export interface Matched extends Taking {
  /** The resource. */
  readonly planned: Planned;
  /** The vendor keys that reads do not show. */
  readonly hiddenKeys: readonly string[];
}

/** A resource of the program for which nothing was found. */
export interface Unmatched {
  /** The resource. */
  readonly planned: Planned;
  /** Why, as a sentence. */
  readonly why: string;
}

/** What the search is about. */
export interface Searching {
  /** Rhombus. */
  readonly api: RhombusApi;
  /** The organization that the key opens, where it could be learned. */
  readonly organization: Organization | undefined;
  /** What the stack has. */
  readonly managed: readonly StackResource[];
  /** The explicit provider whose resources are meant; without one, those of the stack config. */
  readonly provider: { readonly name: string; readonly urn: string } | undefined;
}

/**
 * Finds what exists for each resource of a program, by what must be unique in the organization. Nothing is guessed.
 * @param plan The resources that the program would create.
 * @param searching Where to look.
 */
export async function matchesOf(
  plan: readonly Planned[],
  searching: Searching,
): Promise<{ matched: Matched[]; unmatched: Unmatched[] }> {
  const sought = await Promise.all(plan.map((each) => seek(each, searching)));
  const results = sought.map((each) => (typeof each.found === "string" ? each : withoutRival(each, sought)));
  return {
    matched: results.flatMap(({ found }) => (typeof found === "string" ? [] : [found])),
    unmatched: results.flatMap(({ planned: each, found }) =>
      typeof found === "string" ? [{ planned: each, why: found }] : [],
    ),
  };
}

interface Sought {
  readonly planned: Planned;
  /** What was found, or why nothing was. */
  readonly found: Matched | string;
}

async function seek(wanted: Planned, { api, organization, managed, provider }: Searching): Promise<Sought> {
  const { type, inputs } = wanted;
  const definition = definitionOf(type);
  const elsewhere = foreignProvider(wanted, provider);
  if (elsewhere !== undefined) return { planned: wanted, found: elsewhere };
  const unclear = fieldsOf(definition.fields).find(([name, { modifiers }]) => {
    return modifiers.required && (containsUnknown(inputs[name]) || inputs[name] === SECRET);
  });
  if (unclear !== undefined) return { planned: wanted, found: `Its ${unclear[0]} is not known in a preview.` };
  const key = keyOf(definition, inputs);
  const [observed, ...others] = await observe(api, type, { key: key.value }, inputs);
  if (observed === undefined) return { planned: wanted, found: `Rhombus does not have ${key.label}.` };
  if (others.length > 0) {
    const ids = [observed, ...others].map(({ id }) => id).join(", ");
    return { planned: wanted, found: `Rhombus has ${key.label} ${others.length + 1} times: ${ids}.` };
  }
  const owner = managed.find((each) => each.type === type && each.id === observed.id && isOf(organization, each));
  if (owner !== undefined) {
    const remedy = "After a rename in the program, use `aliases`.";
    return { planned: wanted, found: `The stack has ${key.label} already, as "${owner.name}". ${remedy}` };
  }
  const replacing = replacingDifference(type, inputs, observed.values);
  if (replacing !== undefined) return { planned: wanted, found: replacing };
  const unread = fieldsOf(definition.fields).filter(([name, field]) => field.unread && inputs[name] !== undefined);
  const keys = Object.fromEntries(unread.map(([name, field]) => [name, field.canonical(observed.values[name])]));
  const live = withoutUndefined(projected(definition, observed, { ...inputs, ...keys }));
  const hiddenKeys = Object.keys(keys).filter((name) => keys[name] === undefined);
  return {
    planned: wanted,
    found: { planned: wanted, existing: { type, observed }, inputs: live, organization, hiddenKeys },
  };
}

/** What is imported must not be replaced by the next deployment. */
function replacingDifference(type: ResourceType, declared: Values, live: Values): string | undefined {
  const different = fieldsOf(definitionOf(type).fields).find(([name, field]) => {
    const value = declared[name];
    if (!field.modifiers.replaces || field.modifiers.local || value === undefined) return false;
    return !field.equal(value, field.canonical(live[name]));
  });
  if (different === undefined) return undefined;
  const [name, field] = different;
  if (containsUnknown(declared[name]) || declared[name] === SECRET) {
    return `Its ${name} is not known in a preview, and another one than it has would replace it.`;
  }
  const actual = JSON.stringify(field.canonical(live[name]) ?? "not set");
  return `Its ${name} is ${actual}, and the program declares another one, which would replace it. Declare what it is.`;
}

function isOf(organization: Organization | undefined, { orgUuid }: StackResource): boolean {
  return organization === undefined || orgUuid === undefined || organization.uuid === orgUuid;
}

function foreignProvider({ provider: used }: Planned, meant: Searching["provider"]): string | undefined {
  if (used === undefined) {
    return meant === undefined ? undefined : "It uses the stack config: run this without --provider.";
  }
  if (meant !== undefined && used.urn === meant.urn) return undefined;
  const remedy = used.urn === undefined ? "Deploy that first, then run this with" : "Run this with";
  return `It uses the provider "${used.name}". ${remedy} --provider ${used.name}.`;
}

/** Two resources of a program cannot manage the same object. */
function withoutRival(own: Sought, all: readonly Sought[]): Sought {
  const rival = all.find((other) => other !== own && idOf(other) === idOf(own));
  if (rival === undefined) return own;
  return { planned: own.planned, found: `"${rival.planned.name}" stands for the same object. Remove one of the two.` };
}

function idOf({ found }: Sought): string | undefined {
  return typeof found === "string" ? undefined : `${found.existing.type} ${found.existing.observed.id}`;
}
