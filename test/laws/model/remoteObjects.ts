import type { Behaviours, OrganizationConsole } from "../../../provider/emulator";
import { definitions, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import type { Outcome } from "../../drivers/deployment";
import type { ResourceState } from "../../drivers/fakeEngine";
import { opened, type Properties } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { type Branch, branch, isLocal, type Merged, merged, treeOf } from "./tree";

/** A remote object. */
export interface RemoteObject {
  readonly type: ResourceType;
  /** Its Pulumi id. */
  readonly id: string;
  /** Its properties, under the names of inputs. */
  readonly tree: Branch;
  /** The secrets that Rhombus generated, under the names of outputs. */
  readonly secrets: Branch;
}

/** An outcome with the inputs that the program declares as a tree. */
export interface ModelOutcome extends Omit<Outcome, "declared"> {
  readonly declared?: Branch;
}

/** An operation: the remote objects before and after, and the outcomes. */
export interface Transition {
  readonly before: readonly RemoteObject[];
  readonly after: readonly RemoteObject[];
  readonly outcomes: readonly ModelOutcome[];
  readonly behaviours: Behaviours;
  /** True if a fault affected the operation. */
  readonly hasFault: boolean;
}

/** All objects that the console of an organization shows. */
export function remoteObjects(console: OrganizationConsole): RemoteObject[] {
  return resourceTypes.flatMap((type) =>
    resourceFacts[type].objects(console).map(({ id, properties, secrets }) => {
      return { type, id, tree: fieldsIn(type, properties), secrets: treeOf(secrets) };
    }),
  );
}

/** The id of the object in a state; `undefined` if there is no state, or if a replacement has deleted the object. */
export function remoteId(state: ResourceState | undefined): string | undefined {
  return state?.pendingReplacement ? undefined : state?.id;
}

/** The object with an id. */
export function byId(objects: readonly RemoteObject[], id: string | undefined): RemoteObject | undefined {
  return objects.find((each) => each.id === id);
}

/** The values of the fields of a type. */
export function fieldsIn(type: ResourceType, values: Properties): Branch {
  const entries = Object.entries(treeOf(opened(values)));
  return branch(entries.filter(([name]) => Object.hasOwn(definitions[type].fields, name)));
}

/** The inputs that are properties of the object. */
export function propertiesIn(inputs: Branch): Branch {
  return branch(Object.entries(inputs).filter(([name]) => !isLocal(name)));
}

/** The inputs in a state. */
export function inputsIn({ type, inputs }: ResourceState): Branch {
  return fieldsIn(type, inputs);
}

/** The inputs that the provider copied into the outputs. */
export function echoIn({ type, outputs }: ResourceState): Branch {
  return fieldsIn(type, outputs);
}

/** The outputs in a state. */
export function outputsIn({ outputs }: ResourceState): Branch {
  return treeOf(opened(outputs));
}

/** The properties that an update must give an object. */
export function mergedUpdate({ before, declared = {} }: ModelOutcome, old: RemoteObject): Merged {
  const base = before === undefined ? {} : propertiesIn(echoIn(before));
  return merged({ base, declared: propertiesIn(declared), live: old.tree });
}
