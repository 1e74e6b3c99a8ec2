import { definitionOf, type ResourceType } from "../../resources/registry";
import { RhombusApi } from "../../rhombus/api/api";
import { RhombusClient } from "../../rhombus/api/client";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { nameIn } from "../../rhombus/settings/settingSources";
import type { Region, Settings } from "../../rhombus/settings/settings";
import { plainText } from "../output/plainText";
import { type Check, failed, fine, unknown, warned } from "./check";

/** What is asked, and where. */
export interface AccessQuestion {
  /** The settings. */
  readonly settings: Settings;
  /** Where each region is. */
  readonly regions: Readonly<Record<Region, string>>;
  /** The resources that a deployment has to read. */
  readonly types: readonly ResourceType[];
  /** What takes secrets out of texts. */
  readonly redactor: Redactor;
  /** Whether the stack has resources, and all of them explicit providers: then these settings need open no organization. */
  readonly isShared: boolean;
}

/** An organization that a key opens. */
export interface OpenedOrganization {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
}

/** What the key opened. */
export interface Access {
  /** What is right or wrong about it. */
  readonly checks: readonly Check[];
  /** The organization; `undefined` where it was not learned. */
  readonly organization: OpenedOrganization | undefined;
}

/** A clock that is further out than this is worth a word: certificates and the vendor's events go by it. */
const MOST_SKEW_MS = 30_000;

/**
 * Looks at what the key opens, by reading only.
 * @param question What is asked.
 */
export async function examineAccess(question: AccessQuestion): Promise<Access> {
  const { settings } = question;
  const caveats: string[] = [];
  const client = clientAt(endpointOf(question), question, (text) => caveats.push(text));
  const answer = await identify(client, settings);
  if (answer.kind === "failed") {
    const other = await otherRegion(question);
    return { checks: [told("key", answer.error), ...other.checks, ...clock(client)], organization: undefined };
  }
  if (answer.kind === "partner") {
    return { checks: [keyCheck(answer, question), ...clock(client)], organization: undefined };
  }
  const reads = await readAll(new RhombusApi(client, settings.orgUuid), question.types);
  const other = await otherRegion(question);
  const isShutOut = answer.kind === "refused" && reads.every(({ error }) => error !== undefined);
  const key = isShutOut ? shutOut(answer.error, other.opened, question) : keyCheck(answer, question);
  const access = isShutOut ? [] : readChecks(reads);
  const notes = caveats.map((text) => warned("Rhombus", text));
  const checks = [key, ...organizationCheck(answer, settings), ...other.checks, ...access, ...clock(client), ...notes];
  return { checks, organization: answer.kind === "opened" ? answer.organization : undefined };
}

/** What the question of which organization a key opens was answered with. */
type Identity =
  | { readonly kind: "opened"; readonly organization: OpenedOrganization }
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
    // A role may not read the organization and still manage groups; and an older server may not know the operation.
    const isRefusal = error.status === 401 || error.status === 403 || error.status === 404;
    return { kind: isRefusal ? "refused" : "failed", error };
  }
}

function keyCheck(answer: Identity, question: AccessQuestion): Check {
  const where = whereOf(question.settings);
  if (answer.kind === "opened")
    return fine("key", `key ok: ${answer.organization.name || "(without a name)"} (${where})`);
  if (answer.kind === "partner") {
    const said = `key ok: a partner's (${where}), ${managed(answer.clients)}`;
    if (question.isShared) return fine("key", `${said}; look at each with --provider`);
    const setting = nameIn(question.settings.sources.place, "orgUuid");
    const remedy = `Set ${setting}, or give each organization a Provider with its orgUuid, and look at it with --provider.`;
    return failed("key", `${said}; it needs an organization to work in`, remedy);
  }
  const remedy =
    "Where something is missing it then cannot tell a deletion from a wrong key. Give its role the right to read the organization.";
  return warned("key", `key ok (${where}), but it may not ask which organization it opens (getOrgV2)`, remedy);
}

function managed(clients: readonly string[] | undefined): string {
  if (clients === undefined) return "of whom Rhombus does not say which organizations it manages";
  return `who manages ${clients.length === 0 ? "none" : clients.map((name) => JSON.stringify(name)).join(", ")}`;
}

function shutOut(error: RhombusError, elsewhere: OpenedOrganization | undefined, { settings }: AccessQuestion): Check {
  if (elsewhere !== undefined && settings.region !== undefined) {
    const right = otherThan(settings.region);
    const remedy = `Set ${nameIn(settings.sources.place, "region")} to ${right}; the region comes from ${settings.sources.endpoint} now.`;
    return failed("key", `is of the other region: ${elsewhere.name} (${right})`, remedy);
  }
  return told("key", error);
}

