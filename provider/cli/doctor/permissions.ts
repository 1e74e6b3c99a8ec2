import type { Readable } from "../../core/resource/definition";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import type { AnswerOf } from "../../rhombus/api/operations";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { quoted } from "../output/plainText";
import { type DoctorCheck, failed, partsOf, passed, unknown, warned } from "./check";

/** A read, and its error if it failed. */
export interface Read {
  /** The objects that it shows. */
  readonly what: string;
  /** What fails without it, as a clause; `undefined`: every deployment. */
  readonly consequence: string | undefined;
  /** The error; `undefined` if it succeeded. */
  readonly error: RhombusError | undefined;
}

/**
 * Reads everything that a deployment, with its deletions, and its look-ups may read.
 * @param api The API.
 * @param types The resource types that a deployment must be able to read.
 */
export function readAll(api: RhombusApi, types: readonly ResourceType[]): Promise<Read[]> {
  const ofLookups = (what: string, listing: Readable) =>
    readOne(what, `look-ups of ${what} will fail`, listing.fresh());
  return Promise.all([
    ...types.map((type) => readOne(type, undefined, definitionOf(type).listing(api).fresh())),
    ...types.flatMap((type) => {
      // The uses of no object: whether the lists can be read.
      const uses = definitionOf(type).usesOf?.(api, "");
      return uses === undefined ? [] : [readOne(`what uses ${type}`, `deletions of ${type} will fail`, uses)];
    }),
    ofLookups("cameras", api.listing("getMinimalCameraStateList")),
    ofLookups("locations", api.listing("getLocations")),
    ofLookups("users", api.listing("getUsersInOrg")),
  ]);
}

async function readOne(what: string, consequence: string | undefined, read: Promise<unknown>): Promise<Read> {
  const error = await read.then(() => undefined, asRhombusError);
  return { what, consequence, error };
}

function asRhombusError(error: unknown): RhombusError {
  if (error instanceof RhombusError) return error;
  throw error;
}

/**
 * Checks what the key may read, by the reads that were made.
 * @param reads The reads.
 */
export function readChecks(reads: readonly Read[]): DoctorCheck[] {
  const failures = reads.flatMap(readFailure);
  if (failures.length > 0) return failures;
  return [passed("permissions", `the key may read ${reads.map(({ what }) => what).join(", ")}`)];
}

function readFailure({ what, consequence, error }: Read): DoctorCheck[] {
  if (error === undefined) return [];
  const isForbidden = error.kind === "auth";
  const { text, remedy } = partsOf(error);
  const message = isForbidden ? `the key may not read ${what} (${error.operation})` : text;
  if (consequence !== undefined) return [warned("permissions", `${message}: ${consequence}`)];
  const permission = `Give the key's role that right, or leave the type out with --only if the program has no ${what}.`;
  return [failed("permissions", message, isForbidden ? permission : remedy)];
}

type Rights = AnswerOf<"getPermissionsForCurrentUser">;

/**
 * Checks whether the key's role has the rights that writing may need. It is no failure if Rhombus does not tell them, because a
 * deployment does not ask for them.
 * @param api The API.
 * @param types The resource types of the deployment.
 */
export async function writeCheck(api: RhombusApi, types: readonly ResourceType[]): Promise<DoctorCheck> {
  const rights = await rightsOf(api);
  if (rights === undefined) return unknown("writing", "Rhombus does not tell the rights of the key");
  const role = rights.permissionGroupName ? ` ${quoted(rights.permissionGroupName)}` : "";
  const lacking = lackingRights(rights, types);
  if (lacking === "") return passed("writing", `the key's role${role} seems to allow it`);
  const remedy =
    "Deploy with a key whose role has these rights; review, audit and refresh do not need them. Rhombus does not publish which right an operation needs.";
  return warned("writing", `may be refused: the key's role${role} lacks ${lacking}`, remedy);
}

/** The rights of the key; `undefined` if Rhombus does not tell them. */
async function rightsOf(api: RhombusApi): Promise<Rights | undefined> {
  try {
    const rights = await api.call("getPermissionsForCurrentUser", {});
    return rights.superAdmin || rights.functionalityList ? rights : undefined;
  } catch (error) {
    asRhombusError(error);
    return undefined;
  }
}

/** The rights that the key lacks and that writing may need, with the types that may need them; empty if it lacks none. */
function lackingRights({ superAdmin, functionalityList }: Rights, types: readonly ResourceType[]): string {
  const lacking = new Map<string, ResourceType[]>();
  for (const type of superAdmin ? [] : types) {
    const enough = definitionOf(type).rightsToWrite;
    if (enough.some((right) => functionalityList?.includes(right))) continue;
    const right = enough.join(" or ");
    lacking.set(right, [...(lacking.get(right) ?? []), type]);
  }
  return [...lacking].map(([right, of]) => `${right} (${of.join(", ")})`).join("; ");
}
