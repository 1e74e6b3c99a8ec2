import type { ResourceType } from "../../resources/registry";
import { kisiDoorsIn, listedIn, type MissingItem, missingDoors, missingItems } from "../../resources/shared/vendorList";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { AuditedObject, Unread } from "./inventory";

/** The doors and places of an integration, compared with those that its badge vendor lists for the stored key. */
export interface VendorComparison {
  /** The integration. */
  readonly object: AuditedObject;
  /** The doors and places that the badge vendor does not list. */
  readonly missing: readonly MissingItem[];
  /** The badge vendor's message if it refuses the key; `undefined` if it accepts the key, or could not be asked. */
  readonly refusal?: string;
  /** The reason why the badge vendor could not be asked; `undefined` if it was. */
  readonly unread?: Unread;
}

/** The doors and places that the badge vendor does not list, by type. Types without a vendor key are absent. */
const missingAtVendor: {
  readonly [Type in ResourceType]?: (api: RhombusApi, object: AuditedObject) => Promise<readonly MissingItem[]>;
} = {
  GeneaIntegration: async (api, { doors }) => {
    const keys = doors.map(({ key }) => key);
    return missingItems("door", keys, listedIn(await api.list("getGeneaDoors", {})));
  },
  KisiIntegration: async (api, { places, doors }) => {
    const missingPlaces = missingItems("place", places, listedIn(await api.list("getKisiPlaces", {})));
    const listed = kisiDoorsIn(await api.list("getKisiDoors", {}));
    return [...missingPlaces, ...doors.flatMap(({ key, place }) => missingDoors([key], place, listed))];
  },
};

/**
 * Compares integrations with the lists of their badge vendors, which also tries the stored keys. It only reads.
 * @param api The Rhombus API.
 * @param objects The objects of the organization.
 */
export function compareWithVendors(api: RhombusApi, objects: readonly AuditedObject[]): Promise<VendorComparison[]> {
  return Promise.all(objects.map((object) => compared(api, object)));
}

async function compared(api: RhombusApi, object: AuditedObject): Promise<VendorComparison> {
  try {
    return { object, missing: (await missingAtVendor[object.type]?.(api, object)) ?? [] };
  } catch (error) {
    if (!(error instanceof RhombusError)) throw error;
    const { kind, message, vendorMessage = "the badge vendor gives no reason" } = error;
    if (kind === "vendorKey") return { object, missing: [], refusal: vendorMessage };
    return { object, missing: [], unread: { what: `the key of ${object.label}`, why: message } };
  }
}
