import { code, counted } from "../output/plainText";
import { SECRET } from "../pulumi/state";
import { type Finding, titles } from "./changes";
import type { Plan, ProviderStep } from "./plan";
import { type ResourceReview, reviewOf } from "./resource";
import { textFrom, type ValueFormatter } from "./valueFormatter";

/** A review as a document. */
export interface ReviewDocument {
  /** The document as Markdown. */
  readonly text: string;
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

/** The findings of one section, as lines of Markdown. */
interface FindingList {
  readonly lines: readonly string[];
  readonly count: number;
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
  const unknown = plan.steps.filter(({ provider, orgUuid }) => !formatterOf(provider).knowsOrganization(orgUuid));
  const all = [...reviewed.map(({ label, findings }) => ({ label, findings })), ...ofPlan(plan, unknown.length)];
  const [first, unclear] = [listOf(titles.first, all), listOf(titles.unclear, all)];
  const sections = [
    ["## Rhombus: what a deployment would change"],
    [summaryOf(plan, first.count, unclear.count), plan.isRefreshed ? REFRESHED : STALE],
    ...listed("### Look at these first", first.lines),
    ...listed("### Cannot be cleared by this review", unclear.lines),
    ...listed("### Warnings of the preview", plan.warnings.map(code)),
    ...listed("### Notes", notesOf(plan, notes)),
    ...providerSections(plan.providers),
    ...organizationSections(reviewed),
  ];
  const text = `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  return { text, findings: first.count + unclear.count };
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

interface Labelled {
  /** What the findings are about, as Markdown; empty for the plan as a whole. */
  readonly label: string;
  readonly findings: readonly Finding[];
}

function ofPlan({ providers, unsupportedTypes }: Plan, unknownOrganizations: number): Labelled[] {
  const types = unsupportedTypes.map(
    (type): Finding => ({ kind: "unsupported", text: `resources of type ${code(type)}` }),
  );
  const text = `the organization of ${counted(unknownOrganizations, "resource")}`;
  const organizations: Finding[] = unknownOrganizations === 0 ? [] : [{ kind: "unknown", text }];
  return [{ label: "", findings: [...types, ...organizations, ...providers.flatMap(ofProvider)] }];
}

function ofProvider({ op, name, settings }: ProviderStep): Finding[] {
  if (op === "create") return [];
  const names = settings.map((setting) => code(setting.name)).join(", ") || "not shown by the plan";
  return [{ kind: "settings", text: `provider ${code(name)}: ${names}` }];
}

/** The findings of one section, by title. */
function listOf(section: Readonly<Record<string, string>>, all: readonly Labelled[]): FindingList {
  const found = Object.entries(section).flatMap(([kind, title]) => {
    return all.flatMap(({ label, findings }) => {
      const texts = findings.filter((each) => each.kind === kind).map(({ text }) => text);
      return texts.map((text) => `**${title}**: ${[label, text].filter(Boolean).join(": ")}`);
    });
  });
  return { lines: found, count: found.length };
}
function providerSections(steps: readonly ProviderStep[]): string[][] {
  const lines = steps.map(({ op, name, settings }) => {
    const changes = settings.map(
      (each) => `${code(each.name)}: ${settingText(each.before)} → ${settingText(each.after)}`,
    );
    return [`provider ${code(name)} (${code(op)})`, ...changes].join("; ");
  });
  return listed("### Providers", lines);
}

function settingText(value: unknown): string {
  if (value === undefined) return "(not set)";
  return value === SECRET ? "(secret)" : code(textFrom(value));
}

function organizationSections(reviewed: readonly Reviewed[]): string[][] {
  const organizations = [...new Set(reviewed.map(({ organization }) => organization))].sort();
  return organizations.flatMap((organization) => {
    const own = reviewed.filter((each) => each.organization === organization);
    return [[`### ${organization}`], ...own.flatMap(resourceSections)];
  });
}

function resourceSections({ label, verb, lines }: Reviewed): string[][] {
  return [[`**${label}**: ${verb}`], ...(lines.length === 0 ? [] : [bullets(lines)])];
}

function notesOf({ otherChanges }: Plan, notes: readonly string[]): string[] {
  const others = `${counted(otherChanges, "change")} of other packages are not part of this review.`;
  return [...(otherChanges === 0 ? [] : [others]), ...notes];
}

function listed(title: string, lines: readonly string[]): string[][] {
  return lines.length === 0 ? [] : [[title], bullets(lines)];
}

function bullets(lines: readonly string[]): string[] {
  return lines.map((line) => `- ${line}`);
}
