import { RhombusError } from "../errors/rhombusError";
import type { CallOptions, RhombusClient } from "./client";
import { ABSENCE_REMEDY, Evidence, missing } from "./evidence";
import { IntegrationListings, type OnGuardDeployment } from "./integrationListings";
import { itemsOf, type Listed, Listing } from "./listings";
import type { AnswerOf, ItemOf, ListOperation, OperationName, RequestOf } from "./operations";
import type { Retries } from "./retries";
import type { Camera, Location, User } from "./schemas/directory";
import type { GeneaSettings } from "./schemas/genea";
import type { Group } from "./schemas/groups";
import type { ListedIntegration } from "./schemas/integration";
import type { KisiSettingsV1, KisiSettingsV2 } from "./schemas/kisi";
import { VendorList } from "./vendorList";

/** Options of a call for a list. */
export interface ListOptions extends CallOptions {
  /** Advice for the error if the list may be incomplete. Default: to run the command again. */
  readonly remedy?: string;
}

/** The Rhombus API as definitions, look-ups and commands see it: calls, and the listings that all resources of a process share. */
export class RhombusApi {
  /** The organization in the settings; `undefined` if they name none. */
  readonly expectedOrganization: string | undefined;
  /** The access control groups of the organization, of all types. */
  readonly groups: Listing<Group>;
  /** The OnGuard deployments of the organization. */
  readonly onGuard: Listing<OnGuardDeployment>;
  /** The Genea integration; empty if it is not configured. */
  readonly genea: Listing<GeneaSettings>;
  /** The Kisi integration, read with the first version of the operations; empty if it is not configured. */
  readonly kisiV1: Listing<KisiSettingsV1>;
  /** The Kisi integration, read with the second version; empty if it is not configured. */
  readonly kisiV2: Listing<KisiSettingsV2>;
  /** The organization's own users, deleted ones included. */
  readonly users: Listing<User>;
  /** The cameras in service. */
  readonly cameras: Listing<Camera>;
  /** The locations, each with those inside it. */
  readonly locations: Listing<Location>;
  /** All integrations of the organization, managed by this package or not. */
  readonly integrations: Listing<ListedIntegration>;
  /** The doors at Genea. */
  readonly geneaDoors: VendorList<"getGeneaDoors">;
  /** The places at Kisi. */
  readonly kisiPlaces: VendorList<"getKisiPlaces">;
  readonly #client: RhombusClient;
  readonly #evidence: Evidence;
  #organization: Promise<{ uuid: string; name: string } | undefined> | undefined;

