import { secretOrUndefined } from "../redaction/masks";
import { ABSENCE_REMEDY, type Evidence, incomplete, isUnconfigured, missing, type UnprovedAbsence } from "./evidence";
import { type Listed, Listing } from "./listings";
import type { AnswerOf, OperationName, RequestOf, SettingsOf, SettingsOperation } from "./operations";
import type { ListedIntegration } from "./schemas/integration";
import type { OnGuardDeploymentSettings, OnGuardSettings } from "./schemas/onGuard";

/** An OnGuard deployment in the OnGuard settings of the organization. */
export interface OnGuardDeployment {
  /** The token that identifies it; secret. */
  readonly token: string;
  /** Its key in the map of the settings, which Rhombus does not describe. */
  readonly key: string;
  /** Its settings. */
  readonly settings: OnGuardDeploymentSettings;
  /** The OnGuard settings of the organization, with all deployments. */
  readonly allSettings: OnGuardSettings;
}

type Call = <Name extends OperationName>(operation: Name, request: RequestOf<Name>) => Promise<AnswerOf<Name>>;

/** The listings of the integrations that this package manages. Each has at most one item, except that OnGuard has one for each deployment. */
export class IntegrationListings {
  /** The OnGuard deployments. */
  readonly onGuard = new Listing(() => this.deployments());
  /** The Genea integration. */
  readonly genea = new Listing(() => this.settingsOf("getGeneaIntegration", () => this.confirmAbsence("GENEA")));
  /** The Kisi integration, read with the first version of the operations. */
  readonly kisiV1 = new Listing(() => this.settingsOf("getKisiIntegration", () => this.confirmAbsenceInV1()));
  /** The Kisi integration, read with the second version. */
  readonly kisiV2 = new Listing(() => this.settingsOf("getKisiIntegrationV2", () => this.confirmAbsence("KISI")));

  /**
   * Takes what the listings use. Nothing is called before a listing is read.
   * @param call Makes calls.
   * @param evidence Judges the answers.
   * @param all The listing of all integrations.
   */
  constructor(
    private readonly call: Call,
    private readonly evidence: Evidence,
    private readonly all: Listing<ListedIntegration>,
  ) {}

  private settingsOf<Name extends SettingsOperation>(
    operation: Name,
    confirmAbsence: () => Promise<UnprovedAbsence | undefined>,
  ): Promise<Listed<SettingsOf<Name>>> {
    return this.evidence.settingsOf(operation, () => this.call(operation, {}), confirmAbsence);
  }

  private async deployments(): Promise<Listed<OnGuardDeployment>> {
    const operation = "getHoneywellOnGuardIntegration";
    const listed = await this.settingsOf(operation, () => this.confirmAbsence("HONEYWELL_ONGUARD"));
    const [allSettings] = listed.items;
    if (allSettings === undefined) return { ...listed, items: [] };
    const { deploymentToSettingsMap: map } = allSettings;
    const entries = Object.entries(map ?? {});
    const items = entries.flatMap(([key, settings]): OnGuardDeployment[] =>
      settings === null ? [] : [{ token: secretOrUndefined(settings.rhombusToken) ?? key, key, settings, allSettings }],
    );
    const reason = missing("deploymentToSettingsMap", map) ?? incomplete("deploymentToSettingsMap", items, entries);
    return reason === undefined
      ? { items }
      : { items, silentError: this.evidence.silentErrorFor(operation, reason, ABSENCE_REMEDY) };
  }

  /** Searches the listing of all integrations for one; `undefined` if that proves its absence. */
  private async confirmAbsence(kind: "GENEA" | "HONEYWELL_ONGUARD" | "KISI"): Promise<UnprovedAbsence | undefined> {
    const isOfKind = ({ key, integration }: ListedIntegration) =>
      [key, integration ?? ""].some((name) => name.toUpperCase().includes(kind));
    if (!(await this.all.fresh()).some(isOfKind)) return undefined;
    return { reason: `getOrgIntegrationsV2 shows the ${kind} integration`, isShown: true };
  }

  /** The same for settings that only the first version of the Kisi operations has: only the older listing shows them. */
  private async confirmAbsenceInV1(): Promise<UnprovedAbsence | undefined> {
    const operation = "getOrgIntegrations";
    const answer = await this.call(operation, {});
    const { orgIntegrations: slots } = answer;
    const reason =
      this.evidence.errorTextIn(answer) ?? this.evidence.warningIn(answer) ?? missing("orgIntegrations", slots);
    if (reason !== undefined) return { reason: `${operation} may be incomplete: ${reason}`, isShown: false };
    if (isUnconfigured(slots?.kisiSettings ?? {})) return undefined;
    return { reason: `${operation} shows the KISI integration`, isShown: true };
  }
}
