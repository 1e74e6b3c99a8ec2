import type { Fault } from "../../../provider/emulator";
import { formsOf } from "./canaries";

/** What the vendor may say in an error. */
export interface Spill {
  /** What a text says to be found again. */
  readonly bait: string;
  /** Every secret that the provider has been given. */
  readonly secrets: readonly string[];
}

/** Something that goes wrong with a call. */
export interface Trouble {
  /** The fault. Where the vendor speaks, it says every secret there is. */
  fault(spill: Spill): Fault;
  /** What shows in the messages that something was said; where the vendor speaks, the bait. */
  readonly evidence?: RegExp;
  /** Which calls of a life are spared, because they would show nothing that others do not. Default: none. */
  readonly spares?: "reads" | "all but updates";
}

/** A fault without words. One that follows upon the call is the same for a read as one that comes before. */
const silent = (evidence: RegExp, fault: Fault): Trouble => {
  return { fault: () => fault, evidence, ...(fault.when === "after" ? { spares: "reads" } : {}) };
};

/** Everything that section 2 of the fault matrix knows, where the vendor itself says nothing of use. */
const mute: Readonly<Record<string, Trouble>> = {
  "a timeout": silent(/no full answer/, { kind: "timeout" }),
  "a timeout after the write": silent(/no full answer/, { kind: "timeout", when: "after" }),
  "a reset": silent(/connection to .* broke/, { kind: "reset" }),
  "a reset after the write": silent(/connection to .* broke/, { kind: "reset", when: "after" }),
  "a hanging answer": silent(/no full answer/, { kind: "hang" }),
  "a hanging answer after the write": silent(/no full answer/, { kind: "hang", when: "after" }),
  "an answer that breaks off after the write": silent(/connection to .* broke/, { kind: "truncated", when: "after" }),
  "an empty answer": silent(/an empty answer/, { kind: "emptyBody" }),
  "an empty answer after the write": silent(/an empty answer/, { kind: "emptyBody", when: "after" }),
  "a 502 of a gateway": silent(/502 Bad Gateway/, { kind: "html502" }),
  "a 429": silent(/failed: 429/, { kind: "rateLimited" }),
  "a 429 that says when to come back": silent(/failed: 429/, { kind: "rateLimited", retryAfterSeconds: 1 }),
  "a bare 403": silent(/failed: 403/, { kind: "status", status: 403 }),
};

/** The forms of {@link formsOf} in which no vendor quotes anything, so that nothing takes them out of its words. */
const unheardOf = ["in JSON in JSON", "in hexadecimal digits", "backwards"];

const quoting = ({ bait, secrets }: Spill, form = "as it is") =>
  `${bait}: ${secrets.map((secret) => `"${formsOf(secret).get(form) ?? ""}"`).join(", ")}`;

const named = ({ bait, secrets }: Spill) =>
  secrets.map((secret) => `"apiToken":${JSON.stringify(secret)},"${bait}":1`).join(",");

/** The same where the vendor says all that it knows. */
const speaking: Readonly<Record<string, Trouble>> = {
  "a 401": { fault: (spill) => ({ kind: "status", status: 401, body: { error: quoting(spill) } }) },
  "a 403": { fault: (spill) => ({ kind: "status", status: 403, body: { msg: quoting(spill) } }) },
  "a 404": { fault: (spill) => ({ kind: "status", status: 404, body: quoting(spill) }) },
  "a 500": { fault: (spill) => ({ kind: "status", status: 500, body: quoting(spill) }) },
  "a 500 after the write": {
    fault: (spill) => ({ kind: "status", status: 500, body: quoting(spill), when: "after" }),
    spares: "reads",
  },
  "a web page": {
    fault: (spill) => ({ kind: "status", status: 503, body: `<html><title>${quoting(spill).replaceAll("<", "")}` }),
    evidence: /failed: 503/,
  },
  "error: true": { fault: (spill) => ({ kind: "errorEnvelope", errorMsg: quoting(spill) }) },
  "error: true after the write": {
    fault: (spill) => ({ kind: "errorEnvelope", errorMsg: quoting(spill), when: "after" }),
    spares: "reads",
  },
  "error: true with failedGuids": {
    fault: (spill) => ({ kind: "errorEnvelope", errorMsg: spill.bait, failedGuids: spill.secrets }),
  },
  "a warning": {
    fault: (spill) => ({
      kind: "errorEnvelope",
      error: false,
      errorMsg: null,
      warningMsg: quoting(spill),
      failedGuids: spill.secrets,
      misconfiguredDoors: spill.secrets,
      when: "after",
    }),
  },
  "a refused vendor key": { fault: (spill) => ({ kind: "errorEnvelope", errorMsg: quoting(spill), authError: true }) },
  "an answer that is no JSON": { fault: (spill) => ({ kind: "status", status: 200, body: quoting(spill) }) },
  "JSON that is cut short": {
    fault: (spill) => ({ kind: "status", status: 200, body: `{${named(spill)},"x":"` }),
    evidence: /not JSON, or ended early/,
  },
  "JSON of another shape": {
    fault: (spill) => ({ kind: "status", status: 200, body: { group: [quoting(spill)], orgIntegrationV2: [spill] } }),
    evidence: /unexpected answer/,
  },
  ...Object.fromEntries(
    [...formsOf("a secret to see in which forms it is looked for").keys()]
      .filter((form) => !unheardOf.includes(form))
      .map((form): [string, Trouble] => [
        `a 400 that quotes ${form}`,
        {
          fault: (spill) => ({ kind: "status", status: 400, body: { msg: quoting(spill, form) } }),
          spares: "all but updates",
        },
      ]),
  ),
};

/** All that may go wrong, by what it is. */
export const troubles: Readonly<Record<string, Trouble>> = { ...mute, ...speaking };
