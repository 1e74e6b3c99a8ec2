import type { RhombusClient } from "./client";
import { RhombusError } from "./errors";
import { type Listed, Listing } from "./listings";
import { unmasked } from "./masks";
import type { AnswerOf, OperationName, RequestOf } from "./operations";
import { plainText } from "./plainText";
import { backoffMs } from "./retry";
import type { Camera, Location, User } from "./wire/directory";
import type { GeneaSettings } from "./wire/genea";
import type { Group } from "./wire/groups";
import type { IntegrationRow } from "./wire/integration";
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
 * What the definitions see of Rhombus: the calls, and the listings that all resources of a process share. A listing says of
 * itself whether it proves that what it does not show is not there.
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
  readonly #integrations: Listing<IntegrationRow>;

  /**
   * Wraps a client.
   * @param client The client.
   * @param expectedOrganization The organization that the settings name.
   */
  constructor(client: RhombusClient, expectedOrganization: string | undefined) {
    this.#client = client;
    this.expectedOrganization = expectedOrganization;
    this.groups = new Listing(async () => this.#groupsIn(await this.call("findAccessControlGroupsByOrg", {})));
    this.users = new Listing(async () => {
      const answer = await this.call("getUsersInOrg", {});
      return this.listed("getUsersInOrg", answer, "users", answer.users, ({ uuid }) => uuid);
    });
    this.cameras = new Listing(async () => {
      const answer = await this.call("getMinimalCameraStateList", {});
      return this.listed("getMinimalCameraStateList", answer, "cameraStates", answer.cameraStates, ({ uuid }) => uuid);
    });
    this.locations = new Listing(async () => {
      const answer = await this.call("getLocations", { subLocationsIncluded: true });
      return this.listed("getLocations", answer, "locations", answer.locations, ({ uuid }) => uuid);
    });
    this.#integrations = new Listing(async () => {
      const answer = await this.call("getOrgIntegrationsV2", {});
      const { orgIntegrationsV2: rows } = answer;
      const list = rows === null || rows === undefined ? rows : Object.values(rows);
      return this.listed("getOrgIntegrationsV2", answer, "orgIntegrationsV2", list, ({ integration }) => integration);
    });
    this.onGuard = new Listing(() => this.#deployments());
    this.genea = new Listing(() =>
      this.#row({
        operation: "getGeneaIntegration",
        key: "orgIntegrationV2",
        read: async () =>
          this.#rowIn(await this.call("getGeneaIntegration", {}), ({ orgIntegrationV2 }) => orgIntegrationV2),
        refuseElsewhere: () => this.#refuseListed("GENEA"),
      }),
    );
    this.kisiV1 = new Listing(() =>
      this.#row({
        operation: "getKisiIntegration",
        key: "kisiSettings",
        read: async () => this.#rowIn(await this.call("getKisiIntegration", {}), ({ kisiSettings }) => kisiSettings),
        refuseElsewhere: () => this.#refuseListedInV1(),
      }),
    );
    this.kisiV2 = new Listing(() =>
      this.#row({
        operation: "getKisiIntegrationV2",
        key: "orgIntegrationV2",
        read: async () =>
          this.#rowIn(await this.call("getKisiIntegrationV2", {}), ({ orgIntegrationV2 }) => orgIntegrationV2),
        refuseElsewhere: () => this.#refuseListed("KISI"),
      }),
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
   * Whether a read failed because its answer shows nothing, and does not prove that there is nothing.
   * @param error What it threw.
   */
  isSilent(error: unknown): boolean {
    return error instanceof RhombusError && error.kind === "silent";
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

  /**
   * The items of a list in an answer. An answer proves that there are no others only where it has the list, each item has an id,
   * and no text in it speaks of an error.
   * @param operation The operation that answered.
   * @param answer The answer.
   * @param key The key of the list, for messages.
   * @param items The list as the vendor answers it.
   * @param idOf The id of an item.
   */
  listed<T>(
    operation: OperationName,
    answer: object,
    key: string,
    items: readonly (T | null)[] | null | undefined,
    idOf: (item: T) => string | null | undefined,
  ): Listed<T> {
    const shown = present(items).filter((item) => Boolean(idOf(item)));
    const reason = this.#wordsIn(answer) ?? missing(key, items) ?? incomplete(key, shown, items);
    if (reason === undefined) return { items: shown };
    const wayOut = operation === "findAccessControlGroupsByOrg" ? WAY_OUT : "";
    return { items: shown, silence: this.#silence(operation, reason, wayOut) };
  }

  /**
   * The group with a name, from the operation that looks for one name. It speaks where the listing of all groups does not.
   * @param name The name; Rhombus compares it without regard to case.
   */
  async groupNamed(name: string): Promise<Listed<Group>> {
    const operation = "findAccessControlGroupByExactName";
    const answer = await this.call(operation, { groupName: name });
    const { group } = answer;
    if (group?.uuid) return { items: [group] };
    const reason = this.#wordsIn(answer) ?? (group === null ? undefined : missing("group", undefined));
    return reason === undefined ? { items: [] } : { items: [], silence: this.#silence(operation, reason, WAY_OUT) };
  }

  #groupsIn(answer: AnswerOf<"findAccessControlGroupsByOrg">): Listed<Group> {
    return this.listed("findAccessControlGroupsByOrg", answer, "groups", answer.groups, ({ uuid }) => uuid);
  }

  async #deployments(): Promise<Listed<OnGuardDeployment>> {
    const operation = "getHoneywellOnGuardIntegration";
    const { items, silence } = await this.#row({
      operation,
      key: "orgIntegrationV2",
      read: async () => this.#rowIn(await this.call(operation, {}), ({ orgIntegrationV2 }) => orgIntegrationV2),
      refuseElsewhere: () => this.#refuseListed("HONEYWELL_ONGUARD"),
    });
    const [row] = items;
    if (row === undefined) return silence === undefined ? { items: [] } : { items: [], silence };
    const { deploymentToSettingsMap: map } = row;
    const entries = Object.entries(map ?? {});
    const deployments = entries.flatMap(([key, settings]): OnGuardDeployment[] =>
      settings === null ? [] : [{ token: unmasked(settings.rhombusToken) ?? key, key, settings, row }],
    );
    const reason =
      missing("deploymentToSettingsMap", map) ?? incomplete("deploymentToSettingsMap", deployments, entries);
    return reason === undefined
      ? { items: deployments }
      : { items: deployments, silence: this.#silence(operation, reason, WAY_OUT) };
  }

  /**
   * An integration of which an organization has one row. Where its own read does not show it, only the listing of all
   * integrations proves that it is not there (rhombus-api facts §8, §11).
   */
  async #row<T extends object>({ operation, key, read, refuseElsewhere }: RowRead<T>): Promise<Listed<T>> {
    const { row, words } = await read().catch((error: unknown) => this.#wordsOfRefusal(error));
    if (row !== null && row !== undefined && !isBlank(row)) return { items: [row] };
    const reason = words ?? missing(key, row) ?? `"${key}" holds nothing but defaults`;
    try {
      await refuseElsewhere();
      return { items: [] };
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      return { items: [], silence: this.#silence(operation, `${reason}; ${withoutRemedy(error)}`, WAY_OUT) };
    }
  }

  /** What only the first version of Kisi's settings holds, only the older listing can show. */
  async #refuseListedInV1(): Promise<void> {
    const operation = "getOrgIntegrations";
    const answer = await this.call(operation, {});
    const { orgIntegrations: slots } = answer;
    const row = slots?.kisiSettings;
    const isShown = row !== null && row !== undefined && !isBlank(row);
    const reason =
      this.#wordsIn(answer) ??
      missing("orgIntegrations", slots) ??
      (isShown ? "it shows the KISI integration" : undefined);
    if (reason !== undefined) throw this.#silence(operation, reason);
  }

  /** Refuses to take an integration for absent that the listing of all shows, or where that listing may not show all. */
  async #refuseListed(kind: IntegrationKind): Promise<void> {
    const rows = await this.#integrations.fresh();
    if (rows.every((row) => row.integration !== kind || isBlank(row))) return;
    throw this.#silence("getOrgIntegrationsV2", `it shows the ${kind} integration`);
  }

  #rowIn<Answer extends object, T>(answer: Answer, row: (answer: Answer) => T): { row: T; words: string | undefined } {
    return { row: row(answer), words: this.#wordsIn(answer) };
  }

  /** "Not configured" in words proves as little as any other error with status 200; a listing has to confirm it. */
  #wordsOfRefusal(error: unknown): ShownRow<never> {
    if (!(error instanceof RhombusError) || error.kind !== "domain") throw error;
    return { words: this.#quoted(error.vendorMessage ?? "an error without words") };
  }

  /** The words in an answer with status 200 that speak of an error. `warningMsg` does not: it goes with a success. */
  #wordsIn(answer: object): string | undefined {
    const words = ["errorMsg", "message", "msg", "error"].map((name): unknown => Reflect.get(answer, name));
    const found = words.find((each): each is string => typeof each === "string" && each.trim() !== "");
    return found === undefined ? undefined : this.#quoted(found);
  }

  /** Redacts before it cuts: half a secret would not be recognised. */
  #quoted(words: string): string {
    const line = plainText(this.#client.redact(words));
    return `Rhombus says "${line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS - 1)}…` : line}"`;
  }

  #silence(operation: OperationName, reason: string, wayOut = ""): RhombusError {
    const what = `the answer may be incomplete: ${reason}`;
    const remedy = `Run the command again. ${wayOut}`.trim();
    return new RhombusError(
      { operation, kind: "silent", outcome: "refused", status: 200, what, remedy },
      this.#client.redact,
    );
  }
}

