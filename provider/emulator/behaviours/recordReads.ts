import type { Behaviours } from "./behaviours";
import { isBehaviourName } from "./checkBehaviours";

/** Behaviours that note the name of each one that is read. */
export function recordReads(behaviours: Behaviours, noted: Set<keyof Behaviours>): Behaviours {
  return new Proxy(behaviours, {
    get(target, name) {
      if (typeof name === "string" && isBehaviourName(name)) noted.add(name);
      return Reflect.get(target, name);
    },
  });
}
