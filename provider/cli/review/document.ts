import { ENGINE_TYPE_PREFIX } from "../../pulumi/handler";
import { code, codeLine, counted, joinedWithAnd } from "../output/plainText";
import { SECRET, urnOf } from "../pulumi/state";
import type { AccessEffects } from "./accessEffects";
import { accessFindings } from "./accessFindings";
import { type Finding, titles } from "./changes";
import { findingCount, findingLines } from "./findingLines";
import type { Section } from "./layout";
import type { OtherStep, ProviderStep } from "./otherSteps";
import { plainSecretsIn } from "./plainSecrets";
import type { Plan, PlanStep } from "./plan";
import { changedProvidersIn } from "./planProviders";
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
  /** The effects of the plan on who may open which doors. */
  readonly effects: readonly AccessEffects[];
  /** True for a text that contains a known secret or a webhook URL. */
  readonly containsSecret: (text: string) => boolean;
  /** The options that limited the preview to a part of the stack. */
  readonly limitedBy: readonly string[];
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
export function documentOf(sources: ReviewSources): ReviewDocument {
  const { plan, formatterOf, effects, containsSecret, limitedBy, notes } = sources;
  const changedProviders = changedProvidersIn(plan);
  const reviewed = plan.steps.map((step): Reviewed => {
    const isCertain = !changedProviders.has(step.provider);
    const review = reviewOf(step, formatterOf(step.provider));
    return {
      ...review,
      findings: [...review.findings, ...plainSecretsIn(step, containsSecret)],
      organization: organizationOf(step, formatterOf, isCertain),
    };
  });
  const parts = unseenParts(plan, limitedBy);
  const ofWhole = { label: "", findings: [...parts, ...ofPlan(plan, formatterOf)] };
  const all = [...effects.flatMap(accessFindings), ...reviewed, ofWhole];
  const [first, unclear] = [findingCount(titles.first, all), findingCount(titles.unclear, all)];
  const summary = [summaryOf(plan, { first, unclear, isPart: parts.length > 0 }), refreshText(plan)];
  const sections: Section[] = [
    { title: "## Rhombus: what a deployment would change", lines: summary },
    ...listed("### Look at these first", findingLines(titles.first, all), true),
    ...listed("### Cannot be cleared by this review", findingLines(titles.unclear, all), true),
    ...listed("### Warnings of the preview", plan.warnings.map(codeLine).map(bullet)),
    ...listed("### Notes", notes.map(bullet)),
    ...listed("### Providers", plan.providers.map(providerLine).map(bullet)),
    ...organizationSections(reviewed),
  ];
  return { sections, findings: first + unclear };
}

/** The organization of a resource after the deployment, and the one before if it is not surely the same. */
function organizationOf(step: PlanStep, formatterOf: ReviewSources["formatterOf"], isCertain: boolean): string {
  const { provider, previousProvider, orgUuid } = step;
  const [formatter, previous] = [formatterOf(provider), formatterOf(previousProvider)];
  if (isCertain && provider === previousProvider) return formatter.organization(orgUuid);
  const now = isCertain ? formatter.organization(undefined) : UNKNOWN_ORGANIZATION;
  const before = previous.knowsOrganization(orgUuid) ? previous.organization(orgUuid) : now;
  return before === now ? now : `${now} (was ${before})`;
}

const UNKNOWN_ORGANIZATION = "Unknown organization";

function refreshText({ isRefreshed }: Plan): string {
  if (isRefreshed === undefined) return "There was no state to refresh.";
  return isRefreshed ? "The state was refreshed first." : "**The state was not refreshed.**";
}

/** The words for a plan as a whole. `isPart`: the review does not see all that the deployment may change. */
function summaryOf(
  { stack, steps, providers }: Plan,
  { first, unclear, isPart }: { readonly first: number; readonly unclear: number; readonly isPart: boolean },
): string {
  const where = stack === undefined ? "" : `Stack ${code(stack.name)} of project ${code(stack.project)}: `;
  const count = steps.filter(isChange).length + providers.length;
  const nothing = `nothing changes in ${isPart ? "the part that was reviewed" : "Rhombus"}`;
  const found = [
    ...(first > 0 ? [`${first} to look at first`] : []),
    ...(unclear > 0 ? [`${unclear} that this review cannot clear`] : []),
  ];
  if (count === 0) return found.length > 0 ? `${where}**${nothing}; ${found.join(", ")}.**` : `${where}${nothing}.`;
  const changes = counted(count, "change");
  return found.length > 0
    ? `${where}**${changes}: ${found.join(", ")}.**`
    : `${where}${changes}, none to look at first.`;
}

