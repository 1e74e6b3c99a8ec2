import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { Camera, Location, PartnerClient, User } from "../../rhombus/api/schemas/directory";
import type { GeneaDoor } from "../../rhombus/api/schemas/genea";
import type { Group } from "../../rhombus/api/schemas/groups";
import type { KisiDoor, KisiPlace } from "../../rhombus/api/schemas/kisi";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { OrganizationCheck } from "./organizationCheck";
import { byVendorKey, RunListing } from "./runListing";

/** The doors at Kisi of one place. */
type KisiDoorsOfPlace = readonly [place: string, doors: readonly KisiDoor[]];

/** The listings of an organization. Each is read once in a run, those of another vendor once for each vendor key. */
export class Directory {
  /** The users of the organization, deleted ones included. */
  readonly users: RunListing<User>;
  /** The cameras that are in service. */
  readonly cameras: RunListing<Camera>;
  /** The outermost locations, each with the locations inside it. */
  readonly locations: RunListing<Location>;
  /** The groups, including those that are not for access control. */
  readonly groups: RunListing<Group>;
  /** The OnGuard deployments. */
  readonly deployments: RunListing<OnGuardDeployment>;
  /** The organizations that a partner manages. */
  readonly clients: RunListing<PartnerClient>;
  /** The check that the organization is the right one. */
  readonly organization: OrganizationCheck;
  /** The doors at Genea, by Genea's key. Without a key Rhombus uses the stored one. */
  readonly geneaDoors: (apiToken: string | undefined) => RunListing<GeneaDoor>;
  /** The places at Kisi, by Kisi's key. Without a key Rhombus uses the stored one. */
  readonly kisiPlaces: (apiSecretKey: string | undefined) => RunListing<KisiPlace>;
  /** The doors at Kisi of each place, by Kisi's key. Without a key Rhombus uses the stored one. */
  readonly kisiDoors: (apiSecretKey: string | undefined) => RunListing<KisiDoorsOfPlace>;

  /**
   * Opens a directory. Nothing is contacted yet.
   * @param api The API.
   * @param redactor The redactor of all calls to it.
   */
  constructor(
    api: RhombusApi,
    readonly redactor: Redactor,
  ) {
    const organization = new OrganizationCheck(api);
    this.organization = organization;
    this.users = new RunListing(async () => {
      return organization.refuseOthers(await api.users.shared(), ({ orgUuid }) => orgUuid);
    });
    this.cameras = new RunListing(() => api.cameras.shared());
    this.locations = new RunListing(() => api.locations.shared());
    this.groups = new RunListing(async (fresh) => {
      const groups = await (fresh ? api.groups.fresh() : api.groups.shared());
      return organization.refuseOthers(groups, ({ orgUuid }) => orgUuid);
    });
    this.deployments = new RunListing(async (fresh) => {
      const deployments = await (fresh ? api.onGuard.fresh() : api.onGuard.shared());
      return organization.refuseOthers(deployments, ({ row }) => row.orgUuid);
    });
    this.clients = new RunListing(() => api.list("getClientsV2", {}));
    this.geneaDoors = byVendorKey((apiToken) => api.list("getGeneaDoors", { apiToken }));
    this.kisiPlaces = byVendorKey((apiSecretKey) => api.list("getKisiPlaces", { apiSecretKey }));
    this.kisiDoors = byVendorKey((apiSecretKey) => api.list("getKisiDoors", { apiSecretKey }));
  }
}
