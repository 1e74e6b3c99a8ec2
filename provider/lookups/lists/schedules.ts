import type { ScheduleInterval } from "../../resources/schedule/fields";
import { intervalsIn } from "../../resources/schedule/intervals";
import type { Schedule } from "../../rhombus/api/schemas/schedules";
import type { LookupCall } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";

/** A schedule. */
export interface GetScheduleResult {
  /** The RUUID, as `scheduleUuid` of an access grant takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The times of the week in which it holds. Rhombus does not document the time zone. Absent if Rhombus does not show them, or if the schedule is not weekly. */
  readonly intervals?: ScheduleInterval[];
  /** False for a schedule of Rhombus's own, which nobody can change. */
  readonly mutable: boolean;
}

/**
 * The search for schedules by name.
 * @param call The call.
 */
export async function scheduleSearch(call: LookupCall<LookupMissing>): Promise<Search<GetScheduleResult>> {
  const { directory, fresh } = call;
  const listed = await directory.schedules(fresh);
  const forOneObject = new Set(listed.flatMap(({ uuid, oneTimeUse }) => (oneTimeUse && uuid ? [uuid] : [])));
  return {
    nouns: ["schedule", "schedules"],
    items: listed.flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ name, uuid, mutable }) => `${JSON.stringify(name)}${mutable ? "" : " of Rhombus"} (${uuid})`,
    remedy: "Give them different names, or use the RUUID itself.",
    exclusion: ({ name, uuid }) =>
      forOneObject.has(uuid) ? `${name} was made in Rhombus for one object only` : undefined,
  };
}

function resultOf(schedule: Schedule): GetScheduleResult[] {
  const { uuid, name, mutable } = schedule;
  const intervals = intervalsIn(schedule);
  if (!uuid) return [];
  return [{ uuid, name: name ?? "", ...(intervals ? { intervals } : {}), mutable: mutable !== false }];
}
