import { randomBytes } from "node:crypto";
import { foldedName } from "../../../core/schema/foldedName";
import type { RhombusApi } from "../../../rhombus/api/api";
import type { OnGuardDeployment } from "../../../rhombus/api/integrationListings";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import { quoted } from "../../output/plainText";

/** The prefix of the names of all objects that a probe creates. */
const PREFIX = "pulumi-rhombus probe";

/** The properties of a deployment that a probe writes. */
export interface DeploymentRequest {
  /** The name. */
  readonly displayName?: string;
  /** The token of an existing deployment. */
  readonly rhombusToken?: string;
  /** The doors. */
  readonly doorInfoMap?: Record<string, { doorName?: string; clipDuration?: number }>;
}

/** The objects that a probe creates and deletes. No other object is changed or deleted. */
export class ProbeObjects {
  readonly #api: RhombusApi;
  readonly #run = `${PREFIX} ${randomBytes(4).toString("hex")}`;
  readonly #tokens = new Set<string>();
  readonly #groups = new Set<string>();

  /**
   * Creates an empty set of objects.
   * @param api The Rhombus API.
   */
  constructor(api: RhombusApi) {
    this.#api = api;
  }

  /**
   * A name for an object of this probe.
   * @param what The kind of object.
   */
  name(what: string): string {
    return `${this.#run} ${what}`;
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
   * @param request The request. Its name must come from {@link name}.
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
    return this.#tokens.has(token) || hasProbeName(settings.displayName);
  }

  /**
   * Deletes all objects of this probe, and of earlier probes that were killed.
   * @returns The objects that could not be deleted, one line each.
   */
  async deleteAll(): Promise<string[]> {
    const left: string[] = [];
    const attempt = async (label: string, act: () => Promise<unknown>) => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof RhombusError)) throw error;
        if (!this.#api.isUnknownObject(error)) left.push(`${label}: ${error.message}`);
      }
    };
    await attempt("groups", async () => {
      for (const { uuid: groupUuid, name } of await this.#api.listing("findAccessControlGroupsByOrg").fresh()) {
        if (!groupUuid || !(this.#groups.has(groupUuid) || hasProbeName(name))) continue;
        const remove = () => this.#api.call("deleteAccessControlGroup", { groupUuid });
        await attempt(`the group ${quoted(name)}`, remove);
      }
    });
    await attempt("OnGuard deployments", async () => {
      const own = (await this.#api.onGuard.fresh()).filter((each) => this.owns(each));
      for (const { token: rhombusToken, settings } of own) {
        const remove = () => this.#api.call("deleteHoneywellOnGuardIntegration", { rhombusToken });
        await attempt(`the OnGuard deployment ${quoted(settings.displayName)}`, remove);
      }
    });
    return left;
  }
}

/**
 * True if the name of an object is one that a probe gives.
 * @param name The object's name.
 */
export function hasProbeName(name: string | null | undefined): boolean {
  return foldedName(name ?? "").startsWith(`${PREFIX} `);
}
