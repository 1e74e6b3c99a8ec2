import { inputsOf, type Latest, type WriteContext } from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import type { Value } from "../../core/schema/values";
import { firstNames } from "../../rhombus/api/answers";
import type { AccessGrant } from "../../rhombus/api/schemas/accessGrants";
import { type AccessGrantInputs, doorSets, fields, peopleSets, type SetNames } from "./fields";

/**
 * Refuses a write that gives doors or people that are in the grant, and that no plan has shown, more than they have: they stay in
 * the grant, and would get the program's times, people or doors.
 * @param label The grant.
 * @param writing The inputs in the state and those of the program.
 * @param latest The latest reading, and the desired values.
 * @throws LifecycleError that names these doors and people.
 */
export function refuseUnseenAccess(
  label: string,
  writing: Pick<WriteContext<AccessGrant, AccessGrantInputs>, "declared" | "prior" | "isInState">,
  { observed, desired }: Latest<AccessGrant, AccessGrantInputs>,
): void {
  const { declared, isInState } = writing;
  const [present, prior]: readonly AccessGrantInputs[] = [inputsOf(observed.values), inputsOf(writing.prior)];
  const unseen = (sets: SetNames) => namesOf(desired, sets, [declared, prior]);
  const added = (sets: SetNames) => namesOf(desired, sets, [present]).length > 0;
  const [doors, people] = [unseen(doorSets), unseen(peopleSets)];
  // Any schedule is less than all times. A schedule that is not declared is as it was read.
  const scheduleUuid = desired.always ? undefined : desired.scheduleUuid;
  const hasOtherTimes = !present?.always && present?.scheduleUuid !== scheduleUuid;
  const gain =
    (hasOtherTimes && doors.length + people.length > 0) ||
    (people.length > 0 && added(doorSets)) ||
    (doors.length > 0 && added(peopleSets));
  if (!gain) return;
  const [remedy, why] = isInState
    ? ["Run `pulumi refresh`, then `pulumi up`", "which no plan has shown"]
    : ["Declare them, or remove them in the Rhombus console", "which the program does not declare"];
  throw new LifecycleError(
    `${remedy}: ${label} has ${firstNames([...doors, ...people])}, ${why}. The write was not sent, because together with them it ` +
      "would give more access than the program says.",
  );
}

/** The members of sets, each with its noun, that none of the others has. */
function namesOf(
  all: AccessGrantInputs,
  sets: SetNames,
  others: readonly (AccessGrantInputs | undefined)[],
): readonly string[] {
  return sets.flatMap((set) => {
    const known = new Set<Value>(others.flatMap((each) => each?.[set] ?? []));
    const members = (all[set] ?? []).filter((member) => !known.has(member));
    return members.map((member) => `${fields[set].modifiers.entry?.noun ?? set} ${JSON.stringify(member)}`);
  });
}
