import type { RhombusClient } from "./client";
import { RhombusError } from "./errors";
import { Listing } from "./listings";
import { unmasked } from "./masks";
import type { AnswerOf, OperationName, RequestOf } from "./operations";
import { backoffMs } from "./retry";
import type { Camera, Location, User } from "./wire/directory";
import type { GeneaSettings } from "./wire/genea";
import type { Group } from "./wire/groups";
import type { KisiSettingsV1, KisiSettingsV2 } from "./wire/kisi";
import type { OnGuardDeploymentSettings, OnGuardRow } from "./wire/onGuard";

/** One OnGuard deployment where it stands in the organization's row. */
export interface OnGuardDeployment {
  /** The identity of the deployment; secret. */
  readonly token: string;
  /** Its key in the row's map, which the vendor does not describe. */
  readonly key: string;
  /** Its settings. */
  readonly settings: OnGuardDeploymentSettings;
  /** The row that holds it and all others. */
  readonly row: OnGuardRow;
}

/**
 * What the definitions see of Rhombus: the calls, and the listings that all resources of a process share. Not configured
 * reads as an empty list, however the vendor says it (rhombus-api facts §8, §11).
 */
export class RhombusApi {
  /** The organization that the settings name, if they name one. */
  readonly expectedOrganization: string | undefined;
  /** The access control groups of the organization, all kinds. */
  readonly groups: Listing<Group>;
  /** The OnGuard deployments of the organization. */
  readonly onGuard: Listing<OnGuardDeployment>;
  /** The Genea integration, if it is configured. */
  readonly genea: Listing<GeneaSettings>;
  /** The Kisi integration as the first version of the operations shows it, if it is configured. */
  readonly kisiV1: Listing<KisiSettingsV1>;
  /** The Kisi integration as the second version shows it, if it is configured. */
  readonly kisiV2: Listing<KisiSettingsV2>;
  /** The organization's own users, deleted ones included. */
  readonly users: Listing<User>;
  /** The cameras that are in service. */
  readonly cameras: Listing<Camera>;
  /** The locations, each with those inside it. */
  readonly locations: Listing<Location>;
  readonly #client: RhombusClient;

  /**
   * Wraps a client.
   * @param client The client.
   * @param expectedOrganization The organization that the settings name.
   */
  constructor(client: RhombusClient, expectedOrganization: string | undefined) {
    this.#client = client;
    this.expectedOrganization = expectedOrganization;
    this.groups = new Listing(async () => present((await this.call("findAccessControlGroupsByOrg", {})).groups));
    this.users = new Listing(async () => present((await this.call("getUsersInOrg", {})).users));
    this.cameras = new Listing(async () => present((await this.call("getMinimalCameraStateList", {})).cameraStates));
    this.locations = new Listing(async () =>
      present((await this.call("getLocations", { subLocationsIncluded: true })).locations),
    );
    this.onGuard = new Listing(() => this.#deployments());
    this.genea = new Listing(() =>
      unlessUnconfigured(async () => (await this.call("getGeneaIntegration", {})).orgIntegrationV2),
    );
    this.kisiV1 = new Listing(() =>
      unlessUnconfigured(async () => (await this.call("getKisiIntegration", {})).kisiSettings),
    );
    this.kisiV2 = new Listing(() =>
      unlessUnconfigured(async () => (await this.call("getKisiIntegrationV2", {})).orgIntegrationV2),
    );
  }

  /**
   * Makes one call.
   * @param operation Its name.
   * @param request Its body.
   * @throws RhombusError when it fails.
   */
  call<Name extends OperationName>(operation: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
    return this.#client.call(operation, request);
  }

  /**
   * Makes a call that holds what was just read: once, before the calls of others, and not at all when it had to wait until
   * that was old. After a failure that {@link mayBeMadeAgain} it is to be read and made again.
   * @param operation Its name.
   * @param request Its body.
   * @throws RhombusError when it fails.
   */
  callAtOnce<Name extends OperationName>(operation: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
    return this.#client.call(operation, request, { atOnce: true });
  }

  /**
   * Makes a call once, however many tries the settings allow: its caller decides about further ones.
   * @param operation Its name.
   * @param request Its body.
   * @throws RhombusError when it fails.
   */
  callOnce<Name extends OperationName>(operation: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
    return this.#client.call(operation, request, { once: true });
  }

  /** The organization that the key opens; `undefined` where the key may not ask. Learned once. */
  organization(): Promise<{ uuid: string; name?: string } | undefined> {
    return this.#client.organization();
  }

  /**
   * What became of a call that failed.
   * @param error What it threw.
   */
  outcomeOf(error: unknown): "refused" | "unknown" | undefined {
    return error instanceof RhombusError ? error.outcome : undefined;
  }

  /**
   * Whether a call that failed may be carried out yet: here or in the vendor's gateway, only the waiting has ended.
   * @param error What it threw.
   */
  mayComeLate(error: unknown): boolean {
    return error instanceof RhombusError && (error.kind === "timeout" || error.status === 504);
  }

  /**
   * Whether a call failed because Rhombus does not know the object that it names. A refusal of the key says nothing of it.
   * @param error What it threw.
   */
  isUnknownObject(error: unknown): boolean {
    if (!(error instanceof RhombusError)) return false;
    if (error.kind === "notFound") return true;
    const isAboutRequest = error.kind === "domain" || error.kind === "badRequest";
    return isAboutRequest && UNKNOWN_OBJECT.test(error.vendorMessage ?? "");
  }

  /**
   * How long to wait before a call that failed is made again, in milliseconds: as long as Rhombus asks for, else as the
   * client does between its own tries.
   * @param error What it threw.
   * @param sent How often it was made.
   */
  retryDelayMs(error: unknown, sent: number): number {
    if (error instanceof RhombusError && error.passing === "heldUp") return 0;
    const asked = error instanceof RhombusError ? error.retryAfterMs : undefined;
    return asked ?? backoffMs(sent - 1, Math.random());
  }

  /**
   * Whether a call of {@link callAtOnce} that was not carried out may be made again.
   * @param error What it threw.
   * @param repeated How often that was done already.
   */
  mayBeMadeAgain(error: unknown, repeated: number): boolean {
    return error instanceof RhombusError && this.#client.mayBeMadeAgain(error, repeated);
  }

  /**
   * Says that a call is made again only after a wait that Rhombus asked for.
   * @param error What the call threw.
   */
  announceWait(error: unknown): void {
    if (error instanceof RhombusError) this.#client.announceWait(error);
  }

  async #deployments(): Promise<OnGuardDeployment[]> {
    const read = async () => (await this.call("getHoneywellOnGuardIntegration", {})).orgIntegrationV2;
    const [row] = await unlessUnconfigured(read);
    return Object.entries(row?.deploymentToSettingsMap ?? {}).flatMap(([key, settings]) => {
      return row === undefined || settings === null
        ? []
        : [{ token: unmasked(settings.rhombusToken) ?? key, key, settings, row }];
    });
  }
}

