import { STATUS_CODES } from "node:http";
import { type ErrorFacts, type ErrorKind, endSentence, type Outcome, type Passing } from "../errors/rhombusError";
import { type Failure, leavesDoubt, type TunnelFault } from "../http/failures";
import type { NamedProxy } from "../http/proxy";
import { retryAfterMs } from "../http/retry";
import { isJsonObject } from "../json/jsonObject";
import type { Settings } from "../settings/settings";
import { enumerated, faultIn, looksLikeJson, MOST_LEVELS, namesIn, wordsIn } from "./answers";
import { type AnswerOf, largestAnswerMiB, type OperationName, operations } from "./operations";
import {
  type Circumstances,
  remedyForConnection,
  remedyForKey,
  remedyForRedirect,
  remedyForStranger,
  remedyForTunnel,
} from "./remedies";
import { checked } from "./schemas/schema";

/** The call that an explanation is about. */
export interface CallContext<Name extends OperationName = OperationName> {
  /** The operation. */
  readonly operation: Name;
  /** The client's settings. */
  readonly settings: Settings;
  /** Whether an earlier try of the call may have taken effect although it failed. */
  readonly doubtful: boolean;
  /** Frees a text of secrets. */
  readonly redact: (text: string) => string;
  /** The proxy that the call goes through; absent where it goes directly. */
  readonly proxy?: NamedProxy | undefined;
}

/** Explains a try that got no usable answer, the last one of its call. */
export function explainFailure(failure: Failure, context: CallContext): ErrorFacts {
  const outcome = outcomeOf(context, leavesDoubt(failure));
  const { operation } = context;
  const explained = failure.kind === "status" ? ofStatus(failure, context) : ofSilence(failure, context);
  const doubt = outcome === "unknown" ? "It may have taken effect." : undefined;
  return { operation, outcome, ...explained, passing: passingOf(failure), remedy: sentences(explained.remedy, doubt) };
}

function passingOf(failure: Failure): Passing | undefined {
  if (failure.kind === "heldUp") return "heldUp";
  if (failure.kind === "unreachable" || failure.kind === "noTunnel") return failure.lasting ? undefined : "unreachable";
  return failure.kind === "status" && failure.status === 429 ? "limited" : undefined;
}

/**
 * Explains an exception after an answer has come. A write may have been carried out, whatever the answer says; of the exception only its kind is told, as its
 * message may quote the answer.
 */
export function explainException(error: unknown, context: CallContext): ErrorFacts {
  const kind = error instanceof Error ? error.name : typeof error;
  return unreadable(`an answer that cannot be processed (${kind})`, context);
}

/** Explains an answer that is nested too deep to be read. */
export function explainDepth(context: CallContext): ErrorFacts {
  return unreadable(`an answer that is nested more than ${MOST_LEVELS} levels deep`, context);
}

/** Reads the body of an answer that HTTP calls a success: the answer, or why it is none. `json` is what the body stands for, where it is JSON. */
export function readAnswer<Name extends OperationName>(
  body: string,
  json: { value: unknown } | undefined,
  context: CallContext<Name>,
): { answer: AnswerOf<Name>; content: Record<string, unknown> } | { facts: ErrorFacts } {
  if (body.trim() === "") return { facts: unreadable("an empty answer", context) };
  if (json === undefined) {
    const words = wordsIn(body, context.redact);
    const more = looksLikeJson(body) ? ", or ended early" : words === undefined ? "" : `: ${words}`;
    return { facts: unreadable(`an answer that is not JSON${more}`, context) };
  }
  const content = json.value;
  if (!isJsonObject(content)) return { facts: unreadable("an answer that is not a JSON object", context) };
  const fault = faultIn(content);
  if (fault !== undefined) return { facts: ofFault(fault.kind, content, body, context) };
  const checkedAnswer = checked(operations[context.operation].answer, content);
  if ("complaint" in checkedAnswer) return { facts: unexpected(checkedAnswer.complaint, context) };
  return { answer: checkedAnswer.value, content };
}

type Explained = Pick<ErrorFacts, "kind" | "what" | "status" | "retryAfterMs" | "vendorMessage" | "remedy">;

function outcomeOf({ operation, doubtful }: CallContext, inDoubt: boolean): Outcome {
  return operations[operation].writes && (doubtful || inDoubt) ? "unknown" : "refused";
}

type StatusFailure = Extract<Failure, { kind: "status" }>;

function ofStatus(failure: StatusFailure, context: CallContext): Explained {
  const { status } = failure;
  const words = wordsIn(failure.body, context.redact);
  const said = [String(status), words ?? STATUS_CODES[status]].filter((part) => part !== undefined).join(" ");
  const what = status < 300 ? `${said}, where Rhombus answers 200` : said;
  return {
    kind: kindOf(status),
    status,
    what,
    retryAfterMs: retryAfterMs(failure.retryAfter, Date.now()),
    vendorMessage: words,
    remedy: remedyForStatus(failure, context),
  };
}

function kindOf(status: number): ErrorKind {
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return "notFound";
  if (status === 429) return "rateLimited";
  if (status >= 500) return "server";
  // Nothing of the vendor's redirects, so what did is not the API.
  return status < 400 ? "malformed" : "badRequest";
}

const REMEDY_FOR_LIMIT =
  "Rhombus limits the calls of an organization, by all its keys together; run again later, lower rhombus:maxConcurrency or raise rhombus:maxRetries.";

