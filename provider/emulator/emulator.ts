import type { Server } from "node:http";
import { type Behaviours, defaultBehaviours } from "./behaviours/behaviours";
import { checkBehaviours, recordReads } from "./behaviours/checkBehaviours";
import { campus } from "./data/campusSeed";
import { livedIn } from "./data/livedInSeed";
import { type Organization, Store } from "./data/store";
import {
  consoleOf,
  loadSeed,
  type OrganizationConsole,
  operations,
  remainsOf,
  type Seed,
  saveSeed,
} from "./domains/domains";
import type { EmulatorTls } from "./server/access";
import { type FaultPlan, FaultQueue, type PlannedFault } from "./server/faults";
import { type RateLimit, RateLimiter } from "./server/rateLimit";
import { type LoggedRequest, RequestLog } from "./server/requestLog";
import { makeServer, type ServerState } from "./server/server";

/** The seeds that come with the emulator, by name. */
export const seeds = { campus, livedIn } as const;

/** The name of a seed that comes with the emulator. */
export type SeedName = keyof typeof seeds;

/** Options of an emulator. */
export interface EmulatorOptions {
  /** The port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** The initial data: the name of a seed, or a seed of your own. Default `campus`. */
  readonly seed?: SeedName | Seed;
  /** Behaviours other than the defaults. */
  readonly behaviours?: Partial<Behaviours>;
  /** The rate limit of each organization. Default: none. */
  readonly rateLimit?: RateLimit;
  /** Delay of each call before it is carried out, in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** Certificates for HTTPS, and the authority of client certificates. Default: plain HTTP. */
  readonly tls?: EmulatorTls;
  /**
   * Called for each request after it was carried out and before its answer is sent, or when none will be sent. The
   * answer waits for the returned promise, so that a test can act while the client still waits.
   */
  readonly onRequest?: (request: LoggedRequest) => unknown;
}

/** An emulated Rhombus that listens on 127.0.0.1. */
export interface Emulator {
  /** The URL for clients, without a trailing slash. A browser shows the page of the emulator there. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** The current behaviours. */
  readonly behaviours: Behaviours;
  /** Changes behaviours. Throws a TypeError for an unknown name or setting. */
  behave(changes: Partial<Behaviours>): void;
  /**
   * The behaviours that the answers so far may depend on. With any settings of the others, the same calls would have
   * had the same answers.
   */
  consulted(): (keyof Behaviours)[];
  /** Sets the rate limit, undefined for none, and fills every bucket. */
  limitRate(limit: RateLimit | undefined): void;
  /** Sets the delay of each call before it is carried out, in milliseconds. */
  delayCalls(latencyMs: number): void;
  /** Plans a fault. Throws a TypeError if there is no such operation. */
  fail(plan: FaultPlan): PlannedFault;
  /** Cancels every fault. */
  clearFaults(): void;
  /** The requests so far in the order of their arrival, with secrets masked. */
  requests(): LoggedRequest[];
  /** Clears the log of requests. */
  clearRequests(): void;
  /** The web console of an organization. Throws a TypeError if there is no such organization. */
  console(orgUuid: string): OrganizationConsole;
  /**
   * The current data as a seed for another emulator, without audit events, badge events, faults and requests.
   */
  save(): Seed;
  /** True if nothing {@link remains} in an organization (default: in all). */
  isEmpty(orgUuid?: string): boolean;
  /**
   * Lists the integrations, access control groups, access grants and schedules of an organization (default: of all), one
   * line each, without secrets. Schedules of Rhombus and grants of guest passes do not count.
   */
  remains(orgUuid?: string): string[];
  /** Stops listening and closes every connection at once, also those that wait for an answer. */
  close(): Promise<void>;
}

/**
 * Starts an emulated Rhombus. Rejects when the port is taken or the certificates cannot be used, and with a TypeError
 * or RangeError when an option is wrong.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, seed = "campus", behaviours = {}, rateLimit, latencyMs = 0, tls, onRequest = () => {} } = options;
  const initial = typeof seed === "string" ? seeds[seed]() : seed;
  const store = new Store(initial);
  loadSeed(store, initial);
  const state: ServerState = {
    store,
    limiter: new RateLimiter(rateLimit),
    faults: new FaultQueue(),
    log: new RequestLog(credentialsIn(initial)),
    changes: [],
    behaviours: { ...defaultBehaviours, ...checkBehaviours(behaviours) },
    writes: 0,
    latencyMs,
    tls,
    baseUrl: "",
    onAnswered: onRequest,
  };
  const server = makeServer(state);
  const listensOn = await listen(server, port);
  state.baseUrl = `${tls === undefined ? "http" : "https"}://127.0.0.1:${listensOn}`;
  return controls(state, server, listensOn);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The emulator listens on no port.");
  return address.port;
}

function controls(state: ServerState, server: Server, port: number): Emulator {
  const { store, limiter, faults, log, baseUrl } = state;
  const consulted = new Set<keyof Behaviours>();
  let { behaviours } = state;
  state.behaviours = recordReads(behaviours, consulted);
  const organizations = (orgUuid: string | undefined) =>
    orgUuid === undefined ? [...store.organizations.values()] : [organizationOf(store, orgUuid)];
  const remains = (orgUuid?: string) => organizations(orgUuid).flatMap(remainsOf);
  return {
    url: baseUrl,
    port,
    get behaviours() {
      return behaviours;
    },
    behave(changes) {
      behaviours = { ...behaviours, ...checkBehaviours({ ...changes }) };
      state.behaviours = recordReads(behaviours, consulted);
    },
    consulted: () => [...consulted],
    limitRate: (limit) => limiter.change(limit),
    delayCalls(latencyMs) {
      state.latencyMs = latencyMs;
    },
    fail(plan) {
      checkTarget(plan.operation);
      return faults.plan(plan);
    },
    clearFaults: () => faults.clear(),
    requests: () => log.entries(),
    clearRequests: () => log.clear(),
    console: (orgUuid) => consoleOf({ organization: organizationOf(store, orgUuid), store, baseUrl }),
    save: () => saveSeed(store),
    isEmpty: (orgUuid) => remains(orgUuid).length === 0,
    remains,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function organizationOf(store: Store, orgUuid: string): Organization {
  const organization = store.organizations.get(orgUuid);
  if (!organization) throw new TypeError(`The emulator has no organization ${orgUuid}.`);
  return organization;
}

function checkTarget(target: string): void {
  const known = [...operations.map(({ name }): string => name), "onGuardWebhook", "*"];
  if (!known.includes(target))
    throw new TypeError(`There is no operation "${target}". Use one of: ${known.join(", ")}.`);
}

function credentialsIn(seed: Seed): string[] {
  return [
    ...seed.organizations.flatMap(({ apiKeys }) => apiKeys.map(({ key }) => key)),
    ...seed.partners.map(({ apiKey }) => apiKey),
    ...seed.geneaAccounts.flatMap(({ apiTokens }) => apiTokens),
    ...seed.kisiAccounts.flatMap(({ apiSecretKeys }) => apiSecretKeys),
  ];
}