/**
 * How the vendor may say in an error text that there is no integration, which is no error. It must speak of the integration
 * itself, and of nothing more: "user not found" is a failure, not an absence.
 */
const NOT_CONFIGURED =
  /\b(?:integrations?(?:\s+(?:is|was|has|settings|row))*\s+(?:not\s+(?:been\s+)?(?:configured|found|set\s*up|activated|enabled)|does\s+not\s+exist)|no\s+(?:\w+\s+)?integration(?:\s+(?:configured|found|exists))?)(?:\s+(?:for|in|on)\s+(?:(?:this|the|your)\s+)?(?:org|organization|account))?\s*(?:[.,;:!]|$)/i;

/** What such a text speaks of when the key may not know whether there is an integration. */
const NOT_ALLOWED =
  /\baccess\b(?!\s+control\b)|\b(?:permission|permitted|privilege|role|key|plan|tier|subscription|licen[cs]e|authori[sz]|unauthori[sz]|allowed|denied|forbidden)/i;

/** How the vendor may say in an error text that an object is not there; it documents no such text. */
const UNKNOWN_OBJECT =
  /\b(?:not\s+(?:be\s+)?(?:found|configured|activated)|unknown|no\s+such|(?:does\s+not|doesn't|no\s+longer)\s+exists?|already\s+(?:been\s+)?(?:deleted|removed)|no\s+(?:\w+\s+)?(?:integration|deployment|group))\b/i;

async function unlessUnconfigured<T extends object>(read: () => Promise<T | null | undefined>): Promise<T[]> {
  try {
    const row = await read();
    return row === null || row === undefined || isBlank(row) ? [] : [row];
  } catch (error) {
    if (error instanceof RhombusError && saysUnconfigured(error)) return [];
    throw error;
  }
}

function saysUnconfigured({ kind, vendorMessage = "" }: RhombusError): boolean {
  return kind === "domain" && NOT_CONFIGURED.test(vendorMessage) && !NOT_ALLOWED.test(vendorMessage);
}

/** What an integration that was never configured may hold all the same. */
const IDLE_FIELDS: readonly string[] = [
  "integration",
  "integrationAuditMap",
  "orgUuid",
  "userUuid",
  "badgeFaceVerificationMode",
];

/** Whether a row has nothing in it but defaults: nothing on, no key, no token, no door. */
function isBlank(row: object): boolean {
  return Object.entries(row).every(([name, value]) => IDLE_FIELDS.includes(name) || isIdle(value));
}

function isIdle(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isIdle);
}

/**
 * The items of a list that are there.
 * @param items The list as the vendor answers it.
 */
export function present<T>(items: readonly (T | null)[] | null | undefined): T[] {
  return (items ?? []).filter((item) => item !== null);
}
