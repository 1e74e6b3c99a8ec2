import { RhombusError } from "../errors/rhombusError";
import { CallQueue, type Wait } from "../http/callQueue";
import type { Reply } from "../http/failures";
import { Retries, withRetries } from "../http/retry";
import { Transport } from "../http/transport";
import { parsed } from "../json/parsed";
import { secretLines } from "../redaction/environmentSecrets";
import { Redactor } from "../redaction/redactor";
import type { Settings } from "../settings/settings";
import { warningsOf } from "./answers";
import { explainException, explainFailure, readAnswer } from "./explain";
import {
  type AnswerOf,
  isIdempotent,
  largestAnswerMiB,
  type OperationName,
  operations,
  pathOf,
  type RequestOf,
} from "./operations";
import { type CallContext, remedyForOrganization } from "./remedies";

const MIB = 1024 * 1024;

// Without a pause of the rate limit calls wait for a short time only, unless the bucket refills very slowly: another read would not help then.
const STALE_AFTER_PAUSE_MS = 500;
const STALE_AFTER_QUEUE_MS = 10_000;

/** The output of a client for people. Both functions receive redacted texts. */
export interface ClientOutput {
  /** Receives the warnings of calls that succeeded. */
  warn: (message: string) => void;
  /** Receives a message when the rate limit delays calls. */
  log: (message: string) => void;
}

/** Options of a call. */
export interface CallOptions {
  /** No retries, because the caller decides about them. Default: false, but an operation that writes a whole object is never retried here. */
  readonly once?: boolean;
}

/** Calls the Rhombus API. A process has one client, because its queue paces all calls together. */
export class RhombusClient {
  private readonly queue: CallQueue;
  private readonly transport: Transport;
  private readonly warned = new Set<string>();

  /**
   * Takes the settings. Nothing is contacted or loaded before the first call.
   * @param settings The settings.
   * @param output The output for people.
   * @param redactor The redactor of the process. Default: a new one.
   */
  constructor(
    private readonly settings: Settings,
    private readonly output: ClientOutput,
    private readonly redactor: Redactor = new Redactor(),
  ) {
    this.transport = new Transport(settings);
    this.queue = new CallQueue({ maxConcurrency: settings.maxConcurrency, log: output.log });
    const { secrets } = this.transport.route;
    redactor.add(settings.apiKey, ...secretLines(settings.clientCertificate?.key ?? ""), ...secrets);
  }

  /**
   * Calls an operation. One that writes a whole object, as it was just read, is sent before other calls, once, and not at all if it
   * has waited until that read is old.
   * @param operation The operation.
   * @param request The body.
   * @param options The options.
   * @throws RhombusError unless the call succeeds, whatever the HTTP status.
   */
  async call<Name extends OperationName>(
    operation: Name,
    request: RequestOf<Name>,
    { once = false }: CallOptions = {},
  ): Promise<AnswerOf<Name>> {
    this.assertAllowed(operation, request);
    this.redactor.learn(request);
    const { settings, redact } = this;
    const { writesWhole = false, level } = operations[operation];
    const rules = { maxRetries: settings.maxRetries, idempotent: isIdempotent(operation, request) };
    const priority = this.queue.takePriority(writesWhole);
    const httpRequest = {
      path: pathOf(operation),
      body: JSON.stringify(request),
      isInOrganization: level === "client",
      maxAnswerBytes: largestAnswerMiB(operation) * MIB,
    };
    const { reply, isOutcomeUnknown } = await withRetries({ ...rules, once: once || writesWhole }, (retries) =>
      this.queue.run({ priority, retries }, async (wait) =>
        writesWhole && isStale(wait) ? { kind: "stale", waitedMs: wait.ms } : this.transport.send(httpRequest),
      ),
    );
    const context = { operation, isOutcomeUnknown, settings, redact, proxy: this.transport.route.proxy };
    try {
      return this.read(reply, context);
    } catch (error) {
      if (error instanceof RhombusError) throw error;
      // Whatever goes wrong here, the write may have been carried out.
      const status = reply.kind === "answer" ? 200 : reply.kind === "status" ? reply.status : undefined;
      throw explainException(error, status, context);
    }
  }

  /** Removes secrets from a text: those of the settings and of all requests and answers so far, webhook URLs, and values named as secrets. */
  readonly redact = (text: string): string => this.redactor.redact(text);

  /** The remedy for an object of another organization than expected, with the origins of the settings. */
  get organizationRemedy(): string {
    return remedyForOrganization(this.settings);
  }

  /** The retry policy for one call that its caller repeats. */
  retries(): Retries {
    return new Retries(this.settings.maxRetries, this.output.log);
  }

  /** The milliseconds by which this machine's clock is ahead of the server's, accurate to a second; `undefined` before an answer with a date. */
  clockAheadMs(): number | undefined {
    return this.transport.clockAheadMs;
  }

  private assertAllowed<Name extends OperationName>(operation: Name, request: RequestOf<Name>): void {
    const reason = operations[operation].refuse?.(request);
    if (reason === undefined) return;
    const facts = { operation, kind: "badRequest", outcome: "refused", what: `not sent: ${reason}` } as const;
    throw new RhombusError(facts, this.redact);
  }

  private read<Name extends OperationName>(reply: Reply, context: CallContext<Name>): AnswerOf<Name> {
    if (reply.kind !== "answer") {
      if (reply.kind === "status") this.learn(reply.body);
      throw explainFailure(reply, context);
    }
    const json = parsed(reply.body);
    this.learn(reply.body, json);
    const { answer, content } = readAnswer(reply.body, json, context);
    const { operation } = context;
    const { writes } = operations[operation];
    for (const warning of warningsOf(operation, content, writes).map(this.redact)) this.warn(warning, writes);
    return answer;
  }

  private learn(body: string, json = parsed(body)): void {
    if (json === undefined) this.redactor.learnText(body);
    else this.redactor.learn(json.value);
  }

  /** Reads are repeated, so a warning of a read is shown once. */
  private warn(warning: string, isOfWrite: boolean): void {
    if (!isOfWrite && this.warned.has(warning)) return;
    this.warned.add(warning);
    this.output.warn(warning);
  }
}

function isStale({ ms, paused }: Wait): boolean {
  return ms > (paused ? STALE_AFTER_PAUSE_MS : STALE_AFTER_QUEUE_MS);
}
