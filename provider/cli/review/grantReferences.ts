import { nearestName } from "../../core/schema/suggestions";
import { pathOf } from "../../lookups/lists/locations";
import type { ReadRules } from "../access/readRules";
import { code } from "../output/plainText";
import { itemsOf, SECRET, UNKNOWN } from "../pulumi/state";
import type { Finding } from "./changes";
import type { PlanStep } from "./plan";

/**
 * Finds labels that no door has, and doors and elevator landings at another location than the grant that is to open them.
 * @param step The step of a grant.
 * @param rules The access control, as it was read.
 */
export function grantReferences(step: PlanStep, rules: ReadRules): Finding[] {
  return [...unknownLabels(step, rules), ...doorsElsewhere(step, rules)];
}

function unknownLabels({ before, after }: PlanStep, { doorsByLabel }: ReadRules): Finding[] {
  if (doorsByLabel === undefined) return [];
  const old = itemsOf(before?.doorLabelIds);
  const added = textsIn(after?.doorLabelIds).filter((label) => !old.includes(label) && !doorsByLabel.has(label));
  return added.map((label): Finding => {
    const near = nearestName(label, [...doorsByLabel.keys()]);
    const suggestion = near === undefined ? "" : ` (did you mean ${code(near)}?)`;
    return { kind: "notFound", text: `a door with the label ${code(label)}${suggestion}` };
  });
}

function doorsElsewhere({ before, after }: PlanStep, { names }: ReadRules): Finding[] {
  const { locations = [] } = names;
  const place = after?.locationUuid;
  if (typeof place !== "string" || place === UNKNOWN || place === SECRET) return [];
  const isMoved = before?.locationUuid !== place;
  const added = ["accessControlledDoorUuids", "accessControlledElevatorLandingUuids"].flatMap((set) => {
    const old = itemsOf(before?.[set]);
    return textsIn(after?.[set]).filter((door) => isMoved || !old.includes(door));
  });
  const isWithin = (at: string) =>
    at === place || locations.some(({ location, ancestors }) => location.uuid === at && ancestors.includes(place));
  return added.flatMap((door): Finding[] => {
    const at = names.doors?.find(({ uuid }) => uuid === door)?.locationUuid;
    if (!at || isWithin(at)) return [];
    const [its, own] = [at, place].map((uuid) => code(pathOf(locations, uuid) ?? ""));
    return [{ kind: "elsewhere", text: `${code(names.door(door))} is at ${its}, and the grant at ${own}` }];
  });
}

function textsIn(value: unknown): string[] {
  const texts = itemsOf(value).filter((each) => typeof each === "string");
  return texts.filter((each) => each !== UNKNOWN && each !== SECRET);
}