function remedyForStatus({ status, location }: StatusFailure, context: CallContext): string {
  const circumstances = circumstancesOf(context);
  if (status >= 300 && status < 400 && location !== undefined) return remedyForRedirect(circumstances, location);
  if (status === 401 || status === 403) return remedyForKey(circumstances);
  if (status === 404)
    return `Rhombus does not know this operation, or what it was asked for. ${remedyForStranger(circumstances)}`;
  if (status === 429) {
    return REMEDY_FOR_LIMIT;
  }
  if (status >= 500) return "The fault is at Rhombus; try again later.";
  if (status < 400 || status === 405 || status === 407) return remedyForStranger(circumstances);
  return "Rhombus does not accept a value in this request. If the values are right, the provider has sent them wrongly: please report it.";
}

function circumstancesOf({ operation, settings, proxy }: CallContext): Circumstances {
  return { settings, proxy, level: operations[operation].level };
}

function ofSilence(failure: Exclude<Failure, { kind: "status" }>, context: CallContext): Explained {
  const { operation, settings, proxy } = context;
  const circumstances = circumstancesOf(context);
  const { host } = new URL(settings.endpoint);
  const through = proxy === undefined ? "" : ` through the proxy ${proxy.address}`;
  switch (failure.kind) {
    case "unreachable":
      return {
        kind: "network",
        what: `no connection to ${host}${through} (${failure.code})`,
        remedy: remedyForConnection(circumstances, failure.code),
      };
    case "noTunnel":
      return {
        kind: "network",
        what: `not sent: ${tunnelFaultIn(failure.fault, context)}`,
        remedy: remedyForTunnel(circumstances, failure.fault),
      };
    case "broken":
      return {
        kind: "network",
        what: `the connection to ${host}${through} broke${failure.code === "" ? "" : ` (${failure.code})`}`,
        remedy: remedyForConnection(circumstances, failure.code),
      };
    case "timeout":
      return {
        kind: "timeout",
        what: `no full answer from ${host}${through} within ${settings.timeoutSeconds} s`,
        remedy: `${remedyForConnection(circumstances, "")} rhombus:timeoutSeconds sets how long to wait.`,
      };
    case "heldUp":
      return {
        kind: "rateLimited",
        what: `not sent, as it would have been ${Math.round(failure.waitedMs / 1_000)} s late`,
        remedy: REMEDY_FOR_LIMIT,
      };
    case "tooLarge":
      return {
        kind: "tooLarge",
        what: `the answer is larger than ${largestAnswerMiB(operation)} MiB`,
        remedy: remedyForStranger(circumstances),
      };
    case "unreadable":
      return { kind: "malformed", what: "an answer that cannot be unpacked", remedy: remedyForStranger(circumstances) };
    case "notUtf8":
      return { kind: "malformed", what: "an answer that is not UTF-8", remedy: remedyForStranger(circumstances) };
  }
}

function tunnelFaultIn(fault: TunnelFault, { settings, proxy }: CallContext): string {
  const { host } = new URL(settings.endpoint);
  const named = `the proxy ${proxy?.address} (from ${proxy?.variable})`;
  switch (fault.kind) {
    case "malformed":
      return `${proxy?.variable} does not hold the address of a proxy`;
    case "unsupported":
      return `${named} is neither an http nor an https proxy; SOCKS and others are not supported`;
    case "silent":
      return `${named} made no connection to ${host} within ${settings.timeoutSeconds} s`;
    case "status":
      return `${named} answered ${[fault.status, STATUS_CODES[fault.status]].join(" ").trim()}`;
    case "broken":
      if (/^(ECONNRESET|EPIPE)$/.test(fault.code)) return `${named} broke off the connection (${fault.code})`;
      return fault.code.startsWith("HPE_")
        ? `${named} does not speak HTTP (${fault.code})`
        : `no connection to ${named} (${fault.code})`;
  }
}

function ofFault(
  kind: "domain" | "vendorKey",
  content: Record<string, unknown>,
  body: string,
  context: CallContext,
): ErrorFacts {
  const words = wordsIn(body, context.redact);
  const notUpdated = namesIn(content, "failedGuids");
  // The call failed as a whole, unless it names the part that failed.
  const outcome = outcomeOf(context, notUpdated.length > 0);
  const part = notUpdated.length > 0 ? `Not updated: ${enumerated(notUpdated)}.` : undefined;
  const what = words ?? "Rhombus gives no reason";
  return {
    operation: context.operation,
    kind,
    outcome,
    status: 200,
    what,
    vendorMessage: words,
    remedy: sentences(part, kind === "vendorKey" ? remedyForVendorKey(context.operation) : undefined),
  };
}

function remedyForVendorKey(operation: OperationName): string {
  const { vendorKey } = operations[operation];
  const vendor = vendorKey === "apiSecretKey" ? "Kisi" : "Genea";
  return vendorKey === undefined
    ? "The third party refused the key that Rhombus uses with it; the Rhombus API key is not at fault."
    : `${vendor} refused its own key: check ${vendorKey}. The Rhombus API key is not at fault.`;
}

function unreadable(what: string, context: CallContext): ErrorFacts {
  return malformed(what, remedyForStranger(circumstancesOf(context)), context);
}

function unexpected(complaint: string, context: CallContext): ErrorFacts {
  return malformed(
    `an unexpected answer: ${complaint}`,
    "The API may have changed: look for a newer version of the provider.",
    context,
  );
}

function malformed(what: string, remedy: string, context: CallContext): ErrorFacts {
  const outcome = outcomeOf(context, true);
  const doubt = outcome === "unknown" ? "It may have taken effect." : undefined;
  return {
    operation: context.operation,
    kind: "malformed",
    outcome,
    status: 200,
    what,
    remedy: sentences(remedy, doubt),
  };
}

function sentences(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined).map(endSentence);
  return said.length === 0 ? undefined : said.join(" ");
}
