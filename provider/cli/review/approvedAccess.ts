import { AccessNames } from "../access/names";
import type { Opened, Person } from "../access/openings";
import { code } from "../output/plainText";
import type { AccessEffects, KnownEffects } from "./accessEffects";
import { accessFindings } from "./accessFindings";
import { titles } from "./changes";

/** Ids, because a name may change between the review and the deployment. */
const WITHOUT_NAMES = new AccessNames(undefined, undefined, undefined, undefined);

/** What a review says about access, for a comparison with another one. */
interface ApprovedAccess {
  /** The sentences, and what they count: the members of groups and the doors of labels. With ids in place of names. */
  readonly lines: readonly string[];
  /** All that is compared; `undefined` if the plan has no effect on access. */
  readonly values: unknown;
}

/**
 * What a review says about access, for a comparison with another one.
 * @param effects The effects of the plan on the access control of one organization.
 */
export function approvedAccess({ id, steps, effects }: AccessEffects): ApprovedAccess {
  const known = "why" in effects ? effects : { ...effects, rules: { ...effects.rules, names: WITHOUT_NAMES } };
  const labelled = accessFindings({ id, steps, effects: known });
  const sentences = labelled.flatMap(({ label, findings }) => {
    return findings.map(({ kind, text }) => [allTitles[kind], label, text].filter(Boolean).join(": "));
  });
  if ("why" in effects) return { lines: sentences, values: "unread" };
  const { differences, uses } = effects;
  const [members, doors] = [membersIn(effects), doorsIn(effects)];
  const values = [
    differences.map(({ people, doors, through, ...others }) => {
      return {
        ...others,
        people: sorted(people),
        doors: sorted(doors),
        through: sorted(through.map(({ uuid }) => uuid)),
      };
    }),
    members,
    doors,
    uses,
  ].map(sorted);
  const isEmpty = values.every(({ length }) => length === 0);
  return { lines: [...sentences, ...members, ...doors].sort(), values: isEmpty ? undefined : values };
}

const allTitles = { ...titles.first, ...titles.unclear };

/** The order of what Rhombus lists has no meaning. */
function sorted(items: readonly unknown[]): string[] {
  return items.map((each) => JSON.stringify(each)).sort();
}

/** The members of the groups that the sentences name, one line each, so that a comparison shows single people. */
function membersIn({ differences, planned: { before, after } }: KnownEffects): string[] {
  const groups = new Set(differences.flatMap(({ people }) => people.filter(isGroup).map(({ uuid }) => uuid)));
  return [...groups].flatMap((group) => {
    const members = new Set([before, after].flatMap(({ members: all }) => [...(all.get(group) ?? [])]));
    return [...members].map((member) => `member of the group ${code(group)}: ${code(member)}`);
  });
}

function isGroup({ kind }: Person): boolean {
  return kind === "group";
}

/** The doors of the labels that the sentences name, one line each. */
function doorsIn({ differences, rules: { doorsByLabel } }: KnownEffects): string[] {
  const labels = new Set(differences.flatMap(({ doors }) => doors.filter(isLabel).map(({ key }) => key)));
  return [...labels].flatMap((label) => {
    return [...(doorsByLabel?.get(label) ?? [])].map((door) => `door with the label ${code(label)}: ${code(door)}`);
  });
}

function isLabel({ kind }: Opened): boolean {
  return kind === "label";
}

/**
 * The effects on access that are not known, so that they cannot be compared with those of another plan.
 * @param effects The effects of the plan.
 */
export function uncomparedAccess(effects: readonly AccessEffects[]): string[] {
  return effects.flatMap(accessFindings).flatMap(({ label, findings }) => {
    const unread = findings.filter(({ kind }) => kind === "access");
    return unread.map(({ text }) => [label, text].filter(Boolean).join(": "));
  });
}
