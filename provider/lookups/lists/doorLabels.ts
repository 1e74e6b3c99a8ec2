import type { ItemOf } from "../../rhombus/api/operations";
import type { Directory } from "./directory";

/** A label of doors of Rhombus Access Control. */
export interface DoorLabel {
  /** The label, as `doorLabelIds` of an access grant takes it. */
  readonly label: string;
  /** The RUUIDs of the doors that have it. */
  readonly doorUuids: string[];
}

/**
 * The labels of the doors of Rhombus Access Control.
 * @param directory The listings of the organization.
 */
export async function doorLabelsOf(directory: Directory): Promise<DoorLabel[]> {
  const entries = await directory.api.listing("getAccessControlledDoorLabelsForOrg").shared();
  const doors = new Set((await directory.accessControlledDoors()).map(({ uuid }) => uuid));
  return labelsIn(entries, (key) => doors.has(key));
}

/** Rhombus does not document whether doors or labels are the keys (docs/rhombus-api.md#access-grants). */
function labelsIn(
  entries: readonly ItemOf<"getAccessControlledDoorLabelsForOrg">[],
  isDoor: (text: string) => boolean,
): DoorLabel[] {
  const labels = new Map<string, string[]>();
  for (const [key, values] of entries) {
    for (const value of values) {
      const [door, label] = isDoor(key) ? [key, value] : [value, key];
      labels.set(label, [...(labels.get(label) ?? []), door]);
    }
  }
  return [...labels].map(([label, doorUuids]) => ({ label, doorUuids }));
}
