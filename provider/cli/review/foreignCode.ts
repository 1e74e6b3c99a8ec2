import { HANDLER_KEY, handlerText } from "../../pulumi/handler";
import type { ResourceType } from "../../resources/registry";
import { memberOf } from "../pulumi/state";
import type { Finding } from "./changes";

/** Code that manages a resource of this package's type and is not of this package. Absent: there is none. */
export interface ForeignCode {
  /** The code in the state, which reads the object in a refresh, and deletes it. */
  readonly before?: unknown;
  /** The code of the program, which creates and changes the object. */
  readonly after?: unknown;
}

/**
 * Finds the code of a resource that is not the line of this package.
 * @param type The type of the resource.
 * @param old The state before the deployment.
 * @param next The state after it.
 */
export function foreignCodeIn(type: ResourceType, old: unknown, next: unknown): ForeignCode {
  const stored = ["inputs", "outputs"].map((part) => memberOf(memberOf(old, part), HANDLER_KEY));
  const isForeign = (code: unknown) => code !== handlerText(type);
  const before = stored.find((code) => code !== undefined && isForeign(code));
  const after = memberOf(memberOf(next, "inputs"), HANDLER_KEY) ?? null;
  return {
    ...(before !== undefined && { before }),
    ...(next !== undefined && isForeign(after) && { after }),
  };
}

/**
 * Describes the code of a resource that is not the line of this package.
 * @param code The code.
 * @param op The operation.
 */
export function foreignCodeFindings({ before, after }: ForeignCode, op: string): Finding[] {
  if (after !== undefined) return [{ kind: "code", text: op === "same" ? UNCHANGED : PLANNED }];
  if (before === undefined) return [];
  return [{ kind: "code", text: op === "delete" ? DELETING : STORED }];
}

const PLANNED =
  "the provider code of this resource is not that of this package, so what the deployment does may be something else than this review says";
const UNCHANGED =
  "the provider code of this resource is not that of this package, and it is that code which says that nothing changes";
const DELETING =
  "the state has other provider code than that of this package; it read the object for this review, and it carries out the deletion";
const STORED =
  "the state has other provider code than that of this package; it read the object for this review, and the deployment replaces it";
