import { keyOf, type Observed, type Organization } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import { containsUnknown, type Value, type Values, withoutUndefined } from "../../core/schema/values";
import { projected } from "../../core/state/projection";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import type { StackResource } from "../pulumi/stackResources";
import { SECRET } from "../pulumi/state";
import { observe } from "./existing";
import type { Taking } from "./importFile";
import type { Planned } from "./plan";

/** A resource of the program, and the object that it matches. */
export interface Matched extends Taking {
  /** The resource. */
  readonly planned: Planned;
  /** The names of vendor keys that no read returns. */
  readonly hiddenKeys: readonly string[];
}

/** A resource of the program without a match. */
export interface Unmatched {
  /** The resource. */
  readonly planned: Planned;
  /** The reason, as a sentence. */
  readonly why: string;
}

/** The context of the search. */
export interface Searching {
  /** The Rhombus API. */
  readonly api: RhombusApi;
  /** The organization that the key belongs to; `undefined` if the key may not read it. */
  readonly organization: Organization | undefined;
  /** The resources that the stack manages. */
  readonly managed: readonly StackResource[];
  /** The explicit provider whose resources are matched; `undefined` for the default provider. */
  readonly provider: { readonly name: string; readonly urn: string } | undefined;
}

/**
 * Finds the object for each resource of a program, by its natural key. Several objects with one key are no match.
 * @param plan The resources that the program would create.
 * @param searching The context of the search.
 */
export async function matchesOf(
  plan: readonly Planned[],
  searching: Searching,
): Promise<{ matched: Matched[]; unmatched: Unmatched[] }> {
  const attempts = await Promise.all(
    plan.map(async (each) => ({ planned: each, found: await findMatch(each, searching) })),
  );
  const results = attempts.map((each) => ({ ...each, found: duplicateOf(each, attempts) ?? each.found }));
  return {
    matched: results.flatMap(({ found }) => (typeof found === "string" ? [] : [found])),
    unmatched: results.flatMap(({ planned, found }) => (typeof found === "string" ? [{ planned, why: found }] : [])),
  };
}

interface MatchAttempt {
  readonly planned: Planned;
  /** The match, or the reason why there is none. */
  readonly found: Matched | string;
}

async function findMatch(wanted: Planned, searching: Searching): Promise<Matched | string> {
  const { type, inputs } = wanted;
  const otherProvider = providerProblem(wanted, searching.provider);
  if (otherProvider !== undefined) return otherProvider;
  const definition = definitionOf(type);
  const unclear = fieldsOf(definition.fields).find(([name, { modifiers }]) => {
    return modifiers.required && isUnclear(inputs[name]);
  });
  if (unclear !== undefined) return `Its ${unclear[0]} is not known in a preview.`;
  const key = keyOf(definition, inputs);
  const [observed, ...others] = await observe(searching.api, type, { key: key.value }, inputs);
  if (observed === undefined) return `Rhombus does not have ${key.label}.`;
  if (others.length > 0) {
    const ids = [observed, ...others].map(({ id }) => id).join(", ");
    return `Rhombus has ${key.label} ${others.length + 1} times: ${ids}.`;
  }
  const owner = ownerOf(type, observed, searching);
  if (owner !== undefined) {
    return `The stack has ${key.label} already, as "${owner.name}". After a rename in the program, use \`aliases\`.`;
  }
  return replacingDifference(type, inputs, observed.values) ?? matched(wanted, observed, searching.organization);
}

function isUnclear(input: Value | undefined): boolean {
  return containsUnknown(input) || input === SECRET;
}

function ownerOf(
  type: ResourceType,
  { id }: Observed,
  { managed, organization }: Searching,
): StackResource | undefined {
  return managed.find((each) => each.type === type && each.id === id && isOf(organization, each));
}

function matched(wanted: Planned, observed: Observed, organization: Organization | undefined): Matched {
  const { type, inputs } = wanted;
  const definition = definitionOf(type);
  const keyFields = fieldsOf(definition.fields).filter(
    ([name, field]) => field.writeOnly && inputs[name] !== undefined,
  );
  const keys = Object.fromEntries(keyFields.map(([name, field]) => [name, field.canonical(observed.values[name])]));
  return {
    planned: wanted,
    existing: { type, observed },
    inputs: withoutUndefined(projected(definition, observed, { ...inputs, ...keys })),
    organization,
    hiddenKeys: Object.keys(keys).filter((name) => keys[name] === undefined),
  };
}

/** The next deployment must not replace what was imported. */
function replacingDifference(type: ResourceType, declared: Values, live: Values): string | undefined {
  const different = fieldsOf(definitionOf(type).fields).find(([name, field]) => {
    const value = declared[name];
    if (!field.modifiers.replaces || field.modifiers.local || value === undefined) return false;
    return !field.equal(value, field.canonical(live[name]));
  });
  if (different === undefined) return undefined;
  const [name, field] = different;
  if (isUnclear(declared[name])) {
    return `Its ${name} is not known in a preview, and a value other than the current one would replace it.`;
  }
  const actual = JSON.stringify(field.canonical(live[name]) ?? "not set");
  return `Its ${name} is ${actual}, and the program declares another value, which would replace it. Declare the current value.`;
}

function isOf(organization: Organization | undefined, { orgUuid }: StackResource): boolean {
  return organization === undefined || orgUuid === undefined || organization.uuid === orgUuid;
}

function providerProblem({ provider: used }: Planned, chosen: Searching["provider"]): string | undefined {
  if (used === undefined) {
    return chosen === undefined ? undefined : "It uses the stack config. Run this without --provider.";
  }
  if (chosen !== undefined && used.urn === chosen.urn) return undefined;
  const remedy = used.urn === undefined ? "Deploy that provider first, then run this with" : "Run this with";
  return `It uses the provider "${used.name}". ${remedy} --provider ${used.name}.`;
}

function duplicateOf({ planned, found }: MatchAttempt, all: readonly MatchAttempt[]): string | undefined {
  const other = all.find(
    (each) => each.planned !== planned && typeof found !== "string" && idOf(each.found) === idOf(found),
  );
  return other && `"${other.planned.name}" manages the same object. Remove one of the two.`;
}

function idOf(found: Matched | string): string | undefined {
  return typeof found === "string" ? undefined : `${found.existing.type} ${found.existing.observed.id}`;
}
