import type { Emulator, Fault, FaultPlan, PlannedFault } from "../../../provider/emulator";
import type { FastClock } from "./clock";

/** Faults that occur before the call is carried out, or after it. */
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

const limits: Readonly<Record<string, Fault>> = {
  "429": { kind: "rateLimited" },
  "429 in 2 s": { kind: "rateLimited", retryAfterSeconds: 2 },
};

const faults: ReadonlyMap<string, Fault> = new Map([
  ...Object.entries(limits),
  ...Object.entries(either).map(([name, fault]): [string, Fault] => [`${name} before`, fault]),
  ...Object.entries(either).map(([name, fault]): [string, Fault] => [`${name} after`, { ...fault, when: "after" }]),
]);

export const faultNames: readonly string[] = [...faults.keys()];

/** The faults of a read, which carries nothing out. */
export const readFaultNames: readonly string[] = faultNames.filter((name) => !name.endsWith(" after"));

/** The kind of a fault, before or after the call. */
export function kindOf(name: string): string {
  return name.replace(/ (?:before|after|in 2 s)$/, "");
}

/** True for an answer in the form of the API, which each operation reads for itself. */
export function isInAnswer(name: string): boolean {
  return ["error: true", "an empty object", "another message", "not enabled", "403", "400"].includes(kindOf(name));
}

/** True if Rhombus reports that it refused a call, although it was carried out. */
export function isFalseRefusal(name: string): boolean {
  return /^(?:error: true|not enabled|403|400) after$/.test(name);
}

/** True if Rhombus answers a write with success although it was not carried out. */
export function isFalseSuccess(name: string): boolean {
  return /^(?:an empty object|another message) before$/.test(name);
}

/** A fault that is planned in an emulator. */
export class InjectedFault {
  readonly #planned: PlannedFault;
  readonly #times: number;
  readonly #isSilent: boolean;
  readonly #clock: FastClock;
  #seen = 0;

  constructor(emulator: Emulator, clock: FastClock, { fault, ...plan }: Omit<FaultPlan, "with"> & { fault: string }) {
    const planned = faults.get(fault);
    if (planned === undefined) throw new TypeError(`Unknown fault "${fault}".`);
    this.#planned = emulator.fail({ ...plan, with: planned });
    this.#times = plan.times ?? 1;
    this.#isSilent = planned.kind === "timeout" || planned.kind === "hang";
    this.#clock = clock;
  }

  /** To be called after each request: if no answer is sent, the deadline of the call passes. */
  onRequest(): void {
    const { count } = this;
    if (this.#isSilent && count > this.#seen) this.#clock.expire();
    this.#seen = count;
  }

  /** The number of calls that failed. */
  get count(): number {
    return this.#times - this.#planned.remaining;
  }
}
