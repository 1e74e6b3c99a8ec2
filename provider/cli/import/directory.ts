import { findable, type Search } from "../../lookups/define/search";
import { cameraSearch } from "../../lookups/lists/cameras";
import { Directory } from "../../lookups/lists/directory";
import { locationSearch } from "../../lookups/lists/locations";
import { type GetUserResult, userSearch } from "../../lookups/lists/users";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { Redactor } from "../../rhombus/redaction/redactor";

/** A kind of object that a program can look up by name. */
export type Kind = "user" | "camera" | "location";

/** An object that resources refer to by RUUID. */
export interface DirectoryEntry {
  /** The object's name. */
  readonly label: string;
  /** The look-up that finds exactly this object; absent if only its RUUID does. */
  readonly lookup?: { readonly call: string; readonly by: string; readonly text: string };
  /** The reason why no look-up finds it, in a few words. */
  readonly remark?: string;
}

/** The users, cameras and locations of an organization. */
export interface NameDirectory {
  /** The entries of each kind, by RUUID. */
  readonly entries: Readonly<Record<Kind, ReadonlyMap<string, DirectoryEntry>>>;
  /** The kinds that could not be listed, with the error. */
  readonly unlisted: readonly { readonly kind: Kind; readonly error: RhombusError }[];
}

/**
 * Lists users, cameras and locations by name. A kind that cannot be listed does not stop the others.
 * @param api The Rhombus API.
 * @param redactor Removes secrets from texts.
 * @param kinds The kinds to list.
 */
export async function readNames(api: RhombusApi, redactor: Redactor, kinds: ReadonlySet<Kind>): Promise<NameDirectory> {
  const directory = new Directory(api, redactor);
  const unlisted: { kind: Kind; error: RhombusError }[] = [];
  const read = async (kind: Kind, list: (directory: Directory) => Promise<Map<string, DirectoryEntry>>) => {
    if (!kinds.has(kind)) return new Map<string, DirectoryEntry>();
    return list(directory).catch((error: unknown) => {
      // A program works without names: it refers to the objects by RUUID.
      if (!(error instanceof RhombusError)) throw error;
      unlisted.push({ kind, error });
      return new Map<string, DirectoryEntry>();
    });
  };
  const [user, camera, location] = await Promise.all([
    read("user", users),
    read("camera", cameras),
    read("location", locations),
  ]);
  return { entries: { user, camera, location }, unlisted };
}

async function users(directory: Directory): Promise<Map<string, DirectoryEntry>> {
  const call = "rhombus.getUserOutput";
  const of = {
    uuid: ({ uuid }: GetUserResult) => uuid,
    label: ({ name, email }: GetUserResult) => name || email,
    remark: ({ deleted, status }: GetUserResult) =>
      deleted ? "deleted" : status === "INACTIVE" ? "disabled" : undefined,
  };
  const byEmail = entriesOf(call, await userSearch({ directory, args: {}, fresh: false }, "email"), of);
  const byName = entriesOf(call, await userSearch({ directory, args: {}, fresh: false }, "name"), of);
  return new Map([...byEmail].map(([uuid, entry]) => [uuid, entry.lookup ? entry : (byName.get(uuid) ?? entry)]));
}

async function cameras(directory: Directory): Promise<Map<string, DirectoryEntry>> {
  return entriesOf("rhombus.getCameraOutput", await cameraSearch({ directory, args: {}, fresh: false }, "name"), {
    uuid: ({ uuid }) => uuid,
    label: ({ name }) => name,
  });
}

async function locations(directory: Directory): Promise<Map<string, DirectoryEntry>> {
  return entriesOf("rhombus.getLocationOutput", await locationSearch({ directory, args: {}, fresh: false }), {
    uuid: ({ uuid }) => uuid,
    label: ({ path }) => path,
  });
}

/** The parts of an entry, read from an item of a listing. */
interface EntryParts<Item> {
  uuid(item: Item): string;
  label(item: Item): string;
  /** The reason why look-ups ignore the item. Absent: they do not. */
  remark?(item: Item): string | undefined;
}

function entriesOf<Item>(call: string, search: Search<Item>, of: EntryParts<Item>): Map<string, DirectoryEntry> {
  const texts = findable(search);
  const by = search.by === "e-mail" ? "email" : "name";
  return new Map(
    search.items.map((item): [string, DirectoryEntry] => {
      const [label, text] = [of.label(item), texts.get(item)];
      if (text !== undefined) return [of.uuid(item), { label, lookup: { call, by, text } }];
      return [of.uuid(item), { label, remark: of.remark?.(item) ?? "not the only one of that name" }];
    }),
  );
}
