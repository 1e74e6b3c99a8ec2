import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { RhombusError } from "../errors/rhombusError";
import { FailedTry, type Failure, failureOf, leavesDoubt, noTunnel } from "../http/failures";
import { Gate, type Verdict, type Wait } from "../http/gate";
import { type Route, routeTo } from "../http/proxy";
import { backoffMs, mayBeMadeAgain, retryAfterMs, shouldRetry } from "../http/retry";
import { type Agents, agentsFor, connect, makeTry } from "../http/transport";
import { Redactor } from "../redaction/redactor";
import { secretLines } from "../settings/clientCertificate";
import { isLoopback, type Settings } from "../settings/settings";
import { caveatsOf, isTooDeep, parsed } from "./answers";
import { explainDepth, explainException, explainFailure, readAnswer } from "./explain";
import {
  type AnswerOf,
  isIdempotent,
  largestAnswerMiB,
  type OperationName,
  operations,
  type RequestOf,
} from "./operations";
import { type KnownOrganization, OrganizationInquiry } from "./organization";

const MIB = 1024 * 1024;

// Calls that wait for others only, without a pause, are few and short, unless the bucket refills very slowly: reading again would not help them then.
const LONG_PAUSE_MS = 500;
const LONG_QUEUE_MS = 10_000;

/** Where a client says what a person should read. Both get texts without secrets. */
export interface ClientOutlets {
  /** Told about caveats of calls that succeeded. */
  warn: (message: string) => void;
  /** Told when the rate limit makes calls wait. */
  log: (message: string) => void;
}

/** What one call may be given besides its request. */
export interface CallOptions {
  /** Told about caveats of this call, instead of the client's `warn`. */
  warn?: (message: string) => void;
  /** It goes before other calls, once, and not at all when it had to wait for long: what it holds gets old. */
  atOnce?: boolean;
  /** It is made once, as its caller decides about further tries. */
  once?: boolean;
}

/** What a client has done so far. */
export interface ClientStatistics {
  /** How many calls it was asked to make. */
  calls: number;
  /** How many times a call was tried again. */
  retries: number;
  /** How many tries were answered 429. */
  rateLimited: number;
}

/** What one call keeps over its tries. */
interface Course {
  readonly operation: OperationName;
  readonly body: string;
  readonly idempotent: boolean;
  readonly atOnce: boolean;
  readonly once: boolean;
  readonly ticket: number;
  retries: number;
  doubtful: boolean;
}

/** Calls the Rhombus API: one client per provider process, because its gate paces all resources together. */
export class RhombusClient {
  private readonly gate: Gate;
  private readonly inquiry = new OrganizationInquiry(() => this.call("getOrgV2", {}));
  private readonly told = new Set<string>();
  private readonly counts: ClientStatistics = { calls: 0, retries: 0, rateLimited: 0 };
  private readonly route: Route;
  private agents: Agents | undefined;
  private connection: AxiosInstance | undefined;
  private skewMs: number | undefined;

  /**
   * Takes the settings, where to say what a person should read, and what takes secrets out of it. Nothing is contacted, and the HTTP library is not loaded,
   * before the first call.
   */
  constructor(
    private readonly settings: Settings,
    private readonly outlets: ClientOutlets,
    private readonly redactor: Redactor = new Redactor(),
  ) {
    this.redactor.add(settings.apiKey, ...secretLines(settings.clientCertificate?.key ?? ""));
    this.route = isLoopback(settings.endpoint) ? { secrets: [] } : routeTo(settings.endpoint);
    this.redactor.add(...this.route.secrets);
    this.gate = new Gate({ maxConcurrency: settings.maxConcurrency, log: outlets.log });
  }

