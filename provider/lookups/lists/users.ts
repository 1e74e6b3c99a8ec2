import type { User } from "../../rhombus/api/schemas/directory";
import type { Query } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";

/** Which users count besides those who may use Rhombus. */
export interface UserKinds extends LookupMissing {
  /** Whether users who have been deleted count too. Default: false. */
  includeDeleted?: boolean;
  /** Whether users who are disabled (status `INACTIVE`) count too. Default: false. */
  includeDisabled?: boolean;
}

/** A user. */
export interface GetUserResult {
  /** The user's RUUID: what `userUuids` of a group takes. */
  readonly uuid: string;
  /** The full name. */
  readonly name: string;
  /** The e-mail address, as it was written. */
  readonly email: string;
  /** How far the invitation has come: `JOINED`, `PENDING`, `INACTIVE`, or a newer word. */
  readonly status: string;
  /** Whether the user has been deleted. */
  readonly deleted: boolean;
}

/**
 * The search for users.
 * @param query The call.
 * @param by The property that is compared.
 */
export async function userSearch(
  { directory, args: { includeDeleted = false, includeDisabled = false } }: Query<UserKinds>,
  by: "email" | "name",
): Promise<Search<GetUserResult>> {
  return {
    nouns: ["user", "users"],
    items: (await directory.users.items()).flatMap(resultOf),
    by: by === "email" ? "e-mail" : "name",
    textOf: (user) => user[by],
    describe: ({ name, email, uuid }) => `${name} <${email}> (${uuid})`,
    remedy: by === "name" ? "Look the user up by e-mail." : "Look the user up by name.",
    exclusion: ({ name, deleted, status }) => {
      if (deleted && !includeDeleted) return `${name} has been deleted, and counts with includeDeleted only`;
      if (status === "INACTIVE" && !includeDisabled) return `${name} is disabled, and counts with includeDisabled only`;
      return undefined;
    },
  };
}

function resultOf(user: User): GetUserResult[] {
  const { uuid, name, firstName, lastName, email, emailCaseSensitive, status, deleted } = user;
  if (!uuid) return [];
  const fullName = name || [firstName, lastName].filter((part) => part).join(" ");
  const address = emailCaseSensitive || email || "";
  return [{ uuid, name: fullName, email: address, status: status ?? "UNKNOWN", deleted: deleted === true }];
}
