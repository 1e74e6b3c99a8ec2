import type { Organization } from "../../core/resource/definition";
import type { ResourceType } from "../../resources/registry";
import { RhombusApi } from "../../rhombus/api/api";
import { RhombusClient } from "../../rhombus/api/client";
import { furtherCauses, settingOfRegion } from "../../rhombus/api/remedies";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { nameIn } from "../../rhombus/settings/settingSources";
import type { Region, Settings } from "../../rhombus/settings/settings";
import { plainText } from "../output/plainText";
import { type DoctorCheck, failed, partsOf, passed, unknown, warned } from "./check";
import { readAll, readChecks, writeCheck } from "./permissions";

/** The subject of the checks on the key. */
export interface AccessQuestion {
  /** The settings. */
  readonly settings: Settings;
  /** The endpoint of each region. */
  readonly regions: Readonly<Record<Region, string>>;
  /** The resource types that a deployment must be able to read. */
  readonly types: readonly ResourceType[];
  /** Removes secrets from texts. */
  readonly redactor: Redactor;
  /** True if all resources of the stack use explicit providers. Then these settings need no organization. */
  readonly isShared: boolean;
}

/** The largest clock skew without a warning. Certificates and badge events depend on the clock. */
const MOST_SKEW_MS = 30_000;

/**
 * Checks which organization the key belongs to and what it may read and write. It only reads.
 * @param question The subject of the checks.
 * @returns The checks, and the organization that the key belongs to; `undefined` if it could not be read.
 */
export async function examineAccess(question: AccessQuestion) {
  const { settings, regions, types } = question;
  const endpoint = settings.region === undefined ? settings.endpoint : regions[settings.region];
  const warnings: DoctorCheck[] = [];
  const client = clientAt(endpoint, question, (text) => warnings.push(warned("Rhombus", text)));
  const answer = await identify(client, settings);
  if (answer.kind === "partner") {
    return { checks: [keyCheck(answer, question), ...clock(client)], organization: undefined };
  }
  const api = new RhombusApi(client, settings.orgUuid);
  const reads = answer.kind === "failed" ? [] : await readAll(api, types);
  const other = await otherRegion(question);
  if (answer.kind === "failed") {
    return { checks: [failedBy("key", answer.error), ...other.checks, ...clock(client)], organization: undefined };
  }
  const isRefused = answer.kind === "refused" && reads.every(({ error }) => error !== undefined);
  const checks = [
    isRefused ? refusedKey(answer.error, other.opened, question) : keyCheck(answer, question),
    ...organizationCheck(answer, settings),
    ...other.checks,
    ...(isRefused ? [] : [...readChecks(reads), await writeCheck(api, types)]),
    ...clock(client),
    ...warnings,
  ];
  return { checks, organization: answer.kind === "opened" ? answer.organization : undefined };
}

/** The answer to the question which organization a key belongs to. */
type Identity =
  | { readonly kind: "opened"; readonly organization: Required<Organization> }
  | { readonly kind: "partner"; readonly clients: readonly string[] | undefined }
  | { readonly kind: "refused"; readonly error: RhombusError }
  | { readonly kind: "failed"; readonly error: RhombusError };

async function identify(client: RhombusClient, { partner, orgUuid }: Settings): Promise<Identity> {
  try {
    if (partner && orgUuid === undefined) {
      const { clients } = await client.call("getClientsV2", {});
      return { kind: "partner", clients: clients?.map((each) => plainText(each?.clientOrgName ?? "")) };
    }
    const { org } = await client.call("getOrgV2", {});
    return { kind: "opened", organization: { uuid: org?.uuid ?? "", name: plainText(org?.name ?? "") } };
  } catch (error) {
    if (!(error instanceof RhombusError)) throw error;
    // A role that manages groups may lack the right to read the organization, and an older server may lack the operation.
    const isRefusal = error.status === 401 || error.status === 403 || error.status === 404;
    return { kind: isRefusal ? "refused" : "failed", error };
  }
}

