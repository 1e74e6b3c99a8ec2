import type { FoundObject } from "../../../../provider/core/ownership/ownership";
import { ProcessMemory } from "../../../../provider/core/ownership/processMemory";

export const type = "AccessControlGroup";

/** The natural key of the resources that these tests are about. */
export const staff = { value: "staff", label: 'the group "Staff"' };

/** The error of two resources that manage the same object. */
export const twoResources = { name: "LifecycleError", message: /^Two / };

/** The memory of a process in which a program runs. */
export function inProgram(): ProcessMemory {
  const memory = new ProcessMemory();
  memory.journal.recordCheck({ type: "KisiIntegration", key: "kisi" });
  return memory;
}

/** A resource that is compared with a state. */
export function compared(id: string, instanceId: string) {
  return { type, id, instanceId, key: staff };
}

/** An object that is to be adopted. */
export function found(id: string, fingerprint: FoundObject["fingerprint"] = new Map()): FoundObject {
  return { id, label: staff.label, key: staff.value, fingerprint };
}