/** What to do where Rhombus goes on saying nothing. */
const WAY_OUT =
  "If the object is certainly gone, `pulumi state delete` removes it from the state; if an integration was never " +
  "configured, configure it once in the Rhombus console and declare it with `adopt: true`.";

/** The integrations of which this package reads one row, as the vendor's enumeration names them. */
type IntegrationKind = "GENEA" | "HONEYWELL_ONGUARD" | "KISI";

/** An integration's row in an answer, and the words in that answer that speak of an error. */
interface ShownRow<T> {
  readonly row?: T | null | undefined;
  readonly words: string | undefined;
}

/** How one row is read. */
interface RowRead<T> {
  /** The operation that reads it. */
  readonly operation: OperationName;
  /** The key under which its answer has the row. */
  readonly key: string;
  /** Reads it. */
  read(): Promise<ShownRow<T>>;
  /** Reads what else could show it, and rejects with a `RhombusError` unless that proves that it is not there. */
  refuseElsewhere(): Promise<void>;
}

const LONGEST_WORDS = 200;

function withoutRemedy({ message, remedy = "" }: RhombusError): string {
  return message.replace(remedy, "").trim().replace(/\.$/, "");
}

function missing(key: string, value: unknown): string | undefined {
  if (value === undefined) return `"${key}" is missing`;
  return value === null ? `"${key}" is null` : undefined;
}

function incomplete(
  key: string,
  shown: readonly unknown[],
  all: readonly unknown[] | null | undefined,
): string | undefined {
  return shown.length < (all ?? []).length ? `an item of "${key}" is null or has no id` : undefined;
}

/** How the vendor may say in an error text that an object is not there; it documents no such text. */
const UNKNOWN_OBJECT =
  /\b(?:not\s+(?:be\s+)?(?:found|configured|activated)|unknown|no\s+such|(?:does\s+not|doesn't|no\s+longer)\s+exists?|already\s+(?:been\s+)?(?:deleted|removed)|no\s+(?:\w+\s+)?(?:integration|deployment|group))\b/i;

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
