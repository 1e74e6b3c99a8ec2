import fc from "fast-check";
import type { Fault, FaultPlan, FaultTarget } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import { type OperationName, operations } from "../../../provider/rhombus/api/operations";
import { resourceOf } from "./resources";

/** A fault during an operation: some calls pass, then some fail. */
export interface OperationFault {
  /** The call, or `*` for any. */
  readonly operation: FaultTarget;
  readonly with: Fault;
  /** The number of calls that pass before. Default 0. */
  readonly skip?: number;
  /** The number of calls that fail. Default 1. */
  readonly times?: number;
  /** The setting `maxRetries` of the operation. Default 0. */
  readonly retries?: number;
}

/** The fault as the emulator plans it. */
export function planOf({ retries: _setting, ...plan }: OperationFault): FaultPlan {
  return plan;
}

/** True for calls without an answer. The provider then gives up early, also on answers that a busy machine delays. */
export function isSilent(fault: OperationFault | undefined): boolean {
  return fault?.with.kind === "timeout" || fault?.with.kind === "hang";
}

/** True for a fault that the provider must overcome: the rate limit refuses a call before it is carried out. */
export function isOvercome({ with: { kind }, times = 1, retries = 0 }: OperationFault): boolean {
  return kind === "rateLimited" && times <= retries;
}

const moment = fc.constantFrom("before" as const, "after" as const);

const lostAnswers: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: moment.map((when): Fault => ({ kind: "reset", when })) },
  { weight: 3, arbitrary: moment.map((when): Fault => ({ kind: "status", status: 500, when })) },
  ...(["truncated", "emptyBody", "html502"] as const).map((kind) => {
    return { weight: 1, arbitrary: moment.map((when): Fault => ({ kind, when })) };
  }),
);

/** Answers that the call was refused, which is always true for the rate limit only. */
const refusals: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>({ kind: "rateLimited" }, { kind: "rateLimited", retryAfterSeconds: 1 }),
  moment.map((when): Fault => ({ kind: "status", status: 403, when })),
  moment.map((when): Fault => ({ kind: "errorEnvelope", errorMsg: "Something went wrong.", when })),
);

const silences: fc.Arbitrary<Fault> = fc
  .tuple(fc.constantFrom("timeout" as const, "hang" as const), moment)
  .map(([kind, when]): Fault => ({ kind, when }));

/** Faults with the number of calls that they affect: few if they take time. */
const affected = fc.oneof(
  { weight: 10, arbitrary: fc.record({ with: lostAnswers, times: mostlyOne(2, 30) }) },
  { weight: 4, arbitrary: fc.record({ with: refusals, times: mostlyOne(2, 30) }) },
  { weight: 2, arbitrary: fc.record({ with: silences, times: mostlyOne(2) }) },
);

function mostlyOne(...others: number[]): fc.Arbitrary<number> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** The operations that write objects of a type, by their names. */
function writesOf(type: ResourceType): FaultTarget[] {
  const names = Object.keys(operations) as OperationName[];
  const stem = type.replace("Integration", "");
  const writes = names.filter((name) => /^(?:create|update|delete|add|remove)/.test(name) && name.includes(stem));
  return writes.length === 0 ? ["*"] : writes;
}

/** A fault of a write of one of the resources, or of any call. */
export function anyFault(names: readonly string[]): fc.Arbitrary<OperationFault> {
  const writes = names.flatMap((name) => writesOf(resourceOf(name).type));
  const write = fc.record({ operation: fc.constantFrom(...writes), skip: fc.nat(1) });
  const any = fc.record({ operation: fc.constant<FaultTarget>("*"), skip: fc.nat(9) });
  const call = fc.oneof({ weight: 2, arbitrary: write }, { weight: 1, arbitrary: any });
  const retries = fc.option(fc.constant(3), { nil: undefined, freq: 3 });
  return fc.tuple(call, affected, retries).map(([target, fault, tries]) => {
    return { ...target, ...fault, ...(tries === undefined ? {} : { retries: tries }) };
  });
}
