import { inputsOf, type WriteContext } from "../../core/resource/definition";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Group, GroupMember } from "../../rhombus/api/schemas/groups";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { isRefusedRequest } from "../shared/refusedRequest";
import type { fields, GroupInputs } from "./fields";

/**
 * Reads the members of a group.
 * @param api The API.
 * @param groupUuid The group.
 * @returns The RUUIDs of the users.
 * @throws RhombusError if the answer may be incomplete.
 */
export async function membersOf(api: RhombusApi, groupUuid: string): Promise<string[]> {
  const remedy = "If the group has no members for certain, leave userUuids out of the program.";
  return usersIn(await api.list("findAllUsersForAccessControlGroup", { groupUuid }, { remedy }));
}

/**
 * The users of a list of members.
 * @param list The list as it was answered.
 */
export function usersIn(list: readonly (GroupMember | null)[] | null | undefined): string[] {
  return (list ?? []).flatMap((member) => member?.userUuid ?? []);
}

/**
 * Adds and removes members.
 * @param api The API.
 * @param writing The write.
 */
export async function writeMembers(api: RhombusApi, writing: WriteContext<Group, GroupInputs>): Promise<void> {
  const { observed: before, desired } = writing;
  const members = inputsOf<typeof fields>(before.values).userUuids ?? [];
  const wanted = desired.userUuids ?? [];
  const [isMember, isWanted] = [new Set(members), new Set(wanted)];
  const added = wanted.filter((user) => !isMember.has(user));
  const removed = members.filter((user) => !isWanted.has(user));
  if (added.length > 0) await addUsers(api, writing, added);
  if (removed.length > 0) await removeUsers(api, writing, removed);
}

/**
 * A refusal in the first write may mean that an earlier call, whose answer was lost, has already removed the users. The
 * next read decides.
 */
async function removeUsers(
  api: RhombusApi,
  { observed: { id: groupUuid }, removal, reportWrite }: WriteContext<Group, GroupInputs>,
  userUuids: string[],
): Promise<void> {
  try {
    await api.call("removeUsersFromAccessControlGroup", { groupUuid, userUuids });
    reportWrite();
  } catch (error) {
    if (removal === "explicit" || !isRefusedRequest(error)) throw error;
  }
}

/**
 * Rhombus refuses all users if it refuses one. Then they are added one by one, and the read after the write shows the missing ones.
 * The second write shows the reasons of the refusals, because then a user is known to be missing.
 */
async function addUsers(
  api: RhombusApi,
  writing: WriteContext<Group, GroupInputs>,
  userUuids: string[],
): Promise<void> {
  const refusal = await refusalOf(api, writing, userUuids);
  if (refusal === undefined) return;
  for (const user of userUuids) {
    const reason = userUuids.length === 1 ? refusal : await refusalOf(api, writing, [user]);
    if (reason !== undefined && writing.removal === "explicit")
      writing.warn(`the user ${user} was not added to the access control group "${writing.desired.name}": ${reason}`);
  }
}

async function refusalOf(
  api: RhombusApi,
  { observed: { id: groupUuid }, reportWrite }: WriteContext<Group, GroupInputs>,
  userUuids: string[],
): Promise<string | undefined> {
  try {
    await api.call("addUsersToAccessControlGroup", { groupUuid, userUuids });
    reportWrite();
    return undefined;
  } catch (error) {
    if (error instanceof RhombusError && isRefusedRequest(error)) return error.vendorMessage ?? error.message;
    throw error;
  }
}
