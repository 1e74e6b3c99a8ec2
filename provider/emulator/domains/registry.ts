/** Every part of the emulated API. A new one is registered here, and nowhere else. */

export { accessControlledDoors } from "./access/accessControlledDoors";
export { accessGrants } from "./access/accessGrants";
export { accessRevocations } from "./access/accessRevocations";
export { schedules } from "./access/schedules";
export { scheduleUses } from "./access/scheduleUses";
export { directory } from "./directory";
export { genea } from "./genea";
export { groupMembers } from "./groupMembers";
export { groups } from "./groups";
export { integrationLists } from "./integrationLists";
export { kisi } from "./kisi/kisi";
export { onGuard } from "./onGuard/onGuard";
export { permissions } from "./permissions";
