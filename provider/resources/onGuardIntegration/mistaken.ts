import { LifecycleError } from "../../core/resource/definition";
import { type Polling, readUntil } from "../../core/resource/polling";
import { areSameTexts } from "../../core/schema/tidiedText";
import { messageOf } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { DoorInfoMap } from "../../rhombus/api/schemas/doors";
import type { OnGuardRow } from "../../rhombus/api/schemas/onGuard";
import { unmasked } from "../../rhombus/redaction/masks";
import { badgeVerification } from "../fields/badgeOptions";
import { areSameDoors, type Before, restore, restoreUnseen, type Unseen } from "./restoration";

/** An update that the vendor answered with another deployment than the one it was for. */
export interface Mistake {
  /** The deployment that was meant, as it was read with its row. */
  readonly meant: OnGuardDeployment;
  /** The token in the answer. */
  readonly answered: string;
  /** The id that belongs to that token. */
  readonly id: string;
  /** The name and the doors that were sent. */
  readonly sent: { readonly displayName: string | null; readonly doors: DoorInfoMap | undefined };
  /** That deployment as another resource of this process knows it, where one has it. */
  readonly prior: Unseen | undefined;
  /** How long to look for it. */
  readonly polling: Polling;
}

/**
 * The vendor may answer an unknown token with another deployment. One that was there before is put back; one that the call
 * has certainly made is removed again. Any other is only named: it may be somebody else's, which reads that lag had hidden.
 * @param api The API.
 * @param mistake What was sent and answered.
 * @returns What to say of it.
 */
export async function anotherDeployment(api: RhombusApi, mistake: Mistake): Promise<LifecycleError> {
  const { meant, answered, prior, sent, polling } = mistake;
  const taken = deploymentsIn(meant.row).find(({ token }) => token === answered);
  if (taken !== undefined) {
    await restore(api, taken, polling);
    return gone(meant, putBack(taken.settings.displayName));
  }
  if (prior !== undefined) {
    await restoreUnseen(api, { before: prior, sent: sent.doors }, polling);
    return gone(meant, putBack(prior.displayName));
  }
  const isNew = await isCertainlyNew(api, mistake).catch(() => false);
  return gone(meant, isNew ? `made another one instead; ${await removedAgain(api, answered)}` : unproven(mistake));
}

function deploymentsIn({ deploymentToSettingsMap }: OnGuardRow): Before[] {
  return Object.entries(deploymentToSettingsMap ?? {}).flatMap(([key, each]): Before[] => {
    return each === null ? [] : [{ token: unmasked(each.rhombusToken) ?? key, settings: each }];
  });
}

function putBack(displayName: string | null | undefined): string {
  return `answered with another one, "${displayName ?? ""}", whose name and doors have been put back`;
}

function unproven({ id, sent }: Mistake): string {
  return (
    `answered with another one, with the id ${id}, which is now called "${sent.displayName ?? ""}" and has the doors of this ` +
    "resource. Nothing shows that it was only just made, so it has not been removed: it may be somebody else's. Look for it in " +
    "the Rhombus console, and remove it, or give it back its name and doors"
  );
}

/**
 * Whether the first listing that shows a deployment proves that the call has made it: it has what was sent and nothing else,
 * and since the deployment that was meant was read, nothing but that one call has changed the organization's row.
 */
async function isCertainlyNew(api: RhombusApi, { meant, answered, sent, polling }: Mistake): Promise<boolean> {
  const look = async () => (await api.onGuard.fresh()).find(({ token }) => token === answered);
  const shown = await readUntil(polling, await look(), (seen) => seen === undefined, look);
  if (shown === undefined) return false;
  const { settings, row } = shown;
  const flags = Object.keys(badgeVerification).map((name): unknown => Reflect.get(settings, name));
  const isAtRest = flags.every((value) => !value || value === "OFF");
  const isAsSent =
    areSameTexts(settings.displayName ?? "", sent.displayName ?? "") &&
    areSameDoors(sent.doors ?? {}, settings.doorInfoMap ?? {});
  return isAtRest && isAsSent && changesSince(meant.row, row) === 1;
}

/** How many changes the vendor's audit trail tells of besides deletions. */
function changesSince({ integrationAuditMap: old }: OnGuardRow, { integrationAuditMap: now }: OnGuardRow): number {
  const added = Object.entries(now ?? {}).filter(([key]) => !Object.hasOwn(old ?? {}, key));
  return added.filter(([, event]) => event?.integrationAuditEvent !== "DELETE").length;
}

async function removedAgain(api: RhombusApi, token: string): Promise<string> {
  try {
    await api.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token });
    return "that one has been removed again";
  } catch (error) {
    return `that one could not be removed again (${messageOf(error)}): remove it in the Rhombus console`;
  }
}

function gone({ settings: { displayName } }: OnGuardDeployment, what: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `the OnGuard integration "${displayName ?? ""}" no longer exists at Rhombus, which ${what}. ` +
      "Run `pulumi refresh`, then `pulumi up`: the connector then needs the new webhook URL and secret.",
  );
}
