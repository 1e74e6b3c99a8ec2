import fc from "fast-check";
import type { Fault, FaultPlan, FaultTarget } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import { type OrganizationName, organizations, type SlotName, slots } from "./slots";

/** What goes wrong during an operation: of the calls for an organization, some pass, and then some fail. */
export interface Trouble {
  /** The organization. */
  readonly organization: OrganizationName;
  /** The call, or `*` for any. */
  readonly operation: FaultTarget;
  /** What happens to it. */
  readonly with: Fault;
  /** How many calls pass before. */
  readonly skip: number;
  /** How many fail. */
  readonly times: number;
  /** How often the provider tries a call again, as its settings say. Default: never. */
  readonly retries?: number;
}

/**
 * A fault as the emulator plans it.
 * @param trouble What goes wrong.
 */
export function planOf({ organization, retries: _setting, ...plan }: Trouble): FaultPlan {
  return { ...plan, organization: organizations[organization].orgUuid };
}

/**
 * Whether calls get no answer until the provider gives up. The provider then gives up early, and may do so with an answer
 * that a busy machine takes long to give.
 * @param trouble What goes wrong, if anything does.
 */
export function isSilent(trouble: Trouble | undefined): boolean {
  return trouble?.with.kind === "timeout" || trouble?.with.kind === "hang";
}

/**
 * Whether an operation has to go as if nothing were wrong: the rate limit refuses calls before anything happens, and the
 * provider tries each again often enough.
 * @param trouble What goes wrong.
 */
export function isOvercome({ with: { kind }, times, retries = 0 }: Trouble): boolean {
  return kind === "rateLimited" && times <= retries;
}

const moment = fc.constantFrom("before" as const, "after" as const);

const lostAnswers: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: moment.map((when): Fault => ({ kind: "reset", when })) },
  { weight: 3, arbitrary: moment.map((when): Fault => ({ kind: "status", status: 500, when })) },
  { weight: 1, arbitrary: moment.map((when): Fault => ({ kind: "truncated", when })) },
  { weight: 1, arbitrary: moment.map((when): Fault => ({ kind: "emptyBody", when })) },
  { weight: 1, arbitrary: moment.map((when): Fault => ({ kind: "html502", when })) },
);

/** What Rhombus says of these calls is that it refused them, which need not be true; the rate limit alone never lies. */
const refusals: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>({ kind: "rateLimited" }, { kind: "rateLimited", retryAfterSeconds: 1 }),
  moment.map((when): Fault => ({ kind: "status", status: 403, when })),
  moment.map((when): Fault => ({ kind: "errorEnvelope", errorMsg: "Something went wrong.", when })),
);

const silences: fc.Arbitrary<Fault> = fc
  .tuple(fc.constantFrom("timeout" as const, "hang" as const), moment)
  .map(([kind, when]): Fault => ({ kind, when }));

/** The faults, and how many calls they strike: one that takes its time strikes few. */
const strikes: fc.Arbitrary<Pick<Trouble, "with" | "times">> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ with: lostAnswers, times: numbers(1, 2, 30) }) },
  { weight: 4, arbitrary: fc.record({ with: refusals, times: numbers(1, 2, 30) }) },
  { weight: 2, arbitrary: fc.record({ with: silences, times: numbers(1, 2) }) },
);

/** Mostly the first. */
function numbers(first: number, ...others: number[]): fc.Arbitrary<number> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(first) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** The calls that write, by the resource that makes them. */
const WRITES: Readonly<Record<ResourceType, readonly FaultTarget[]>> = {
  AccessControlGroup: [
    "createAccessControlGroup",
    "updateAccessControlGroup",
    "addUsersToAccessControlGroup",
    "removeUsersFromAccessControlGroup",
    "deleteAccessControlGroup",
  ],
  OnGuardIntegration: [
    "createOrUpdateHoneywellOnGuardIntegration",
    "updateHoneywellOnGuardIntegration",
    "deleteHoneywellOnGuardIntegration",
  ],
  GeneaIntegration: ["updateGeneaIntegrationV2", "deleteGeneaIntegrationV2"],
  KisiIntegration: ["updateKisiIntegrationV2", "deleteKisiIntegrationV2", "updateKisiIntegration"],
};

/**
 * Something goes wrong with a write of one of the cast, or with any call for its organization.
 * @param cast Who plays in the story.
 */
export function troubling(cast: readonly SlotName[]): fc.Arbitrary<Trouble> {
  const retries = fc.option(fc.constant(3), { nil: undefined, freq: 3 });
  const calls = cast.flatMap((name) => {
    const { organization, type } = slots[name];
    const write = fc.record({ operation: fc.constantFrom(...WRITES[type]), skip: fc.nat(1) });
    const any = fc.record({ operation: fc.constant<FaultTarget>("*"), skip: fc.nat(9) });
    const which = fc.oneof({ weight: 2, arbitrary: write }, { weight: 1, arbitrary: any });
    return [which.map((call) => ({ organization, ...call }))];
  });
  return fc.tuple(fc.oneof(...calls), strikes, retries).map(([call, strike, tries]): Trouble => {
    return { ...call, ...strike, ...(tries === undefined ? {} : { retries: tries }) };
  });
}
