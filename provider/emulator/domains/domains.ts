import type { FixedOrganization, FixedSeed } from "../data/seed";
import type { Organization, Store } from "../data/store";
import type { Table } from "../page/table";
import type { Operation } from "../server/operation";
import type { ConsoleContext, Domain, PageContext } from "./domain";
import * as domains from "./registry";

type AnyDomain = (typeof domains)[keyof typeof domains];

/** The parts of a union, joined in one type. */
type Joined<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (all: infer All) => void
  ? All
  : never;

type SeedOf<D> = D extends { save(organization: Organization): infer Seed } ? Seed : never;

type ConsoleOf<D> = D extends { console(context: ConsoleContext): infer Actions } ? Actions : never;

/** The name of an operation: the last part of its path. */
export type OperationName = AnyDomain["operations"][number]["name"];

/** An organization with its initial data. */
export interface SeedOrganization extends FixedOrganization, Joined<SeedOf<AnyDomain>> {}

/** The initial data of an emulator, in plain values. */
export interface Seed extends FixedSeed {
  /** The organizations. */
  readonly organizations: readonly SeedOrganization[];
}

/**
 * The web console of one organization: shows everything, secrets included, and changes it without a logged call. It
 * always shows the latest state, whatever the behaviours.
 */
export interface OrganizationConsole extends Joined<ConsoleOf<AnyDomain>> {}

/** Every operation of the emulator. */
export const operations: readonly Operation<OperationName>[] = Object.values(domains).flatMap(({ operations }) => [
  ...operations,
]);

const parts: readonly Domain[] = Object.values(domains);

/** Stores the data of a seed, as if it had always existed. */
export function loadSeed(store: Store, seed: Seed): void {
  for (const each of seed.organizations) {
    const organization = store.organizations.get(each.uuid);
    if (organization) for (const domain of parts) domain.load?.(organization, each, store);
  }
}

/**
 * The current data as a seed, without history: audit events, badge events and the older values that lagging reads show.
 */
export function saveSeed({ seed, organizations }: Store): Seed {
  const saved = [...organizations.values()].map((organization): SeedOrganization => {
    return Object.assign({}, organization.seed, ...parts.map((domain) => domain.save?.(organization)));
  });
  return { ...seed, organizations: saved };
}

/** Lists what a test has to remove from an organization, one line each, without secrets. */
export function remainsOf(organization: Organization): string[] {
  const lines = parts.flatMap((domain) => domain.remains?.(organization) ?? []);
  return lines.map((line) => `${organization.seed.name}: ${line}`);
}

/** The web console of an organization. */
export function consoleOf(context: ConsoleContext): OrganizationConsole {
  return Object.assign({}, ...parts.map((domain) => domain.console?.(context)));
}

/** The objects and the fixed data of an organization, as the page shows them. `from`: the domains, by default all. */
export function tablesOf(context: PageContext, from: readonly Domain[] = parts): Table[] {
  return from.flatMap((domain) => {
    if (domain.tables) return domain.tables(context);
    const rows = (domain.remains?.(context.organization) ?? []).map((line) => ({ cells: [line] }));
    return rows.length === 0 ? [] : [{ title: "Other objects", columns: ["Object"], rows }];
  });
}
