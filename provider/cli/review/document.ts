import { code, counted } from "../output/plainText";
import { SECRET } from "../pulumi/state";
import { type Danger, dangers } from "./changes";
import type { Plan, ProviderStep } from "./plan";
import { type ResourceReview, reviewOf } from "./resource";
import { textFrom, type ValueFormatter } from "./valueFormatter";

/** A review as a document. */
export interface ReviewDocument {
  /** The document as Markdown. */
  readonly text: string;
  /** The number of changes to look at first. */
  readonly dangerous: number;
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
 * Writes a review: first the dangerous changes, then all changes by organization.
 * @param sources The sources of the review.
 */
export function documentOf({ plan, formatterOf, notes }: ReviewSources): ReviewDocument {
  const reviewed = plan.steps.map((step): Reviewed => {
    const formatter = formatterOf(step.provider);
    return { ...reviewOf(step, formatter), organization: formatter.organization(step.orgUuid) };
  });
  const first = [...reviewed.flatMap(dangersOf), ...plan.providers.flatMap(providerDangers)];
  const sections = [
    ["## Rhombus: what a deployment would change"],
    [summaryOf(plan, first.length)],
    ...firstSections(first),
    ...providerSections(plan.providers),
    ...organizationSections(reviewed),
    ...listed("### Warnings of the preview", plan.warnings.map(code)),
    ...listed("### Notes", notesOf(plan, notes)),
  ];
  return { text: `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`, dangerous: first.length };
}

function summaryOf({ stack, steps, providers }: Plan, dangerous: number): string {
  const where = stack === undefined ? "" : `Stack ${code(stack.name)} of project ${code(stack.project)}: `;
  const count = steps.length + providers.length;
  if (count === 0) return `${where}nothing changes in Rhombus.`;
  const changes = counted(count, "change");
  if (dangerous === 0) return `${where}${changes}, none of them dangerous.`;
  return `${where}**${changes}, with ${counted(dangerous, "thing")} to look at first.**`;
}

function dangersOf(review: Reviewed): Danger[] {
  return review.dangers.map(({ kind, text }) => ({ kind, text: [review.label, text].filter(Boolean).join(": ") }));
}

function firstSections(first: readonly Danger[]): string[][] {
  const order: readonly string[] = Object.keys(dangers);
  const sorted = [...first].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return listed(
    "### Look at these first",
    sorted.map(({ kind, text }) => `**${dangers[kind]}**: ${text}`),
  );
}

function providerDangers({ op, name, settings }: ProviderStep): Danger[] {
  if (op === "create" || settings.length === 0) return [];
  const names = settings.map((setting) => code(setting.name)).join(", ");
  return [{ kind: "settings", text: `provider ${code(name)}: ${names}` }];
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
