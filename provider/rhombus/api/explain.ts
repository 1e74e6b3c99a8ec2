import { STATUS_CODES } from "node:http";
import { type ErrorFacts, type ErrorKind, endSentence, type Outcome } from "../errors/rhombusError";
import { type Failure, mayBeCarriedOut, type TunnelFault } from "../http/failures";
import { retryClassOf } from "../http/retry";
import { isJsonObject } from "../json/jsonObject";
import { isTooDeep, MAX_LEVELS } from "../json/parsed";
import { enumerated, faultIn, looksLikeJson, namesIn, wordsIn } from "./answers";
import { type AnswerOf, largestAnswerMiB, type OperationName, operations } from "./operations";
import {
  type CallContext,
  remedyForConnection,
  remedyForKey,
  remedyForRedirect,
  remedyForTunnel,
  remedyForWrongServer,
} from "./remedies";
import { checked } from "./schemas/schema";

type Explanation = Pick<ErrorFacts, "kind" | "what" | "status" | "retryAfterMs" | "vendorMessage" | "remedy">;
type StatusFailure = Extract<Failure, { kind: "status" }>;

const IN_DOUBT = "It may have taken effect.";

/** Explains the failure of the last attempt of a call. */
export function explainFailure(failure: Failure, context: CallContext): ErrorFacts {
  const explained = failure.kind === "status" ? explainStatus(failure, context) : explainNoAnswer(failure, context);
  return { ...factsOf(explained, context, mayBeCarriedOut(failure)), retryClass: retryClassOf(failure) };
}

/** Explains an exception in the processing of an answer. It shows the exception's name only, because the message may quote the answer. */
export function explainException(error: unknown, context: CallContext): ErrorFacts {
  const name = error instanceof Error ? error.name : typeof error;
  return unreadable(`an answer that cannot be processed (${name})`, context);
}

/**
 * Reads the body of an answer with status 200.
 * @param body The body.
 * @param json The value of the body; `undefined` if it is not JSON or is nested too deeply.
 * @param context The call.
 * @returns The answer, or the facts of the error.
 */
export function readAnswer<Name extends OperationName>(
  body: string,
  json: { value: unknown } | undefined,
  context: CallContext<Name>,
): { answer: AnswerOf<Name>; content: Record<string, unknown> } | { facts: ErrorFacts } {
  if (json === undefined) return { facts: unreadable(complaintAbout(body, context), context) };
  const content = json.value;
  if (!isJsonObject(content)) return { facts: unreadable("an answer that is not a JSON object", context) };
  const fault = faultIn(content);
  if (fault !== undefined) return { facts: explainFault(fault, { content, body }, context) };
  const result = checked(operations[context.operation].answer, content);
  if ("value" in result) return { answer: result.value, content };
  const what = `an unexpected answer: ${result.complaint}`;
  const remedy = "The API may have changed: look for a newer version of the provider.";
  return { facts: factsOf({ kind: "malformed", status: 200, what, remedy }, context, true) };
}

function complaintAbout(body: string, { redact }: CallContext): string {
  if (body.trim() === "") return "an empty answer";
  if (isTooDeep(body)) return `an answer that is nested more than ${MAX_LEVELS} levels deep`;
  if (looksLikeJson(body)) return "an answer that is not JSON, or ended early";
  const words = wordsIn(body, redact);
  return `an answer that is not JSON${words === undefined ? "" : `: ${words}`}`;
}

function unreadable(what: string, context: CallContext): ErrorFacts {
  const remedy = remedyForWrongServer(context);
  return factsOf({ kind: "malformed", status: 200, what, remedy }, context, true);
}

function factsOf(explanation: Explanation, context: CallContext, mayHaveChanged: boolean): ErrorFacts {
  const outcome = outcomeOf(context, mayHaveChanged);
  const remedy = sentences(explanation.remedy, outcome === "unknown" ? IN_DOUBT : undefined);
  return { operation: context.operation, outcome, ...explanation, remedy };
}

function outcomeOf({ operation, inDoubt }: CallContext, mayHaveChanged: boolean): Outcome {
  return operations[operation].writes && (inDoubt || mayHaveChanged) ? "unknown" : "refused";
}

function explainStatus(failure: StatusFailure, context: CallContext): Explanation {
  const { status } = failure;
  const words = wordsIn(failure.body, context.redact);
  const summary = [status, words ?? STATUS_CODES[status]].filter((part) => part !== undefined).join(" ");
  return {
    kind: kindOf(status),
    status,
    what: status < 300 ? `${summary}; 200 was expected` : summary,
    retryAfterMs: failure.retryAfterMs,
    vendorMessage: words,
    remedy: remedyForStatus(failure, context),
  };
}

function kindOf(status: number): ErrorKind {
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return "notFound";
  if (status === 429) return "rateLimited";
  if (status >= 500) return "server";
  // Rhombus documents no redirect, so another server answers.
  return status < 400 ? "malformed" : "badRequest";
}

