import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { pathText } from "../../../provider/core/schema/values";
import type { Behaviours } from "../../../provider/emulator";
import { exemptions, holds, refusals } from "../contract/exemptions";
import { echoOf } from "./deployment";
import type { RemoteObject } from "./remote";
import { keyOf } from "./slots";
import { differences, isFilledIn, type Merged, merged } from "./tree";
import { byId, type Explanation, type Witnessed, withoutLocal } from "./witness";

/** The places that a partial failure names. */
const NOT_SHOWN = /does not show it at (.*?)\.(?: At | Users| Correct)/;

/**
 * Without trouble, only a few things keep a resource from being deployed, and the message says which of them it was.
 * @param witnessed What happened.
 * @param explanation What did not come about.
 */
export function assertReason(witnessed: Witnessed, explanation: Explanation): void {
  const { outcome } = explanation;
  const reasons = reasonsOf(witnessed, explanation);
  const found = reasons.some((reason) => reason.test(outcome.said)) || isBeyond(witnessed, explanation);
  assert.ok(found, `${outcome.logical} failed (${outcome.step}), and should not have: ${outcome.said}`);
}

/**
 * What the vendor would have to do differently, so that what a message says cannot be had can be had.
 * @param said The message.
 * @param behaviours How the vendor behaves.
 */
export function cureOf(said: string, behaviours: Behaviours): Partial<Behaviours> | undefined {
  const refusal = refusals.find(({ when, error }) => holds(when, behaviours) && error.test(said));
  if (refusal?.until !== undefined) return refusal.until;
  const places = placesIn(said);
  const cures = exemptions.filter(({ when, at }) => holds(when, behaviours) && places.some((place) => at.test(place)));
  return cures.length === 0 ? undefined : Object.assign({}, ...cures.map(({ until }) => until));
}

function placesIn(said: string): string[] {
  return NOT_SHOWN.exec(said)?.[1]?.split(", ") ?? [];
}

/** What the program removes and the API cannot: the message names exactly that, and the rest is done. */
function isBeyond({ after, behaviours }: Witnessed, explanation: Explanation): boolean {
  const { outcome, old } = explanation;
  const places = placesIn(outcome.said);
  if (outcome.result !== "partial" || places.length === 0) return false;
  const known = exemptions.filter(({ when, asked }) => asked === "removed" && holds(when, behaviours));
  if (!places.every((place) => known.some(({ at }) => at.test(place)))) return false;
  const wished = wishOf(explanation)?.tree;
  const paths = differences(old && byId(after, old.id)?.tree, wished).map((path) => path.split("/"));
  const left = paths.filter((path) => !isFilledIn(wished, path)).map(pathText);
  return isDeepStrictEqual(left.sort(), places.sort());
}

/** What an update has to make of an object. */
function wishOf({ outcome: { step, before, declared = {} }, old }: Explanation): Merged | undefined {
  if (step !== "update" || old === undefined || before === undefined) return undefined;
  return merged({ base: withoutLocal(echoOf(before)), declared: withoutLocal(declared), live: old.tree });
}

function reasonsOf(witnessed: Witnessed, explanation: Explanation): RegExp[] {
  const { after, behaviours } = witnessed;
  const { outcome, old } = explanation;
  const { declared = {}, step, type } = outcome;
  const reasons: RegExp[] = [...reasonsOfOthers(witnessed, explanation)];
  if (type === "GeneaIntegration" && declared.apiToken === undefined) reasons.push(/cannot be (?:created|written)/);
  if (step === "update" && old === undefined) reasons.push(/no longer exists/);
  // Another resource of the program may stand for the same object, and have deleted it in this run.
  const isGone = old === undefined || (step === "delete" && byId(after, old.id) === undefined);
  if (isGone && behaviours.organizationReads === "refused") reasons.push(/has no permission to read its organization/);
  if (behaviours.deletes === "ignored") reasons.push(/was not deleted: .* still shows it/);
  if (behaviours.emptyLists !== "array") reasons.push(/the answer may be incomplete/);
  if (type === "KisiIntegration" && declared.apiVersion === "V1" && behaviours.kisiV1AfterV2 === "refused") {
    reasons.push(/migrated to the second version/);
  }
  if ((wishOf(explanation)?.conflicts ?? []).length > 0)
    reasons.push(/to different values by the program and outside Pulumi/);
  return reasons;
}

/** Other objects that are in the way. */
function reasonsOfOthers({ before, after, behaviours }: Witnessed, { outcome, old }: Explanation): RegExp[] {
  const { declared = {}, step, type } = outcome;
  const key = keyOf(type, declared);
  const isOther = (each: RemoteObject) => each !== old && each.id !== old?.id && keyOf(each.type, each.tree) === key;
  const others = [...before, ...after].filter(isOther);
  const reasons: RegExp[] = [];
  const isMade = step === "create" || step === "replace";
  const deployments = [...before, ...after].some((each) => each.type === "OnGuardIntegration");
  if (others.length > 0) reasons.push(/already exists|exists \d+ times|manage the same object/);
  if (isMade && behaviours.onGuardCreate === "existing" && type === "OnGuardIntegration" && deployments) {
    reasons.push(/probably supports only one deployment/);
  }
  if (isMade && declared.adopt === true && type === "AccessControlGroup") {
    const elsewhere = others.some(({ tree }) => tree.locationUuid !== declared.locationUuid);
    if (elsewhere && declared.locationUuid !== undefined) reasons.push(/cannot be adopted: its locationUuid/);
  }
  return reasons;
}