function keyCheck(answer: Identity, { settings, isShared }: AccessQuestion): DoctorCheck {
  const where = settings.region ?? new URL(settings.endpoint).host;
  if (answer.kind === "opened") return passed("key", `${answer.organization.name || "(without a name)"} (${where})`);
  if (answer.kind === "partner") {
    const text = `a partner's key (${where}), ${managedBy(answer.clients)}`;
    if (isShared) return passed("key", `${text}; check each with --provider`);
    const setting = nameIn(settings.sources.sourceKind, "orgUuid", settings.sources.provider);
    const remedy = `Set ${setting}, or give each organization a Provider with its orgUuid, and check it with --provider.`;
    return failed("key", `${text}; it needs an organization`, remedy);
  }
  const remedy =
    "Give its role the right to read the organization. Without it, a deleted object cannot be distinguished from a wrong key.";
  return warned("key", `valid (${where}), but it may not read its organization (getOrgV2)`, remedy);
}

function managedBy(clients: readonly string[] | undefined): string {
  if (clients === undefined) return "whose organizations Rhombus does not list";
  return `who manages ${clients.map((name) => JSON.stringify(name)).join(", ") || "none"}`;
}

function refusedKey(
  error: RhombusError,
  opened: Required<Organization> | undefined,
  { settings }: AccessQuestion,
): DoctorCheck {
  if (opened !== undefined && settings.region !== undefined) {
    const right = otherThan(settings.region);
    const remedy = `Set ${settingOfRegion(settings, right)}; the current region comes from ${settings.sources.endpoint}.`;
    return failed("key", `belongs to the other region: ${opened.name} (${right})`, remedy);
  }
  const { text, remedy = "" } = partsOf(error);
  return failed("key", text, `${remedy} ${furtherCauses(settings)}`);
}

function organizationCheck(answer: Identity, { orgUuid, sources }: Settings): DoctorCheck[] {
  if (answer.kind !== "opened" || orgUuid === undefined || orgUuid === answer.organization.uuid) return [];
  const text = `${sources.orgUuid} names ${orgUuid}, but the key belongs to ${answer.organization.uuid}`;
  return [failed("organization", text, "Use the key of that organization, or correct the setting.")];
}

/** Tries the key in the region that the settings do not name. */
async function otherRegion(
  question: AccessQuestion,
): Promise<{ checks: DoctorCheck[]; opened?: Required<Organization> }> {
  const { settings, regions } = question;
  if (settings.region === undefined) return { checks: [] };
  const name = "other region";
  const region = otherThan(settings.region);
  const answer = await identify(clientAt(regions[region], question), settings);
  if (answer.kind === "refused") return { checks: [passed(name, `${region} does not accept the key`)] };
  if (answer.kind === "failed") return { checks: [unknown(name, `${region}: ${partsOf(answer.error).text}`)] };
  const opened = answer.kind === "opened" ? answer.organization : { uuid: "", name: "a partner's organizations" };
  return { checks: [warned(name, `the key belongs to ${opened.name} (${region})`)], opened };
}

function clock(client: RhombusClient): DoctorCheck[] {
  const aheadMs = client.clockAheadMs();
  if (aheadMs === undefined) return [unknown("clock", "no answer contains Rhombus's time")];
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  if (Math.abs(aheadMs) <= MOST_SKEW_MS) return [passed("clock", "agrees with Rhombus")];
  const text = `this machine's is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} Rhombus's`;
  return [warned("clock", text, "Synchronize it with a time server: certificates depend on it.")];
}

function failedBy(name: string, error: RhombusError): DoctorCheck {
  const { text, remedy } = partsOf(error);
  return failed(name, text, remedy);
}

function otherThan(region: Region): Region {
  return region === "us" ? "eu" : "us";
}

/** A client with few retries and a short timeout, because a person waits. */
function clientAt(
  endpoint: string,
  { settings, redactor }: AccessQuestion,
  warn: (text: string) => void = () => {},
): RhombusClient {
  const { maxRetries, timeoutSeconds } = settings;
  const brief = { maxRetries: Math.min(maxRetries, 2), timeoutSeconds: Math.min(timeoutSeconds, 10) };
  return new RhombusClient({ ...settings, ...brief, endpoint }, { warn, log: () => {} }, redactor);
}
