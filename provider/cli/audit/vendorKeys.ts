import type { RhombusApi } from "../../rhombus/api";
import { RhombusError } from "../../rhombus/errors";
import type { LiveIntegration, Unread } from "./inventory";

/** What the vendors say of the keys that Rhombus has. */
export interface KeysTried {
  /** The integrations whose vendor refuses the key, by id, with its words. */
  readonly refused: ReadonlyMap<string, string>;
  /** Those of which it could not be learned. */
  readonly unread: readonly Unread[];
}

/**
 * Has Rhombus use the keys of Genea and Kisi that it has, to list doors and places. It only reads, there and here.
 * @param api Rhombus.
 * @param integrations What the organization has.
 */
export async function tryVendorKeys(api: RhombusApi, integrations: readonly LiveIntegration[]): Promise<KeysTried> {
  const reads: Readonly<Record<string, () => Promise<unknown>>> = {
    genea: () => api.call("getGeneaDoors", {}),
    kisi: () => api.call("getKisiPlaces", {}),
  };
  const refused = new Map<string, string>();
  const unread: Unread[] = [];
  for (const { id, said } of integrations) {
    try {
      await reads[id]?.();
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      if (error.kind === "vendorKey") refused.set(id, error.vendorMessage ?? "the vendor gives no reason");
      else unread.push({ what: `the key of ${said}`, why: error.message });
    }
  }
  return { refused, unread };
}