  /** Calls an operation and answers what it answers. Rejects with a `RhombusError` for everything that is not a success, whatever HTTP calls it. */
  async call<Name extends OperationName>(
    operation: Name,
    request: RequestOf<Name>,
    options: CallOptions = {},
  ): Promise<AnswerOf<Name>> {
    this.refuse(operation, request);
    const { atOnce = false, once = atOnce } = options;
    this.counts.calls += 1;
    this.redactor.learn(request);
    const course: Course = {
      operation,
      body: JSON.stringify(request),
      idempotent: isIdempotent(operation, request),
      atOnce,
      once,
      ticket: this.gate.takeTicket(atOnce),
      retries: 0,
      doubtful: false,
    };
    const body = await this.send(course);
    return this.onceAnswered(course, 200, () => {
      const json = parsed(body);
      this.learn(body, json);
      const context = { ...this.context(course), operation };
      if (json === undefined && isTooDeep(body)) throw new RhombusError(explainDepth(context), this.redact);
      const read = readAnswer(body, json, context);
      if ("facts" in read) throw new RhombusError(read.facts, this.redact);
      this.tell(caveatsOf(operation, read.content, operations[operation].writes), course, options);
      return read.answer;
    });
  }

  /** The organization that the key opens, asked for once; `undefined` where the key may not know it. Rejects with a `RhombusError` when that cannot be found out. */
  organization(): Promise<KnownOrganization | undefined> {
    return this.inquiry.known();
  }

  /** The text without secrets: the key, every secret in a request or an answer so far, what its redactor was told, webhook URLs, and what it names as a secret itself. */
  readonly redact = (text: string): string => this.redactor.redact(text);

  /** Whether a call that is made at once or not at all may be made again after it failed; `attempt` is how often that was done already. */
  mayBeMadeAgain(error: RhombusError, attempt: number): boolean {
    return mayBeMadeAgain(error.passing, attempt, this.settings.maxRetries);
  }

  /** Says that a call is made again only after the wait that its answer asked for. Pauses of the rate limit are said by themselves. */
  announceWait({ operation, kind, status, retryAfterMs: asked }: RhombusError): void {
    if (kind === "rateLimited" || asked === undefined) return;
    this.outlets.log(`rhombus: ${operation} was answered ${status}, resuming in ${Math.ceil(asked / 1_000)} s`);
  }

  /** What the client has done so far. */
  stats(): ClientStatistics {
    return { ...this.counts };
  }

  /**
   * By how many milliseconds this machine's clock is ahead of the server's, as the last answer shows it: to the second, and to how long that answer took.
   * `undefined` before an answer that has a date.
   */
  clockAheadMs(): number | undefined {
    return this.skewMs;
  }

  private refuse<Name extends OperationName>(operation: Name, request: RequestOf<Name>): void {
    const reason = operations[operation].refuse?.(request);
    if (reason === undefined) return;
    throw new RhombusError(
      { operation, kind: "badRequest", outcome: "refused", what: `not sent: ${reason}` },
      this.redact,
    );
  }

  private async send(course: Course): Promise<string> {
    if (this.route.fault !== undefined) {
      throw new RhombusError(explainFailure(noTunnel(this.route.fault), this.context(course)), this.redact);
    }
    this.connection ??= connect(this.settings.maxRetries);
    try {
      const response = await this.connection.request<string>({
        url: `${this.settings.endpoint}${operations[course.operation].path}`,
        maxContentLength: largestAnswerMiB(course.operation) * MIB,
        adapter: (config) => this.attempt(config, course),
        "axios-retry": {
          retryCondition: (error) => this.triesAgain(course, failureOf(error)),
          retryDelay: (_count, error) => delayMs(course.retries, failureOf(error)),
        },
      });
      this.noteTime(response.headers.date);
      return response.data;
    } catch (error) {
      const failure = failureOf(error);
      return this.onceAnswered(course, failure.kind === "status" ? failure.status : undefined, () => {
        if (failure.kind === "status") {
          this.learn(failure.body);
          this.noteTime(failure.date);
        }
        throw new RhombusError(explainFailure(failure, this.context(course)), this.redact);
      });
    }
  }

