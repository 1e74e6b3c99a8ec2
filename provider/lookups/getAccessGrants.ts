import type { AccessGrant } from "../rhombus/api/schemas/accessGrants";
import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupOutputArgs, LookupPlace } from "./define/lookupOptions";
import type { Search } from "./define/search";
import { searchAt } from "./lists/searchAt";

/** The arguments of {@link getAccessGrant}. */
export interface GetAccessGrantArgs extends LookupPlace {
  /** The name. Case is ignored, unless several names differ only in case. */
  name: string;
}

/** The arguments of {@link getAccessGrantOutput}: those of {@link getAccessGrant}, as values or outputs. */
export type GetAccessGrantOutputArgs = LookupOutputArgs<GetAccessGrantArgs>;

/** The arguments of {@link getAccessGrants}. */
export interface GetAccessGrantsArgs extends LookupPlace {
  /** The names to find. Default: all access grants. */
  names?: readonly string[];
}

/** The arguments of {@link getAccessGrantsOutput}: those of {@link getAccessGrants}, as values or outputs. */
export type GetAccessGrantsOutputArgs = LookupOutputArgs<GetAccessGrantsArgs>;

/** An access grant. */
export interface GetAccessGrantResult {
  /** The RUUID, the id that `AccessGrant.get` takes. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The RUUID of its location. Absent if Rhombus has none. */
  readonly locationUuid?: string;
  /** The RUUID of its schedule. Absent if it holds at all times. */
  readonly scheduleUuid?: string;
  /** The RUUIDs of the doors that it opens. */
  readonly accessControlledDoorUuids: string[];
  /** The RUUIDs of the elevator landings that it opens. */
  readonly accessControlledElevatorLandingUuids: string[];
  /** The labels of doors that it opens. */
  readonly doorLabelIds: string[];
  /** The RUUIDs of the groups that may open the doors. */
  readonly groupUuids: string[];
  /** The RUUIDs of the users who may open the doors. */
  readonly userUuids: string[];
}

/** The result of {@link getAccessGrants}. */
export interface GetAccessGrantsResult {
  /** The grants in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly grants: GetAccessGrantResult[];
  /** The RUUIDs in the same order. */
  readonly uuids: string[];
}

const grant = defineOne({
  name: "getAccessGrant",
  by: ["name"],
  alsoTakes: ["location", "locationUuid"],
  search: (call: LookupCall<GetAccessGrantArgs>) => grantSearch(call),
});

const grants = defineMany({
  name: "getAccessGrants",
  by: ["name"],
  alsoTakes: ["location", "locationUuid"],
  search: (call: LookupCall<GetAccessGrantsArgs>) => grantSearch(call),
  result: (grants): GetAccessGrantsResult => ({ grants, uuids: grants.map(({ uuid }) => uuid) }),
});

/**
 * Looks up an access grant by name, anywhere or at one location, without managing it. It does not find those of guest passes.
 * @function
 */
export const getAccessGrant = grant.promise;

/**
 * Like {@link getAccessGrant}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getAccessGrantOutput = grant.output;

/**
 * Looks up access grants, without managing them: all, or some by name, everywhere or at one location. It does not find those of guest passes.
 * @param args The arguments. Default: `{}`, for all access grants.
 * @param options The provider to use.
 * @throws LookupError if a requested access grant is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getAccessGrants = grants.promise;

/**
 * Like {@link getAccessGrants}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all access grants.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getAccessGrantsOutput = grants.output;

async function grantSearch({ directory, args, fresh }: LookupCall<LookupPlace>): Promise<Search<GetAccessGrantResult>> {
  return searchAt(directory, args, {
    nouns: ["access grant", "access grants"],
    items: (await directory.accessGrants(fresh)).flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    remedy: "Set location, give them different names, or use the RUUID itself.",
  });
}

/** The listing also contains the grants of guest passes. */
function resultOf(grant: AccessGrant): GetAccessGrantResult[] {
  const { uuid, name, locationUuid, scheduleUuid, mode } = grant;
  if (!uuid || mode === "GUEST_PASS_INDIVIDUAL") return [];
  return [
    {
      uuid,
      name: name ?? "",
      ...(locationUuid ? { locationUuid } : {}),
      ...(scheduleUuid ? { scheduleUuid } : {}),
      accessControlledDoorUuids: presentIn(grant.accessControlledDoorUuids),
      accessControlledElevatorLandingUuids: presentIn(grant.accessControlledElevatorLandingUuids),
      doorLabelIds: presentIn(grant.doorLabelIds),
      groupUuids: presentIn(grant.groupUuids),
      userUuids: presentIn(grant.userUuids),
    },
  ];
}

function presentIn(list: readonly (string | null)[] | null | undefined): string[] {
  return (list ?? []).filter((each) => each !== null);
}
