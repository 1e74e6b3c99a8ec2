import { randomUUID } from "node:crypto";
import type { Behaviours, ProbedBehaviour } from "../../../emulator/behaviours/behaviours";
import type { OnGuardDeployment } from "../../../rhombus/api/integrationListings";
import { ruuidFromUuid } from "../../../rhombus/ids/ruuid";
import { secretOrUndefined } from "../../../rhombus/redaction/masks";
import { memberOf } from "../../pulumi/state";
import type { DeploymentRequest } from "./probeObjects";
import { isRefusal, type Recorder } from "./recorder";

/**
 * Observes OnGuard, with deployments of its own, in an organization that has no other.
 * @param recorder Records the observations.
 */
export async function observeOnGuard(recorder: Recorder): Promise<void> {
  const probe = new OnGuardProbe(recorder);
  await probe.observeCreation();
  await probe.observeReads();
  await probe.observeDoors();
  await probe.observeFlags();
  await probe.observeTokens();
}

/** The observations of one deployment. */
class OnGuardProbe {
  readonly #recorder: Recorder;
  readonly #name: string;
  readonly #firstDoor: string;
  readonly #doors: Readonly<Record<"1:1" | "1:2", { doorName: string; clipDuration?: number }>>;
  #token = "";
  #secret = "";

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
    const { objects } = recorder;
    this.#name = objects.name("deployment");
    this.#firstDoor = objects.name("first door");
    this.#doors = {
      "1:1": { doorName: this.#firstDoor, clipDuration: 7 },
      "1:2": { doorName: objects.name("second door") },
    };
  }

  observeCreation(): Promise<void> {
    const create = async () => {
      const answer = await this.#recorder.objects.deployment({ displayName: this.#name, doorInfoMap: this.#doors });
      this.#token = answer.rhombusToken ?? "";
      this.#secret = answer.presharedSecret ?? "";
      return this.#recorder.measureLag(async () => (await this.#find(this.#token)) !== undefined);
    };
    return this.#recorder.record("readLagMs", create, "OnGuard");
  }

  async observeReads(): Promise<void> {
    await this.#record("onGuardKeys", ({ key }) => (key === this.#token ? "token" : "opaque"));
    await this.#record("onGuardSecretReads", ({ settings: { presharedSecret } }) => {
      if (presharedSecret === this.#secret) return "plain";
      return presharedSecret && secretOrUndefined(presharedSecret) === undefined ? "masked" : "absent";
    });
    await this.#record("onGuardUrlReads", ({ settings }) => (memberOf(settings, "webhookUrl") ? "plain" : "absent"));
  }

  async observeDoors(): Promise<void> {
    const [displayName, doors] = [this.#name, this.#doors];
    const hasSecond = ({ settings }: OnGuardDeployment) => settings.doorInfoMap?.["1:2"] !== undefined;
    await this.#record(
      "onGuardDoorsOmitted",
      (deployment) => (hasSecond(deployment) ? "kept" : "cleared"),
      () => this.#write({ displayName }),
    );
    await this.#record(
      "doorWrites",
      ({ settings }) => (settings.doorInfoMap?.["1:1"]?.clipDuration === 7 ? "merge" : "replace"),
      () => this.#write({ doorInfoMap: doors }, { doorInfoMap: { ...doors, "1:1": { doorName: this.#firstDoor } } }),
    );
    await this.#record(
      "mapWrites",
      (deployment) => (hasSecond(deployment) ? "merge" : "replace"),
      () => this.#write({ doorInfoMap: doors }, { doorInfoMap: { "1:1": doors["1:1"] } }),
    );
    await this.#record(
      "settingsWrites",
      ({ settings }) => (settings.displayName === displayName ? "merge" : "replace"),
      () => this.#recorder.objects.deployment({ rhombusToken: this.#token, doorInfoMap: doors }),
      "the display name of OnGuard deployments",
    );
  }

  async observeFlags(): Promise<void> {
    const of = "the flags of OnGuard deployments";
    await this.#record(
      "settingsWrites",
      ({ settings: { saveClips } }) => (saveClips === true ? "merge" : "replace"),
      (deployment) => this.#writeFlags(deployment, { saveClips: true }, { createSeekPoints: true }),
      of,
    );
    await this.#record(
      "nulls",
      ({ settings: { saveClips } }) => (saveClips === true ? "keeps" : "clears"),
      (deployment) => this.#writeFlags(deployment, { saveClips: true }, { saveClips: null }),
      of,
    );
  }

  async observeTokens(): Promise<void> {
    const { objects } = this.#recorder;
    let second = "";
    await this.#recorder.record("onGuardCreate", async () => {
      if ((await this.#find(this.#token)) === undefined) return undefined;
      const { rhombusToken } = await objects.deployment({ displayName: objects.name("second deployment") });
      second = rhombusToken ?? "";
      return second === this.#token ? "existing" : "new";
    });
    await this.#recorder.record("deploymentsOmitted", async () => {
      const own = await this.#find(this.#token);
      if (own === undefined || second === this.#token || second === "") return undefined;
      await this.#writeFlags(own, { saveClips: true });
      await this.#recorder.settle();
      return (await this.#find(second)) === undefined ? "removed" : "kept";
    });
    await this.#recorder.record("onGuardUnknownToken", async () => {
      await this.#find(this.#token);
      const rhombusToken = ruuidFromUuid(randomUUID());
      try {
        const answer = await objects.deployment({ displayName: objects.name("unknown token"), rhombusToken });
        return answer.rhombusToken === rhombusToken ? "recreate" : "mint";
      } catch (error) {
        if (isRefusal(error)) return "error";
        throw error;
      }
    });
  }

  /** Writes, waits, reads, and derives the setting from the read. */
  #record<Name extends ProbedBehaviour>(
    behaviour: Name,
    settingIn: (deployment: OnGuardDeployment) => Behaviours[Name],
    write: (deployment: OnGuardDeployment) => Promise<unknown> = async () => {},
    of?: string,
  ): Promise<void> {
    const observe = async () => {
      const before = await this.#find(this.#token);
      if (before === undefined) return undefined;
      await write(before);
      await this.#recorder.settle();
      const deployment = await this.#find(this.#token);
      return deployment && settingIn(deployment);
    };
    return this.#recorder.record(behaviour, observe, of);
  }

  async #write(...changes: readonly DeploymentRequest[]): Promise<void> {
    for (const change of changes) {
      await this.#recorder.objects.deployment({ rhombusToken: this.#token, displayName: this.#name, ...change });
    }
  }

  async #writeFlags(
    { key, token }: OnGuardDeployment,
    ...changes: readonly { saveClips?: boolean | null; createSeekPoints?: boolean }[]
  ): Promise<void> {
    for (const flags of changes) {
      const deploymentToSettingsMap = { [key]: { rhombusToken: token, displayName: this.#name, ...flags } };
      const honeywellOnGuardSettings = { deploymentToSettingsMap };
      await this.#recorder.api.call("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings });
    }
  }

  /** Runs before each write as well: a write may change other deployments, so there must be none but those of the probe. */
  async #find(token: string): Promise<OnGuardDeployment | undefined> {
    const deployments = await this.#recorder.api.onGuard.fresh();
    if (!deployments.every((each) => this.#recorder.objects.owns(each))) {
      throw new Error("OnGuard was set up outside the probe, so the probe has stopped and deleted its objects.");
    }
    return deployments.find((deployment) => deployment.token === token);
  }
}
