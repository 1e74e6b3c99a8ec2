import { setTimeout } from "node:timers/promises";
import { type DescribedBehaviour, describeBehaviours } from "../../../emulator/behaviours/checkBehaviours";
import { defaultBehaviours } from "../../../emulator/index";
import type { RhombusApi } from "../../../rhombus/api/api";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import { columns, plainText, quoted } from "../../output/plainText";
import { observeGroups } from "./groups";
import { observeOnGuard } from "./onGuard";
import { ProbeObjects } from "./probeObjects";
import { observeReads } from "./reads";
import { type Observation, type ProbeTiming, Recorder } from "./recorder";

/** The options of a probe. */
export interface ProbeOptions {
  /** The Rhombus API. */
  readonly api: RhombusApi;
  /** The waits. */
  readonly timing: ProbeTiming;
  /**
   * Asks a person to type the name of the organization.
   * @param plan The organization, and what is going to happen in it.
   * @returns The text that was typed.
   */
  confirm(plan: ProbePlan): Promise<string>;
}

/** The changes that a person confirms. */
export interface ProbePlan {
  /** The name of the organization. */
  readonly name: string;
  /** The objects that earlier probes have left, as text. They are deleted. */
  readonly leftovers: readonly string[];
  /** True if objects are created as well; false in an organization with integrations. */
  readonly creates: boolean;
}

/** The result of a probe. It contains no names or ids of the organization. */
export interface ProbeReport {
  /** The day, such as `2026-11-22`. */
  readonly date: string;
  /** The observations. */
  readonly observations: readonly Observation[];
  /** The behaviours that were not checked. */
  readonly notAsked: readonly Pick<DescribedBehaviour, "name" | "settledBy">[];
  /** The objects that could not be deleted, one line each. */
  readonly left: readonly string[];
}

/**
 * Observes undocumented behaviours that can be observed safely, with objects that it creates and deletes. First it deletes what
 * earlier probes have left.
 * @param options The options.
 * @throws Error if the organization has integrations, or is not confirmed. Then nothing was created.
 */
export async function probe({ api, timing, confirm }: ProbeOptions): Promise<ProbeReport> {
  const objects = new ProbeObjects(api);
  const { leftovers, hasOtherDeployments } = await objects.survey();
  const integrations = [...(await otherIntegrations(api)), ...(hasOtherDeployments ? ["OnGuard"] : [])];
  const creates = integrations.length === 0;
  const refusal = `This organization has integrations: ${integrations.join(", ")}. Probe one that has none. Nothing was created`;
  if (!creates && leftovers.length === 0) throw new Error(`${refusal}.`);
  await confirmed(api, timing, (name) => confirm({ name, leftovers, creates }));
  if (leftovers.length > 0) await deleteLeftovers(objects, timing);
  if (!creates) throw new Error(`${refusal}, and what an earlier probe had left was deleted.`);
  const recorder = new Recorder(api, objects, timing);
  const left = await observeAndDelete(recorder, timing);
  const { observations } = recorder;
  const observed = new Set<string>(observations.map(({ behaviour }) => behaviour));
  const notAsked = describeBehaviours().filter(({ name }) => !observed.has(name));
  return { date: new Date().toISOString().slice(0, 10), observations, notAsked, left };
}

async function deleteLeftovers(objects: ProbeObjects, { log }: ProbeTiming): Promise<void> {
  log("deleting what an earlier probe has left");
  const left = await objects.deleteAll();
  if (left.length === 0) return;
  const lines = left.map((line) => `  ${line}`).join("\n");
  throw new Error(`Delete by hand what an earlier probe has left. Nothing was created.\n${lines}`);
}

/** Observes, and deletes the created objects in any case. Returns those that could not be deleted, one line each. */
async function observeAndDelete(recorder: Recorder, { interruption, log }: ProbeTiming): Promise<string[]> {
  const { objects } = recorder;
  const announce = () => {
    log("Stopping after the created objects are deleted. If you stop it again, the next probe deletes them.");
  };
  interruption.addEventListener("abort", announce);
  let left: string[] = [];
  try {
    await observeReads(recorder);
    await observeGroups(recorder);
    await observeOnGuard(recorder);
  } finally {
    log("deleting the created objects");
    await objects.deleteAll();
    // Objects of unanswered calls may appear late, and a failed deletion may now succeed.
    await setTimeout(recorder.settleMs);
    left = await objects.deleteAll();
    for (const line of left) log(`NOT DELETED, delete it by hand: ${line}`);
    interruption.removeEventListener("abort", announce);
  }
  return left;
}

/**
 * The names of the integrations that the organization has, besides OnGuard. Rhombus's list of all may omit an empty list.
 * Disabled integrations that this package does not manage do not count.
 */
async function otherIntegrations(api: RhombusApi): Promise<string[]> {
  const [{ orgIntegrationsV2: all }, genea, kisi, kisiV1] = await Promise.all([
    api.call("getOrgIntegrationsV2", {}),
    api.genea.fresh(),
    api.kisiV2.fresh(),
    api.kisiV1.fresh().catch((error: unknown) => {
      if (error instanceof RhombusError && error.kind === "notFound") return [];
      throw error;
    }),
  ]);
  const others = Object.values(all ?? {}).flatMap((each) => {
    const name = each?.integration ?? "";
    const isOwn = ["GENEA", "KISI", "HONEYWELL_ONGUARD"].includes(name);
    return each?.enabled === true && !isOwn ? [plainText(name)] : [];
  });
  return [...others, ...(genea.length > 0 ? ["Genea"] : []), ...(kisi.length + kisiV1.length > 0 ? ["Kisi"] : [])];
}

async function confirmed(
  api: RhombusApi,
  { interruption }: ProbeTiming,
  confirm: (name: string) => Promise<string>,
): Promise<void> {
  const organization = await api.organization();
  if (organization === undefined) {
    throw new Error("The key may not read its organization, so nobody can confirm it. Nothing was created.");
  }
  const name = plainText(organization.name || organization.uuid);
  const typed = await confirm(name);
  if (interruption.aborted) throw new Error("The probe was stopped. Nothing was created.");
  if (typed.trim() === name) return;
  throw new Error(`That is not the name of the organization, ${quoted(name)}. Nothing was created.`);
}

/**
 * Formats a report as a text to send back.
 * @param report The report.
 */
export function reportText({ date, observations, notAsked, left }: ProbeReport): string {
  return [
    `Observed on ${date}. Please send this report back: it contains no names or ids of your organization.`,
    "",
    ...columns(observations.map((each) => [each.behaviour, settingText(each), each.of ?? ""])),
    "",
    "Not checked, and what would settle it:",
    ...columns(
      notAsked.map(({ name, settledBy }) => [name, settledBy === "probe" ? "a probe that is not stopped" : settledBy]),
    ),
    "",
    ...(left.length === 0
      ? ["Everything that was created has been deleted."]
      : left.map((line) => `NOT DELETED: ${line}`)),
  ].join("\n");
}

function settingText({ behaviour, setting, remark = "" }: Observation): string {
  if (setting === undefined) return `? ${remark}`;
  if (behaviour === "readLagMs") return `${setting} ms`;
  const usual = defaultBehaviours[behaviour];
  return setting === usual ? `${setting}` : `${setting} (the emulator's default: ${usual})`;
}
