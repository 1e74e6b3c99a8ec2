import { AccessNames } from "../../../../provider/cli/access/names";
import type { NamesByUuid } from "../../../../provider/cli/namesByUuid";
import { effectsOf, type OrganizationAccess, type UnreadAccess } from "../../../../provider/cli/review/accessEffects";
import { documentOf, type ReviewDocument } from "../../../../provider/cli/review/document";
import { textOf } from "../../../../provider/cli/review/layout";
import { planIn } from "../../../../provider/cli/review/plan";
import { ValueFormatter } from "../../../../provider/cli/review/valueFormatter";
import { campusSeed } from "../../../../provider/emulator";
import { handlerText } from "../../../../provider/pulumi/handler";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { providerUrn } from "../scriptedCli";

const { acme } = campusSeed;

export interface PlannedStep {
  /** The operation. Default: `update`, `create` without inputs before, `delete` without inputs afterwards. */
  readonly op?: string;
  /** The type of the resource. Default: `OnGuardIntegration`. */
  readonly type?: string;
  /** Its name in the program. Default: `it`. */
  readonly name?: string;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  /** Further properties of the step. */
  readonly further?: object;
  /** Further properties of the state before. */
  readonly state?: object;
  /** Further properties of the state after. */
  readonly planned?: object;
}

/** Without names of objects, so that ids are shown. */
const ACME: NamesByUuid = { organization: { uuid: acme.orgUuid, name: acme.name } };

const DEFAULT = `${providerUrn("default")}::2b759950`;

/** A step that sets the members of an empty group. `more`: further inputs. */
export const staffWith = (members: readonly string[], more: object = {}): PlannedStep => ({
  type: "AccessControlGroup",
  name: "staff",
  before: { name: "Staff", userUuids: [] },
  after: { name: "Staff", userUuids: members, ...more },
});

type Inputs = Readonly<Record<string, unknown>>;

/** A step of a group. Default: it exists before and after. */
export function groupStep(
  before: Inputs | undefined,
  after: Inputs | undefined,
  further: PlannedStep = {},
): PlannedStep {
  const named = (inputs: Inputs | undefined) => inputs && { name: "Engineers", ...inputs };
  return { type: "AccessControlGroup", before: named(before), after: named(after), ...further };
}

/** A step of an enabled Kisi integration. */
export function kisiStep(before: Inputs, after: Inputs, further?: object): PlannedStep {
  const others = { apiSecretKey: "[secret]", enabled: true };
  return {
    type: "KisiIntegration",
    before: { ...others, ...before },
    after: { ...others, ...after },
    ...(further && { further }),
  };
}

/** A place of Kisi. */
export const place = (saveClips: boolean, doorInfoMap: object) => ({ placeName: "HQ", saveClips, doorInfoMap });

/** A step of another package. */
export const bucket: PlannedStep = { type: "aws:s3/bucket:Bucket", name: "logs", after: { acl: "private" } };

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A plan. The state is refreshed, and has not changed, unless the steps contain a refresh. `further`: Other parts of the plan. */
export function planOf(steps: readonly PlannedStep[], further: object = {}): string {
  const isRefreshed = steps.some(({ op }) => op === "refresh");
  const refreshes = steps.filter(({ before }) => before !== undefined && !isRefreshed);
  return planWithout([...refreshes.map((step) => ({ ...step, op: "refresh", further: {} })), ...steps], further);
}

/** A plan whose preview has refreshed nothing but what the steps say. */
export function planWithout(steps: readonly PlannedStep[], further: object = {}): string {
  return JSON.stringify({ steps: [STACK, ...steps.map(written)], ...further });
}

const STACK_URN = "urn:pulumi:dev::doors::pulumi:pulumi:Stack::doors-dev";

/** A plan always has a step for the stack. */
const STACK = { op: "same", urn: STACK_URN, newState: { urn: STACK_URN, type: "pulumi:pulumi:Stack", custom: false } };

function written({
  op,
  type = "OnGuardIntegration",
  name = "it",
  before,
  after,
  further,
  state,
  planned,
}: PlannedStep): object {
  const full = type.includes(":") ? type : `pulumi-nodejs:dynamic/rhombus:${type}`;
  const urn = `urn:pulumi:dev::doors::${full}::${name}`;
  const stateWith = (inputs: object) => ({ urn, type: full, inputs: { __provider: handlerText(type), ...inputs } });
  const outputs = { orgUuid: acme.orgUuid, ...before };
  const usual = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return {
    op: op ?? usual,
    urn,
    provider: DEFAULT,
    ...(before && { oldState: { ...stateWith(before), provider: DEFAULT, outputs, ...state } }),
    ...(after && { newState: { ...stateWith(after), ...planned } }),
    ...further,
  };
}

/** An organization without access grants. */
export const nothingOpens: OrganizationAccess = {
  organization: acme.orgUuid,
  rules: {
    grants: [],
    guestGrants: [],
    revocations: [],
    members: new Map(),
    doorsByLabel: new Map(),
    scheduleOf: new Map(),
    locationOf: new Map(),
    schedules: { times: new Map(), names: new Map(), isComplete: true },
    names: new AccessNames([], [], [], []),
    unread: [],
  },
  schedules: [],
};

export interface Reviewed extends ReviewDocument {
  readonly text: string;
}

/** The review of a plan. `names`: The names of objects. Default: ids are shown. `limitedBy`: The limiting options. Default: none. */
export function reviewed(
  plan: string,
  names: NamesByUuid = ACME,
  limitedBy: readonly string[] = [],
  access: OrganizationAccess | UnreadAccess = nothingOpens,
): Reviewed {
  const read = planIn(plan);
  const document = documentOf({
    plan: read,
    formatterOf: () => new ValueFormatter(names),
    effects: effectsOf(read.steps, () => access),
    containsSecret: (text) => new Redactor().withoutSecrets(text) !== text,
    limitedBy,
    notes: [],
  });
  return { ...document, text: textOf(document.sections) };
}

/** The bullets of a review, in order, without the resource. */
export function linesOf(steps: readonly PlannedStep[], names: NamesByUuid = ACME): string[] {
  return reviewed(planOf(steps), names)
    .text.split("\n")
    .filter((line) => line.startsWith("- "))
    .map((line) => line.slice(2).replace(/\*\*: [A-Z].*\(`it` in the program\)(?:: )?/, "** "));
}
