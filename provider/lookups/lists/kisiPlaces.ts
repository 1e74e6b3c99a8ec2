import type { Search } from "../define/search";
import type { Directory } from "./directory";

/** A place of the account at Kisi. */
export interface KisiAccountPlace {
  /** Kisi's number as a text: the key in `placeToSettingsMap`. */
  readonly id: string;
  /** The place's name at Kisi. */
  readonly name: string;
}

/**
 * How to search places at Kisi by name.
 * @param directory What the organization has.
 * @param apiSecretKey Kisi's key; without one, the key that Rhombus has.
 * @param fresh Whether only what is read from now on counts.
 */
export async function placeSearch(
  directory: Directory,
  apiSecretKey: string | undefined,
  fresh: boolean,
): Promise<Search<KisiAccountPlace>> {
  const listed = await directory.kisiPlaces(apiSecretKey, fresh);
  return {
    nouns: ["Kisi place", "Kisi places"],
    items: listed.flatMap(({ id, name }) => (typeof id === "number" ? [{ id: String(id), name: name ?? "" }] : [])),
    by: "name",
    of: ({ name }) => name,
    told: ({ id, name }) => `${JSON.stringify(name)} (${id})`,
    narrower: "Use Kisi's number itself.",
  };
}