/** A step without a change tells only what was ignored, or what was changed elsewhere. */
function isChange({ op, isUnprotected, provider, previousProvider }: PlanStep): boolean {
  return op !== "same" || isUnprotected || provider !== previousProvider;
}

const WITHOUT_SAMES =
  "without `--show-sames`, a plan shows neither what they ignore nor what was changed outside Pulumi and stays";

/** The parts of the deployment, and of Rhombus, that the review does not see. */
function unseenParts({ isRefreshed, stale, unseen, others }: Plan, limitedBy: readonly string[]): Finding[] {
  const elsewhere = "what was changed in Rhombus since the last deployment is not shown";
  const findings: Finding[] = [];
  if (limitedBy.length > 0)
    findings.push({
      kind: "limited",
      text: `the preview was limited by ${code(limitedBy.join(" "))}, and the deployment must be, too`,
    });
  if (isRefreshed === false) findings.push({ kind: "stale", text: elsewhere });
  else if (stale.length > 0) findings.push({ kind: "stale", text: `${listOf(stale)}: ${elsewhere}` });
  if (unseen.length > 0) findings.push({ kind: "unread", text: `${listOf(unseen)}: ${WITHOUT_SAMES}` });
  return [...findings, ...otherPackages(others)];
}

/** The number of names in a list. */
const LISTED = 10;

/** The first names of a list as Markdown, and the number of the others. */
function listOf(names: readonly string[]): string {
  return firstOf(names.map(code));
}

function firstOf(texts: readonly string[]): string {
  const shown = texts.length > LISTED ? texts.slice(0, LISTED - 1) : texts;
  return joinedWithAnd([...shown, ...(shown.length < texts.length ? [`${texts.length - shown.length} more`] : [])]);
}

/** The changes of other packages, one finding for each package. A component only groups resources. */
function otherPackages(others: readonly OtherStep[]): Finding[] {
  const resources = others.filter((each) => !isUnsupported(each) && !each.isComponent);
  const packages = [...new Set(resources.map(packageOf))].sort();
  return packages.map((name): Finding => {
    const own = resources.filter((each) => packageOf(each) === name);
    const texts = own.map(({ op, urn, type }) => `${code(op)} ${code(urnOf(urn).name)} (${code(type)})`);
    return { kind: "others", text: `${code(name)}, ${counted(own.length, "change")}: ${firstOf(texts)}` };
  });
}

function packageOf({ type }: OtherStep): string {
  return type.replace(/^pulumi:providers:/, "").split(":")[0] ?? type;
}

function ofPlan(plan: Plan, formatterOf: ReviewSources["formatterOf"]): Finding[] {
  const unsupported = new Set(plan.others.filter(isUnsupported).map(({ type }) => type));
  const types = [...unsupported].map((type): Finding => {
    return { kind: "unsupported", text: `resources of type ${code(type)}` };
  });
  const changedProviders = changedProvidersIn(plan);
  const unknown = plan.steps.filter(({ provider, orgUuid }) => {
    return !changedProviders.has(provider) && !formatterOf(provider).knowsOrganization(orgUuid);
  });
  const text = `the organization of ${counted(unknown.length, "resource")}`;
  const organizations: Finding[] = unknown.length === 0 ? [] : [{ kind: "unknown", text }];
  return [...types, ...organizations, ...plan.providers.flatMap((step) => ofProvider(step, formatterOf(step.urn)))];
}

function ofProvider({ op, name, settings, users }: ProviderStep, formatter: ValueFormatter): Finding[] {
  if (op === "create") return [{ kind: "unknown", text: `the organization of the new provider ${code(name)}` }];
  const names = settings.map((each) => code(each.name)).join(", ") || "a setting that the plan does not show";
  const text = `provider ${code(name)}${op === "delete" ? " is deleted" : `: ${names}`}`;
  if (op === "delete") return [{ kind: "settings", text }];
  const was = formatter.knowsOrganization(undefined) ? ` (was ${formatter.organization(undefined)})` : "";
  const its = users.length > 0 ? `, and of ${listOf(users)}` : "";
  return [
    { kind: "settings", text },
    { kind: "unknown", text: `the organization of provider ${code(name)}, whose settings change${its}${was}` },
  ];
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
