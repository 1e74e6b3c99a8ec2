import type { Fault } from "../../../provider/emulator";
import { formsOf } from "./secretForms";

/** The message of Rhombus in an error. */
export interface Words {
  /** The text that must appear in the channel. */
  readonly marker: string;
  /** Every secret that the provider has received. */
  readonly secrets: readonly string[];
}

/** A fault of a call. */
export interface FaultCase {
  /** The fault. If Rhombus answers with a message, it contains every secret. */
  fault(words: Words): Fault;
  /** The text that shows that the error was reported. Default: the marker. */
  readonly evidence?: RegExp;
  /** The calls for which another case proves the same. Default: none. */
  readonly skips?: "reads" | "all but updates";
}

/** The words of the error of a fault without an answer. */
const noAnswer = { timeout: /no full answer/, hang: /no full answer/, reset: /connection to .* broke/ } as const;

/** Faults without words. After the call was carried out they are the same for a read as before. */
const silent: Readonly<Record<string, FaultCase>> = Object.fromEntries(
  (
    [
      ...(["timeout", "reset", "hang"] as const).map((kind) => [`a ${kind}`, noAnswer[kind], { kind }] as const),
      ...(["timeout", "reset", "hang"] as const).map(
        (kind) => [`a ${kind} after the write`, noAnswer[kind], { kind, when: "after" }] as const,
      ),
      ["a truncated answer after the write", noAnswer.reset, { kind: "truncated", when: "after" }],
      ["an empty answer", /an empty answer/, { kind: "emptyBody" }],
      ["an empty answer after the write", /an empty answer/, { kind: "emptyBody", when: "after" }],
      ["a 502 of a gateway", /502 Bad Gateway/, { kind: "html502" }],
      ["a 429", /failed: 429/, { kind: "rateLimited" }],
      ["a 429 with Retry-After", /failed: 429/, { kind: "rateLimited", retryAfterSeconds: 1 }],
      ["a bare 403", /failed: 403/, { kind: "status", status: 403 }],
    ] as readonly (readonly [string, RegExp, Fault])[]
  ).map(([name, evidence, fault]): [string, FaultCase] => [
    name,
    { fault: () => fault, evidence, ...(fault.when === "after" ? { skips: "reads" } : {}) },
  ]),
);

const quoting = ({ marker, secrets }: Words, form = "as it is") =>
  `${marker}: ${secrets.map((secret) => `"${formsOf(secret).get(form) ?? ""}"`).join(", ")}`;

const named = ({ marker, secrets }: Words) =>
  secrets.map((secret) => `"apiToken":${JSON.stringify(secret)},"${marker}":1`).join(",");

const status = (code: number, bodyOf: (words: Words) => string | object, evidence?: RegExp): FaultCase => ({
  fault: (words) => ({ kind: "status", status: code, body: bodyOf(words) }),
  ...(evidence ? { evidence } : {}),
});

const after = (fault: Fault): Fault => ({ ...fault, when: "after" });

/** Faults whose words contain every secret. */
const speaking: Readonly<Record<string, FaultCase>> = {
  "a 401": status(401, (words) => ({ error: quoting(words) })),
  "a 403": status(403, (words) => ({ msg: quoting(words) })),
  "a 404": status(404, (words) => quoting(words)),
  "a 500": status(500, (words) => quoting(words)),
  "a 500 after the write": {
    fault: (words) => after({ kind: "status", status: 500, body: quoting(words) }),
    skips: "reads",
  },
  "a web page": status(503, (words) => `<html><title>${quoting(words).replaceAll("<", "")}`, /failed: 503/),
  "error: true": { fault: (words) => ({ kind: "errorEnvelope", errorMsg: quoting(words) }) },
  "error: true after the write": {
    fault: (words) => after({ kind: "errorEnvelope", errorMsg: quoting(words) }),
    skips: "reads",
  },
  "error: true with failedGuids": {
    fault: ({ marker, secrets }) => ({ kind: "errorEnvelope", errorMsg: marker, failedGuids: secrets }),
  },
  "a warning": {
    fault: (words) => {
      const { secrets } = words;
      const lists = { failedGuids: secrets, misconfiguredDoors: secrets };
      return after({ kind: "errorEnvelope", error: false, errorMsg: null, warningMsg: quoting(words), ...lists });
    },
  },
  "a refused vendor key": { fault: (words) => ({ kind: "errorEnvelope", errorMsg: quoting(words), authError: true }) },
  "an answer that is not JSON": status(200, (words) => quoting(words)),
  "JSON that is cut short": status(200, (words) => `{${named(words)},"x":"`, /not JSON, or ended early/),
  "JSON of another shape": status(
    200,
    (words) => ({ group: [quoting(words)], orgIntegrationV2: [words] }),
    /unexpected answer/,
  ),
};

/** The forms of {@link formsOf} in which Rhombus quotes no secret, so that errors do not redact them. */
const notQuoted = ["in JSON in JSON", "in hexadecimal digits", "backwards"];

const quotedForms = [...formsOf("a secret whose forms are listed").keys()].filter((form) => !notQuoted.includes(form));

const quotes = quotedForms.map((form): [string, FaultCase] => [
  `a 400 that quotes ${form}`,
  { ...status(400, (words) => ({ msg: quoting(words, form) })), skips: "all but updates" },
]);

/** All faults by name. */
export const faultCases: Readonly<Record<string, FaultCase>> = {
  ...silent,
  ...speaking,
  ...Object.fromEntries(quotes),
};
