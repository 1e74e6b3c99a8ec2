import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Behaviours } from "../behaviours/behaviours";
import { withEmptyLists } from "../behaviours/readAnswers";
import { type OperationName, operations } from "../domains/domains";
import { tokenInPath } from "../domains/onGuard/storedOnGuard";
import { answerBadgeEvent, findDeployment } from "../domains/onGuard/webhook";
import { answerPage, type PageState, pagePath } from "../page/answerPage";
import {
  acceptedScheme,
  authorizeInOrganization,
  authorizePartner,
  credentialsOf,
  type EmulatorTls,
  serverOptions,
} from "./access";
import { type Fault, type FaultQueue, type FaultTarget, faultyReply } from "./faults";
import { type Operation, Refusal } from "./operation";
import { refuseOtherSites } from "./otherSites";
import type { RateLimiter } from "./rateLimit";
import { jsonReply, type Reply, refusalReply, tooManyCalls } from "./reply";
import type { LoggedRequest, OpenEntry } from "./requestLog";
import { parseJson } from "./shapes";

/** The state of the HTTP server. Its owner may change it while the server runs. */
export interface ServerState extends PageState {
  /** The rate limit. */
  readonly limiter: RateLimiter;
  /** Planned faults. */
  readonly faults: FaultQueue;
  /** TLS settings; absent for plain HTTP. */
  readonly tls?: EmulatorTls | undefined;
  /** The behaviours. */
  behaviours: Behaviours;
  /** Number of writes that have been carried out. */
  writes: number;
  /** Delay of each call before it is carried out, in milliseconds. */
  latencyMs: number;
  /** The URL of the server; empty until it listens. */
  baseUrl: string;
  /**
   * Called for each call before its answer is sent, or when none will be sent. The answer waits for the returned
   * promise.
   */
  onAnswered(entry: LoggedRequest): unknown;
}

interface Delivery {
  readonly reply: Reply;
  readonly fault?: Fault | undefined;
}

/** Larger bodies are refused: far more than a client sends. */
const maxBodyBytes = 10 * 1024 * 1024;

const operationsByPath = new Map(operations.map((each) => [each.path, each]));

/** Creates the HTTP server, which does not listen yet. Throws an Error if the certificates cannot be used. */
export function makeServer(state: ServerState): Server {
  const answer: RequestListener = (request, response) => {
    serve(state, request, response).catch((error: unknown) => response.destroy(asError(error)));
  };
  const { tls } = state;
  const server = tls === undefined ? createServer(answer) : createTlsServer(serverOptions(tls), answer);
  // Longer than clients pause between calls: a connection that closes under the next call would look like a fault.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function serve(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { rawBody, refusal } = await receive(request, state.tls === undefined ? "http" : "https");
  const path = (request.url ?? "").replace(/\?.*/s, "");
  if (path === pagePath) {
    const page = async () => {
      if (refusal) throw refusal;
      return { reply: answerPage(state, request, rawBody) };
    };
    return send(response, await deliveryOf(page, state.baseUrl));
  }
  const token = tokenInPath(path);
  const operation = operationsByPath.get(path);
  const name = token === undefined ? operation?.name : "onGuardWebhook";
  const entry = state.log.open(name, path, request.headers, rawBody);
  const delivery = await deliveryOf(() => {
    if (refusal) throw refusal;
    if (request.method !== "POST") throw new Refusal(405, "Method Not Allowed", "Only POST is allowed.");
    if (token !== undefined) return answerWebhook(state, request, rawBody, token, entry);
    if (!operation?.isServed(state.behaviours)) throw new Refusal(404, "Not Found", "There is no such operation.");
    return answerOperation(state, request, rawBody, operation, entry);
  }, state.baseUrl);
  entry.status = isSilent(delivery.fault) ? 0 : delivery.reply.status;
  entry.durationMs = Date.now() - entry.atMillis;
  await state.onAnswered({ ...entry });
  send(response, delivery);
}

async function deliveryOf(answer: () => Promise<Delivery>, baseUrl: string): Promise<Delivery> {
  try {
    return await answer();
  } catch (error) {
    return { reply: refusalReply(error, baseUrl) };
  }
}

async function answerOperation(
  state: ServerState,
  request: IncomingMessage,
  rawBody: Buffer,
  operation: Operation<OperationName>,
  entry: OpenEntry,
): Promise<Delivery> {
  const { owner, organizationUuid, handle } = authorize(state, request, operation);
  entry.organizationUuid = organizationUuid;
  const waitSeconds = state.limiter.take(owner);
  if (waitSeconds !== undefined) return { reply: tooManyCalls(waitSeconds) };
  await pause(state.latencyMs);
  return withFaults(state, operation.name, organizationUuid, () => {
    const answer = handle(parseJson(rawBody));
    const isCarriedOut = operation.kind !== "read" && !("error" in answer && answer.error === true);
    return isCarriedOut && failsAfterCommit(state) ? failedAfterCommit : jsonReply(200, answer);
  });
}

