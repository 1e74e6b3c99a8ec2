import { STATUS_CODES } from "node:http";
import { type ErrorFacts, type ErrorKind, RhombusError } from "../errors/rhombusError";
import { type Failure, mayBeCarriedOut } from "../http/failures";
import { retryClassOf } from "../http/retry";
import { isJsonObject } from "../json/jsonObject";
import { isTooDeep, MAX_LEVELS } from "../json/parsed";
import { faultIn, firstNames, looksLikeJson, messageIn, namesIn } from "./answers";
import { type AnswerOf, largestAnswerMiB, type OperationName, operations } from "./operations";
import {
  type CallContext,
  remedyForConnection,
  remedyForKey,
  remedyForNetwork,
  remedyForRedirect,
  remedyForWrongServer,
} from "./remedies";
import { checked } from "./schemas/schema";
import { explainTunnel } from "./tunnelFault";

type Explanation = Pick<ErrorFacts, "kind" | "what" | "status" | "retryAfterMs" | "vendorMessage" | "remedy">;
type StatusFailure = Extract<Failure, { kind: "status" }>;

const MAY_BE_CARRIED_OUT = "The change may have been made; the next run checks it.";

const OTHER_CAUSES = "For other causes, run `npx pulumi-rhombus doctor`.";

/** The error for the failure of the last attempt of a call. */
export function explainFailure(failure: Failure, context: CallContext): RhombusError {
  const explained = failure.kind === "status" ? explainStatus(failure, context) : explainNoAnswer(failure, context);
  const isOfSettings = explained.kind !== "server" && explained.remedy !== REMEDY_FOR_REQUEST;
  const note = isOfSettings ? context.settings.note?.() : undefined;
  return errorOf({ ...explained, retryClass: retryClassOf(failure) }, context, mayBeCarriedOut(failure), note);
}

/**
 * The error for an exception in the processing of an answer. It shows the exception's name only, because the message may quote the answer.
 * The write may have been carried out.
 */
export function explainException(error: unknown, status: number | undefined, context: CallContext): RhombusError {
  const name = error instanceof Error ? error.name : typeof error;
  return unreadable(`an answer that cannot be processed (${name})`, status, context);
}

/**
 * Reads the body of an answer with status 200.
 * @param body The body.
 * @param json The value of the body; `undefined` if it is not JSON or is nested too deeply.
 * @param context The call.
 * @throws RhombusError if it is no answer of the operation, or reports a failure.
 */
export function readAnswer<Name extends OperationName>(
  body: string,
  json: { value: unknown } | undefined,
  context: CallContext<Name>,
): { answer: AnswerOf<Name>; content: Record<string, unknown> } {
  if (json === undefined) throw unreadable(complaintAbout(body, context), 200, context);
  const content = json.value;
  if (!isJsonObject(content)) throw unreadable("an answer that is not a JSON object", 200, context);
  const fault = faultIn(content);
  if (fault !== undefined) throw explainFault(fault, content, messageIn(body, context.redact), context);
  const result = checked(operations[context.operation].answer, content);
  if ("value" in result) return { answer: result.value, content };
  const what = `an unexpected answer: ${result.complaint}`;
  const remedy = "Look for a newer version of pulumi-rhombus: the API may have changed.";
  throw errorOf({ kind: "malformed", status: 200, what, remedy }, context, true);
}

function complaintAbout(body: string, { redact }: CallContext): string {
  if (body.trim() === "") return "an empty answer";
  if (isTooDeep(body)) return `an answer that is nested more than ${MAX_LEVELS} levels deep`;
  if (looksLikeJson(body)) return "an answer that is not JSON, or ended early";
  const rhombusMessage = messageIn(body, redact);
  return `an answer that is not JSON${rhombusMessage === undefined ? "" : `: ${rhombusMessage}`}`;
}

function unreadable(what: string, status: number | undefined, context: CallContext): RhombusError {
  return errorOf(
    { kind: "malformed", status, what, remedy: remedyForWrongServer(context) },
    context,
    true,
    context.settings.note?.(),
  );
}

function errorOf(
  explanation: Explanation & Pick<ErrorFacts, "retryClass">,
  { operation, isOutcomeUnknown, redact }: CallContext,
  mayHaveChanged: boolean,
  note?: string,
): RhombusError {
  const outcome = operations[operation].writes && (isOutcomeUnknown || mayHaveChanged) ? "unknown" : "refused";
  const consequences = [
    ...(explanation.kind === "auth" ? [OTHER_CAUSES] : []),
    ...(outcome === "unknown" ? [MAY_BE_CARRIED_OUT] : []),
    ...(note === undefined ? [] : [note]),
  ];
  const consequence = consequences.length === 0 ? undefined : consequences.join(" ");
  return new RhombusError({ ...explanation, operation, outcome, consequence }, redact);
}

