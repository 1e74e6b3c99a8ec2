import { findable, type Search } from "../../lookups/define/search";
import { doorSearch } from "../../lookups/lists/accessControlledDoors";
import { cameraSearch } from "../../lookups/lists/cameras";
import { Directory } from "../../lookups/lists/directory";
import { groupSearch } from "../../lookups/lists/groups";
import { locationSearch } from "../../lookups/lists/locations";
import { scheduleSearch } from "../../lookups/lists/schedules";
import { type GetUserResult, userSearch } from "../../lookups/lists/users";
import type { Referent } from "../../resources/fields/ruuid";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { Redactor } from "../../rhombus/redaction/redactor";

/** A kind of object that a program can look up by name. */
export type Kind = Referent;

/** An object that resources refer to by RUUID. */
export interface DirectoryEntry {
  /** The object's name. */
  readonly label: string;
  /** The look-up that finds exactly this object; absent if only its RUUID does. */
  readonly lookup?: { readonly call: string; readonly by: string; readonly text: string };
  /** The reason why no look-up finds it, in a few words. */
  readonly remark?: string;
}

/** The objects of an organization that others refer to. */
export interface NameDirectory {
  /** The entries of each kind, by RUUID. */
  readonly entries: Readonly<Record<Kind, Entries>>;
  /** The kinds that could not be listed, with the error. */
  readonly unlisted: readonly { readonly kind: Kind; readonly error: RhombusError }[];
}

type Entries = ReadonlyMap<string, DirectoryEntry>;

/**
 * Lists objects by name. A kind that cannot be listed does not stop the others.
 * @param api The Rhombus API.
 * @param redactor Removes secrets from texts.
 * @param kinds The kinds to list.
 */
export async function readNameDirectory(
  api: RhombusApi,
  redactor: Redactor,
  kinds: ReadonlySet<Kind>,
): Promise<NameDirectory> {
  const query = { directory: new Directory(api, redactor), args: {}, fresh: false };
  const unlisted: { kind: Kind; error: RhombusError }[] = [];
  const read = async (kind: Kind, list: () => Promise<Entries>): Promise<Entries> => {
    if (!kinds.has(kind)) return new Map();
    return list().catch((error: unknown) => {
      // A program works without names: it refers to the objects by RUUID.
      if (!(error instanceof RhombusError)) throw error;
      unlisted.push({ kind, error });
      return new Map();
    });
  };
  const readNamed = <Item extends NamedItem>(kind: Kind, lookup: string, search: () => Promise<Search<Item>>) =>
    read(kind, async () => entriesOf(`rhombus.${lookup}Output`, await search(), ({ name }) => name));
  const [user, camera, location, group, schedule, door] = await Promise.all([
    read("user", async () => usersOf(await userSearch(query, "email"), await userSearch(query, "name"))),
    readNamed("camera", "getCamera", () => cameraSearch(query, "name")),
    read("location", async () =>
      entriesOf("rhombus.getLocationOutput", await locationSearch(query), ({ path }) => path),
    ),
    readNamed("group", "getAccessControlGroup", () => groupSearch(query)),
    readNamed("schedule", "getSchedule", () => scheduleSearch(query)),
    readNamed("door", "getAccessControlledDoor", () => doorSearch(query)),
  ]);
  return { entries: { user, camera, location, group, schedule, door }, unlisted };
}

interface NamedItem {
  readonly uuid: string;
  readonly name: string;
}

function usersOf(emails: Search<GetUserResult>, names: Search<GetUserResult>): Entries {
  const [byEmail, byName] = [emails, names].map((search) => {
    return entriesOf("rhombus.getUserOutput", search, ({ name, email }) => name || email, remarkOn);
  });
  return new Map(
    [...(byEmail ?? [])].map(([uuid, entry]) => [uuid, entry.lookup ? entry : (byName?.get(uuid) ?? entry)]),
  );
}

function remarkOn({ deleted, status }: GetUserResult): string | undefined {
  return deleted ? "deleted" : status === "INACTIVE" ? "disabled" : undefined;
}

function entriesOf<Item extends { readonly uuid: string }>(
  call: string,
  search: Search<Item>,
  labelOf: (item: Item) => string,
  remark: (item: Item) => string | undefined = () => undefined,
): Entries {
  const texts = findable(search);
  const by = search.by === "e-mail" ? "email" : "name";
  const entries = search.items.map((item): [string, DirectoryEntry] => {
    const [label, text] = [labelOf(item), texts.get(item)];
    if (text !== undefined) return [item.uuid, { label, lookup: { call, by, text } }];
    return [item.uuid, { label, remark: remark(item) ?? "not the only one of that name" }];
  });
  return new Map(entries);
}
