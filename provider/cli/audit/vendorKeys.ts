import { type DoorsByPlace, kisiDoorsIn, type Listed, listedIn } from "../../resources/shared/unlisted";
import type { RhombusApi } from "../../rhombus/api/api";
import { missing } from "../../rhombus/api/evidence";
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
    genea: async () => {
      const operation = "getGeneaDoors";
      const answer = await api.call(operation, {});
      const items = api.evidence.all(answer, {
        operation,
        key: "panelList",
        items: answer.panelList,
        idOf: ({ id }) => id,
      });
      return { geneaDoors: listedIn(items) };
    },
    kisi: async () => {
      const operation = "getKisiPlaces";
      const answer = await api.call(operation, {});
      const idOf = ({ id }: { readonly id?: number | null }) => String(id ?? "");
      const places = api.evidence.all(answer, { operation, key: "places", items: answer.places, idOf });
      return { kisiPlaces: listedIn(places), kisiDoors: await doorsAtKisi(api) };
    },
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

async function doorsAtKisi(api: RhombusApi): Promise<DoorsByPlace | undefined> {
  const operation = "getKisiDoors";
  const answer = await api.call(operation, {});
  const reason = api.evidence.wordsIn(answer) ?? missing("placeToDoorMap", answer.placeToDoorMap);
  if (reason !== undefined) throw api.evidence.silence(operation, reason);
  return kisiDoorsIn(answer);
}