function explainStatus(failure: StatusFailure, context: CallContext): Explanation {
  const { status, retryAfterMs } = failure;
  const rhombusMessage = messageIn(failure.body, context.redact);
  const summary = [status, rhombusMessage ?? STATUS_CODES[status]].filter((part) => part !== undefined).join(" ");
  const what = status < 300 ? `${summary}; 200 was expected` : summary;
  return { ...kindAndRemedy(failure, context), status, what, retryAfterMs, vendorMessage: rhombusMessage };
}

const REMEDY_FOR_LIMIT =
  "Run again later, lower rhombus:maxConcurrency, or raise rhombus:maxRetries: Rhombus limits the calls of all keys of an organization together.";

const REMEDY_FOR_REQUEST =
  "Check the values of this request: Rhombus refused one of them. If they are right, the provider has sent them wrongly: please report it.";

function kindAndRemedy({ status, location }: StatusFailure, context: CallContext): { kind: ErrorKind; remedy: string } {
  const remedyForServer = remedyForWrongServer(context);
  if (status === 401 || status === 403) return { kind: "auth", remedy: remedyForKey(context) };
  if (status === 404) {
    return { kind: "notFound", remedy: `${remedyForServer} Rhombus did not find the operation or the object.` };
  }
  if (status === 429) return { kind: "rateLimited", remedy: REMEDY_FOR_LIMIT };
  if (status >= 500) return { kind: "server", remedy: "Try again later: the servers of Rhombus failed." };
  // Rhombus documents no redirect, and answers neither 405 nor 407, so another server answers.
  if (status < 300 || (status < 400 && location === undefined)) return { kind: "malformed", remedy: remedyForServer };
  if (status < 400) return { kind: "malformed", remedy: remedyForRedirect(context, location ?? "") };
  return { kind: "badRequest", remedy: status === 405 || status === 407 ? remedyForServer : REMEDY_FOR_REQUEST };
}

function explainNoAnswer(failure: Exclude<Failure, { kind: "status" }>, context: CallContext): Explanation {
  const { operation, settings, proxy } = context;
  const host = `${new URL(settings.endpoint).host}${proxy === undefined ? "" : ` through the proxy ${proxy.address}`}`;
  const fromWrongServer = (kind: ErrorKind, what: string) => ({
    kind,
    what,
    remedy: remedyForWrongServer(context),
  });
  switch (failure.kind) {
    case "unreachable":
      return {
        kind: "network",
        what: `no connection to ${host} (${failure.code})`,
        remedy: remedyForConnection(context, failure.code),
      };
    case "noTunnel": {
      const { what, remedy } = explainTunnel(failure.fault, context);
      return { kind: "network", what: `not sent: ${what}`, remedy };
    }
    case "broken": {
      const code = failure.code === "" ? "" : ` (${failure.code})`;
      return { kind: "network", what: `the connection to ${host} broke${code}`, remedy: remedyForNetwork(context) };
    }
    case "timeout": {
      const what = `no full answer from ${host} within ${settings.timeoutSeconds} s`;
      return {
        kind: "timeout",
        what,
        remedy: `${remedyForNetwork(context)} rhombus:timeoutSeconds sets how long to wait.`,
      };
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

function explainFault(
  kind: "domain" | "vendorKey",
  content: Record<string, unknown>,
  rhombusMessage: string | undefined,
  context: CallContext,
): RhombusError {
  const { operation, isOutcomeUnknown, redact } = context;
  const notUpdated = namesIn(content, "failedGuids");
  const consequence = notUpdated.length > 0 ? `Not updated: ${firstNames(notUpdated)}.` : undefined;
  // The whole call failed, unless the answer names the part that failed.
  const { writes } = operations[operation];
  const outcome = writes && (isOutcomeUnknown || consequence !== undefined) ? "unknown" : "refused";
  const what = rhombusMessage === undefined ? "Rhombus gives no reason" : `Rhombus reported "${rhombusMessage}"`;
  const remedy = kind === "vendorKey" ? remedyForVendorKey(operation) : writes ? undefined : "Run the command again.";
  const facts = {
    operation,
    kind,
    outcome,
    status: 200,
    what,
    vendorMessage: rhombusMessage,
    remedy,
    consequence,
  } as const;
  return new RhombusError(facts, redact);
}

function remedyForVendorKey(operation: OperationName): string {
  const { vendorKey } = operations[operation];
  const vendor = vendorKey === "apiSecretKey" ? "Kisi" : "Genea";
  return vendorKey === undefined
    ? "Check the key that Rhombus uses with the badge vendor, who does not accept it. The Rhombus API key is not at fault."
    : `Check ${vendorKey}, which ${vendor} does not accept. The Rhombus API key is not at fault.`;
}
