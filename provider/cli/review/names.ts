import { Directory } from "../../lookups/lists/directory";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { isRuuid } from "../../rhombus/ids/ruuid";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { type ReadRules, readRules } from "../access/readRules";
import { distinctNames, type NamesByUuid, readNamesByUuid } from "../namesByUuid";
import { codeLine, plainText } from "../output/plainText";
import { type CommandContext, connectFrom } from "../pulumi/stack";
import { itemsOf } from "../pulumi/state";
import { concernsAccess, type OrganizationAccess, type UnreadAccess } from "./accessEffects";
import type { PlanStep } from "./plan";

/**
 * Looks up names in the organization of each provider. An organization that cannot be read gets a note in place of names.
 * @param context The context of the command. Its settings are those of the default provider.
 * @param providers The URNs of the explicit providers; `undefined` for the default provider.
 * @param redactor Learns the secrets of the settings.
 * @param steps The steps of a plan. Where they concern access, it is looked up as well. Default: none.
 * @returns The names and the access control by the URN of the explicit provider, and the reasons why some could not be looked up.
 */
export async function lookUpNames(
  context: CommandContext,
  providers: readonly (string | undefined)[],
  redactor: Redactor,
  steps: readonly PlanStep[] = [],
) {
  const namesByProvider = new Map<string | undefined, NamesByUuid>();
  const accessByProvider = new Map<string | undefined, OrganizationAccess | UnreadAccess>();
  const notes: string[] = [];
  for (const provider of new Set(providers)) {
    try {
      const api = await connectFrom({ ...context, provider }, redactor);
      const names = await readNamesByUuid(api);
      namesByProvider.set(provider, names);
      const concerned = steps.filter((step) => step.provider === provider && concernsAccess(step));
      if (concerned.length === 0) continue;
      const access = await readAccess(new Directory(api, redactor), concerned, names.organization?.uuid, redactor);
      accessByProvider.set(provider, access);
      if ("rules" in access) namesByProvider.set(provider, withAccessNames(names, access.rules));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      notes.push(`Ids are shown, because names could not be looked up: ${plainText(redactor.redact(error.message))}`);
    }
  }
  return { namesByProvider, accessByProvider, notes: [...new Set(notes)].sort() };
}

async function readAccess(
  directory: Directory,
  steps: readonly PlanStep[],
  organization: string | undefined,
  redactor: Redactor,
): Promise<OrganizationAccess | UnreadAccess> {
  const named = steps.flatMap(({ after }) => itemsOf(after?.groupUuids)).filter((each) => typeof each === "string");
  const hasSchedule = steps.some(({ type }) => type === "Schedule");
  try {
    const rules = await readRules(directory, named.filter(isRuuid));
    const uses = hasSchedule ? directory.api.listing("getScheduleData").shared() : [];
    // What uses a schedule that is not in the list is not known.
    const schedules = await Promise.resolve(uses).catch(noneIfRefused);
    return { organization, rules, schedules };
  } catch (error) {
    if (!(error instanceof RhombusError)) throw error;
    return { why: codeLine(redactor.redact(error.message)) };
  }
}

function noneIfRefused(error: unknown): [] {
  if (error instanceof RhombusError) return [];
  throw error;
}

function withAccessNames({ organization, byKind }: NamesByUuid, { names, schedules }: ReadRules): NamesByUuid {
  const named = [...schedules.names].map(([uuid, name]) => ({ uuid, name }));
  const kinds = {
    ...(names.groups && { group: distinctNames(names.groups) }),
    ...(names.doors && { door: distinctNames(names.doors) }),
    ...(schedules.isComplete && { schedule: distinctNames(named) }),
  };
  return { organization, byKind: { ...byKind, ...kinds } };
}
