import { RhombusError } from "../errors/rhombusError";
import { backoffMs } from "../http/retry";
import type { RhombusClient } from "./client";
import { Evidence, missing, WAY_OUT } from "./evidence";
import { IntegrationListings, type ListedIntegration, type OnGuardDeployment } from "./integrationListings";
import { type Listed, Listing } from "./listings";
import type { AnswerOf, OperationName, RequestOf } from "./operations";
import type { Camera, Location, User } from "./schemas/directory";
import type { GeneaSettings } from "./schemas/genea";
import type { Group } from "./schemas/groups";
import type { KisiSettingsV1, KisiSettingsV2 } from "./schemas/kisi";

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
  /** All integrations of the organization, those included that this package does not manage. */
  readonly integrations: Listing<ListedIntegration>;
  /** Judges what answers prove. */
  readonly evidence: Evidence;
  readonly #client: RhombusClient;

  /**
   * Wraps a client.
   * @param client The client.
   * @param expectedOrganization The organization that the settings name.
   */
  constructor(client: RhombusClient, expectedOrganization: string | undefined) {
    this.#client = client;
    this.expectedOrganization = expectedOrganization;
    const evidence = new Evidence(client.redact);
    this.evidence = evidence;
    const idOf = ({ uuid }: { uuid?: string | null }) => uuid;
    this.groups = new Listing(async () => {
      const operation = "findAccessControlGroupsByOrg";
      const answer = await this.call(operation, {});
      return evidence.list(answer, { operation, key: "groups", items: answer.groups, idOf, wayOut: WAY_OUT });
    });
    this.users = new Listing(async () => {
      const operation = "getUsersInOrg";
      const answer = await this.call(operation, {});
      return evidence.list(answer, { operation, key: "users", items: answer.users, idOf });
    });
    this.cameras = new Listing(async () => {
      const operation = "getMinimalCameraStateList";
      const answer = await this.call(operation, {});
      return evidence.list(answer, { operation, key: "cameraStates", items: answer.cameraStates, idOf });
    });
    this.locations = new Listing(async () => {
      const operation = "getLocations";
      const answer = await this.call(operation, { subLocationsIncluded: true });
      return evidence.list(answer, { operation, key: "locations", items: answer.locations, idOf: idOfWhole });
    });
    const integrations = new IntegrationListings((operation, request) => this.call(operation, request), evidence);
    ({
      all: this.integrations,
      onGuard: this.onGuard,
      genea: this.genea,
      kisiV1: this.kisiV1,
      kisiV2: this.kisiV2,
    } = integrations);
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
  callFresh<Name extends OperationName>(operation: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
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
   * Whether a call of {@link callFresh} that was not carried out may be made again.
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
   * The group with a name, from the operation that looks for one name. It speaks where the listing of all groups does not.
   * @param name The name; Rhombus compares it without regard to case.
   */
  async groupNamed(name: string): Promise<Listed<Group>> {
    const operation = "findAccessControlGroupByExactName";
    const answer = await this.call(operation, { groupName: name });
    const { evidence } = this;
    const { group } = answer;
    const words = evidence.wordsIn(answer) ?? evidence.caveatIn(answer);
    if (words === undefined && group === null) return { items: [] };
    if (words === undefined && group?.uuid) return { items: [group] };
    const reason = words ?? missing("group", group) ?? '"group" has no id';
    return { items: [], silence: evidence.silence(operation, reason, WAY_OUT) };
  }
}

/** The id of a location that shows all locations inside it. */
function idOfWhole({ uuid, subLocations }: Location): string | null | undefined {
  const isWhole = (subLocations ?? []).every((each) => each !== null && idOfWhole(each));
  return isWhole ? uuid : undefined;
}

/** How the vendor may say in an error text that an object is not there; it documents no such text. */
const UNKNOWN_OBJECT =
  /\b(?:not\s+(?:be\s+)?(?:found|configured|activated)|unknown|no\s+such|(?:does\s+not|doesn't|no\s+longer)\s+exists?|already\s+(?:been\s+)?(?:deleted|removed)|no\s+(?:\w+\s+)?(?:integration|deployment|group))\b/i;
