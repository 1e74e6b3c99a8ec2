import { RhombusError } from "../errors/rhombusError";
import { Attempts } from "../http/attempts";
import { CallQueue } from "../http/callQueue";
import { failureOf } from "../http/failures";
import { Transport } from "../http/transport";
import { parsed } from "../json/parsed";
import { Redactor } from "../redaction/redactor";
import { secretLines } from "../settings/clientCertificate";
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
import { Retries } from "./retries";

const MIB = 1024 * 1024;

/** The output of a client for people. Both functions receive redacted texts. */
export interface ClientOutlets {
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

interface ActiveCall<Name extends OperationName = OperationName> {
  readonly operation: Name;
  readonly attempts: Attempts;
}

/** Calls the Rhombus API. A process has one client, because its queue paces all calls together. */
export class RhombusClient {
  private readonly queue: CallQueue;
  private readonly transport: Transport;
  private readonly warned = new Set<string>();

  /**
   * Takes the settings. Nothing is contacted or loaded before the first call.
   * @param settings The settings.
   * @param outlets The output for people.
   * @param redactor The redactor of the process. Default: a new one.
   */
  constructor(
    private readonly settings: Settings,
    private readonly outlets: ClientOutlets,
    private readonly redactor: Redactor = new Redactor(),
  ) {
    this.transport = new Transport(settings);
    this.queue = new CallQueue({ maxConcurrency: settings.maxConcurrency, log: outlets.log });
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
    const writesReadObject = operations[operation].writesWhole === true;
    const rules = { idempotent: isIdempotent(operation, request), writesReadObject, once: once || writesReadObject };
    const attempts = new Attempts(this.queue, { ...rules, maxRetries: this.settings.maxRetries });
    const call = { operation, attempts };
    const body = await this.send(call, JSON.stringify(request));
    return this.onceAnswered(call, 200, () => this.read(call, body));
  }

  /** Removes secrets from a text: those of the settings and of all requests and answers so far, webhook URLs, and values named as secrets. */
  readonly redact = (text: string): string => this.redactor.redact(text);

  /** The retry policy for one call that its caller repeats. */
  retries(): Retries {
    return new Retries(this.settings.maxRetries, this.outlets.log);
  }

  /** The lead of this machine's clock over the server's, in milliseconds, accurate to a second; `undefined` before an answer with a date. */
  clockAheadMs(): number | undefined {
    return this.transport.clockAheadMs;
  }

  private assertAllowed<Name extends OperationName>(operation: Name, request: RequestOf<Name>): void {
    const reason = operations[operation].refuse?.(request);
    if (reason === undefined) return;
    const facts = { operation, kind: "badRequest", outcome: "refused", what: `not sent: ${reason}` } as const;
    throw new RhombusError(facts, this.redact);
  }

  private async send(call: ActiveCall, body: string): Promise<string> {
    const { operation } = call;
    const request = {
      path: pathOf(operation),
      body,
      isInOrganization: operations[operation].level === "client",
      maxAnswerBytes: largestAnswerMiB(operation) * MIB,
    };
    try {
      return await this.transport.send(request, call.attempts);
    } catch (error) {
      const failure = failureOf(error);
      const answered = failure.kind === "status" ? failure : undefined;
      return this.onceAnswered(call, answered?.status, () => {
        if (answered !== undefined) this.learn(answered.body);
        throw new RhombusError(explainFailure(failure, this.context(call)), this.redact);
      });
    }
  }

  private read<Name extends OperationName>(call: ActiveCall<Name>, body: string): AnswerOf<Name> {
    const { operation } = call;
    const json = parsed(body);
    this.learn(body, json);
    const read = readAnswer(body, json, { ...this.context(call), operation });
    if ("facts" in read) throw new RhombusError(read.facts, this.redact);
    const { writes } = operations[operation];
    for (const warning of warningsOf(operation, read.content, writes).map(this.redact)) this.warn(warning, writes);
    return read.answer;
  }

  /** Processes an answer. Whatever goes wrong here, the write may have been carried out. */
  private onceAnswered<T>(call: ActiveCall, status: number | undefined, process: () => T): T {
    try {
      return process();
    } catch (error) {
      if (error instanceof RhombusError) throw error;
      throw new RhombusError({ ...explainException(error, this.context(call)), status }, this.redact);
    }
  }

  private context({ operation, attempts: { inDoubt } }: ActiveCall) {
    return { operation, inDoubt, settings: this.settings, redact: this.redact, proxy: this.transport.route.proxy };
  }

  private learn(body: string, json = parsed(body)): void {
    if (json === undefined) this.redactor.learnText(body);
    else this.redactor.learn(json.value);
  }

  /** Reads are repeated, so a warning of a read is shown once. */
  private warn(warning: string, isOfWrite: boolean): void {
    if (!isOfWrite && this.warned.has(warning)) return;
    this.warned.add(warning);
    this.outlets.warn(warning);
  }
}