  /** Runs what is done with an answer: whatever it throws, the write may have been carried out. */
  private onceAnswered<T>(course: Course, status: number | undefined, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof RhombusError) throw error;
      throw new RhombusError({ ...explainException(error, this.context(course)), status }, this.redact);
    }
  }

  private noteTime(date: unknown): void {
    const serverMs = typeof date === "string" ? Date.parse(date) : Number.NaN;
    // The header is cut to whole seconds.
    if (!Number.isNaN(serverMs)) this.skewMs = Date.now() - (serverMs + 500);
  }

  private context({ operation, doubtful }: Course) {
    return { operation, doubtful, settings: this.settings, redact: this.redact, proxy: this.route.proxy };
  }

  private headers(operation: OperationName): Record<string, string> {
    const { apiKey, partner, orgUuid, clientCertificate } = this.settings;
    const scheme = clientCertificate === undefined ? "api-token" : "api";
    const headers: Record<string, string> = {
      "x-auth-scheme": partner ? `partner-${scheme}` : scheme,
      "x-auth-apikey": apiKey,
      "Content-Type": "application/json",
      Accept: "application/json",
      "User-Agent": "pulumi-rhombus",
    };
    // Calls about the partner itself are not made inside one of its organizations.
    if (partner && orgUuid !== undefined && operations[operation].level === "client") headers["x-auth-org"] = orgUuid;
    return headers;
  }

  private attempt(config: InternalAxiosRequestConfig, course: Course): Promise<AxiosResponse> {
    this.agents ??= agentsFor(this.settings, this.route);
    const sent = { data: course.body, headers: this.headers(course.operation), agents: this.agents };
    return this.gate.pass(
      course.ticket,
      (wait) => {
        if (course.atOnce && isLong(wait)) throw new FailedTry({ kind: "heldUp", waitedMs: wait.ms }, config);
        return makeTry(config, sent, this.settings.timeoutSeconds * 1_000);
      },
      (error) => this.verdict(failureOf(error), course),
    );
  }

  private verdict(failure: Failure, { retries }: Course): Verdict {
    if (failure.kind !== "status") return { kind: "lost" };
    if (failure.status !== 429) return { kind: "answered" };
    this.counts.rateLimited += 1;
    const pauseMs = retryAfterMs(failure.retryAfter, Date.now()) ?? backoffMs(retries, Math.random());
    return { kind: "limited", pauseMs };
  }

  private triesAgain(course: Course, failure: Failure): boolean {
    if (leavesDoubt(failure)) course.doubtful = true;
    const { idempotent, once, retries: attempt } = course;
    if (once) return false;
    if (!shouldRetry({ failure, idempotent, attempt, maxRetries: this.settings.maxRetries })) return false;
    course.retries += 1;
    this.counts.retries += 1;
    return true;
  }

  private learn(body: string, json = parsed(body)): void {
    if (json === undefined) this.redactor.learnText(body);
    else this.redactor.learn(json.value);
  }

  private tell(caveats: readonly string[], { operation }: Course, { warn = this.outlets.warn }: CallOptions): void {
    for (const caveat of caveats.map(this.redact)) {
      // A read is repeated until it shows what was written; its caveats are news only once.
      if (!operations[operation].writes && this.told.has(caveat)) continue;
      this.told.add(caveat);
      warn(caveat);
    }
  }
}

/** The wait before a call is tried again. A 429 needs none here, because the gate holds everything back until the vendor's pause is over, in order. */
function delayMs(retries: number, failure: Failure): number {
  if (failure.kind === "status" && failure.status === 429) return 0;
  const asked = failure.kind === "status" ? retryAfterMs(failure.retryAfter, Date.now()) : undefined;
  return asked ?? backoffMs(retries - 1, Math.random());
}

function isLong({ ms, paused }: Wait): boolean {
  return ms > (paused ? LONG_PAUSE_MS : LONG_QUEUE_MS);
}
