import type { Behaviours } from "../behaviours/behaviours";
import type { Organization, Store } from "../data/store";
import type { Table } from "../page/table";
import type { Operation } from "../server/operation";

/** The context of the web console of one organization. */
export interface ConsoleContext {
  /** The organization. */
  readonly organization: Organization;
  /** The organizations and badge vendor accounts of the emulator. */
  readonly store: Store;
  /** The URL of the emulator, without a trailing slash. */
  readonly baseUrl: string;
}

/** The context of an organization on the page. Its actions follow the rules of the operations. */
export interface PageContext extends ConsoleContext {
  /** The behaviours. */
  readonly behaviours: Behaviours;
}

/**
 * One part of the emulated API, with its data. `groups.ts` is the one to copy: a type for the stored object, a type for
 * its seed, the operations, the actions of the console, and the table on the page.
 */
export interface Domain {
  /** Its operations. */
  readonly operations: readonly Operation[];
  /** Stores its part of the seed of an organization, as if it had always existed. */
  load?(organization: Organization, seed: object, store: Store): void;
  /** Its part of the seed of an organization, from the current data. */
  save?(organization: Organization): object;
  /** Lists what a test has to remove from an organization, one line each, without secrets. */
  remains?(organization: Organization): string[];
  /** Its actions in the web console of an organization. */
  console?(context: ConsoleContext): object;
  /** Its objects as the emulator's page shows them. Default: the lines of `remains`. */
  tables?(context: PageContext): Table[];
}

/** The value, or an error if the console was asked to change an object that does not exist. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The organization has no such object.");
  return value;
}
