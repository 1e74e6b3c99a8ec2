import type { ResourceType } from "../../resources/registry";
import { kisiDoorsIn, listedIn, type MissingItem, missingDoors, missingItems } from "../../resources/shared/vendorList";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { Unread } from "../unread";
import type { AuditedObject } from "./inventory";

/** The doors and places of an integration, compared with those that its badge vendor lists for the stored key. */
export interface VendorComparison {
  /** The integration. */
  readonly object: AuditedObject;
  /** The doors and places that the badge vendor does not list. */
  readonly missing: readonly MissingItem[];
  /** The badge vendor's message if it refuses the key; `undefined` if it accepts the key, or could not be asked. */
  readonly refusal?: string;
  /** The checks that could not be made. */
  readonly unread: readonly Unread[];
}

type Missing = Pick<VendorComparison, "missing" | "unread">;

/** The doors and places that the badge vendor does not list, by type. Types without a vendor key are absent. */
const missingAtVendor: {
  readonly [Type in ResourceType]?: (api: RhombusApi, object: AuditedObject) => Promise<Missing>;
} = {
  GeneaIntegration: async (api, { label, doors }) => {
    const keys = doors.map(({ key }) => key);
    const listed = listedIn(await api.list("getGeneaDoors", {}));
    return { missing: missingItems("door", keys, listed), unread: unlisted(`the doors of ${label}`, keys, listed) };
  },
  KisiIntegration: async (api, { label, places, doors }) => {
    const listed = listedIn(await api.list("getKisiPlaces", {}));
    const listedDoors = kisiDoorsIn(await api.list("getKisiDoors", {}));
    const missing = doors.flatMap(({ key, place }) => missingDoors([key], place, listedDoors));
    return {
      missing: [...missingItems("place", places, listed), ...missing],
      unread: [
        ...unlisted(`the places of ${label}`, places, listed),
        ...unlisted(`the doors of ${label}`, doors, listedDoors),
      ],
    };
  },
};

function unlisted(what: string, own: readonly unknown[], listed: unknown): Unread[] {
  if (own.length === 0 || listed !== undefined) return [];
  return [{ what, why: "the badge vendor lists none for the stored key, which does not prove that they do not exist" }];
}

/**
 * Compares integrations with the lists of their badge vendors, which also tries the stored keys. It only reads.
 * @param api The Rhombus API.
 * @param objects The objects of the organization.
 */
export function compareWithVendors(api: RhombusApi, objects: readonly AuditedObject[]): Promise<VendorComparison[]> {
  return Promise.all(objects.map((object) => compared(api, object)));
}

async function compared(api: RhombusApi, object: AuditedObject): Promise<VendorComparison> {
  const none = { object, missing: [], unread: [] };
  try {
    return { ...none, ...(await missingAtVendor[object.type]?.(api, object)) };
  } catch (error) {
    if (!(error instanceof RhombusError)) throw error;
    const { kind, message, vendorMessage = "the badge vendor gives no reason" } = error;
    if (kind === "vendorKey") return { ...none, refusal: vendorMessage };
    return { ...none, unread: [{ what: `the key of ${object.label}`, why: message }] };
  }
}
