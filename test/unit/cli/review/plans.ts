import type { NamesByUuid } from "../../../../provider/cli/namesByUuid";
import { documentOf, type ReviewDocument } from "../../../../provider/cli/review/document";
import { planIn } from "../../../../provider/cli/review/plan";
import { ValueFormatter } from "../../../../provider/cli/review/valueFormatter";
import { campusSeed } from "../../../../provider/emulator";

const { acme } = campusSeed;

export interface PlannedStep {
  /** What happens. Default: `update`, `create` without inputs before, `delete` without inputs afterwards. */
  readonly op?: string;
  /** The type of the resource. Default: `OnGuardIntegration`. */
  readonly type?: string;
  /** Its name in the program. Default: `hq`. */
  readonly name?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly further?: object;
  readonly state?: object;
}

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const PROVIDER = "urn:pulumi:dev::doors::pulumi:providers:pulumi-nodejs::default";

export function planOf(steps: readonly PlannedStep[], further: object = {}): string {
  return JSON.stringify({ steps: steps.map(written), ...further });
}

function written({ op, type = "OnGuardIntegration", name = "hq", before, after, further, state }: PlannedStep): object {
  const full = type.includes(":") ? type : `pulumi-nodejs:dynamic/rhombus:${type}`;
  const urn = `urn:pulumi:dev::doors::${full}::${name}`;
  const handler = { __provider: "exports.handler" };
  const shared = { urn, type: full, custom: true };
  const usual = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return {
    op: op ?? usual,
    urn,
    provider: `${PROVIDER}::2b759950`,
    ...(before && {
      oldState: { ...shared, inputs: { ...handler, ...before }, outputs: { orgUuid: acme.orgUuid }, ...state },
    }),
    ...(after && { newState: { ...shared, inputs: { ...handler, ...after } } }),
    ...further,
  };
}

/** The review of a plan. `names`: What things are called. Default: ids stand for names. */
export function reviewed(plan: string, names: NamesByUuid = {}): ReviewDocument {
  return documentOf({ plan: planIn(plan), formatterOf: () => new ValueFormatter(names), notes: [] });
}

/** The bullets of a review, in order. */
export function linesOf(steps: readonly PlannedStep[], names: NamesByUuid = {}): string[] {
  return reviewed(planOf(steps), names)
    .text.split("\n")
    .filter((line) => line.startsWith("- "))
    .map((line) => line.slice(2));
}

export function first(steps: readonly PlannedStep[]): string[] {
  return linesOf(steps)
    .filter((line) => line.startsWith("**"))
    .map((line) => line.replaceAll("**", "").replace(/: [^:]*\(`\w+` in the program\)/, ""));
}
