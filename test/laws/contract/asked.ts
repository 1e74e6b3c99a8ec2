import type { Behaviours } from "../../../provider/emulator";

const always = [
  "readLagMs",
  "organizationReads",
  "errorAfterWrites",
  "nulls",
  "emptyLists",
  "deletes",
  "texts",
] as const;
const maps = ["notConfigured", "misconfiguredDoors", "failedDoors", "mapWrites", "doorWrites"] as const;
const rows = [
  "settingsWrites",
  "serverFieldsOmitted",
  "serverSecretReads",
  "vendorKeyReads",
  "deleteUnconfigured",
] as const;
const groups = ["groupNames", "repeatedMembers", "unknownUsers", "deleteMissingGroup", "emptyDescription"] as const;
const onGuard = ["onGuardCreate", "onGuardUnknownToken", "onGuardDoorsOmitted"] as const;
const onGuardReads = ["onGuardKeys", "onGuardSecretReads", "onGuardUrlReads"] as const;

/** The behaviours for which the emulator is asked in a life of each sample: all that can make a difference in it. */
export const asked: Readonly<Record<string, ReadonlySet<string>>> = {
  "an access control group": named(...always, ...groups),
  "an OnGuard deployment": named(...always, ...maps, ...onGuard, ...onGuardReads),
  "the Genea integration": named(...always, ...maps, ...rows),
  "the Kisi integration": named(...always, ...maps, ...rows, "kisiVersions"),
  "the Kisi integration of the first version": named(...always, ...maps, ...rows, "kisiVersions", "kisiV1AfterV2"),
};

/** Settings under which a life ends before others could make a difference: they are tried alone. */
export const hopeless: Readonly<Record<string, Partial<Behaviours>>> = {
  "the Kisi integration of the first version": { kisiVersions: "v1-removed" },
};

function named(...names: (keyof Behaviours)[]): ReadonlySet<string> {
  return new Set(names);
}
