import type { LookupCall } from "./define/defineLookup";
import { defineMany } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import type { Search } from "./define/search";
import { type DoorLabel, doorLabelsOf } from "./lists/doorLabels";

export type { DoorLabel };

/** The arguments of {@link getDoorLabels}. */
export interface GetDoorLabelsArgs extends LookupMissing {
  /** The labels to find. Case is ignored, unless several labels differ only in case. Default: all labels of doors. */
  labels?: readonly string[];
}

/** The arguments of {@link getDoorLabelsOutput}: those of {@link getDoorLabels}, as values or outputs. */
export type GetDoorLabelsOutputArgs = LookupOutputArgs<GetDoorLabelsArgs>;

/** The result of {@link getDoorLabels}. */
export interface GetDoorLabelsResult {
  /** The labels in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly labels: DoorLabel[];
  /** The labels alone in the same order, as `doorLabelIds` of an access grant takes them. */
  readonly ids: string[];
}

const doorLabels = defineMany({
  name: "getDoorLabels",
  by: ["label"],
  search: labelSearch,
  result: (labels): GetDoorLabelsResult => ({ labels, ids: labels.map(({ label }) => label) }),
});

/**
 * Looks up labels of doors of Rhombus Access Control: all, or some by their text. A label exists if a door has it.
 * @param args The arguments. Default: `{}`, for all labels of doors.
 * @param options The provider to use.
 * @throws LookupError if no door has a requested label, unless `missing` is `"omit"`, or if several labels differ from it only in case.
 * @function
 */
export const getDoorLabels = doorLabels.promise;

/**
 * Like {@link getDoorLabels}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all labels of doors.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getDoorLabelsOutput = doorLabels.output;

async function labelSearch({ directory }: LookupCall<GetDoorLabelsArgs>): Promise<Search<DoorLabel>> {
  return {
    nouns: ["door label", "door labels"],
    items: await doorLabelsOf(directory),
    by: "text",
    textOf: ({ label }) => label,
    describe: ({ label, doorUuids }) =>
      `${JSON.stringify(label)} of ${doorUuids.length} ${doorUuids.length === 1 ? "door" : "doors"}`,
    remedy: "Write one of them exactly.",
  };
}
