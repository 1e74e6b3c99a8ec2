import type { RhombusApi } from "../../rhombus/api/api";
import type { KisiPlace } from "../../rhombus/api/schemas/kisi";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { OrganizationCheck } from "./organizationCheck";
import { byVendorKey, RunListing } from "./runListing";

/** The listings of an organization. Each is read once in a run, those of another vendor once for each vendor key. */
export class Directory {
  /** The check that the organization is the right one. */
  readonly organization: OrganizationCheck;
  /** The users of the organization, deleted ones included. */
  readonly users = new RunListing(async () => {
    return this.organization.refuseOthers(await this.api.users.shared(), ({ orgUuid }) => orgUuid);
  });
  /** The cameras that are in service. */
  readonly cameras = new RunListing(() => this.api.cameras.shared());
  /** The outermost locations, each with the locations inside it. */
  readonly locations = new RunListing(() => this.api.locations.shared());
  /** The groups, including those that are not for access control. */
  readonly groups = new RunListing(async (fresh) => {
    const groups = await (fresh ? this.api.groups.fresh() : this.api.groups.shared());
    return this.organization.refuseOthers(groups, ({ orgUuid }) => orgUuid);
  });
  /** The OnGuard deployments. */
  readonly deployments = new RunListing(async (fresh) => {
    const deployments = await (fresh ? this.api.onGuard.fresh() : this.api.onGuard.shared());
    return this.organization.refuseOthers(deployments, ({ row }) => row.orgUuid);
  });
  /** The organizations that a partner manages. */
  readonly clients = new RunListing(() => this.api.list("getClientsV2", {}));
  /** The doors at Genea, by Genea's key. Without a key Rhombus uses the stored one. */
  readonly geneaDoors = byVendorKey((apiToken) => this.api.list("getGeneaDoors", { apiToken }));
  /** The places at Kisi, by Kisi's key. Without a key Rhombus uses the stored one. */
  readonly kisiPlaces = byVendorKey<KisiPlace>((apiSecretKey) => this.api.list("getKisiPlaces", { apiSecretKey }));
  /** The doors at Kisi of each place, by Kisi's key. Without a key Rhombus uses the stored one. */
  readonly kisiDoors = byVendorKey((apiSecretKey) => this.api.list("getKisiDoors", { apiSecretKey }));

  /**
   * Opens a directory. Nothing is contacted yet.
   * @param api The API.
   * @param redactor The redactor of all calls to it.
   */
  constructor(
    private readonly api: RhombusApi,
    readonly redactor: Redactor,
  ) {
    this.organization = new OrganizationCheck(api);
  }
}
