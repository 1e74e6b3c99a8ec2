import { type DescribedBehaviour, describeBehaviours } from "../../../emulator/behaviours/checkBehaviours";
import { defaultBehaviours } from "../../../emulator/index";
import type { RhombusApi } from "../../../rhombus/api/api";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import { columns, plainText, quoted } from "../../output/plainText";
import { observeGroups } from "./groups";
import { observeOnGuard } from "./onGuard";
import { hasProbeName, ProbeObjects } from "./probeObjects";
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
   * @param name The name.
   * @returns The text that was typed.
   */
  confirm(name: string): Promise<string>;
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
 * Observes undocumented behaviours that can be observed safely, with objects that it creates and deletes.
 * @param options The options.
 * @throws Error if the organization has integrations, or is not confirmed. Then nothing was created.
 */
export async function probe({ api, timing, confirm }: ProbeOptions): Promise<ProbeReport> {
  await refuseIntegrations(api);
  await confirmed(api, confirm);
  const objects = new ProbeObjects(api);
  const recorder = new Recorder(api, objects, timing);
  let left: string[] = [];
  try {
    await observeReads(recorder);
    await observeGroups(recorder);
    await observeOnGuard(recorder);
  } finally {
    timing.log("deleting the created objects");
    await objects.deleteAll();
    // Objects of unanswered calls may appear late, and a failed deletion may now succeed.
    await recorder.settle();
    left = await objects.deleteAll();
    for (const line of left) timing.log(`NOT DELETED, delete it by hand: ${line}`);
  }
  const { observations } = recorder;
  const observed = new Set<string>(observations.map(({ behaviour }) => behaviour));
  const notAsked = describeBehaviours().filter(({ name }) => !observed.has(name));
  return { date: new Date().toISOString().slice(0, 10), observations, notAsked, left };
}

async function refuseIntegrations(api: RhombusApi): Promise<void> {
  const [others, deployments, genea, kisi, kisiV1] = await Promise.all([
    otherIntegrations(api),
    api.onGuard.fresh(),
    api.genea.fresh(),
    api.kisiV2.fresh(),
    api.kisiV1.fresh().catch((error: unknown) => {
      if (error instanceof RhombusError && error.kind === "notFound") return [];
      throw error;
    }),
  ]);
  const found = [
    ...others,
    ...(deployments.some(({ settings }) => !hasProbeName(settings.displayName)) ? ["OnGuard"] : []),
    ...(genea.length > 0 ? ["Genea"] : []),
    ...(kisi.length + kisiV1.length > 0 ? ["Kisi"] : []),
  ];
  if (found.length === 0) return;
  throw new Error(
    `This organization has integrations: ${found.join(", ")}. Probe one that has none. Nothing was created.`,
  );
}

/** Rhombus's names of enabled integrations that this package does not manage. */
async function otherIntegrations(api: RhombusApi): Promise<string[]> {
  return (await api.listing("getOrgIntegrationsV2").fresh()).flatMap((integration) => {
    const name = integration.integration ?? "";
    const isOwn = ["GENEA", "KISI", "HONEYWELL_ONGUARD"].includes(name);
    return integration.enabled === true && !isOwn ? [plainText(name)] : [];
  });
}

async function confirmed(api: RhombusApi, confirm: ProbeOptions["confirm"]): Promise<void> {
  const organization = await api.organization();
  if (organization === undefined) {
    throw new Error("The key may not read its organization, so nobody can confirm it. Nothing was created.");
  }
  const name = plainText(organization.name || organization.uuid);
  if ((await confirm(name)).trim() === name) return;
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
    ...columns(notAsked.map(({ name, settledBy }) => [name, settledBy])),
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
