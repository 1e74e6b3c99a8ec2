import { type DescribedBehaviour, describeBehaviours } from "../../../emulator/behaviours/checkBehaviours";
import type { RhombusApi } from "../../../rhombus/api/api";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import { plainText } from "../../../rhombus/redaction/plainText";
import { Asking, type Observation, type Pauses } from "./asking";
import { askAboutGroups } from "./groups";
import { askAboutOnGuard } from "./onGuard";
import { askByReading } from "./reads";
import { isScratch, Scratch } from "./scratch";

/** How to probe. */
export interface ProbeOptions {
  /** Rhombus. */
  readonly api: RhombusApi;
  /** How to wait. */
  readonly pauses: Pauses;
  /**
   * Asks a person to type the name of the organization.
   * @param name The name.
   * @returns What was typed.
   */
  confirm(name: string): Promise<string>;
}

/** What a probe has found. It says nothing of the organization. */
export interface ProbeReport {
  /** The day, such as `2026-11-22`. */
  readonly date: string;
  /** What was observed. */
  readonly observations: readonly Observation[];
  /** The behaviours that were not asked about. */
  readonly notAsked: readonly Pick<DescribedBehaviour, "name" | "settledBy">[];
  /** What the probe has made and could not remove, one line each. */
  readonly left: readonly string[];
}

/**
 * Finds out what can safely be found out of what the vendor does not document, with objects that it makes and removes.
 * @param options How to probe.
 * @throws Error when the organization has integrations, or is not confirmed. Nothing was made then.
 */
export async function probe({ api, pauses, confirm }: ProbeOptions): Promise<ProbeReport> {
  await refuseFurnished(api);
  await confirmed(api, confirm);
  const scratch = new Scratch(api);
  const asking = new Asking(api, scratch, pauses);
  let left: string[] = [];
  try {
    await askByReading(asking);
    await askAboutGroups(asking);
    await askAboutOnGuard(asking);
  } finally {
    pauses.tell("removing what was made");
    await scratch.clean();
    // What an unanswered call has made may show only now; and what failed may work.
    await asking.settle();
    left = await scratch.clean();
    for (const line of left) pauses.tell(`STILL THERE, remove it by hand: ${line}`);
  }
  const { observations } = asking;
  const asked = new Set<string>(observations.map(({ behaviour }) => behaviour));
  const notAsked = describeBehaviours().filter(({ name }) => !asked.has(name));
  return { date: new Date().toISOString().slice(0, 10), observations, notAsked, left };
}

async function refuseFurnished(api: RhombusApi): Promise<void> {
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
    ...(deployments.some(({ settings }) => !isScratch(settings.displayName)) ? ["OnGuard"] : []),
    ...(genea.length > 0 ? ["Genea"] : []),
    ...(kisi.length + kisiV1.length > 0 ? ["Kisi"] : []),
  ];
  if (found.length === 0) return;
  throw new Error(
    `This organization has integrations: ${found.join(", ")}. Probe in one that has none. Nothing was made.`,
  );
}

/** The integrations that this package does not manage, as the vendor names them. */
async function otherIntegrations(api: RhombusApi): Promise<string[]> {
  return (await api.integrations.fresh()).flatMap((row) => {
    const name = row.integration ?? "";
    const isOwn = ["GENEA", "KISI", "HONEYWELL_ONGUARD"].includes(name);
    return row.enabled === true && !isOwn ? [plainText(name)] : [];
  });
}

async function confirmed(api: RhombusApi, confirm: ProbeOptions["confirm"]): Promise<void> {
  const organization = await api.organization();
  if (organization === undefined) {
    throw new Error("The key may not ask which organization it opens, so nobody can confirm it. Nothing was made.");
  }
  const name = plainText(organization.name || organization.uuid);
  if ((await confirm(name)).trim() === name) return;
  throw new Error(`That is not the name of the organization, ${JSON.stringify(name)}. Nothing was made.`);
}
