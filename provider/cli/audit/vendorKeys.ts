import { type DoorsByPlace, kisiDoorsIn, type Listed, listedIn } from "../../resources/shared/unlisted";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { LiveIntegration, Unread } from "./inventory";

/** What the vendors list with the keys that Rhombus has. Absent: they say nothing. */
export interface VendorLists {
  /** The doors at Genea. */
  readonly geneaDoors?: readonly Listed[] | undefined;
  /** The places at Kisi. */
  readonly kisiPlaces?: readonly Listed[] | undefined;
  /** The doors at Kisi. */
  readonly kisiDoors?: DoorsByPlace | undefined;
}

/** What the vendors say of the keys that Rhombus has. */
export interface KeysTried {
  /** The integrations whose vendor refuses the key, by id, with its words. */
  readonly refused: ReadonlyMap<string, string>;
  /** Those of which it could not be learned. */
  readonly unread: readonly Unread[];
  /** What they list. */
  readonly lists: VendorLists;
}

/**
 * Has Rhombus use the keys of Genea and Kisi that it has, to list doors and places, which also shows what they do not list. It only reads, there and here.
 * @param api Rhombus.
 * @param integrations What the organization has.
 */
export async function tryVendorKeys(api: RhombusApi, integrations: readonly LiveIntegration[]): Promise<KeysTried> {
  const reads: Readonly<Record<string, () => Promise<VendorLists>>> = {
    genea: async () => ({ geneaDoors: listedIn(await api.list("getGeneaDoors", {})) }),
    kisi: async () => ({
      kisiPlaces: listedIn(await api.list("getKisiPlaces", {})),
      kisiDoors: kisiDoorsIn(await api.list("getKisiDoors", {})),
    }),
  };
  let lists: VendorLists = {};
  const refused = new Map<string, string>();
  const unread: Unread[] = [];
  for (const { id, said } of integrations) {
    try {
      lists = { ...lists, ...(await reads[id]?.()) };
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      if (error.kind === "vendorKey") refused.set(id, error.vendorMessage ?? "the vendor gives no reason");
      else unread.push({ what: `the key of ${said}`, why: error.message });
    }
  }
  return { refused, unread, lists };
}
