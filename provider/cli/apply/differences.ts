import type { NamesByUuid } from "../namesByUuid";
import { code } from "../output/plainText";
import type { ApprovedChange } from "../review/approval";

/**
 * The differences between the changes that were approved and those that are planned now.
 * @param approved The changes that were approved.
 * @param planned The changes that are planned.
 * @returns The differences as lines of text; none if the changes are the same.
 */
export function differencesBetween(
  approved: readonly ApprovedChange[],
  planned: readonly ApprovedChange[],
): readonly string[] {
  const [before, now] = [byIdentity(approved), byIdentity(planned)];
  const identities = [...new Set([...before.keys(), ...now.keys()])].sort();
  return identities.flatMap((identity) => {
    const [one, other] = [before.get(identity), now.get(identity)];
    if (one === undefined)
      return other === undefined ? [] : [`not in the review: ${other.title}`, ...indented(other.lines)];
    if (other === undefined) return [`no longer planned: ${one.title}`, ...indented(one.lines)];
    return one.digest === other.digest ? [] : [`changed since the review: ${other.title}`, ...changedLines(one, other)];
  });
}

/** A URN may have several steps with one operation: objects that are pending deletion. */
function byIdentity(changes: readonly ApprovedChange[]): ReadonlyMap<string, ApprovedChange> {
  const found = new Map<string, ApprovedChange>();
  for (const change of changes) {
    let number = 0;
    const identity = () => JSON.stringify([change.urn, change.op, number]);
    while (found.has(identity())) number += 1;
    found.set(identity(), change);
  }
  return found;
}

function changedLines(one: ApprovedChange, other: ApprovedChange): string[] {
  const reviewed = one.lines.filter((line) => !other.lines.includes(line));
  const now = other.lines.filter((line) => !one.lines.includes(line));
  if (reviewed.length + now.length === 0) return ["    in a value that is not shown"];
  return [...reviewed.map((line) => `    reviewed: ${line}`), ...now.map((line) => `    now:      ${line}`)];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

/**
 * Replaces ids in a text by names. Approvals have ids, because a name may change between the review and the deployment.
 * @param text The text, in which ids are Markdown code.
 * @param all The names of the objects in each organization.
 */
export function withNames(text: string, all: readonly NamesByUuid[]): string {
  const maps = all.flatMap(({ byKind = {} }) => Object.values(byKind));
  return text.replace(/(?<!`)`([\w-]{22})(?:\.\w+)?`(?!`)/g, (shown, uuid: string) => {
    const name = maps.map((map) => map?.get(uuid)).find((each) => each !== undefined && each !== "");
    return name === undefined ? shown : code(name);
  });
}
