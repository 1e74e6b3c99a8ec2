import type { User } from "../../rhombus/api/schemas/directory";
import type { LookupCall } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";

/** The users that a look-up finds besides active and invited ones. */
export interface UserKinds extends LookupMissing {
  /** True to find deleted users too. Default: false. */
  includeDeleted?: boolean;
  /** True to find disabled users (status `INACTIVE`) too. Default: false. */
  includeDisabled?: boolean;
}

/** A user. */
export interface GetUserResult {
  /** The RUUID, as `userUuids` of a group takes it. */
  readonly uuid: string;
  /** The full name. */
  readonly name: string;
  /** The e-mail address, in its original case. */
  readonly email: string;
  /** The state of the invitation: `JOINED`, `PENDING`, `INACTIVE`, or a value that Rhombus has added since. */
  readonly status: string;
  /** True if the user has been deleted. */
  readonly deleted: boolean;
}

/**
 * The search for users.
 * @param call The call.
 * @param by The property that is compared.
 */
export async function userSearch(
  { directory, args: { includeDeleted = false, includeDisabled = false } }: LookupCall<UserKinds>,
  by: "email" | "name",
): Promise<Search<GetUserResult>> {
  return {
    nouns: ["user", "users"],
    items: (await directory.users()).flatMap(resultOf),
    by: by === "email" ? "e-mail" : "name",
    textOf: (user) => user[by],
    describe: ({ name, email, uuid }) => `${name} <${email}> (${uuid})`,
    remedy: by === "name" ? "Look the user up by e-mail." : "Look the user up by name.",
    exclusion: ({ name, deleted, status }) => {
      if (deleted && !includeDeleted) return `${name} has been deleted and is found with includeDeleted only`;
      if (status === "INACTIVE" && !includeDisabled)
        return `${name} is disabled and is found with includeDisabled only`;
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
