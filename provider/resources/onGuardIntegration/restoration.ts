import { LifecycleError } from "../../core/definition";
import { threeSeconds } from "../../core/patience";
import { messageOf, valueFrom } from "../../core/values";
import type { OnGuardDeployment, RhombusApi } from "../../rhombus/api";
import type { DoorInfoMap } from "../../rhombus/wire/doors";
import { anyDoorKey, doorInfoMap } from "../doorInfo";
import { asRead, inForm } from "../wholeSettings";

/** A deployment by its token, and its settings as they were read. */
export type Before = Pick<OnGuardDeployment, "token" | "settings">;

/** How often it is tried to put a deployment back. */
const ATTEMPTS = 3;

const doorsField = doorInfoMap(anyDoorKey);

/**
 * Puts back the name and the doors of a deployment that the vendor has changed by a call for another one.
 * @param api The API.
 * @param before The deployment before that call.
 * @throws LifecycleError when it cannot be put back; the message names it.
 */
export async function restore(api: RhombusApi, { token, settings }: Before): Promise<void> {
  const { displayName = null, doorInfoMap: doors } = settings;
  await putBack(api, { token, displayName }, async (write) => {
    await write(doors ? asRead(doors) : undefined);
    const live = (await api.onGuard.fresh()).find((each) => each.token === token)?.settings.doorInfoMap;
    if (!doorsField.equal(canonical(doors), canonical(live))) await write(inForm(doors ?? {}, live, 2));
  });
}

/** A deployment as the resource that has it knows it. */
export interface Unseen {
  /** Its token. */
  readonly token: string;
  /** Its name. */
  readonly displayName: string | null;
  /** Its doors, as far as they are known. */
  readonly doors: DoorInfoMap;
}

/**
 * Puts back the name and the doors of a deployment that the vendor has taken a creation for, and that no read shows yet.
 * @param api The API.
 * @param before The deployment before that call.
 * @param sent The doors of that call: what the vendor may have put beside its own.
 * @throws LifecycleError when it cannot be put back; the message names it.
 */
export async function restoreUnseen(api: RhombusApi, before: Unseen, sent: DoorInfoMap = {}): Promise<void> {
  const { doors } = before;
  const isUntold = Object.keys({ ...doors, ...sent }).length === 0;
  const left = Object.keys({ ...sent, ...doors }).map((key) => [key, { ...sent[key], ...doors[key] }] as const);
  await putBack(api, before, async (write) => {
    await write(isUntold ? undefined : asRead(doors));
    if (Object.keys(sent).length > 0) await write(inForm(doors, Object.fromEntries(left), 2));
  });
}

async function putBack(
  api: RhombusApi,
  { token, displayName }: Pick<Unseen, "token" | "displayName">,
  steps: (write: (doors: DoorInfoMap | undefined) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const write = (doors: DoorInfoMap | undefined) =>
    api.call("createOrUpdateHoneywellOnGuardIntegration", {
      rhombusToken: token,
      displayName,
      ...(doors === undefined ? {} : { doorInfoMap: doors }),
    });
  try {
    await insisted(api, () => steps(write));
  } catch (error) {
    throw new LifecycleError(
      "conflict",
      `Rhombus took a call for another OnGuard deployment as one for "${displayName ?? ""}", whose name and doors could ` +
        `not be put back (${messageOf(error)}). Check them in the Rhombus console.`,
    );
  }
}

/** Damage that this run has done is undone with more than one try, however few the settings allow. */
async function insisted(api: RhombusApi, undo: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await undo();
    } catch (error) {
      if (tried === ATTEMPTS || api.outcomeOf(error) === "refused") throw error;
      await threeSeconds.sleep(api.retryDelayMs(error, tried));
    }
  }
}

function canonical(doors: DoorInfoMap | null | undefined) {
  return doorsField.canonical(valueFrom(doors));
}
