import { randomBytes } from "node:crypto";
import { foldedName } from "../../../core/schema/foldedName";
import { messageOf } from "../../../core/schema/values";
import type { RhombusApi } from "../../../rhombus/api/api";
import type { OnGuardDeployment } from "../../../rhombus/api/integrationListings";
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
  /** The RUUID of a group, the token of a deployment. */
  readonly id: string;
  /** The object as text. */
  readonly label: string;
  /** Deletes it. */
  readonly remove: () => Promise<unknown>;
}

/** The objects that a probe creates and deletes. No other object is changed or deleted. */
export class ProbeObjects {
  readonly #api: RhombusApi;
  readonly #run = `${PREFIX} ${randomBytes(4).toString("hex")}`;
  /** The objects that this probe has created and not deleted, by id. Reads may not show them yet. */
  readonly #created = new Map<string, ProbeObject>();
  /** The ids of deleted objects. Reads may still show them. */
  readonly #deleted = new Set<string>();
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
    if (uuid !== "") this.#created.set(uuid, this.#groupOf(uuid, name));
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
    const { rhombusToken: token } = answer;
    if (token) this.#created.set(token, this.#deploymentOf(token, request.displayName));
    return answer;
  }

  /**
   * True if a probe created a deployment.
   * @param deployment The deployment.
   */
  owns({ token, settings }: OnGuardDeployment): boolean {
    if (this.#isOwn(token) || hasProbeName(settings.displayName)) return true;
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
   * @returns The objects that could not be deleted, or are listed although an earlier call deleted them, one line each.
   */
  async deleteAll(): Promise<string[]> {
    const left: string[] = [];
    const attempt = async (label: string, act: () => Promise<unknown>) => {
      try {
        await act();
      } catch (error) {
        left.push(`${label}: ${messageOf(error)}`);
      }
    };
    const deleteListed = async (list: () => Promise<ProbeObject[]>) => {
      for (const each of await list()) {
        if (this.#deleted.has(each.id)) left.push(`${each.label}: it was deleted, but is still listed`);
        else if (!this.#created.has(each.id)) await attempt(each.label, () => this.#delete(each));
      }
    };
    for (const each of this.#created.values()) await attempt(each.label, () => this.#delete(each));
    await attempt("groups", () => deleteListed(() => this.#existingGroups()));
    await attempt("OnGuard deployments", () => {
      return deleteListed(async () => this.#ownAmong(await this.#api.onGuard.fresh()));
    });
    return left;
  }

  async #delete({ id, remove }: ProbeObject): Promise<void> {
    try {
      await remove();
      this.#created.delete(id);
      this.#deleted.add(id);
    } catch (error) {
      if (!this.#api.isUnknownObject(error)) throw error;
    }
  }

  #isOwn(id: string): boolean {
    return this.#created.has(id) || this.#deleted.has(id);
  }

  async #existingGroups(): Promise<ProbeObject[]> {
    const groups = await this.#api
      .listing("findAccessControlGroupsByOrg")
      .fresh()
      .catch((error: unknown) => {
        if (this.#isEmptySilent && this.#api.isSilent(error)) return [];
        throw error;
      });
    return groups.flatMap(({ uuid, name }) => {
      return uuid && (this.#isOwn(uuid) || hasProbeName(name)) ? [this.#groupOf(uuid, name)] : [];
    });
  }

  #ownAmong(deployments: readonly OnGuardDeployment[]): ProbeObject[] {
    const own = deployments.filter((each) => this.owns(each));
    return own.map(({ token, settings }) => this.#deploymentOf(token, settings.displayName));
  }

  #groupOf(groupUuid: string, name: string | null | undefined): ProbeObject {
    const remove = () => this.#api.call("deleteAccessControlGroup", { groupUuid });
    return { id: groupUuid, label: `the group ${quoted(name)}`, remove };
  }

  #deploymentOf(rhombusToken: string, name: string | null | undefined): ProbeObject {
    const remove = () => this.#api.call("deleteHoneywellOnGuardIntegration", { rhombusToken });
    return { id: rhombusToken, label: `the OnGuard deployment ${quoted(name)}`, remove };
  }
}

function hasProbeName(name: string | null | undefined): boolean {
  return NAME.test(foldedName(name ?? ""));
}
