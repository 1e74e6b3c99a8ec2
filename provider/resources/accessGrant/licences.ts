import { firstNames } from "../../rhombus/api/answers";
import type { RhombusApi } from "../../rhombus/api/api";
import type { DoorLicences } from "../../rhombus/api/schemas/accessGrants";

/**
 * Warns of the doors of a grant that let nobody in, because their licence for access control is expired or missing. Rhombus
 * accepts such a grant.
 * @param api The API.
 * @param answer The answer to the write of the grant.
 * @param context The label of the grant, and the function that warns the user.
 */
export async function warnOfLicences(
  api: RhombusApi,
  { expiredACDLicensesDoorUuids: expired, unassignedACDLicensesDoorUuids: unassigned }: DoorLicences,
  { label, warn }: { readonly label: string; readonly warn: (message: string) => void },
): Promise<void> {
  const doors = [
    ...(expired ?? []).map((uuid) => ({ uuid, problem: "expired" })),
    ...(unassigned ?? []).map((uuid) => ({ uuid, problem: "not assigned" })),
  ];
  if (doors.length === 0) return;
  const names = await namesOfDoors(api);
  const shown = doors.map(({ uuid, problem }) => `${names.get(uuid ?? "") ?? uuid} (${problem})`);
  warn(
    `${label}: these doors let nobody in until their access control licence is mended in the Rhombus console: ${firstNames(shown)}.`,
  );
}

/** The names of all doors; none if the API key may not list them. */
async function namesOfDoors(api: RhombusApi): Promise<ReadonlyMap<string, string>> {
  const doors = await api
    .listing("findAccessControlledDoors")
    .shared()
    .catch(() => []);
  return new Map(doors.flatMap(({ uuid, name }) => (uuid && name ? [[uuid, JSON.stringify(name)]] : [])));
}