  /**
   * Wraps a client.
   * @param client The client.
   * @param expectedOrganization The organization in the settings.
   */
  constructor(client: RhombusClient, expectedOrganization: string | undefined) {
    this.#client = client;
    this.#evidence = new Evidence(client.redact);
    this.expectedOrganization = expectedOrganization;
    this.groups = new Listing(() => this.#listed("findAccessControlGroupsByOrg", {}, { remedy: ABSENCE_REMEDY }));
    this.users = new Listing(() => this.#listed("getUsersInOrg", {}));
    this.cameras = new Listing(() => this.#listed("getMinimalCameraStateList", {}));
    this.locations = new Listing(() => this.#listed("getLocations", { subLocationsIncluded: true }));
    this.integrations = new Listing(() => this.#listed("getOrgIntegrationsV2", {}));
    this.geneaDoors = new VendorList((request, options) => this.#listed("getGeneaDoors", request, options));
    this.kisiPlaces = new VendorList((request, options) => this.#listed("getKisiPlaces", request, options));
    const call = this.call.bind(this);
    const managed = new IntegrationListings(call, this.#evidence, this.integrations);
    ({ onGuard: this.onGuard, genea: this.genea, kisiV1: this.kisiV1, kisiV2: this.kisiV2 } = managed);
  }

  /**
   * Makes one call. The table of operations decides how it is retried.
   * @param operation The operation.
   * @param request The body.
   * @param options The options.
   * @throws RhombusError if it fails.
   */
  call<Name extends OperationName>(
    operation: Name,
    request: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<AnswerOf<Name>> {
    return this.#client.call(operation, request, options);
  }

  /**
   * Makes one call for a list.
   * @param operation The operation.
   * @param request The body.
   * @param options The options.
   * @returns All items.
   * @throws RhombusError if it fails, or if the answer may be incomplete.
   */
  async list<Name extends ListOperation>(
    operation: Name,
    request: RequestOf<Name>,
    options?: ListOptions,
  ): Promise<readonly ItemOf<Name>[]> {
    return itemsOf(await this.#listed(operation, request, options));
  }

  /** The organization that the key belongs to; `undefined` if the key may not ask (403, 404). Asked once, and again after another error. */
  organization(): Promise<{ uuid: string; name: string } | undefined> {
    this.#organization ??= this.#learnOrganization().catch((error: unknown) => {
      this.#organization = undefined;
      throw error;
    });
    return this.#organization;
  }

  /**
   * The effect of a failed call; `undefined` if the error is not one of a call.
   * @param error The error.
   */
  outcomeOf(error: unknown): "refused" | "unknown" | undefined {
    return error instanceof RhombusError ? error.outcome : undefined;
  }

  /**
   * True if a failed call may still be carried out, because only the wait for its answer has ended, here or in the vendor's gateway.
   * @param error The error.
   */
  mayComeLate(error: unknown): boolean {
    return error instanceof RhombusError && (error.kind === "timeout" || error.status === 504);
  }

  /**
   * True if a call failed because Rhombus does not know the object that it names.
   * @param error The error.
   */
  isUnknownObject(error: unknown): boolean {
    if (!(error instanceof RhombusError)) return false;
    if (error.kind === "notFound") return true;
    const isAboutRequest = error.kind === "domain" || error.kind === "badRequest";
    return isAboutRequest && UNKNOWN_OBJECT.test(error.vendorMessage ?? "");
  }

  /**
   * True if a read failed because its answer may be incomplete.
   * @param error The error.
   */
  isInconclusive(error: unknown): boolean {
    return error instanceof RhombusError && error.kind === "silent";
  }

  /** The retry policy for one call that its caller repeats, after a look at what became of it. */
  retries(): Retries {
    return this.#client.retries();
  }

  /**
   * The group with a name, from the operation that searches by name. It may prove the absence of a group where the listing does not.
   * @param name The name. Rhombus ignores its case.
   */
  async groupNamed(name: string): Promise<Listed<Group>> {
    const operation = "findAccessControlGroupByExactName";
    const answer = await this.call(operation, { groupName: name });
    const { group } = answer;
    const words = this.#evidence.wordsIn(answer) ?? this.#evidence.warningIn(answer);
    if (words === undefined && group === null) return { items: [] };
    if (words === undefined && group?.uuid) return { items: [group] };
    const reason = words ?? missing("group", group) ?? '"group" has no id';
    return { items: [], inconclusive: this.#evidence.inconclusiveError(operation, reason, ABSENCE_REMEDY) };
  }

  async #listed<Name extends ListOperation>(
    operation: Name,
    request: RequestOf<Name>,
    { remedy, ...options }: ListOptions = {},
  ): Promise<Listed<ItemOf<Name>>> {
    const answer = await this.call(operation, request, options);
    return this.#evidence.list(operation, { request, answer, remedy });
  }

  async #learnOrganization(): Promise<{ uuid: string; name: string } | undefined> {
    try {
      const { org } = await this.call("getOrgV2", {});
      return { uuid: org.uuid, name: org.name ?? "" };
    } catch (error) {
      if (error instanceof RhombusError && (error.status === 403 || error.status === 404)) return undefined;
      throw error;
    }
  }
}

/** Error texts that may mean that an object does not exist. The vendor documents none. */
const UNKNOWN_OBJECT =
  /\b(?:not\s+(?:be\s+)?(?:found|configured|activated)|unknown|no\s+such|(?:does\s+not|doesn't|no\s+longer)\s+exists?|already\s+(?:been\s+)?(?:deleted|removed)|no\s+(?:\w+\s+)?(?:integration|deployment|group))\b/i;
