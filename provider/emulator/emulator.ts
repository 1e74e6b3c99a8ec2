import type { AddressInfo } from "node:net";
import { type Behaviours, defaultBehaviours } from "./behaviours/behaviours";
import { checkBehaviours } from "./behaviours/checkBehaviours";
import { recordReads } from "./behaviours/recordReads";
import { OrganizationConsole } from "./console";
import { campus } from "./data/campusSeed";
import { fillStore } from "./data/fromSeed";
import { livedIn } from "./data/livedInSeed";
import type { Seed } from "./data/seed";
import { type Organization, Store } from "./data/store";
import { toSeed } from "./data/toSeed";
import { isForAccess } from "./domains/groups";
import { operations } from "./domains/operations";
import { type FaultPlan, FaultQueue, type PlannedFault } from "./server/faults";
import { type RateLimit, RateLimiter } from "./server/rateLimit";
import { type LoggedRequest, RequestLog } from "./server/requestLog";
import { makeServer, type ServerState } from "./server/server";
import type { EmulatorTls } from "./server/tls";

/** The seeds that come with the emulator. */
const seeds = { campus, livedIn } as const;

/** The name of a seed that comes with the emulator. */
export type SeedName = keyof typeof seeds;

/** How an emulator starts. */
export interface EmulatorOptions {
  /** The port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** What it starts with: the name of a seed, or one of your own. Default `campus`. */
  readonly seed?: SeedName | Seed;
  /** Behaviours other than the defaults. */
  readonly behaviours?: Partial<Behaviours>;
  /** The rate limit of each organization. Default: none. */
  readonly rateLimit?: RateLimit;
  /** How long each call takes before it is carried out, in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** Certificates to serve HTTPS with, and to demand of clients. Default: plain HTTP. */
  readonly tls?: EmulatorTls;
  /**
   * Called for each request when it has been carried out: its answer is about to go out, or it is clear that none will.
   * An answer waits for a promise that this returns, so that a test can act while a client does not know yet what has happened.
   */
  readonly onRequest?: (request: LoggedRequest) => unknown;
}

/** An emulated Rhombus that listens on 127.0.0.1. */
export interface Emulator {
  /** Where it listens, without a slash at the end: the endpoint to give to clients. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** How the emulated vendor behaves now. */
  readonly behaviours: Behaviours;
  /** Changes behaviours from now on. Throws a TypeError on a name or a setting that does not exist. */
  behave(changes: Partial<Behaviours>): void;
  /**
   * The behaviours that the answers so far may have depended on. Whatever the others are set to, the same calls would have
   * had the same answers: these are the open questions that matter to whoever made the calls.
   */
  consulted(): (keyof Behaviours)[];
  /** Sets another rate limit, or none, and fills every bucket. */
  limitRate(limit: RateLimit | undefined): void;
  /** Sets how long each call takes before it is carried out, in milliseconds. */
  delayCalls(latencyMs: number): void;
  /** Plans a fault. Throws a TypeError when there is no such operation. */
  fail(plan: FaultPlan): PlannedFault;
  /** Takes back every fault. */
  clearFaults(): void;
  /** The requests so far, in the order in which they arrived, with secrets masked. */
  requests(): LoggedRequest[];
  /** Forgets the requests so far. */
  clearRequests(): void;
  /** The web console of an organization. Throws a TypeError when there is no such organization. */
  console(orgUuid: string): OrganizationConsole;
  /**
   * What it holds now, as a seed from which another emulator can start. Audit trails, badge events, faults and requests are
   * no part of it.
   */
  save(): Seed;
  /** Whether an organization, or every one, has neither an integration nor an access control group. */
  isEmpty(orgUuid?: string): boolean;
  /** What an organization, or every one, still has, one readable line each and without secrets. */
  remains(orgUuid?: string): string[];
  /** Stops listening and closes every connection at once, those that wait for an answer included. */
  close(): Promise<void>;
}

/**
 * Starts an emulated Rhombus. Rejects when the port is taken or the certificates cannot be used, and with a TypeError or RangeError when an
 * option is wrong.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, seed = "campus", behaviours = {}, rateLimit, latencyMs = 0, tls, onRequest = () => {} } = options;
  const planted = typeof seed === "string" ? seeds[seed]() : seed;
  const store = new Store(planted);
  fillStore(store);
  const chosen = { ...defaultBehaviours, ...checkBehaviours(behaviours) };
  const noted = new Set<keyof Behaviours>();
  const state: ServerState = {
    store,
    limiter: new RateLimiter(rateLimit),
    faults: new FaultQueue(),
    log: new RequestLog(credentialsIn(planted)),
    behaviours: recordReads(chosen, noted),
    writes: 0,
    latencyMs,
    tls,
    baseUrl: "",
    onAnswered: onRequest,
  };
  const server = makeServer(state);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (!isTcpAddress(address)) throw new Error("The emulator listens on no port.");
  state.baseUrl = `${tls === undefined ? "http" : "https"}://127.0.0.1:${address.port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const save = () => toSeed(store, planted);
  return controls(state, { port: address.port, behaviours: chosen, noted, stop, save });
}

interface Surroundings {
  readonly port: number;
  readonly behaviours: Behaviours;
  readonly noted: Set<keyof Behaviours>;
  stop(): Promise<void>;
  save(): Seed;
}

function controls(state: ServerState, { port, noted, stop, save, ...surroundings }: Surroundings): Emulator {
  let { behaviours } = surroundings;
  const { store, limiter, faults, log, baseUrl } = state;
  const chosen = (orgUuid: string | undefined) =>
    orgUuid === undefined ? [...store.organizations.values()] : [organizationOf(store, orgUuid)];
  const remains = (orgUuid?: string) => chosen(orgUuid).flatMap(remainsOf);
  return {
    url: baseUrl,
    port,
    get behaviours() {
      return behaviours;
    },
    behave(changes) {
      behaviours = { ...behaviours, ...checkBehaviours({ ...changes }) };
      state.behaviours = recordReads(behaviours, noted);
    },
    consulted: () => [...noted],
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
    console: (orgUuid) => new OrganizationConsole(store, organizationOf(store, orgUuid), baseUrl),
    save,
    isEmpty: (orgUuid) => remains(orgUuid).length === 0,
    remains,
    close: stop,
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

function remainsOf(organization: Organization): string[] {
  const { name } = organization.seed;
  const deployments = [...(organization.onGuard.read()?.deployments.values() ?? [])];
  const groups = organization.groups.values().filter(isForAccess);
  return [
    ...deployments.map(({ displayName }) => `${name}: OnGuard deployment "${displayName ?? ""}"`),
    ...(organization.genea.read() ? [`${name}: Genea integration`] : []),
    ...(organization.kisi.read() ? [`${name}: Kisi integration`] : []),
    ...(organization.kisiV1.read() ? [`${name}: Kisi integration of V1`] : []),
    ...groups.map((group) => `${name}: access control group "${group.name}"`),
  ];
}

function credentialsIn(seed: Seed): string[] {
  return [
    ...seed.organizations.flatMap(({ apiKeys }) => apiKeys.map(({ key }) => key)),
    ...seed.partners.map(({ apiKey }) => apiKey),
    ...seed.geneaAccounts.flatMap(({ apiTokens }) => apiTokens),
    ...seed.kisiAccounts.flatMap(({ apiSecretKeys }) => apiSecretKeys),
  ];
}

function isTcpAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