const failedAfterCommit = jsonReply(500, { error: "Internal Server Error", msg: "Something went wrong." });

/** Counts a write. True if its answer is an error although it was carried out. */
function failsAfterCommit(state: ServerState): boolean {
  const { errorAfterWrites } = state.behaviours;
  state.writes++;
  return errorAfterWrites > 0 && state.writes % errorAfterWrites === 0;
}

interface AuthorizedCall {
  /** The organization or partner whose rate limit applies. */
  readonly owner: string;
  readonly organizationUuid?: string;
  handle(body: unknown): object;
}

function authorize(state: ServerState, request: IncomingMessage, operation: Operation<OperationName>): AuthorizedCall {
  const { store, baseUrl } = state;
  const credentials = credentialsOf(request);
  const scheme = acceptedScheme(state.tls);
  if (operation.scope === "partner") {
    const partner = authorizePartner(store, credentials, scheme);
    const handle = (body: unknown) => withEmptyLists(operation.handle({ partner, store }, body), state.behaviours);
    return { owner: partner.uuid, handle };
  }
  const { organization, caller } = authorizeInOrganization(store, credentials, scheme, operation.kind);
  const { uuid } = organization.seed;
  const handle = (body: unknown) => {
    // Behaviours may have changed while the call was delayed.
    const { behaviours } = state;
    const asOfMillis = behaviours.readLagMs > 0 ? Date.now() - behaviours.readLagMs : undefined;
    const call = { organization, caller, store, behaviours, baseUrl, asOfMillis };
    if (operation.kind === "delete" && behaviours.deletes === "ignored") return operation.success;
    return withEmptyLists(operation.handle(call, body), behaviours);
  };
  return { owner: uuid, organizationUuid: uuid, handle };
}

async function answerWebhook(
  state: ServerState,
  request: IncomingMessage,
  rawBody: Buffer,
  token: string,
  entry: OpenEntry,
): Promise<Delivery> {
  entry.organizationUuid = findDeployment(state.store, token)?.organization.seed.uuid;
  const signature = `${request.headers["x-rhombus-signature"]}`;
  return withFaults(state, "onGuardWebhook", entry.organizationUuid, () =>
    jsonReply(200, answerBadgeEvent(state.store, token, signature, rawBody)),
  );
}

async function withFaults(
  { faults, baseUrl }: ServerState,
  target: FaultTarget,
  organizationUuid: string | undefined,
  carryOut: () => Reply,
): Promise<Delivery> {
  const taken = faults.take(target, organizationUuid);
  const fault = taken?.fault;
  const answer = () => deliveryOf(async () => ({ reply: carryOut() }), baseUrl);
  if (fault?.when === "late") taken?.hold(answer);
  if (fault && fault.when !== "after") return { fault, reply: faultyReply(fault, undefined) };
  const { reply: real } = await answer();
  return { fault, reply: fault ? faultyReply(fault, real) : real };
}

function isSilent(fault: Fault | undefined): boolean {
  return fault?.kind === "timeout" || fault?.kind === "reset";
}

function send(response: ServerResponse, { reply, fault }: Delivery): void {
  const body = Buffer.from(reply.body);
  const head = { ...reply.headers, "content-length": `${body.length}` };
  switch (fault?.kind) {
    case "timeout":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
    case "truncated": {
      response.writeHead(reply.status, head);
      const half = body.subarray(0, Math.floor(body.length / 2));
      response.write(half, () => fault.kind === "truncated" && response.socket?.end());
      return;
    }
    default:
      response.writeHead(reply.status, head).end(body);
  }
}

/** Reads the body of a request. One that is refused before anything else, whoever sent it, counts as empty. */
async function receive(
  request: IncomingMessage,
  scheme: "http" | "https",
): Promise<{ readonly rawBody: Buffer; readonly refusal?: unknown }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // The rest is read as well: a client that is still sending would not see the answer.
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  try {
    refuseOtherSites(request, scheme);
    if (size > maxBodyBytes) throw new Refusal(413, "Content Too Large", `Send at most ${maxBodyBytes} bytes.`);
    return { rawBody: Buffer.concat(chunks) };
  } catch (refusal) {
    return { rawBody: Buffer.alloc(0), refusal };
  }
}

/** Waits. The timer is unreferenced, so that an unanswered call does not keep the process running. */
function pause(durationMs: number): Promise<void> {
  return durationMs > 0 ? new Promise((resolve) => setTimeout(resolve, durationMs).unref()) : Promise.resolve();
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
