import { createHash } from "node:crypto";
import { plainText } from "../output/plainText";
import { itemsOf, memberOf } from "../pulumi/state";
import type { AccessEffects } from "./accessEffects";
import { approvedAccess, uncomparedAccess } from "./approvedAccess";
import { providerLine } from "./document";
import type { Plan, PlanStep } from "./plan";
import { labelOf, reviewOf } from "./resource";
import { hiddenInputs } from "./unclear";
import { ValueFormatter } from "./valueFormatter";

/** One change of an approved plan, or its effects on access. */
export interface ApprovedChange {
  /** The URN of the resource; the organization for effects on access. */
  readonly urn: string;
  /** The engine's name for the operation; `access` for effects on access. */
  readonly op: string;
  /** The resource and the operation in a few words. */
  readonly title: string;
  /** The changes, one line each, with ids in place of names. Empty for a resource of another package. */
  readonly lines: readonly string[];
  /** A digest of all values of the change, with `[secret]` in place of secrets. */
  readonly digest: string;
}

/** A review that was saved: the changes that may be deployed. */
export interface Approval {
  /** The number of this format. */
  readonly format: 1;
  /** The time of the review, as ISO 8601. */
  readonly time: string;
  /** The version of the package that wrote it. */
  readonly version: string;
  /** The stack, as `organization/project/stack` of Pulumi. */
  readonly stack: string;
  /** The RUUIDs of the Rhombus organizations by the URN of the provider, which is empty for the settings of the stack. */
  readonly organizations: Readonly<Record<string, string>>;
  /** True if the state was refreshed first. */
  readonly refresh: boolean;
  /** The URNs of the providers, empty for the settings of the stack, whose effects on access were not known. */
  readonly unknownAccess: readonly string[];
  /** The changes, in a fixed order. */
  readonly changes: readonly ApprovedChange[];
}

const FORMAT = 1;

/**
 * The changes of a plan, for a comparison with those of another one.
 * @param plan The plan.
 * @param effects Its effects on access: what Rhombus says of foreign groups, schedules, labels and grants may change as well.
 * @param withoutSecrets Removes known secrets from a text.
 */
export function changesOf(
  plan: Plan,
  effects: readonly AccessEffects[],
  withoutSecrets: (text: string) => string,
): ApprovedChange[] {
  const clean = (change: Omit<ApprovedChange, "digest">, values: unknown): ApprovedChange => {
    const digest = createHash("sha256")
      .update(withoutSecrets(JSON.stringify(values)))
      .digest("hex");
    const [title, lines] = [withoutSecrets(change.title), change.lines.map(withoutSecrets)];
    return { urn: change.urn, op: change.op, title, lines, digest };
  };
  return [
    ...plan.steps.map((step) => clean(withoutNames(step), valuesOf(step))),
    ...plan.providers.map((step) => {
      return clean({ urn: step.urn, op: step.op, title: `provider ${step.name}`, lines: [providerLine(step)] }, step);
    }),
    ...plan.others.map(({ urn, op, values }) => clean({ urn, op, title: `${op} ${urn}`, lines: [] }, values)),
    ...effects.flatMap((each) => {
      const { lines, values } = approvedAccess(each);
      return values === undefined ? [] : [clean({ urn: each.id, op: "access", title: ACCESS, lines }, values)];
    }),
  ];
}

const ACCESS = "the effects on who may open which door";

/** Ids, because a name may change between the review and the deployment. */
function withoutNames(step: PlanStep): Omit<ApprovedChange, "digest"> {
  const { label, verb, lines } = reviewOf(step, new ValueFormatter({}));
  return { urn: step.urn, op: step.op, title: `${label}: ${verb}`, lines };
}

/** All that the deployment does with the resource, without how the preview came to know it. */
function valuesOf({ undoneInputs: _, isRecreated: __, staying: ___, ...values }: PlanStep): unknown {
  return values;
}

/**
 * The inputs whose new values a plan does not show, one line for each resource, and the effects on access that are not known. They
 * cannot be compared with those of another plan.
 * @param plan The plan.
 * @param effects Its effects on access.
 */
export function uncomparedIn({ steps }: Plan, effects: readonly AccessEffects[]): string[] {
  const inputs = steps.flatMap((step) => {
    const names = hiddenInputs(step);
    return names.length === 0 ? [] : [`${names.join(", ")} of ${labelOf(step)}`];
  });
  return [...inputs, ...uncomparedAccess(effects)];
}

/**
 * The file of an approval.
 * @param approval The approval.
 */
export function approvalText(approval: Approval): string {
  return `${JSON.stringify(approval, undefined, 2)}\n`;
}

/**
 * Parses the file of an approval.
 * @param text The content of the file.
 * @throws Error if it is none, or if a newer version wrote it.
 */
export function approvalIn(text: string): Approval {
  const content = parsed(text);
  const textAt = (name: string) => textIn(content, name);
  const format = memberOf(content, "format");
  if (typeof format === "number" && format > FORMAT) throw new Error(NEWER);
  const organizations = Object.entries(Object(memberOf(content, "organizations")));
  const refresh = memberOf(content, "refresh");
  const unknownAccess = memberOf(content, "unknownAccess");
  const changes = memberOf(content, "changes");
  const hasLists = [unknownAccess, changes].every(Array.isArray);
  if (format !== FORMAT || typeof refresh !== "boolean" || !hasLists) throw new Error(NO_APPROVAL);
  return {
    format,
    time: textAt("time"),
    version: textAt("version"),
    stack: textAt("stack"),
    organizations: Object.fromEntries(organizations.map(([provider, uuid]) => [provider, String(uuid)])),
    refresh,
    unknownAccess: itemsOf(unknownAccess).map(String),
    changes: itemsOf(changes).map((change) => ({
      urn: textIn(change, "urn"),
      op: textIn(change, "op"),
      title: plainText(textIn(change, "title")),
      lines: itemsOf(memberOf(change, "lines")).map((line) => plainText(String(line))),
      digest: textIn(change, "digest"),
    })),
  };
}

const NO_APPROVAL = "This is not a saved review. Give the file that `pulumi-rhombus review --save FILE` wrote.";
const NEWER =
  "Install a newer pulumi-rhombus: the review was saved by a newer version, in a format that this version does not know.";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(NO_APPROVAL);
  }
}

function textIn(value: unknown, name: string): string {
  const text = memberOf(value, name);
  if (typeof text !== "string") throw new Error(NO_APPROVAL);
  return text;
}
