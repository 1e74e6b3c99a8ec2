import { type DoorsByPlace, kisiDoorsIn, listedIn, type VendorItem } from "../../resources/shared/vendorList";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { LiveIntegration, Unread } from "./inventory";

/** The doors and places that the vendors list for the stored keys. A list that could not be read is absent. */
export interface VendorLists {
  /** The doors at Genea. */
  readonly geneaDoors?: readonly VendorItem[] | undefined;
  /** The places at Kisi. */
  readonly kisiPlaces?: readonly VendorItem[] | undefined;
  /** The doors at Kisi. */
  readonly kisiDoors?: DoorsByPlace | undefined;
}

/** The result of trying the vendor keys that Rhombus stores. */
export interface KeysTried {
  /** The vendor's message by the id of each integration whose key it refuses. */
  readonly refused: ReadonlyMap<string, string>;
  /** The keys that could not be tried. */
  readonly unread: readonly Unread[];
  /** The doors and places that the vendors list. */
  readonly lists: VendorLists;
}

/**
 * Tries the keys of Genea and Kisi by listing doors and places with them. It only reads.
 * @param api The Rhombus API.
 * @param integrations The integrations of the organization.
 */
export async function tryVendorKeys(api: RhombusApi, integrations: readonly LiveIntegration[]): Promise<KeysTried> {
  const reads = new Map<string, () => Promise<VendorLists>>([
    ["genea", async () => ({ geneaDoors: listedIn(await api.list("getGeneaDoors", {})) })],
    ["kisi", () => kisiLists(api)],
  ]);
  let lists: VendorLists = {};
  const refused = new Map<string, string>();
  const unread: Unread[] = [];
  for (const { id, label } of integrations) {
    try {
      lists = { ...lists, ...(await reads.get(id)?.()) };
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      if (error.kind === "vendorKey") refused.set(id, error.vendorMessage ?? "the vendor gives no reason");
      else unread.push({ what: `the key of ${label}`, why: error.message });
    }
  }
  return { refused, unread, lists };
}

async function kisiLists(api: RhombusApi): Promise<VendorLists> {
  return {
    kisiPlaces: listedIn(await api.list("getKisiPlaces", {})),
    kisiDoors: kisiDoorsIn(await api.list("getKisiDoors", {})),
  };
}
