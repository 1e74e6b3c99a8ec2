import {
  type CreateContext,
  defineResource,
  type FindOptions,
  type Observed,
  type Query,
  type Removal,
  type WriteContext,
} from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { messages } from "../../core/resource/messages";
import type { CheckReport } from "../../core/schema/field";
import { foldedName } from "../../core/schema/foldedName";
import { memoize } from "../../core/schema/memoize";
import { UNKNOWN, type Values, valueFrom, withoutUndefined } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Listed } from "../../rhombus/api/listings";
import type { AccessGrant } from "../../rhombus/api/schemas/accessGrants";
import { isRuuid } from "../../rhombus/ids/ruuid";
import { asRead } from "../shared/integrationSettings";
import { type AccessGrantInputs, doorSets, fields, outputs, peopleSets, type SetNames } from "./fields";
import { warnOfLicences } from "./licences";
import { refuseUnknownSchedule } from "./unknownSchedule";
import { refuseUnseenAccess } from "./unseenAccess";

const LISTING = "findLocationAccessGrantsByOrg";

/** The definition of access grants (Rhombus page: createAccessGrant; docs/rhombus-api.md#access-grants). */
export const accessGrant = defineResource<RhombusApi, typeof fields, AccessGrant>({
  shape: "collection",
  type: "AccessGrant",
  fields,
  outputs,
  display: { noun: "access grant", name: "name" },
  idSource: `The id is the grant's uuid: getAccessGrant finds it by name, and ${LISTING} lists it.`,
  rightsToWrite: ["DOOR_ACCESS_ADMINISTRATION"],
  isId: isRuuid,
  createsReplacementFirst: true,
  remedies: {
    scheduleUuid: "Until it shows its schedule, the grant may hold at all times: look at it in the Rhombus console.",
    accessControlledDoorUuids: "Look the doors up with getAccessControlledDoors.",
    groupUuids: "Look the groups up with getAccessControlGroups.",
    userUuids: "Users must belong to this organization and must not be deleted.",
  },
  validate,
  key: keyOf,
  listing: (api) => api.listing(LISTING),
  find,
  create,
  write,
  async remove(api, { id }) {
    await api.call("deleteLocationAccessGrant", { accessGrantUuid: id });
  },
  lockName: (id) => (id === undefined ? undefined : `access grant ${id}`),
});

function keyOf({ name = "", locationUuid }: AccessGrantInputs) {
  const at = locationUuid === undefined ? "" : ` at the location ${locationUuid}`;
  return { value: `${locationUuid ?? ""} ${foldedName(name)}`, label: `the access grant "${name}"${at}` };
}

/** No access may come from a line that is missing: a grant states its times, its doors and its people. */
function validate(inputs: Values, report: CheckReport): void {
  const { scheduleUuid, always } = inputs;
  if (scheduleUuid === undefined && (always === undefined || always === false))
    report.fail(
      ["scheduleUuid"],
      "scheduleUuid is required, or `always: true` for a grant that holds at all times: it is never assumed.",
    );
  if (always === true && scheduleUuid !== undefined && scheduleUuid !== UNKNOWN)
    report.fail(["always"], "always contradicts scheduleUuid: declare one of the two.");
  requireOneOf(doorSets, inputs, report);
  requireOneOf(peopleSets, inputs, report);
}

function requireOneOf([first, ...others]: SetNames, inputs: Values, report: CheckReport): void {
  if ([first, ...others].some((name) => inputs[name] !== undefined)) return;
  report.fail([first], `${first} is required, or ${others.join(" or ")}; an empty set is \`[]\`.`);
}

async function find(api: RhombusApi, query: Query, { fresh, prior }: FindOptions): Promise<Observed<AccessGrant>[]> {
  const { items, silentError } = await listedFor(api, query, fresh);
  const isInState = query !== "all" && "id" in query && prior.name !== undefined;
  const grants = matching(items, query).filter((grant) => isInState || !isGuestPass(grant));
  if (silentError !== undefined && (query === "all" || grants.length === 0)) throw silentError;
  return grants.map(observed);
}

/** The listing; if it has no list, the read of the grant with the id, which may prove its absence. */
async function listedFor(api: RhombusApi, query: Query, fresh: boolean): Promise<Listed<AccessGrant>> {
  const listed = await api.listing(LISTING).read(fresh);
  if (!listed.mayBeEmpty || query === "all" || !("id" in query)) return listed;
  const grant = await api.call("getLocationAccessGrant", { accessGrantUuid: query.id }).then(
    (answer) => answer.accessGrant,
    (error: unknown) => {
      if (!api.isUnknownObject(error)) throw error;
    },
  );
  if (grant === null) return { items: [] };
  return grant?.uuid === query.id ? { items: [grant] } : listed;
}

