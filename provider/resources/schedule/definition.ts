import {
  type CreateContext,
  defineResource,
  type FindOptions,
  type Latest,
  type Observed,
  type Query,
  type Removal,
  type WriteContext,
} from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { messages } from "../../core/resource/messages";
import { foldedName } from "../../core/schema/foldedName";
import { valueFrom } from "../../core/schema/values";
import type { WeeklyInterval } from "../../core/schema/week";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Schedule } from "../../rhombus/api/schemas/schedules";
import { isRuuid } from "../../rhombus/ids/ruuid";
import { asRead } from "../shared/integrationSettings";
import { isRefusedRequest } from "../shared/refusedRequest";
import { usesOfSchedule } from "../shared/uses";
import { fields, outputs, type ScheduleInputs } from "./fields";
import { intervalsIn, minutesOf, reachWeekEnd, type WeekEndForm } from "./intervals";

const WEEKLY = "WEEKLY_REPEATING_MINUTES";

/** The definition of weekly schedules (Rhombus page: createSchedule; docs/rhombus-api.md#schedules). */
export const schedule = defineResource<RhombusApi, typeof fields, Schedule>({
  shape: "collection",
  type: "Schedule",
  fields,
  outputs,
  display: { noun: "schedule", name: "name" },
  idSource: "The id is the schedule's uuid: getSchedule finds it by name, and findSchedules lists it.",
  rightsToWrite: ["DOOR_ACCESS_ADMINISTRATION", "POLICY_ADMINISTRATION"],
  isId: isRuuid,
  createsReplacementFirst: true,
  key: ({ name = "" }) => ({ value: foldedName(name), label: labelOf(name) }),
  listing: (api) => api.listing("findSchedules"),
  find,
  create,
  write,
  usesOf: usesOfSchedule,
  async remove(api, { id }) {
    await api.call("deleteSchedule", { scheduleUuid: id });
  },
  lockName: (id) => (id === undefined ? undefined : `schedule ${id}`),
});

function labelOf(name: string): string {
  return `the schedule "${name}"`;
}

async function find(api: RhombusApi, query: Query, { fresh, prior }: FindOptions): Promise<Observed<Schedule>[]> {
  const { items, silentError } = await api.listing("findSchedules").read(fresh);
  if (query === "all") {
    if (silentError !== undefined) throw silentError;
    return items.filter((each) => obstacleTo(each) === undefined).map(observed);
  }
  const matches = items.filter(({ uuid, name }) =>
    "id" in query ? uuid === query.id : foldedName(name ?? "") === query.key,
  );
  // A schedule in the state counts whatever Rhombus shows of it.
  const isInState = "id" in query && prior.name !== undefined;
  const found = isInState ? matches : matches.filter((each) => obstacleTo(each) === undefined);
  const [other] = matches;
  if (found.length === 0 && other !== undefined) throw notManageable(other, "key" in query);
  if (found.length === 0 && silentError !== undefined) throw silentError;
  return found.map(observed);
}

/** The reason why a schedule cannot be managed, as the rest of a sentence; `undefined` if it can. */
function obstacleTo({ mutable, oneTimeUse, strategy }: Schedule): string | undefined {
  if (mutable === false) return "is Rhombus's own and cannot be changed";
  if (oneTimeUse) return "was made in Rhombus for one object only";
  return strategy && strategy !== WEEKLY ? `is not a weekly one (${strategy})` : undefined;
}

function notManageable(found: Schedule, isByName: boolean): LifecycleError {
  const remedy = isByName ? "Choose another name" : "Declare a new schedule";
  // No look-up finds a schedule that was made for one object.
  const reference = found.oneTimeUse ? "" : ", or refer to the existing one with getSchedule";
  return new LifecycleError(
    `${remedy}${reference}: ${labelOf(found.name ?? "")} ${obstacleTo(found)}. Nothing was written.`,
  );
}

async function create(
  api: RhombusApi,
  { name = "", intervals = [] }: ScheduleInputs,
  { confirmNothingCreated }: CreateContext<Schedule>,
): Promise<Observed<Schedule>> {
  const { items: before } = await api.listing("findSchedules").read(false);
  const { scheduleUuid } = await sendAcceptedForm(
    formsOf(intervals, "wrapped"),
    (intervalList) => api.call("createSchedule", { schedule: { name, strategy: WEEKLY, intervalList } }),
    confirmNothingCreated,
  );
  if (before.some(({ uuid }) => uuid === scheduleUuid))
    throw new LifecycleError(messages.answeredWithExisting(labelOf(name), scheduleUuid));
  return { ...observed({ uuid: scheduleUuid, name }), isUnverified: true };
}

function write(
  api: RhombusApi,
  { observed: before, removal, reportWrite, resend }: WriteContext<Schedule, ScheduleInputs>,
): Promise<Observed<Schedule> | undefined> {
  if (obstacleTo(before.raw) !== undefined) throw notManageable(before.raw, false);
  return resend(Object.keys(fields), async (latest) => {
    await update(api, latest, removal);
    reportWrite();
  });
}

/** Sends the whole schedule: as it was read, with the desired name and intervals. Unchanged intervals stay as they are divided. */
async function update(
  api: RhombusApi,
  { observed: { raw, values }, desired }: Latest<Schedule, ScheduleInputs>,
  removal: Removal,
): Promise<void> {
  const { name = "", intervals = [] } = desired;
  const isUnchanged = fields.intervals.equal(valueFrom(intervals), values.intervals ?? undefined);
  const present = isUnchanged && raw.intervalList ? [raw.intervalList] : [];
  await sendAcceptedForm(formsOf(intervals, removal === "omit" ? "wrapped" : "split", present), (intervalList) =>
    api.call("updateSchedule", { schedule: asRead({ ...raw, name, intervalList }) }),
  );
}

type IntervalList = NonNullable<Schedule["intervalList"]>;

/** The lists to send, the preferred one first: those that are present, and if the form matters, the intervals in both forms. */
function formsOf(
  intervals: readonly WeeklyInterval[],
  first: WeekEndForm,
  present: readonly IntervalList[] = [],
): readonly IntervalList[] {
  const forms = [first, first === "wrapped" ? "split" : "wrapped"] as const;
  const lists = [...present, ...forms.map((form) => minutesOf(intervals, form))];
  return reachWeekEnd(intervals) ? lists : lists.slice(0, 1);
}

/** Makes a call with each list of intervals until Rhombus accepts one. `beforeNext` is awaited after a refusal. */
async function sendAcceptedForm<Answer>(
  lists: readonly IntervalList[],
  send: (list: IntervalList) => Promise<Answer>,
  beforeNext: (refusal: unknown) => Promise<void> = async () => {},
): Promise<Answer> {
  let refusal: unknown;
  for (const [index, list] of lists.entries()) {
    if (index > 0) await beforeNext(refusal);
    try {
      return await send(list);
    } catch (error) {
      if (!isRefusedRequest(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

function observed(raw: Schedule): Observed<Schedule> {
  const { uuid, orgUuid, name } = raw;
  return {
    id: uuid ?? "",
    ...(orgUuid ? { orgUuid } : {}),
    values: { name: valueFrom(name), intervals: valueFrom(intervalsIn(raw)) },
    outputs: {},
    raw,
  };
}
