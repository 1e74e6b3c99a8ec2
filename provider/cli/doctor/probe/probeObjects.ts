import { randomBytes } from "node:crypto";
import { foldedName } from "../../../core/schema/foldedName";
import { messageOf } from "../../../core/schema/values";
import type { RhombusApi } from "../../../rhombus/api/api";
import type { OnGuardDeployment } from "../../../rhombus/api/integrationListings";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import { quoted } from "../../output/plainText";

/** The prefix of the names that a probe gives. */
const PREFIX = "pulumi-rhombus probe";

/** The endings of the names that a probe gives. */
const SUBJECTS = ["group", "deployment", "second deployment", "unknown token", "first door", "second door"] as const;

const NAME = new RegExp(`^${PREFIX} [\\da-f]{8} (?:${SUBJECTS.join("|")})$`);

/** The properties of a deployment that a probe writes. */
export interface DeploymentRequest {
  /** The name. */
  readonly displayName?: string;
  /** The token of an existing deployment. */
  readonly rhombusToken?: string;
  /** The doors. */
  readonly doorInfoMap?: Record<string, { doorName?: string; clipDuration?: number }>;
}

/** An object that a probe has created. */
interface ProbeObject {
  /** The object as text. */
  readonly label: string;
  /** Deletes it. */
  readonly remove: () => Promise<unknown>;
}

/** The objects that a probe creates and deletes. No other object is changed or deleted. */
export class ProbeObjects {
  readonly #api: RhombusApi;
  readonly #run = `${PREFIX} ${randomBytes(4).toString("hex")}`;
  readonly #tokens = new Set<string>();
  readonly #groups = new Set<string>();
  /** True if Rhombus answers without a list if there are no groups. Otherwise such an answer is an error. */
  #isEmptySilent = false;

  /**
   * Creates an empty set of objects.
   * @param api The Rhombus API.
   */
  constructor(api: RhombusApi) {
    this.#api = api;
  }

  /**
   * A name for an object of this probe.
   * @param subject The kind of object.
   */
  name(subject: (typeof SUBJECTS)[number]): string {
    return `${this.#run} ${subject}`;
  }

  /**
   * Creates a group.
   * @param name Its name, from {@link name}.
   * @param description Its description.
   * @returns Its RUUID.
   * @throws RhombusError if it is refused.
   */
  async group(name: string, description: string): Promise<string> {
    const { group } = await this.#api.call("createAccessControlGroup", { name, description });
    const uuid = group?.uuid ?? "";
    this.#groups.add(uuid);
    return uuid;
  }

  /**
   * Creates or updates an OnGuard deployment.
   * @param request The request. Its names must come from {@link name}, and it must have a name or doors.
   * @returns The answer.
   * @throws RhombusError if it is refused.
   */
  async deployment(request: DeploymentRequest) {
    const answer = await this.#api.call("createOrUpdateHoneywellOnGuardIntegration", request);
    if (answer.rhombusToken) this.#tokens.add(answer.rhombusToken);
    return answer;
  }

  /**
   * True if a probe created a deployment.
   * @param deployment The deployment.
   */
  owns({ token, settings }: OnGuardDeployment): boolean {
    if (this.#tokens.has(token) || hasProbeName(settings.displayName)) return true;
    // A write without a name may clear it.
    const doors = Object.values(settings.doorInfoMap ?? {});
    return !settings.displayName && doors.length > 0 && doors.every((door) => hasProbeName(door?.doorName));
  }

  /**
   * Finds the objects that earlier probes have left, before this one creates any.
   * @returns The objects as text, and true if there are OnGuard deployments that no probe has created.
   * @throws RhombusError if they cannot be listed.
   */
  async survey(): Promise<{ readonly leftovers: readonly string[]; readonly hasOtherDeployments: boolean }> {
    const deployments = await this.#api.onGuard.fresh();
    const groups = await this.#existingGroups().catch((error: unknown) => {
      if (!this.#api.isSilent(error)) throw error;
      this.#isEmptySilent = true;
      return [];
    });
    const own = this.#ownAmong(deployments);
    return {
      leftovers: [...groups, ...own].map(({ label }) => label),
      hasOtherDeployments: own.length < deployments.length,
    };
  }

  /**
   * Deletes all objects of this probe and of earlier ones.
   * @returns The objects that could not be deleted, one line each.
   */
  async deleteAll(): Promise<string[]> {
    const left: string[] = [];
    const attempt = async (label: string, act: () => Promise<unknown>) => {
      try {
        await act();
      } catch (error) {
        const isGone = error instanceof RhombusError && this.#api.isUnknownObject(error);
        if (!isGone) left.push(`${label}: ${messageOf(error)}`);
      }
    };
    const deleteThose = (list: () => Promise<ProbeObject[]>) => async () => {
      for (const { label, remove } of await list()) await attempt(label, remove);
    };
    const groups = deleteThose(() => this.#existingGroups());
    const deployments = deleteThose(async () => this.#ownAmong(await this.#api.onGuard.fresh()));
    await attempt("groups", groups);
    await attempt("OnGuard deployments", deployments);
    return left;
  }

  async #existingGroups(): Promise<ProbeObject[]> {
    const groups = await this.#api
      .listing("findAccessControlGroupsByOrg")
      .fresh()
      .catch((error: unknown) => {
        if (this.#isEmptySilent && this.#api.isSilent(error)) return [];
        throw error;
      });
    return groups.flatMap(({ uuid: groupUuid, name }) => {
      if (!groupUuid || !(this.#groups.has(groupUuid) || hasProbeName(name))) return [];
      const remove = () => this.#api.call("deleteAccessControlGroup", { groupUuid });
      return [{ label: `the group ${quoted(name)}`, remove }];
    });
  }

  #ownAmong(deployments: readonly OnGuardDeployment[]): ProbeObject[] {
    return deployments
      .filter((each) => this.owns(each))
      .map(({ token: rhombusToken, settings }) => ({
        label: `the OnGuard deployment ${quoted(settings.displayName)}`,
        remove: () => this.#api.call("deleteHoneywellOnGuardIntegration", { rhombusToken }),
      }));
  }
}

function hasProbeName(name: string | null | undefined): boolean {
  return NAME.test(foldedName(name ?? ""));
}
