import { unmasked } from "../redaction/masks";
import { type AnsweredRow, type Evidence, incomplete, isBlank, missing, WAY_OUT } from "./evidence";
import { type Listed, Listing } from "./listings";
import type { AnswerOf, OperationName, RequestOf } from "./operations";
import type { GeneaSettings } from "./schemas/genea";
import type { IntegrationRow } from "./schemas/integration";
import type { KisiSettingsV1, KisiSettingsV2 } from "./schemas/kisi";
import type { OnGuardDeploymentSettings, OnGuardRow } from "./schemas/onGuard";

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

/** An integration in the listing of all, with its key there, which the vendor does not describe. */
export type ListedIntegration = IntegrationRow & { readonly key: string };

/** Makes a call of the API. */
type Call = <Name extends OperationName>(operation: Name, request: RequestOf<Name>) => Promise<AnswerOf<Name>>;

/** The integrations of which this package reads one row, as the vendor's enumeration names them. */
type IntegrationKind = "GENEA" | "HONEYWELL_ONGUARD" | "KISI";

/** The listings of an organization's integrations. Each has one row at most; OnGuard's row holds several deployments. */
export class IntegrationListings {
  /** All integrations of the organization, those included that this package does not manage. */
  readonly all: Listing<ListedIntegration>;
  /** The OnGuard deployments. */
  readonly onGuard: Listing<OnGuardDeployment>;
  /** The Genea integration. */
  readonly genea: Listing<GeneaSettings>;
  /** The Kisi integration as the first version of the operations shows it. */
  readonly kisiV1: Listing<KisiSettingsV1>;
  /** The Kisi integration as the second version shows it. */
  readonly kisiV2: Listing<KisiSettingsV2>;

  /** Takes what makes calls, and what judges their answers. Nothing is called before a listing is read. */
  constructor(
    private readonly call: Call,
    private readonly evidence: Evidence,
  ) {
    this.all = new Listing(async () => {
      const answer = await call("getOrgIntegrationsV2", {});
      const { orgIntegrationsV2: rows } = answer;
      return evidence.list(answer, {
        operation: "getOrgIntegrationsV2",
        key: "orgIntegrationsV2",
        items: rows === null || rows === undefined ? rows : Object.entries(rows).map(listedIntegration),
        idOf: ({ integration }) => integration,
      });
    });
    this.onGuard = new Listing(() => this.deployments());
    this.genea = new Listing(() =>
      evidence.row({
        operation: "getGeneaIntegration",
        key: "orgIntegrationV2",
        read: async () => this.answered(await call("getGeneaIntegration", {}), (answer) => answer.orgIntegrationV2),
        confirmAbsence: () => this.confirmAbsence("GENEA"),
      }),
    );
    this.kisiV1 = new Listing(() =>
      evidence.row({
        operation: "getKisiIntegration",
        key: "kisiSettings",
        read: async () => this.answered(await call("getKisiIntegration", {}), (answer) => answer.kisiSettings),
        confirmAbsence: () => this.confirmAbsenceInV1(),
      }),
    );
    this.kisiV2 = new Listing(() =>
      evidence.row({
        operation: "getKisiIntegrationV2",
        key: "orgIntegrationV2",
        read: async () => this.answered(await call("getKisiIntegrationV2", {}), (answer) => answer.orgIntegrationV2),
        confirmAbsence: () => this.confirmAbsence("KISI"),
      }),
    );
  }

  private answered<Answer extends object, T>(answer: Answer, row: (answer: Answer) => T): AnsweredRow<NonNullable<T>> {
    return { row: row(answer) ?? undefined, words: this.evidence.wordsIn(answer) };
  }

  private async deployments(): Promise<Listed<OnGuardDeployment>> {
    const operation = "getHoneywellOnGuardIntegration";
    const rows = await this.evidence.row<OnGuardRow>({
      operation,
      key: "orgIntegrationV2",
      read: async () => this.answered(await this.call(operation, {}), (answer) => answer.orgIntegrationV2),
      confirmAbsence: () => this.confirmAbsence("HONEYWELL_ONGUARD"),
    });
    const [row] = rows.items;
    if (row === undefined) return { ...rows, items: [] };
    const { deploymentToSettingsMap: map } = row;
    const entries = Object.entries(map ?? {});
    const items = entries.flatMap(([key, settings]): OnGuardDeployment[] =>
      settings === null ? [] : [{ token: unmasked(settings.rhombusToken) ?? key, key, settings, row }],
    );
    const reason = missing("deploymentToSettingsMap", map) ?? incomplete("deploymentToSettingsMap", items, entries);
    return reason === undefined ? { items } : { items, silence: this.evidence.silence(operation, reason, WAY_OUT) };
  }

  /** Why the listing of all integrations does not prove that there is none of a kind; `undefined` where it does. */
  private async confirmAbsence(kind: IntegrationKind): Promise<string | undefined> {
    const isOfKind = ({ key, integration }: ListedIntegration) =>
      [key, integration ?? ""].some((name) => name.toUpperCase().includes(kind));
    return (await this.all.fresh()).some(isOfKind) ? `getOrgIntegrationsV2 shows the ${kind} integration` : undefined;
  }

  /** What only the first version of Kisi's settings holds, only the older listing can show. */
  private async confirmAbsenceInV1(): Promise<string | undefined> {
    const operation = "getOrgIntegrations";
    const answer = await this.call(operation, {});
    const { orgIntegrations: slots } = answer;
    const row = slots?.kisiSettings ?? {};
    const reason = this.evidence.wordsIn(answer) ?? this.evidence.caveatIn(answer) ?? missing("orgIntegrations", slots);
    if (reason !== undefined) return `${operation} may be incomplete: ${reason}`;
    return isBlank(row) ? undefined : `${operation} shows the KISI integration`;
  }
}

function listedIntegration([key, row]: [string, IntegrationRow | null]): ListedIntegration | null {
  return row === null ? null : { ...row, key };
}
