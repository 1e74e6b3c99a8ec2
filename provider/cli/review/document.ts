import { code } from "../output/markdown";
import { SECRET } from "../pulumi/state";
import { type Danger, type DangerKind, dangers } from "./danger";
import type { Plan, PlanStep, ProviderStep } from "./plan";
import { type ResourceReview, reviewOf } from "./resource";
import { textFrom, type Wording } from "./wording";

/** A review that is ready to be read. */
export interface ReviewDocument {
  /** It, as Markdown. */
  readonly text: string;
  /** How many things a security officer should look at first. */
  readonly dangerous: number;
}

/** What a review is made of. */
export interface ReviewMaterial {
  /** The plan. */
  readonly plan: Plan;
  /** Puts the values of a provider's resources into words. */
  readonly wordingOf: (provider: string | undefined) => Wording;
  /** What the reader has to know of the review itself, as sentences without markup. */
  readonly notes: readonly string[];
}

interface Reviewed extends ResourceReview {
  readonly step: PlanStep;
  readonly organization: string;
}

/**
 * Writes a review: what to look at first, then all changes by organization.
 * @param material What it is made of.
 */
export function documentOf({ plan, wordingOf, notes }: ReviewMaterial): ReviewDocument {
  const reviewed = plan.steps.map((step): Reviewed => {
    const wording = wordingOf(step.provider);
    return { ...reviewOf(step, wording), step, organization: wording.organization(step.orgUuid) };
  });
  const first = [...reviewed.flatMap(dangersOf), ...plan.providers.flatMap(providerDangers)];
  const sections = [
    ["## Rhombus: what a deployment would change"],
    [summaryOf(plan, first.length)],
    ...firstSections(first),
    ...providerSections(plan.providers),
    ...organizationSections(reviewed),
    ...listed("### What the preview warns of", plan.warnings.map(code)),
    ...listed("### Notes", notesOf(plan, notes)),
  ];
  return { text: `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`, dangerous: first.length };
}

function summaryOf({ stack, steps, providers }: Plan, dangerous: number): string {
  const where = stack === undefined ? "" : `Stack ${code(stack.name)} of project ${code(stack.project)}: `;
  const count = steps.length + providers.length;
  if (count === 0) return `${where}nothing of Rhombus changes.`;
  const changes = `${count} ${count === 1 ? "change" : "changes"}`;
  if (dangerous === 0) return `${where}${changes}, none of them dangerous.`;
  return `${where}**${changes}, with ${dangerous} ${dangerous === 1 ? "thing" : "things"} to look at first.**`;
}

function dangersOf({ said: resource, account }: Reviewed): Danger[] {
  return account.dangers.map(({ kind, said }) => ({ kind, said: said === "" ? resource : `${resource}: ${said}` }));
}

function firstSections(first: readonly Danger[]): string[][] {
  if (first.length === 0) return [];
  const order: readonly string[] = Object.keys(dangers);
  const sorted = [...first].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return [["### Look at these first"], sorted.map(({ kind, said }) => `- **${titleOf(kind)}**: ${said}`)];
}

function titleOf(kind: DangerKind): string {
  return dangers[kind];
}

function providerDangers({ op, name, settings }: ProviderStep): Danger[] {
  if (op === "create" || settings.length === 0) return [];
  const said = settings.map((setting) => code(setting.name)).join(", ");
  return [{ kind: "settings", said: `provider ${code(name)}: ${said}` }];
}

function providerSections(steps: readonly ProviderStep[]): string[][] {
  const lines = steps.map(({ op, name, settings }) => {
    const changes = settings.map((each) => `${code(each.name)}: ${plain(each.before)} → ${plain(each.after)}`);
    return [`provider ${code(name)} (${code(op)})`, ...changes].join("; ");
  });
  return listed("### Providers", lines);
}

function plain(value: unknown): string {
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

function resourceSections({ said, verb, account }: Reviewed): string[][] {
  return [[`**${said}**: ${verb}`], ...(account.lines.length === 0 ? [] : [account.lines.map((line) => `- ${line}`)])];
}

function notesOf({ foreign }: Plan, notes: readonly string[]): string[] {
  const others = `${foreign} ${foreign === 1 ? "change" : "changes"} of other packages are not part of this review.`;
  return [...(foreign === 0 ? [] : [others]), ...notes];
}

function listed(title: string, lines: readonly string[]): string[][] {
  return lines.length === 0 ? [] : [[title], lines.map((line) => `- ${line}`)];
}