function matching(grants: readonly AccessGrant[], query: Query): readonly AccessGrant[] {
  if (query === "all") return grants;
  if ("id" in query) return grants.filter(({ uuid }) => uuid === query.id);
  return grants.filter((grant) => keyOfGrant(grant) === query.key);
}

/** Memoized, because each creation compares its key with all grants. */
const keyOfGrant = memoize(({ name, locationUuid }: AccessGrant): string => {
  return keyOf({ name: name ?? "", ...(locationUuid ? { locationUuid } : {}) }).value;
});

/** Guest management creates such grants, changes them and deletes them. */
function isGuestPass({ mode }: AccessGrant): boolean {
  return mode === "GUEST_PASS_INDIVIDUAL";
}

function observed(grant: AccessGrant): Observed<AccessGrant> {
  const { uuid, orgUuid, name, locationUuid, scheduleUuid, createdAtMillis, updatedAtMillis } = grant;
  const sets = [...doorSets, ...peopleSets].map((set) => [set, valueFrom(grant[set] ?? [])] as const);
  return {
    id: uuid ?? "",
    ...(orgUuid ? { orgUuid } : {}),
    values: {
      name: valueFrom(name),
      locationUuid: valueFrom(locationUuid),
      scheduleUuid: valueFrom(scheduleUuid),
      always: !scheduleUuid,
      ...Object.fromEntries(sets),
    },
    outputs: withoutUndefined({
      createdAtMillis: createdAtMillis ?? undefined,
      updatedAtMillis: updatedAtMillis ?? undefined,
    }),
    raw: grant,
  };
}

async function create(
  api: RhombusApi,
  inputs: AccessGrantInputs,
  { warn }: CreateContext<AccessGrant>,
): Promise<Observed<AccessGrant>> {
  const { label } = keyOf(inputs);
  const listing = api.listing(LISTING);
  const { items: before } = await listing.read(false);
  await refuseUnknownSchedule(api, inputs.scheduleUuid, label);
  const answer = await api.call("createAccessGrant", { accessGrant: grantToSend({}, inputs, "omit") });
  const grant = answer.accessGrant;
  if (before.some(({ uuid }) => uuid === grant.uuid))
    throw new LifecycleError(messages.answeredWithExisting(label, grant.uuid));
  listing.applyOwnWrite((grants) => [...grants.filter(({ uuid }) => uuid !== grant.uuid), grant]);
  await warnOfLicences(api, answer, { label, warn });
  return observed(grant);
}

async function write(
  api: RhombusApi,
  { desired: { scheduleUuid, ...others }, changed, removal, reportWrite, resend, warn, ...writing }: GrantWrite,
): Promise<Observed<AccessGrant> | undefined> {
  const { label } = keyOf(others);
  await refuseUnknownSchedule(api, scheduleUuid, label);
  return resend(Object.keys(fields), async (latest) => {
    const { observed: before, desired } = latest;
    // What was changed outside Pulumi stays as it is. But then those whom the program adds could enter at all times.
    const isScheduleLost = desired.always && writing.prior.scheduleUuid !== undefined && !changed.has("scheduleUuid");
    if (isScheduleLost) throw new LifecycleError(lostSchedule(label, removal));
    refuseUnseenAccess(label, writing, latest);
    const answer = await api.call("updateAccessGrant", { accessGrant: grantToSend(before.raw, desired, removal) });
    reportWrite();
    const { accessGrant: grant } = answer;
    if (grant?.uuid === before.id)
      api.listing(LISTING).applyOwnWrite((grants) => grants.map((each) => (each.uuid === before.id ? grant : each)));
    await warnOfLicences(api, answer, { label, warn });
  });
}

/** After the first form was sent, Rhombus has dropped the schedule, or someone has just removed it. */
function lostSchedule(label: string, removal: Removal): string {
  const how = removal === "omit" ? "outside Pulumi" : "when it was written";
  const end = removal === "omit" ? " The write was not sent." : "";
  return `Run \`pulumi refresh\`, then \`pulumi up\`: ${label} lost its schedule ${how}, and may hold at all times.${end}`;
}

type GrantWrite = WriteContext<AccessGrant, AccessGrantInputs>;

/** The whole grant: as it was read, with the desired values. `sortKey` is read-only. */
function grantToSend({ sortKey: _, ...read }: AccessGrant, desired: AccessGrantInputs, removal: Removal): AccessGrant {
  const { name, locationUuid, always } = desired;
  // A schedule that is not declared is as it was read.
  const scheduleUuid = always ? undefined : desired.scheduleUuid;
  const sets = [...doorSets, ...peopleSets].map((set) => {
    const { [set]: members = [] } = desired;
    return [set, members.length === 0 && removal === "explicit" ? null : members] as const;
  });
  return {
    ...asRead(read),
    name,
    locationUuid,
    scheduleUuid: scheduleUuid || (removal === "explicit" ? null : undefined),
    ...Object.fromEntries(sets),
  };
}
