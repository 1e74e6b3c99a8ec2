import { keyOf, type Observed, type Organization } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import { containsUnknown, type Value, withoutUndefined } from "../../core/schema/values";
import { projected } from "../../core/state/projection";
import { definitionOf } from "../../resources/registry";
import type { StackResource } from "../pulumi/stackResources";
import { SECRET } from "../pulumi/state";
import { observe } from "./existing";
import type { StateSource } from "./importFile";
import type { ImportSession } from "./importSession";
import type { DeclaredResource } from "./preview";
import { shellWord } from "./shellWord";

/** A resource of the program, and the object that it matches. */
export interface Match extends StateSource {
  /** The resource. */
  readonly resource: DeclaredResource;
  /** The names of vendor keys that no read returns. */
  readonly hiddenKeys: readonly string[];
}

/** A resource of the program without a match. */
export interface Unmatched {
  /** The resource. */
  readonly resource: DeclaredResource;
  /** The reason, as a sentence. */
  readonly why: string;
}

/** The context of the search. */
type MatchContext = Pick<ImportSession, "api" | "organization" | "managed" | "provider">;

/**
 * Finds the object for each resource of a program, by its natural key. Several objects with one key are no match.
 * @param resources The resources that the program would create.
 * @param context The context of the search.
 */
export async function matchesOf(
  resources: readonly DeclaredResource[],
  context: MatchContext,
): Promise<{ matched: Match[]; unmatched: Unmatched[] }> {
  const found = await Promise.all(resources.map((each) => findMatch(each, context)));
  const results = found.map((each) => withoutDuplicate(each, found));
  return {
    matched: results.flatMap((each) => ("why" in each ? [] : [each])),
    unmatched: results.flatMap((each) => ("why" in each ? [each] : [])),
  };
}

async function findMatch(resource: DeclaredResource, context: MatchContext): Promise<Match | Unmatched> {
  const { type, inputs } = resource;
  const definition = definitionOf(type);
  const unmatched = (why: string) => ({ resource, why });
  const unknown = fieldsOf(definition.fields).find(
    ([name, { modifiers }]) => modifiers.required && isHidden(inputs[name]),
  );
  const obstacle = providerProblem(resource, context) ?? (unknown && `Its ${unknown[0]} is not known in a preview.`);
  if (obstacle !== undefined) return unmatched(obstacle);
  const { label, value } = keyOf(definition, inputs);
  const [observed, ...others] = await observe(context.api, type, { key: value }, inputs);
  if (observed === undefined) return unmatched(`Rhombus does not have ${label}.`);
  if (others.length > 0) {
    const ids = [observed, ...others].map(({ id }) => id).join(", ");
    return unmatched(`Rhombus has ${label} ${others.length + 1} times: ${ids}.`);
  }
  const owner = context.managed.find((each) => {
    return each.type === type && each.id === observed.id && isOf(context.organization, each);
  });
  if (owner !== undefined) {
    return unmatched(
      `The stack has ${label} already, as "${owner.name}". After a rename in the program, use \`aliases\`.`,
    );
  }
  const difference = replacingDifference(resource, observed);
  return difference === undefined ? matchOf(resource, observed, context.organization) : unmatched(difference);
}

/** A value that a preview does not show. */
function isHidden(input: Value | undefined): boolean {
  return containsUnknown(input) || input === SECRET;
}

function matchOf(resource: DeclaredResource, observed: Observed, organization: Organization | undefined): Match {
  const { type, inputs } = resource;
  const definition = definitionOf(type);
  const declaredKeys = fieldsOf(definition.fields).filter(
    ([name, { writeOnly }]) => writeOnly && inputs[name] !== undefined,
  );
  const keys = Object.fromEntries(declaredKeys.map(([name, field]) => [name, field.canonical(observed.values[name])]));
  return {
    resource,
    existing: { type, observed },
    inputs: withoutUndefined(projected(definition, observed, { ...inputs, ...keys })),
    organization,
    hiddenKeys: Object.keys(keys).filter((name) => keys[name] === undefined),
  };
}

/** The next deployment must not replace what was imported. */
function replacingDifference({ type, inputs }: DeclaredResource, { values }: Observed): string | undefined {
  const different = fieldsOf(definitionOf(type).fields).find(([name, field]) => {
    const declared = inputs[name];
    if (!field.modifiers.replaces || field.modifiers.local || declared === undefined) return false;
    return !field.equal(declared, field.canonical(values[name]));
  });
  if (different === undefined) return undefined;
  const [name, field] = different;
  if (isHidden(inputs[name])) {
    return `Its ${name} is not known in a preview, and a value other than the current one would replace the object.`;
  }
  const actual = JSON.stringify(field.canonical(values[name]) ?? "not set");
  return `Its ${name} is ${actual}, and the program declares another value, which would replace the object. Declare the current value.`;
}

function isOf(organization: Organization | undefined, { orgUuid }: StackResource): boolean {
  return organization === undefined || orgUuid === undefined || organization.uuid === orgUuid;
}

function providerProblem({ provider: used }: DeclaredResource, { provider: chosen }: MatchContext): string | undefined {
  if (used === undefined) return chosen && "It uses the stack config. Run this without --provider.";
  if (chosen !== undefined && used.urn === chosen.urn) return undefined;
  const remedy = used.isDeployed ? "Run this with" : "Deploy that provider first, then run this with";
  return `It uses the provider "${used.name}". ${remedy} --provider ${shellWord(used.name)}.`;
}

function withoutDuplicate(match: Match | Unmatched, all: readonly (Match | Unmatched)[]): Match | Unmatched {
  const other = all.find((each) => each !== match && idOf(each) !== undefined && idOf(each) === idOf(match));
  if (other === undefined) return match;
  return { resource: match.resource, why: `"${other.resource.name}" manages the same object. Remove one of the two.` };
}

function idOf(match: Match | Unmatched): string | undefined {
  return "why" in match ? undefined : `${match.resource.type} ${match.existing.observed.id}`;
}
