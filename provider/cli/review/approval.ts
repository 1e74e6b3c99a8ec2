import { createHash } from "node:crypto";
import { plainText } from "../output/plainText";
import { itemsOf, memberOf } from "../pulumi/state";
import { providerLine } from "./document";
import type { Plan, PlanStep } from "./plan";
import { labelOf, reviewOf } from "./resource";
import { hiddenInputs } from "./unclear";
import { ValueFormatter } from "./valueFormatter";

/** One change of an approved plan. */
export interface ApprovedChange {
  /** The URN of the resource. */
  readonly urn: string;
  /** The engine's name for the operation. */
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
  /** The changes, in a fixed order. */
  readonly changes: readonly ApprovedChange[];
}

const FORMAT = 1;

/**
 * The changes of a plan, for a comparison with those of another one.
 * @param plan The plan.
 * @param withoutSecrets Removes known secrets from a text.
 */
export function changesOf(plan: Plan, withoutSecrets: (text: string) => string): ApprovedChange[] {
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
  ];
}

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
 * The inputs whose new values a plan does not show, so that they cannot be compared with those of another plan, one line for each
 * resource.
 * @param plan The plan.
 */
export function uncomparedIn({ steps }: Plan): string[] {
  return steps.flatMap((step) => {
    const names = hiddenInputs(step);
    return names.length === 0 ? [] : [`${names.join(", ")} of ${labelOf(step)}`];
  });
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
  const changes = memberOf(content, "changes");
  if (format !== FORMAT || typeof refresh !== "boolean" || !Array.isArray(changes)) throw new Error(NO_APPROVAL);
  return {
    format,
    time: textAt("time"),
    version: textAt("version"),
    stack: textAt("stack"),
    organizations: Object.fromEntries(organizations.map(([provider, uuid]) => [provider, String(uuid)])),
    refresh,
    changes: changes.map((change) => ({
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
