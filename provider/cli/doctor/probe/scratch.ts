import { randomBytes } from "node:crypto";
import { foldedName } from "../../../core/schema/foldedName";
import type { RhombusApi } from "../../../rhombus/api/api";
import type { OnGuardDeployment } from "../../../rhombus/api/integrationListings";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import { plainText } from "../../../rhombus/redaction/plainText";

/** With what the name of everything begins that a probe makes. */
const PREFIX = "pulumi-rhombus probe";

/** What a probe makes, and removes again. Nothing else is ever changed or removed. */
export class Scratch {
  readonly #api: RhombusApi;
  readonly #run = `${PREFIX} ${randomBytes(4).toString("hex")}`;
  readonly #tokens = new Set<string>();
  readonly #groups = new Set<string>();

  /**
   * Opens a workplace. Nothing is made yet.
   * @param api Rhombus.
   */
  constructor(api: RhombusApi) {
    this.#api = api;
  }

  /**
   * A name for something that this probe makes.
   * @param what What it is.
   */
  name(what: string): string {
    return `${this.#run} ${what}`;
  }

  /**
   * Makes a group.
   * @param name Its name, from {@link name}.
   * @param description Its description.
   * @returns Its RUUID.
   * @throws RhombusError when it is refused.
   */
  async group(name: string, description: string): Promise<string> {
    const { group } = await this.#api.call("createAccessControlGroup", { name, description });
    const uuid = group?.uuid ?? "";
    this.#groups.add(uuid);
    return uuid;
  }

  /**
   * Makes a deployment of OnGuard, or writes one.
   * @param request What is sent. Its name has to be from {@link name}.
   * @returns The answer.
   * @throws RhombusError when it is refused.
   */
  async deployment(request: Parameters<typeof activation>[1]): Promise<Awaited<ReturnType<typeof activation>>> {
    const answer = await activation(this.#api, request);
    if (answer.rhombusToken) this.#tokens.add(answer.rhombusToken);
    return answer;
  }

  /**
   * Whether a deployment has been made by a probe.
   * @param deployment The deployment.
   */
  owns({ token, settings }: OnGuardDeployment): boolean {
    return this.#tokens.has(token) || isScratch(settings.displayName);
  }

  /**
   * Removes everything that this probe has made, and what an earlier one may have left.
   * @returns What could not be removed, one line each.
   */
  async clean(): Promise<string[]> {
    const left: string[] = [];
    const remove = async (what: string, act: () => Promise<unknown>) => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof RhombusError)) throw error;
        if (!this.#api.isUnknownObject(error)) left.push(`${what}: ${error.message}`);
      }
    };
    await remove("groups", async () => {
      for (const { uuid, name } of await this.#api.groups.fresh()) {
        if (uuid && (this.#groups.has(uuid) || isScratch(name))) {
          const said = `the group ${JSON.stringify(plainText(name ?? ""))}`;
          await remove(said, () => this.#api.call("deleteAccessControlGroup", { groupUuid: uuid }));
        }
      }
    });
    await remove("OnGuard deployments", async () => {
      for (const deployment of await this.#api.onGuard.fresh()) {
        const { token, settings } = deployment;
        if (this.owns(deployment)) {
          const said = `the OnGuard deployment ${JSON.stringify(plainText(settings.displayName ?? ""))}`;
          await remove(said, () => this.#api.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token }));
        }
      }
    });
    return left;
  }
}

/**
 * Whether something has been made by a probe.
 * @param name Its name.
 */
export function isScratch(name: string | null | undefined): boolean {
  return foldedName(name ?? "").startsWith(`${PREFIX} `);
}

function activation(
  api: RhombusApi,
  request: {
    readonly displayName?: string;
    readonly rhombusToken?: string;
    readonly doorInfoMap?: Record<string, { doorName?: string; clipDuration?: number }>;
  },
) {
  return api.call("createOrUpdateHoneywellOnGuardIntegration", request);
}