function organizationCheck(answer: Identity, { orgUuid, sources }: Settings): Check[] {
  if (answer.kind !== "opened" || orgUuid === undefined || orgUuid === answer.organization.uuid) return [];
  const said = `${sources.orgUuid} names ${orgUuid}, but the key opens ${answer.organization.uuid}`;
  return [failed("organization", said, "Use the key of that organization, or correct the setting.")];
}

/** What the key does in the region that the settings do not name. */
async function otherRegion(
  question: AccessQuestion,
): Promise<{ readonly checks: readonly Check[]; readonly opened?: OpenedOrganization }> {
  const { settings, regions } = question;
  if (settings.region === undefined) return { checks: [] };
  const region = otherThan(settings.region);
  const answer = await identify(clientAt(regions[region], question), settings);
  if (answer.kind === "refused") return { checks: [fine("other region", `${region} does not know the key`)] };
  if (answer.kind === "failed") return { checks: [unknown("other region", `${region}: ${toldOf(answer.error).said}`)] };
  const organization = answer.kind === "opened" ? answer.organization : { uuid: "", name: "a partner's organizations" };
  return { checks: [warned("other region", `the key opens ${organization.name} (${region})`)], opened: organization };
}

/** One read, and how it failed if it did. */
interface Read {
  readonly what: string;
  readonly isNeeded: boolean;
  readonly error: RhombusError | undefined;
}

async function readAll(api: RhombusApi, types: readonly ResourceType[]): Promise<Read[]> {
  const lookups = [
    ["cameras", () => api.cameras.fresh()],
    ["locations", () => api.locations.fresh()],
    ["users", () => api.users.fresh()],
  ] as const;
  return Promise.all([
    ...types.map((type) => readOne(type, true, () => definitionOf(type).listing(api).fresh())),
    ...lookups.map(([what, read]) => readOne(what, false, read)),
  ]);
}

async function readOne(what: string, isNeeded: boolean, read: () => Promise<unknown>): Promise<Read> {
  try {
    await read();
    return { what, isNeeded, error: undefined };
  } catch (error) {
    if (!(error instanceof RhombusError)) throw error;
    return { what, isNeeded, error };
  }
}

function readChecks(reads: readonly Read[]): Check[] {
  const checks = reads.flatMap(({ what, isNeeded, error }): Check[] => {
    if (error === undefined) return [];
    const { said, remedy } = toldOf(error);
    const may = error.kind === "auth" ? `the key may not read ${what} (${error.operation})` : said;
    if (isNeeded) return [failed("may not", may, error.kind === "auth" ? permission(what) : remedy)];
    return [warned("may not", `${may}: look-ups of ${what} will fail`)];
  });
  if (checks.length > 0) return checks;
  return [
    fine("may", `read ${reads.map(({ what }) => what).join(", ")}; whether it may write shows only when it does`),
  ];
}

function permission(type: string): string {
  return `Give the key's role that right; or leave it out with --only, where the program has no ${type}.`;
}

function clock(client: RhombusClient): Check[] {
  const aheadMs = client.clockAheadMs();
  if (aheadMs === undefined) return [unknown("clock", "no answer shows what time it is at Rhombus")];
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  if (Math.abs(aheadMs) <= MOST_SKEW_MS) return [fine("clock", "in step with Rhombus")];
  const said = `this machine's is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} Rhombus's`;
  return [warned("clock", said, "Set it by a time server: certificates are judged by it.")];
}

function told(name: string, error: RhombusError): Check {
  const { said, remedy } = toldOf(error);
  return failed(name, said, remedy);
}

function toldOf({ message, remedy }: RhombusError): { readonly said: string; readonly remedy?: string } {
  if (remedy === undefined || !message.endsWith(remedy)) return { said: message };
  return { said: message.slice(0, -remedy.length).trim().replace(/\.$/, ""), remedy };
}

function endpointOf({ settings, regions }: AccessQuestion): string {
  return settings.region === undefined ? settings.endpoint : regions[settings.region];
}

function otherThan(region: Region): Region {
  return region === "us" ? "eu" : "us";
}

function whereOf({ region, endpoint }: Settings): string {
  return region ?? new URL(endpoint).host;
}

/** A client that does not wait long: a person does. */
function clientAt(
  endpoint: string,
  { settings, redactor }: AccessQuestion,
  warn: (text: string) => void = () => {},
): RhombusClient {
  const { maxRetries, timeoutSeconds } = settings;
  const brief = { maxRetries: Math.min(maxRetries, 2), timeoutSeconds: Math.min(timeoutSeconds, 10) };
  return new RhombusClient({ ...settings, ...brief, endpoint }, { warn, log: () => {} }, redactor);
}
