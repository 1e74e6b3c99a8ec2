import type { Behaviours } from "../../../provider/emulator";
import type { ResourceState } from "../../drivers/engine";
import { type Outcome, outputsOf } from "./deployment";
import { type Remote, type RemoteObject, remoteIdOf } from "./remote";
import { LOCAL } from "./slots";
import { type Branch, branch } from "./tree";

/** What was before and after an operation, and under which conditions it ran. */
export interface Witnessed {
  /** All objects of the organization before. */
  readonly before: Remote;
  /** And after. */
  readonly after: Remote;
  /** What the operation did with the resources of the organization. */
  readonly outcomes: readonly Outcome[];
  /** How the vendor behaves. */
  readonly behaviours: Behaviours;
  /** Whether anything went wrong on the way that nobody had asked for. */
  readonly isTroubled: boolean;
}

/** What one outcome may have done to the vendor's objects. */
export interface Explanation {
  /** The outcome. */
  readonly outcome: Outcome;
  /** The object that the state names before. */
  readonly old: RemoteObject | undefined;
  /** Whether the two versions of Kisi have a store each. */
  readonly isApart: boolean;
}

/**
 * The id of the object that a state stands for.
 * @param state The state.
 * @param isApart Whether the two versions of Kisi have a store each.
 */
export function remoteIdIn(state: ResourceState | undefined, isApart: boolean): string | undefined {
  return state && !state.pendingReplacement ? remoteIdOf(state, outputsOf(state).apiVersion, isApart) : undefined;
}

/**
 * The object that a state stands for.
 * @param state The state.
 * @param remote All objects of its organization.
 * @param isApart Whether the two versions of Kisi have a store each.
 */
export function objectOf(state: ResourceState | undefined, remote: Remote, isApart: boolean): RemoteObject | undefined {
  const id = remoteIdIn(state, isApart);
  return id === undefined ? undefined : byId(remote, id);
}

/**
 * The object with an id.
 * @param remote All objects of an organization.
 * @param id The id.
 */
export function byId(remote: Remote, id: string): RemoteObject | undefined {
  return remote.find((each) => each.id === id);
}

/**
 * What inputs say of the object itself.
 * @param inputs The inputs.
 */
export function withoutLocal(inputs: Branch): Branch {
  return branch(Object.entries(inputs).filter(([name]) => !LOCAL.includes(name) && !name.startsWith("__")));
}
