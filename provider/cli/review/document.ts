import { ENGINE_TYPE_PREFIX } from "../../pulumi/handler";
import { code, codeLine, counted } from "../output/plainText";
import { SECRET } from "../pulumi/state";
import { type Finding, titles } from "./changes";
import { findingCount, findingLines, type Labelled } from "./findingLines";
import type { Section } from "./layout";
import type { OtherStep, Plan, ProviderStep } from "./plan";
import { type ResourceReview, reviewOf } from "./resource";
import { textFrom, type ValueFormatter } from "./valueFormatter";

/** A review as a document. */
export interface ReviewDocument {
  /** The sections of the document, the most important first. */
  readonly sections: readonly Section[];
  /** The number of findings: of changes to look at first, and of effects that nobody can clear. */
  readonly findings: number;
}

/** The sources of a review. */
export interface ReviewSources {
  /** The plan. */
  readonly plan: Plan;
  /** The formatter for the resources of a provider; `undefined` for the default provider. */
  readonly formatterOf: (provider: string | undefined) => ValueFormatter;
  /** Sentences about the review itself, as Markdown. */
  readonly notes: readonly string[];
}

interface Reviewed extends ResourceReview {
  readonly organization: string;
}

/**
 * Writes a review: first who gains or loses access and what nobody can clear, then all changes by organization.
 * @param sources The sources of the review.
 */
export function documentOf({ plan, formatterOf, notes }: ReviewSources): ReviewDocument {
  const reviewed = plan.steps.map((step): Reviewed => {
    const formatter = formatterOf(step.provider);
    return { ...reviewOf(step, formatter), organization: formatter.organization(step.orgUuid) };
  });
  const newProviders = newProvidersIn(plan);
  const unknown = plan.steps.filter(({ provider, orgUuid }) => {
    return !newProviders.has(provider) && !formatterOf(provider).knowsOrganization(orgUuid);
  });
  const all = [...reviewed, ...ofPlan(plan, unknown.length)];
  const [first, unclear] = [findingCount(titles.first, all), findingCount(titles.unclear, all)];
  const summary = [summaryOf(plan, first, unclear), plan.isRefreshed ? REFRESHED : STALE];
  const sections: Section[] = [
    { title: "## Rhombus: what a deployment would change", lines: summary },
    ...listed("### Look at these first", findingLines(titles.first, all), true),
    ...listed("### Cannot be cleared by this review", findingLines(titles.unclear, all), true),
    ...listed("### Warnings of the preview", plan.warnings.map(codeLine).map(bullet)),
    ...listed("### Notes", notesOf(plan, notes).map(bullet)),
    ...listed("### Providers", plan.providers.map(providerLine).map(bullet)),
    ...organizationSections(reviewed),
  ];
  return { sections, findings: first + unclear };
}

/**
 * The URNs of the providers that the plan creates. Their settings are in no state yet.
 * @param plan The plan.
 */
export function newProvidersIn({ providers }: Plan): ReadonlySet<string | undefined> {
  return new Set(providers.filter(({ op }) => op === "create").map(({ urn }) => urn));
}

const REFRESHED = "The state was refreshed first.";
const STALE = "**The state was not refreshed: what was changed in Rhombus since the last deployment is not shown.**";

function summaryOf({ stack, steps, providers }: Plan, first: number, unclear: number): string {
  const where = stack === undefined ? "" : `Stack ${code(stack.name)} of project ${code(stack.project)}: `;
  const count = steps.length + providers.length;
  const changes = count === 0 ? "nothing changes in Rhombus" : counted(count, "change");
  const found = [
    ...(first > 0 ? [`${first} to look at first`] : []),
    ...(unclear > 0 ? [`${unclear} that this review cannot clear`] : []),
  ];
  if (found.length > 0) return `${where}**${changes}: ${found.join(", ")}.**`;
  return count === 0 ? `${where}${changes}.` : `${where}${changes}, none to look at first.`;
}

function ofPlan({ providers, others }: Plan, unknownOrganizations: number): Labelled[] {
  const unsupported = new Set(others.filter(isUnsupported).map(({ type }) => type));
  const types = [...unsupported].map((type): Finding => {
    return { kind: "unsupported", text: `resources of type ${code(type)}` };
  });
  const text = `the organization of ${counted(unknownOrganizations, "resource")}`;
  const organizations: Finding[] = unknownOrganizations === 0 ? [] : [{ kind: "unknown", text }];
  return [{ label: "", findings: [...types, ...organizations, ...providers.flatMap(ofProvider)] }];
}

function ofProvider({ op, name, settings }: ProviderStep): Finding[] {
  if (op === "create") return [{ kind: "unknown", text: `the organization of the new provider ${code(name)}` }];
  const names = settings.map((setting) => code(setting.name)).join(", ") || "not shown by the plan";
  const text = `provider ${code(name)}${op === "delete" ? " is deleted" : `: ${names}`}`;
  return [{ kind: "settings", text }];
}

/**
 * The change of a provider as one line of Markdown.
 * @param step The step of the provider.
 */
export function providerLine({ op, name, settings }: ProviderStep): string {
  const changes = settings.map(
    (each) => `${code(each.name)}: ${settingText(each.before)} → ${settingText(each.after)}`,
  );
  return [`provider ${code(name)} (${code(op)})`, ...changes].join("; ");
}

function settingText(value: unknown): string {
  if (value === undefined) return "(not set)";
  return value === SECRET ? "(secret)" : code(textFrom(value));
}

function organizationSections(reviewed: readonly Reviewed[]): Section[] {
  const organizations = [...new Set(reviewed.map(({ organization }) => organization))].sort();
  return organizations.flatMap((organization) => {
    const own = reviewed.filter((each) => each.organization === organization);
    return [{ title: `### ${organization}`, lines: [] }, ...own.map(resourceSection)];
  });
}

function resourceSection({ label, verb, lines }: Reviewed): Section {
  return { title: `**${label}**: ${verb}`, lines: lines.map(bullet) };
}

function notesOf({ others }: Plan, notes: readonly string[]): string[] {
  const count = others.filter((each) => !isUnsupported(each)).length;
  const text = `${counted(count, "change")} of other packages ${count === 1 ? "is" : "are"} not part of this review.`;
  return [...(count === 0 ? [] : [text]), ...notes];
}

/** True for a resource of this package whose type a later version has added. */
function isUnsupported({ type }: OtherStep): boolean {
  return type.startsWith(ENGINE_TYPE_PREFIX);
}

function listed(title: string, lines: readonly string[], isFinding = false): Section[] {
  return lines.length === 0 ? [] : [{ title, lines, isFinding }];
}

function bullet(line: string): string {
  return `- ${line}`;
}
