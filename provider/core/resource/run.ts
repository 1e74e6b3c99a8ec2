import type { Connection, Definition } from "./definition";
import type { Polling } from "./polling";

/** What every step of an operation works with. */
export interface Run {
  /** The resource. */
  readonly definition: Definition;
  /** The API. */
  readonly api: Connection;
  /** How long to disbelieve a surprising read. */
  readonly polling: Polling;
  /** The object in words, such as `the group "Engineering"`. */
  readonly label: string;
  /** The organization that the key opens, where it could be learned. */
  readonly organization: string | undefined;
  /** The mark for a state that has none yet; `undefined` for what is not this stack's. */
  readonly instanceId: string | undefined;
  /** Warns the user. */
  warn(message: string): void;
}
