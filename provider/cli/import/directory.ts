import { findable, type Search } from "../../lookups/define/search";
import { cameraSearch } from "../../lookups/lists/cameras";
import { Directory } from "../../lookups/lists/directory";
import { locationSearch } from "../../lookups/lists/locations";
import { type GetUserResult, userSearch } from "../../lookups/lists/users";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { Redactor } from "../../rhombus/redaction/redactor";

/** What a program can look up. */
export type Kind = "user" | "camera" | "location";

/** Something that the console knows by a name. */
export interface Known {
  /** What people call it. */
  readonly label: string;
  /** The look-up that finds it and nothing else; absent where only its RUUID does. */
  readonly lookup?: { readonly call: string; readonly by: string; readonly text: string };
  /** Why no look-up finds it, in a few words. */
  readonly remark?: string;
}

/** What the organization calls its users, cameras and locations. */
export interface NameDirectory {
  /** What is known of each, by RUUID. */
  readonly known: Readonly<Record<Kind, ReadonlyMap<string, Known>>>;
  /** The kinds that could not be listed, and why. */
  readonly unseen: readonly { readonly kind: Kind; readonly error: RhombusError }[];
}

/**
 * Lists what the organization calls its users, cameras and locations. Where a kind cannot be listed, the others still are.
 * @param api Rhombus.
 * @param redactor What takes secrets out of texts.
 * @param kinds The kinds that are needed; the others are not asked for.
 */
export async function readNames(api: RhombusApi, redactor: Redactor, kinds: ReadonlySet<Kind>): Promise<NameDirectory> {
  const directory = new Directory(api, redactor);
  const unseen: { kind: Kind; error: RhombusError }[] = [];
  const read = async (kind: Kind, list: (directory: Directory) => Promise<Map<string, Known>>) => {
    if (!kinds.has(kind)) return new Map<string, Known>();
    return list(directory).catch((error: unknown) => {
      // A name is a comfort: without it the RUUID does as well.
      if (!(error instanceof RhombusError)) throw error;
      unseen.push({ kind, error });
      return new Map<string, Known>();
    });
  };
  const [user, camera, location] = await Promise.all([
    read("user", users),
    read("camera", cameras),
    read("location", locations),
  ]);
  return { known: { user, camera, location }, unseen };
}

async function users(directory: Directory): Promise<Map<string, Known>> {
  const call = "rhombus.getUserOutput";
  const of = {
    uuid: ({ uuid }: GetUserResult) => uuid,
    label: ({ name, email }: GetUserResult) => name || email,
    remark: ({ deleted, status }: GetUserResult) =>
      deleted ? "deleted" : status === "INACTIVE" ? "disabled" : undefined,
  };
  const byEmail = knownBy(call, await userSearch({ directory, args: {}, fresh: false }, "email"), of);
  const byName = knownBy(call, await userSearch({ directory, args: {}, fresh: false }, "name"), of);
  return new Map([...byEmail].map(([uuid, entry]) => [uuid, entry.lookup ? entry : (byName.get(uuid) ?? entry)]));
}

async function cameras(directory: Directory): Promise<Map<string, Known>> {
  return knownBy("rhombus.getCameraOutput", await cameraSearch({ directory, args: {}, fresh: false }, "name"), {
    uuid: ({ uuid }) => uuid,
    label: ({ name }) => name,
  });
}

async function locations(directory: Directory): Promise<Map<string, Known>> {
  return knownBy("rhombus.getLocationOutput", await locationSearch({ directory, args: {}, fresh: false }), {
    uuid: ({ uuid }) => uuid,
    label: ({ path }) => path,
  });
}

/** What is told of a thing. */
interface Telling<Item> {
  uuid(item: Item): string;
  label(item: Item): string;
  /** Why it does not count. Absent: it counts. */
  remark?(item: Item): string | undefined;
}

function knownBy<Item>(call: string, search: Search<Item>, of: Telling<Item>): Map<string, Known> {
  const texts = findable(search);
  const by = search.by === "e-mail" ? "email" : "name";
  return new Map(
    search.items.map((item): [string, Known] => {
      const [label, text] = [of.label(item), texts.get(item)];
      if (text !== undefined) return [of.uuid(item), { label, lookup: { call, by, text } }];
      return [of.uuid(item), { label, remark: of.remark?.(item) ?? "not the only one of that name" }];
    }),
  );
}
