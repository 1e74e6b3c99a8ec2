import type { Connection, Definition } from "./definition";
import type { Polling } from "./polling";

/** The surroundings of every step of an operation. */
export interface Run {
  /** The resource. */
  readonly definition: Definition;
  /** The API. */
  readonly api: Connection;
  /** The time for which reads are repeated while they may lag behind writes. */
  readonly polling: Polling;
  /** The object in words, such as `the group "Engineering"`. */
  readonly label: string;
  /** The organization of the key; `undefined` if the key may not ask for it. */
  readonly organization: string | undefined;
  /** The instance id for a state that has none yet; `undefined` if the object is not in this stack. */
  readonly instanceId: string | undefined;
  /** Warns the user. */
  warn(message: string): void;
}
