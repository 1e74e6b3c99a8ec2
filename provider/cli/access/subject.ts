import { type Search, selectOne } from "../../lookups/define/search";
import { SearchError } from "../../lookups/define/searchError";
import { isRuuid } from "../../rhombus/ids/ruuid";
import type { AccessNames } from "./names";
import type { Condition, Subject } from "./openings";
import type { ReadRules } from "./readRules";

/** A user, a group or a door, as it was named on the command line. */
export interface WantedSubject {
  /** The kind. */
  readonly kind: Subject["kind"];
  /** A name, an RUUID or, for a user, an e-mail address. */
  readonly name: string;
}

type FoundRules = Pick<ReadRules, "names" | "unread" | "grants">;

/** An object that can be named. */
interface Named {
  readonly uuid: string;
  readonly text: string;
  readonly description: string;
}

const nouns = {
  user: ["user", "users"],
  group: ["group", "groups"],
  door: ["door of Rhombus Access Control", "doors of Rhombus Access Control"],
} as const;

/**
 * Finds a user, a group or a door.
 * @param rules The objects of the organization.
 * @param wanted The one that is sought.
 * @throws SearchError if there is none or several of the name, or if their list could not be read.
 */
export async function findSubject(rules: FoundRules, { kind, name }: WantedSubject): Promise<Subject> {
  const { names, unread, grants } = rules;
  // An elevator landing may be in no list of doors.
  const isGranted = ({ doors, landings }: Condition) => doors.includes(name) || landings.includes(name);
  if (kind === "door" && grants.some(isGranted)) return { kind, uuid: name };
  const by = kind === "user" && name.includes("@") ? "e-mail" : "name";
  const items = namedIn(names, kind, by);
  if (items?.some(({ uuid }) => uuid === name) ?? isRuuid(name)) return { kind, uuid: name };
  if (items === undefined) {
    const [singular, plural] = nouns[kind];
    const why = unread.find(({ what }) => what === plural)?.why ?? "";
    throw new SearchError("mistake", `Give the id of the ${singular}, because names could not be read: ${why}`);
  }
  const search: Search<Named> = {
    nouns: nouns[kind],
    items,
    by,
    textOf: ({ text }) => text,
    describe: ({ description, uuid }) => `${description} (${uuid})`,
    remedy: "Give the id of one of them instead.",
  };
  const { uuid } = await selectOne(search, name);
  return { kind, uuid };
}

function namedIn(names: AccessNames, kind: Subject["kind"], by: "e-mail" | "name"): Named[] | undefined {
  if (kind === "user") {
    return names.users?.map(({ uuid, email, name }) => {
      return { uuid, text: by === "name" ? name : email, description: names.user(uuid) };
    });
  }
  const objects = kind === "group" ? names.groups : names.doors;
  return objects?.flatMap(({ uuid, name }) => {
    if (!uuid) return [];
    const at = kind === "door" ? names.locationOfDoor(uuid) : undefined;
    const place = at === undefined ? "" : ` at ${at}`;
    return [{ uuid, text: name ?? "", description: `${JSON.stringify(name ?? "")}${place}` }];
  });
}
