import { randomUUID } from "node:crypto";
import type { Behaviours, ProbedBehaviour } from "../../../emulator/behaviours/behaviours";
import type { OnGuardDeployment } from "../../../rhombus/api/integrationListings";
import { ruuidFromUuid } from "../../../rhombus/ids/ruuid";
import { unmasked } from "../../../rhombus/redaction/masks";
import { memberOf } from "../../pulumi/state";
import { type Asking, isRefusal } from "./asking";

const DOORS = { "1:1": { doorName: "First", clipDuration: 7 }, "1:2": { doorName: "Second" } };

/**
 * Observes OnGuard, with deployments of its own, in an organization that has no other.
 * @param asking Records the answers.
 */
export async function askAboutOnGuard(asking: Asking): Promise<void> {
  const probe = new OnGuardProbe(asking);
  await probe.create();
  await probe.askReads();
  await probe.askDoors();
  await probe.askFlags();
  await probe.askTokens();
}

/** Somebody has created another OnGuard deployment during the probe. */
class ForeignDeploymentError extends Error {
  /** The name of this kind of error. */
  override readonly name = "ForeignDeploymentError";

  /** Creates the error. */
  constructor() {
    super("Somebody has set up OnGuard meanwhile, so the probe has stopped and deleted its objects.");
  }
}

/** The questions about one deployment of the probe. */
class OnGuardProbe {
  readonly #asking: Asking;
  readonly #name: string;
  #token = "";
  #secret = "";

  constructor(asking: Asking) {
    this.#asking = asking;
    this.#name = asking.scratch.name("deployment");
  }

  async create(): Promise<void> {
    const { scratch } = this.#asking;
    await this.#asking.ask(
      "readLagMs",
      async () => {
        const answer = await scratch.deployment({ displayName: this.#name, doorInfoMap: DOORS });
        this.#token = answer.rhombusToken ?? "";
        this.#secret = answer.presharedSecret ?? "";
        return this.#asking.measureLag(async () => (await this.#find(this.#token)) !== undefined);
      },
      "OnGuard",
    );
  }

  async askReads(): Promise<void> {
    await this.#ask("onGuardKeys", ({ key }) => (key === this.#token ? "token" : "opaque"));
    await this.#ask("onGuardSecretReads", ({ settings: { presharedSecret } }) => {
      if (presharedSecret === this.#secret) return "plain";
      return presharedSecret && unmasked(presharedSecret) === undefined ? "masked" : "absent";
    });
    await this.#ask("onGuardUrlReads", ({ settings }) => (memberOf(settings, "webhookUrl") ? "plain" : "absent"));
  }

  async askDoors(): Promise<void> {
    const displayName = this.#name;
    await this.#ask(
      "onGuardDoorsOmitted",
      ({ settings }) => (settings.doorInfoMap?.["1:2"] ? "kept" : "cleared"),
      () => this.#write({ displayName }),
    );
    await this.#ask(
      "doorWrites",
      ({ settings }) => (settings.doorInfoMap?.["1:1"]?.clipDuration === 7 ? "merge" : "replace"),
      async () => {
        await this.#write({ displayName, doorInfoMap: DOORS });
        await this.#write({ displayName, doorInfoMap: { ...DOORS, "1:1": { doorName: "First" } } });
      },
    );
    await this.#ask(
      "mapWrites",
      ({ settings }) => (settings.doorInfoMap?.["1:2"] ? "merge" : "replace"),
      async () => {
        await this.#write({ displayName, doorInfoMap: DOORS });
        await this.#write({ displayName, doorInfoMap: { "1:1": DOORS["1:1"] } });
      },
    );
    await this.#ask(
      "settingsWrites",
      ({ settings }) => (settings.displayName === displayName ? "merge" : "replace"),
      () => this.#write({ doorInfoMap: DOORS }),
      "the display name of OnGuard deployments",
    );
  }

  async askFlags(): Promise<void> {
    await this.#ask(
      "settingsWrites",
      ({ settings: { saveClips } }) => (saveClips === true ? "merge" : "replace"),
      async (deployment) => {
        await this.#writeFlags(deployment, { saveClips: true });
        await this.#writeFlags(deployment, { createSeekPoints: true });
      },
      "the flags of OnGuard deployments",
    );
    await this.#ask(
      "nulls",
      ({ settings: { saveClips } }) => (saveClips === true ? "keeps" : "clears"),
      async (deployment) => {
        await this.#writeFlags(deployment, { saveClips: true });
        await this.#writeFlags(deployment, { saveClips: null });
      },
      "the flags of OnGuard deployments",
    );
  }

  async askTokens(): Promise<void> {
    const { scratch } = this.#asking;
    let second = "";
    await this.#asking.ask("onGuardCreate", async () => {
      if ((await this.#find(this.#token)) === undefined) return undefined;
      const { rhombusToken } = await scratch.deployment({ displayName: scratch.name("second deployment") });
      second = rhombusToken ?? "";
      return second === this.#token ? "existing" : "new";
    });
    await this.#asking.ask("deploymentsOmitted", async () => {
      const own = await this.#find(this.#token);
      if (own === undefined || second === this.#token || second === "") return undefined;
      await this.#writeFlags(own, { saveClips: true });
      await this.#asking.settle();
      return (await this.#find(second)) === undefined ? "removed" : "kept";
    });
    await this.#asking.ask("onGuardUnknownToken", async () => {
      await this.#find(this.#token);
      return this.#unknownToken();
    });
  }

  async #unknownToken(): Promise<Behaviours["onGuardUnknownToken"]> {
    const { scratch } = this.#asking;
    const rhombusToken = ruuidFromUuid(randomUUID());
    try {
      const answer = await scratch.deployment({ displayName: scratch.name("unknown token"), rhombusToken });
      return answer.rhombusToken === rhombusToken ? "recreate" : "mint";
    } catch (error) {
      if (isRefusal(error)) return "error";
      throw error;
    }
  }

  /** Writes, waits, reads, and derives the setting from the read. */
  #ask<Name extends ProbedBehaviour>(
    behaviour: Name,
    shows: (deployment: OnGuardDeployment) => Behaviours[Name] | undefined,
    act: (deployment: OnGuardDeployment) => Promise<unknown> = async () => {},
    of?: string,
  ): Promise<void> {
    const ask = async () => {
      const before = await this.#find(this.#token);
      if (before === undefined) return undefined;
      await act(before);
      await this.#asking.settle();
      const deployment = await this.#find(this.#token);
      return deployment && shows(deployment);
    };
    return this.#asking.ask(behaviour, ask, of);
  }

  #write(change: Parameters<Asking["scratch"]["deployment"]>[0]): Promise<unknown> {
    return this.#asking.scratch.deployment({ rhombusToken: this.#token, ...change });
  }

  #writeFlags({ key, token }: OnGuardDeployment, flags: { saveClips?: boolean | null; createSeekPoints?: boolean }) {
    const deploymentToSettingsMap = { [key]: { rhombusToken: token, displayName: this.#name, ...flags } };
    return this.#asking.api.call("updateHoneywellOnGuardIntegration", {
      honeywellOnGuardSettings: { deploymentToSettingsMap },
    });
  }

  /** Runs before each write as well: a write may change other deployments, so there must be none but those of the probe. */
  async #find(token: string): Promise<OnGuardDeployment | undefined> {
    const deployments = await this.#asking.api.onGuard.fresh();
    if (!deployments.every((each) => this.#asking.scratch.owns(each))) throw new ForeignDeploymentError();
    return deployments.find((deployment) => deployment.token === token);
  }
}
