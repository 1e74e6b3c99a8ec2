import type { Behaviours } from "./behaviours";
import { isBehaviourName } from "./checkBehaviours";

/** Wraps behaviours so that the name of each behaviour that is read is added to `names`. */
export function recordReads(behaviours: Behaviours, names: Set<keyof Behaviours>): Behaviours {
  return new Proxy(behaviours, {
    get(target, name) {
      if (typeof name === "string" && isBehaviourName(name)) names.add(name);
      return Reflect.get(target, name);
    },
  });
}
