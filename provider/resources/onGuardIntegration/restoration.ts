import { LifecycleError } from "../../core/resource/definition";
import type { Polling } from "../../core/resource/polling";
import { messageOf, valueFrom } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { DoorInfoMap } from "../../rhombus/api/schemas/doors";
import { type ErrorKind, RhombusError } from "../../rhombus/errors/rhombusError";
import { anyDoorKey, doorInfoMap } from "../fields/doorInfo";
import { asRead, inForm } from "../shared/wholeSettings";

/** A deployment by its token, and its settings as they were read. */
export type Before = Pick<OnGuardDeployment, "token" | "settings">;

/** How often a call that puts a deployment back is made. */
const ATTEMPTS = 5;

/** How long all pauses between such calls may take, in milliseconds: what Rhombus asks for beyond that is not waited for. */
const LONGEST_PAUSES_MS = 60_000;

/** A call that failed in one of these ways is not made again, as it would fail so again. */
const final: ReadonlySet<ErrorKind> = new Set(["auth", "notFound", "badRequest", "domain", "vendorKey", "tooLarge"]);

const doorsField = doorInfoMap(anyDoorKey);

/**
 * Puts back the name and the doors of a deployment that the vendor has changed by a call for another one.
 * @param api The API.
 * @param before The deployment before that call.
 * @param polling How to wait between tries.
 * @throws LifecycleError when it cannot be put back; the message names it.
 */
export async function restore(api: RhombusApi, { token, settings }: Before, polling: Polling): Promise<void> {
  const { displayName = null, doorInfoMap: doors } = settings;
  await putBack(api, { token, displayName, polling }, async (write, resend) => {
    await write(doors ? asRead(doors) : undefined);
    const live = (await resend(() => api.onGuard.fresh())).find((each) => each.token === token)?.settings.doorInfoMap;
    if (!areSameDoors(doors, live)) await write(inForm(doors ?? {}, live, 2));
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

/** What is known where a deployment was changed that no read shows yet. */
export interface Unread {
  /** The deployment before that call. */
  readonly before: Unseen;
  /** The doors of that call: what the vendor may have put beside its own. */
  readonly sent: DoorInfoMap | undefined;
}

/**
 * Puts back the name and the doors of a deployment that the vendor has taken a creation for, and that no read shows yet.
 * @param api The API.
 * @param unread What is known.
 * @param polling How to wait between tries.
 * @throws LifecycleError when it cannot be put back; the message names it.
 */
export async function restoreUnseen(api: RhombusApi, { before, sent = {} }: Unread, polling: Polling): Promise<void> {
  const { doors } = before;
  const isUntold = Object.keys({ ...doors, ...sent }).length === 0;
  const left = Object.keys({ ...sent, ...doors }).map((key) => [key, { ...sent[key], ...doors[key] }] as const);
  await putBack(api, { ...before, polling }, async (write) => {
    await write(isUntold ? undefined : asRead(doors));
    if (Object.keys(sent).length > 0) await write(inForm(doors, Object.fromEntries(left), 2));
  });
}

/** Makes a call with several tries. */
type Insist = <T>(call: () => Promise<T>) => Promise<T>;

async function putBack(
  api: RhombusApi,
  { token, displayName, polling }: Pick<Unseen, "token" | "displayName"> & { polling: Polling },
  steps: (write: (doors: DoorInfoMap | undefined) => Promise<unknown>, resend: Insist) => Promise<void>,
): Promise<void> {
  let isWritten = false;
  const resend = insistent(api, polling);
  const write = async (doors: DoorInfoMap | undefined) => {
    const doorsIfTold = doors === undefined ? {} : { doorInfoMap: doors };
    const request = { rhombusToken: token, displayName, ...doorsIfTold };
    await resend(() => api.call("createOrUpdateHoneywellOnGuardIntegration", request, { once: true }));
    isWritten = true;
  };
  try {
    await steps(write, resend);
  } catch (error) {
    const how = isWritten ? " with certainty" : "";
    throw new LifecycleError(
      "conflict",
      `Rhombus took a call for another OnGuard deployment as one for "${displayName ?? ""}", whose name and doors could ` +
        `not be put back${how} (${messageOf(error)}). Check them in the Rhombus console.`,
    );
  }
}

/** Damage that this run has done is undone with more than one try, however few the settings allow. */
function insistent(api: RhombusApi, polling: Polling): Insist {
  let pausesMs = 0;
  return async (call) => {
    for (let tried = 1; ; tried++) {
      try {
        return await call();
      } catch (error) {
        const pauseMs = api.retryDelayMs(error, tried);
        pausesMs += pauseMs;
        if (tried === ATTEMPTS || isFinal(error) || pausesMs > LONGEST_PAUSES_MS) throw error;
        await polling.sleep(pauseMs);
      }
    }
  };
}

function isFinal(error: unknown): boolean {
  return !(error instanceof RhombusError) || (error.outcome === "refused" && final.has(error.kind));
}

/**
 * Whether two readings of doors mean the same.
 * @param one The doors.
 * @param other The others.
 */
export function areSameDoors(one: DoorInfoMap | null | undefined, other: DoorInfoMap | null | undefined): boolean {
  return doorsField.equal(doorsField.canonical(valueFrom(one)), doorsField.canonical(valueFrom(other)));
}
