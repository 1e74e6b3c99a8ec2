import type { User } from "../../rhombus/api/schemas/directory";
import type { LookupMissing } from "../define/defineLookup";
import type { Search } from "../define/search";
import type { Directory } from "./directory";

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
 * How to search users.
 * @param directory What the organization has.
 * @param by By what.
 * @param kinds Which users count.
 */
export async function userSearch(
  directory: Directory,
  by: "email" | "name",
  { includeDeleted = false, includeDisabled = false }: UserKinds,
): Promise<Search<GetUserResult>> {
  return {
    nouns: ["user", "users"],
    items: (await directory.users()).flatMap(shown),
    by: by === "email" ? "e-mail" : "name",
    of: (user) => user[by],
    told: ({ name, email, uuid }) => `${name} <${email}> (${uuid})`,
    narrower: by === "name" ? "Look the user up by e-mail." : "Look the user up by name.",
    withheld: ({ name, deleted, status }) => {
      if (deleted && !includeDeleted) return `${name} has been deleted, and counts with includeDeleted only`;
      if (status === "INACTIVE" && !includeDisabled) return `${name} is disabled, and counts with includeDisabled only`;
      return undefined;
    },
  };
}

function shown(user: User): GetUserResult[] {
  const { uuid, name, firstName, lastName, email, emailCaseSensitive, status, deleted } = user;
  const parts = [firstName, lastName].filter((part) => part);
  if (!uuid) return [];
  return [
    {
      uuid,
      name: name || parts.join(" "),
      email: emailCaseSensitive || email || "",
      status: status ?? "UNKNOWN",
      deleted: deleted === true,
    },
  ];
}
