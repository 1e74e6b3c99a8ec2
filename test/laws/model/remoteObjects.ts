import type { Behaviours, OrganizationConsole } from "../../../provider/emulator";
import { definitions, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import type { ResourceState } from "../../drivers/engine";
import { opened } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { type Branch, branch, treeOf } from "./tree";

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

/** All objects that the console of an organization shows. */
export function remoteObjects(console: OrganizationConsole): RemoteObject[] {
  return resourceTypes.flatMap((type) =>
    resourceFacts[type].objects(console).map(({ id, properties, secrets }) => {
      return { type, id, tree: fieldsIn(type, treeOf(properties)), secrets: treeOf(secrets) };
    }),
  );
}

/** The id of the integration of the first version if that has a store of its own. */
export const KISI_V1 = "kisi V1";

/** The id of the object in a state; `undefined` if there is no state, or if a replacement has deleted the object. */
export function remoteId(state: ResourceState | undefined, behaviours: Behaviours): string | undefined {
  if (state === undefined || state.pendingReplacement) return undefined;
  const isV1 = state.type === "KisiIntegration" && opened(state.outputs).apiVersion === "V1";
  return isV1 && behaviours.kisiVersions === "separate" ? KISI_V1 : state.id;
}

/** The object with an id. */
export function byId(objects: readonly RemoteObject[], id: string | undefined): RemoteObject | undefined {
  return objects.find((each) => each.id === id);
}

/** The inputs in a state. */
export function inputsIn(state: ResourceState): Branch {
  return fieldsIn(state.type, treeOf(opened(state.inputs)));
}

/** The inputs that the provider copied into the outputs. */
export function echoIn(state: ResourceState): Branch {
  return fieldsIn(state.type, treeOf(opened(state.outputs)));
}

/** The outputs in a state. */
export function outputsIn(state: ResourceState): Branch {
  return treeOf(opened(state.outputs));
}

function fieldsIn(type: ResourceType, values: Branch): Branch {
  return branch(Object.entries(values).filter(([name]) => Object.hasOwn(definitions[type].fields, name)));
}
