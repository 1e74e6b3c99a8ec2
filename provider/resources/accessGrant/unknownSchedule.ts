import { LifecycleError } from "../../core/resource/lifecycleError";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";

/**
 * Refuses a schedule that does not exist: Rhombus may store the grant without a schedule, and then it holds at all times.
 * @param api The API.
 * @param scheduleUuid The schedule to write; `undefined` for none.
 * @param label The grant.
 * @throws LifecycleError if the lists of schedules prove that it does not exist.
 */
export async function refuseUnknownSchedule(
  api: RhombusApi,
  scheduleUuid: string | undefined,
  label: string,
): Promise<void> {
  if (scheduleUuid === undefined || (await mayExist(api, scheduleUuid))) return;
  throw new LifecycleError(
    `Run \`pulumi refresh\`, then \`pulumi up\`, if the schedule was deleted outside Pulumi; otherwise correct scheduleUuid of ${label}: ` +
      `no schedule has the id ${scheduleUuid}. Nothing was written, because without its schedule the grant might hold at all times.`,
  );
}

/** The first list has the weekly schedules, those of this run included; the second one has those of every kind. */
async function mayExist(api: RhombusApi, scheduleUuid: string): Promise<boolean> {
  const isIt = ({ uuid }: { readonly uuid?: string | null | undefined }) => uuid === scheduleUuid;
  try {
    const { items: weekly } = await api.listing("findSchedules").read(false);
    if (weekly.some(isIt)) return true;
    const { items, silentError } = await api.listing("getSchedules").read(true);
    return silentError !== undefined || items.some(isIt);
  } catch (error) {
    if (error instanceof RhombusError && error.kind === "auth") return true;
    throw error;
  }
}
