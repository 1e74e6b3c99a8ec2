import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { pathText } from "../../../provider/core/schema/values";
import type { Behaviours } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import { pathsNotShown } from "../../drivers/pathsNotShown";
import { resourceFacts } from "../../resources/facts";
import { applies, exemptions, refusals } from "../contract/exemptions";
import { byId, echoIn, type ModelOutcome, mergedUpdate, type RemoteObject, type Transition } from "./remoteObjects";
import { isVendorKey, keyOf } from "./resources";
import { type Branch, isReplacing, unexpectedPaths } from "./tree";

/** Asserts that a step that failed without a fault has one of the known reasons, and that the message names it. */
export function assertFailureAllowed(
  transition: Transition,
  outcome: ModelOutcome,
  old: RemoteObject | undefined,
): void {
  const { name, step, message } = outcome;
  const isAllowed = allowedMessages(transition, outcome, old).some((allowed) => allowed.test(message));
  assert.ok(isAllowed || isImpossible(transition, outcome, old), `${name} must not fail (${step}): ${message}`);
}

/** The behaviours under which Rhombus can do what it could not; `undefined` if the message has another remedy. */
export function remedyFor(message: string, behaviours: Behaviours): Partial<Behaviours> | undefined {
  const refusal = refusals.find(({ when, error }) => applies(when, behaviours) && error.test(message));
  if (refusal?.until !== undefined) return refusal.until;
  const paths = pathsNotShown(message);
  const remedies = exemptions.filter(
    ({ when, at }) => applies(when, behaviours) && paths.some((path) => at.test(path)),
  );
  return remedies.length === 0 ? undefined : Object.assign({}, ...remedies.map(({ until }) => until));
}

/** True if the API cannot remove what the program removes, the message names exactly that, and the rest is done. */
function isImpossible(
  { after, behaviours }: Transition,
  outcome: ModelOutcome,
  old: RemoteObject | undefined,
): boolean {
  const paths = pathsNotShown(outcome.message);
  if (outcome.result !== "partial" || paths.length === 0) return false;
  const known = exemptions.filter(({ when, change }) => change === "removed" && applies(when, behaviours));
  if (!paths.every((path) => known.some(({ at }) => at.test(path)))) return false;
  const expected = outcome.step === "update" && old !== undefined ? mergedUpdate(outcome, old).tree : undefined;
  const different = unexpectedPaths(expected, expected, old && byId(after, old.id)?.tree);
  const left = different.map((path) => pathText(path.split("/")));
  return isDeepStrictEqual(left.sort(), paths.sort());
}

function allowedMessages(transition: Transition, outcome: ModelOutcome, old: RemoteObject | undefined): RegExp[] {
  const { after, behaviours } = transition;
  const { declared = {}, step, type } = outcome;
  // Another resource of the program may have managed the same object, and deleted it in this run.
  const isGone = old === undefined || (step === "delete" && byId(after, old.id) === undefined);
  const [sample] = Object.values(resourceFacts[type].samples);
  const lacksKey = Object.keys(sample?.least ?? {}).some((name) => {
    return isVendorKey(type, name) && declared[name] === undefined;
  });
  const hasConflict = step === "update" && old !== undefined && mergedUpdate(outcome, old).conflicts.length > 0;
  const isAsDeclared = Object.keys(declared).some((name) => isReplacing(name) && old?.tree[name] === declared[name]);
  const echo = outcome.before === undefined ? {} : echoIn(outcome.before);
  const messages: readonly [boolean, RegExp][] = [
    [lacksKey, /cannot be (?:created|written)/],
    [step === "update" && old === undefined, /no longer exists/],
    [isGone && behaviours.organizationReads === "refused", /has no permission to read its organization/],
    [behaviours.deletes === "ignored", /was not deleted\. .* still shows it/],
    [behaviours.emptyLists !== "array", /the answer may be incomplete|getScheduleData does not show/],
    [
      step === "replace" && isAsDeclared,
      /was not replaced(?:, because it was changed outside Pulumi|\. Its replacement is created before it is deleted)/,
    ],
    [hasConflict, /to different values by the program and outside Pulumi/],
    [step === "update" && old?.tree.always === true, /lost its schedule outside Pulumi/],
    [
      step === "update" && hasOthers(type, old, declared, echo),
      /^Run `pulumi refresh`, .*, which no plan has shown\. The write was not sent/,
    ],
    ...messagesAboutOthers(transition, outcome, old),
  ];
  return messages.filter(([isPossible]) => isPossible).map(([, message]) => message);
}

/** The messages about other objects that prevent a step. */
function messagesAboutOthers(
  { before, after }: Transition,
  { declared = {}, step, type }: ModelOutcome,
  old: RemoteObject | undefined,
): [boolean, RegExp][] {
  const key = keyOf(type, declared);
  const ofType = [...before, ...after].filter((each) => each.type === type);
  const others = ofType.filter((each) => each.id !== old?.id && keyOf(type, each.tree) === key);
  const isCreate = step === "create" || step === "replace";
  const differsInReplacing = Object.keys(declared).some((name) => {
    return isReplacing(name) && others.some(({ tree }) => tree[name] !== declared[name]);
  });
  return [
    [others.length > 0, /already exists|exists \d+ times|manage the same object/],
    [
      isCreate && declared.adopt === true && differsInReplacing,
      /Declare the current locationUuid, .*cannot be adopted/,
    ],
    [
      isCreate && declared.adopt === true && others.some((each) => hasOthers(type, each, declared)),
      /^Declare them, or remove them .*, which the program does not declare\. The write was not sent/,
    ],
  ];
}

/** True for a grant with doors or people that are neither in the program nor in the state: they must not get more. */
function hasOthers(type: ResourceType, object: RemoteObject | undefined, ...known: readonly Branch[]): boolean {
  if (type !== "AccessGrant" || object === undefined) return false;
  return Object.entries(object.tree).some(([name, members]) => {
    return Array.isArray(members) && members.some((one) => !known.some((side) => [side[name]].flat().includes(one)));
  });
}
