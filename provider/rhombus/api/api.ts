import { RhombusError } from "../errors/rhombusError";
import type { Retries } from "../http/retry";
import type { CallOptions, RhombusClient } from "./client";
import { ABSENCE_REMEDY, Evidence, missing } from "./evidence";
import { IntegrationListings } from "./integrationListings";
import { itemsOf, type Listed, Listing } from "./listings";
import {
  type AnswerOf,
  type ItemOf,
  type ListOperation,
  listOperations,
  type OperationName,
  type RequestOf,
  type SharedListOperation,
} from "./operations";
import type { Group } from "./schemas/groups";
import { VendorList } from "./vendorList";

/** Options of a call for a list. */
export interface ListOptions extends CallOptions {
  /** Advice for the error if the list may be incomplete. Default: to run the command again. */
  readonly remedy?: string;
}

type SharedListings = { [Name in SharedListOperation]?: Listing<ItemOf<Name>> };

/** The Rhombus API as definitions, look-ups and commands see it: calls, and the listings that all resources of a process share. */
export class RhombusApi {
  readonly #evidence = new Evidence((text) => this.client.redact(text));
  readonly #listings: SharedListings = {};
  readonly #managed = new IntegrationListings(
    (operation, request) => this.call(operation, request),
    this.#evidence,
    this.listing("getOrgIntegrationsV2"),
  );
  #organization: Promise<{ uuid: string; name: string } | undefined> | undefined;

  /** The OnGuard deployments of the organization. */
  readonly onGuard = this.#managed.onGuard;
  /** The Genea integration; empty if it is not configured. */
  readonly genea = this.#managed.genea;
  /** The Kisi integration, read with the first version of the operations; empty if it is not configured. */
  readonly kisiV1 = this.#managed.kisiV1;
  /** The Kisi integration, read with the second version; empty if it is not configured. */
  readonly kisiV2 = this.#managed.kisiV2;
  /** The doors at Genea. */
  readonly geneaDoors = new VendorList<"getGeneaDoors">((...call) => this.#listed("getGeneaDoors", ...call));
  /** The places at Kisi. */
  readonly kisiPlaces = new VendorList<"getKisiPlaces">((...call) => this.#listed("getKisiPlaces", ...call));

  /**
   * Wraps a client.
   * @param client The client.
   * @param expectedOrganization The organization in the settings; `undefined` if they name none.
   */
  constructor(
    private readonly client: RhombusClient,
    readonly expectedOrganization: string | undefined,
  ) {}

  /** The remedy for an object of another organization than expected, in sentences. */
  get organizationRemedy(): string {
    return this.client.organizationRemedy;
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
    return this.client.call(operation, request, options);
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

  /**
   * The listing of all items that an operation lists, shared by all resources of the process.
   * @param operation The operation.
   */
  listing<Name extends SharedListOperation>(operation: Name): Listing<ItemOf<Name>> {
    const known = this.#listings[operation];
    if (known !== undefined) return known;
    const { all = {} } = listOperations[operation].list;
    const listing = new Listing(() => this.#listed(operation, all));
    Object.assign(this.#listings, { [operation]: listing });
    return listing;
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
   * True if a failed call may still be carried out, because only the wait for its answer has ended, here or in the gateway of Rhombus.
   * @param error The error.
   */
  mayBeCarriedOutLate(error: unknown): boolean {
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
  isSilent(error: unknown): boolean {
    return error instanceof RhombusError && error.kind === "silent";
  }

  /** The retry policy for one call that its caller repeats, after checking whether it took effect. */
  retries(): Retries {
    return this.client.retries();
  }

  /**
   * The group with a name, from the operation that searches by name. It may prove the absence of a group where the listing does not.
   * @param name The name. Rhombus ignores its case.
   */
  async groupNamed(name: string): Promise<Listed<Group>> {
    const operation = "findAccessControlGroupByExactName";
    const answer = await this.call(operation, { groupName: name });
    const { group } = answer;
    const errorText = this.#evidence.errorTextIn(answer) ?? this.#evidence.warningIn(answer);
    if (errorText === undefined && group === null) return { items: [] };
    if (errorText === undefined && group?.uuid) return { items: [group] };
    const reason = errorText ?? missing("group", group) ?? '"group" has no id';
    return { items: [], silentError: this.#evidence.silentErrorFor(operation, reason, ABSENCE_REMEDY) };
  }

  async #listed<Name extends ListOperation>(
    operation: Name,
    request: RequestOf<Name>,
    { remedy, ...options }: ListOptions = {},
  ): Promise<Listed<ItemOf<Name>>> {
    const { nextPage } = listOperations[operation].list;
    let page = request;
    let listed: Listed<ItemOf<Name>> = { items: [] };
    for (const asked = new Set<string>(); ; ) {
      asked.add(JSON.stringify(page));
      const answer = await this.call(operation, page, options);
      const next = nextPage?.(answer);
      const more = this.#evidence.list(operation, page, answer, remedy);
      // The page after a full one may be empty.
      const isEmptyEnd = more.mayBeEmpty === true && listed.items.length > 0 && next === undefined;
      listed = isEmptyEnd ? listed : { ...more, items: [...listed.items, ...more.items] };
      if (next === undefined || listed.silentError !== undefined) return listed;
      if (asked.has(JSON.stringify(next)))
        return {
          ...listed,
          silentError: this.#evidence.silentErrorFor(operation, "a page names itself as the next one"),
        };
      page = next;
    }
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

/** Error texts that may mean that an object does not exist. Rhombus documents none. */
const UNKNOWN_OBJECT =
  /\b(?:not\s+(?:be\s+)?(?:found|configured|activated)|unknown|no\s+such|(?:does\s+not|doesn't|no\s+longer)\s+exists?|already\s+(?:been\s+)?(?:deleted|removed)|no\s+(?:\w+\s+)?(?:integration|deployment|group))\b/i;
