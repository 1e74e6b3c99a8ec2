import type { Emulator, Fault, FaultPlan, PlannedFault } from "../../../provider/emulator";
import type { HurriedClock } from "./clock";

/** Faults that may strike before the call is carried out, or after: then it was, and nobody is told. */
const either: Readonly<Record<string, Fault>> = {
  timeout: { kind: "timeout" },
  hang: { kind: "hang" },
  reset: { kind: "reset" },
  "cut JSON": { kind: "truncated" },
  "empty body": { kind: "emptyBody" },
  "502 page": { kind: "html502" },
  "500": { kind: "status", status: 500, body: { msg: "Something broke." } },
  "error: true": { kind: "errorEnvelope", errorMsg: "Something broke." },
  // Answers with a status of success that prove nothing.
  "an empty object": { kind: "status", status: 200, body: {} },
  "another message": { kind: "status", status: 200, body: { message: "Service temporarily unavailable" } },
  "not enabled": { kind: "errorEnvelope", errorMsg: "The integration is not enabled." },
  "202": { kind: "status", status: 202, body: {} },
  "deep JSON": { kind: "status", status: 200, body: `${"[".repeat(200_000)}${"]".repeat(200_000)}` },
  "403": { kind: "status", status: 403, body: { msg: "Access Denied" } },
  "400": { kind: "status", status: 400, body: { msg: "Something is wrong." } },
};

/** A rate limit refuses a call before anything happens. */
const limits: Readonly<Record<string, Fault>> = {
  "429": { kind: "rateLimited" },
  "429 in 2 s": { kind: "rateLimited", retryAfterSeconds: 2 },
};

/** Every fault by its name. */
const faults: ReadonlyMap<string, Fault> = new Map([
  ...Object.entries(limits),
  ...Object.entries(either).map(([name, fault]): [string, Fault] => [`${name} before`, fault]),
  ...Object.entries(either).map(([name, fault]): [string, Fault] => [`${name} after`, { ...fault, when: "after" }]),
]);

/** The names of all faults. */
export const faultNames: readonly string[] = [...faults.keys()];

/** The names of the faults of a read, which has nothing to carry out. */
export const readFaultNames: readonly string[] = faultNames.filter((name) => !name.endsWith(" after"));

/** What kind of fault a name stands for, whenever it strikes. */
export function kindOf(name: string): string {
  return name.replace(/ (?:before|after|in 2 s)$/, "");
}

/** Whether Rhombus says that it refused a call, although it was carried out. */
export function isFalseRefusal(name: string): boolean {
  return /^(?:error: true|not enabled|403|400) after$/.test(name);
}

/** Whether Rhombus answers a write with success that was not carried out. */
export function isFalseSuccess(name: string): boolean {
  return /^(?:an empty object|another message) before$/.test(name);
}

/** A fault in an emulator, from its planning until nobody asks any more. */
export class InjectedFault {
  readonly #planned: PlannedFault;
  readonly #times: number;
  readonly #isSilent: boolean;
  readonly #clock: HurriedClock;
  #seen = 0;

  /** Plans the fault. */
  constructor(
    emulator: Emulator,
    clock: HurriedClock,
    { fault, ...plan }: Omit<FaultPlan, "with"> & { fault: string },
  ) {
    const striking = faults.get(fault);
    if (striking === undefined) throw new TypeError(`There is no fault "${fault}".`);
    this.#planned = emulator.fail({ ...plan, with: striking });
    this.#times = plan.times ?? 1;
    this.#isSilent = striking.kind === "timeout" || striking.kind === "hang";
    this.#clock = clock;
  }

  /** To be called when an answer goes out, or when it is clear that none will: after silence the deadline passes. */
  onRequest(): void {
    const { count } = this;
    if (this.#isSilent && count > this.#seen) this.#clock.expire();
    this.#seen = count;
  }

  /** How often it has struck. */
  get count(): number {
    return this.#times - this.#planned.remaining;
  }
}
