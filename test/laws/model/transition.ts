import type { Behaviours } from "../../../provider/emulator";
import type { Outcome } from "../../drivers/deployment";
import type { ResourceState } from "../../drivers/engine";
import { byId, echoIn, type RemoteObject, remoteId } from "./remoteObjects";
import { type Branch, branch, isLocal, type Merged, merged } from "./tree";

/** An outcome with the inputs that the program declares as a tree. */
export interface ModelOutcome extends Omit<Outcome, "declared"> {
  readonly declared?: Branch;
}

/** An operation in one organization: the remote objects before and after, and the outcomes. */
export interface Transition {
  readonly before: readonly RemoteObject[];
  readonly after: readonly RemoteObject[];
  readonly outcomes: readonly ModelOutcome[];
  readonly behaviours: Behaviours;
  /** True if a fault affected the operation. */
  readonly hasFault: boolean;
}

/** The object of a state among the objects. */
export function objectOf(
  state: ResourceState | undefined,
  objects: readonly RemoteObject[],
  { behaviours }: Pick<Transition, "behaviours">,
): RemoteObject | undefined {
  return byId(objects, remoteId(state, behaviours));
}

/** The inputs that are properties of the object. */
export function propertiesIn(inputs: Branch): Branch {
  return branch(Object.entries(inputs).filter(([name]) => !isLocal(name)));
}

/** The properties that an update must give an object. */
export function mergedUpdate({ before, declared = {} }: ModelOutcome, old: RemoteObject): Merged {
  const base = before === undefined ? {} : propertiesIn(echoIn(before));
  return merged({ base, declared: propertiesIn(declared), live: old.tree });
}
