import type { LookupCall } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";

/** A place of a Kisi account. */
export interface KisiAccountPlace {
  /** Kisi's number as a string, the key in `placeToSettingsMap`. */
  readonly id: string;
  /** The place's name at Kisi. */
  readonly name: string;
}

/** The arguments of look-ups at Kisi. */
interface KisiKey extends LookupMissing {
  /** Kisi's API key. Default: the key stored in Rhombus. */
  apiSecretKey?: string;
}

/**
 * The search for places at Kisi by name.
 * @param call The call.
 */
export async function kisiPlaceSearch(call: LookupCall<KisiKey>): Promise<Search<KisiAccountPlace>> {
  const places = await call.directory.kisiPlaces(call.args.apiSecretKey, call.fresh);
  return {
    nouns: ["Kisi place", "Kisi places"],
    items: places.flatMap(({ id, name }) => (typeof id === "number" ? [{ id: String(id), name: name ?? "" }] : [])),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ id, name }) => `${JSON.stringify(name)} (${id})`,
    remedy: "Use Kisi's number itself.",
  };
}