const REMEDY_FOR_LIMIT =
  "Rhombus limits the calls of an organization, by all its keys together; run again later, lower rhombus:maxConcurrency or raise rhombus:maxRetries.";

const REMEDY_FOR_REQUEST =
  "Rhombus does not accept a value in this request. If the values are right, the provider has sent them wrongly: please report it.";

function remedyForStatus({ status, location }: StatusFailure, context: CallContext): string {
  const remedyForServer = remedyForWrongServer(context);
  switch (kindOf(status)) {
    case "auth":
      return remedyForKey(context);
    case "notFound":
      return `Rhombus did not find the operation or the object. ${remedyForServer}`;
    case "rateLimited":
      return REMEDY_FOR_LIMIT;
    case "server":
      return "The servers of Rhombus failed; try again later.";
    case "malformed":
      return status >= 300 && location !== undefined ? remedyForRedirect(context, location) : remedyForServer;
    default:
      // Rhombus answers neither 405 nor 407.
      return status === 405 || status === 407 ? remedyForServer : REMEDY_FOR_REQUEST;
  }
}

function explainNoAnswer(failure: Exclude<Failure, { kind: "status" }>, context: CallContext): Explanation {
  const { operation, settings, proxy } = context;
  const host = `${new URL(settings.endpoint).host}${proxy === undefined ? "" : ` through the proxy ${proxy.address}`}`;
  const connect = (code: string) => remedyForConnection(context, code);
  const fromWrongServer = (kind: ErrorKind, what: string) => ({
    kind,
    what,
    remedy: remedyForWrongServer(context),
  });
  switch (failure.kind) {
    case "unreachable":
      return { kind: "network", what: `no connection to ${host} (${failure.code})`, remedy: connect(failure.code) };
    case "noTunnel": {
      const what = `not sent: ${tunnelFaultIn(failure.fault, context)}`;
      return { kind: "network", what, remedy: remedyForTunnel(context, failure.fault) };
    }
    case "broken": {
      const code = failure.code === "" ? "" : ` (${failure.code})`;
      return { kind: "network", what: `the connection to ${host} broke${code}`, remedy: connect(failure.code) };
    }
    case "timeout": {
      const what = `no full answer from ${host} within ${settings.timeoutSeconds} s`;
      return { kind: "timeout", what, remedy: `${connect("")} rhombus:timeoutSeconds sets how long to wait.` };
    }
    case "stale": {
      const what = `not sent: it waited ${Math.round(failure.waitedMs / 1_000)} s and its data is out of date`;
      return { kind: "rateLimited", what, remedy: REMEDY_FOR_LIMIT };
    }
    case "tooLarge":
      return fromWrongServer("tooLarge", `the answer is larger than ${largestAnswerMiB(operation)} MiB`);
    case "unreadable":
      return fromWrongServer("malformed", "an answer that cannot be unpacked");
    case "notUtf8":
      return fromWrongServer("malformed", "an answer that is not UTF-8");
  }
}

function tunnelFaultIn(fault: TunnelFault, { settings, proxy }: CallContext): string {
  const { host } = new URL(settings.endpoint);
  const named = `the proxy ${proxy?.address} (from ${proxy?.variable})`;
  switch (fault.kind) {
    case "malformed":
      return `${proxy?.variable} is not the address of a proxy`;
    case "unsupported":
      return `${named} is neither an http nor an https proxy; SOCKS and others are not supported`;
    case "noAnswer":
      return `${named} made no connection to ${host} within ${settings.timeoutSeconds} s`;
    case "status":
      return `${named} answered ${[fault.status, STATUS_CODES[fault.status]].join(" ").trim()}`;
    case "broken":
      if (/^(ECONNRESET|EPIPE)$/.test(fault.code)) return `${named} closed the connection (${fault.code})`;
      return fault.code.startsWith("HPE_")
        ? `${named} does not speak HTTP (${fault.code})`
        : `no connection to ${named} (${fault.code})`;
  }
}

function explainFault(
  kind: "domain" | "vendorKey",
  { content, body }: { content: Record<string, unknown>; body: string },
  context: CallContext,
): ErrorFacts {
  const words = wordsIn(body, context.redact);
  const notUpdated = namesIn(content, "failedGuids");
  const part = notUpdated.length > 0 ? `Not updated: ${enumerated(notUpdated)}.` : undefined;
  return {
    operation: context.operation,
    kind,
    // The whole call failed, unless the answer names the part that failed.
    outcome: outcomeOf(context, part !== undefined),
    status: 200,
    what: words ?? "Rhombus gives no reason",
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

function sentences(...parts: readonly (string | undefined)[]): string | undefined {
  const given = parts.filter((part) => part !== undefined).map(endSentence);
  return given.length === 0 ? undefined : given.join(" ");
}
