import assert from "node:assert/strict";
import type { Behaviours } from "../../../provider/emulator";
import { definitionOf } from "../../../provider/resources/registry";
import type { Outcome } from "../../drivers/deployment";
import { byId, type RemoteObject, remoteId } from "./remoteObjects";
import { nameFieldOf } from "./resources";

/** The objects and outcomes of an operation in one organization. */
interface Created {
  readonly before: readonly RemoteObject[];
  readonly after: readonly RemoteObject[];
  readonly outcomes: readonly Outcome[];
  /** The ids of the objects in the state. */
  readonly managed: ReadonlySet<string>;
  readonly behaviours: Behaviours;
}

/** The ids of the created objects that the state does not contain. Unless the process was killed, an error must name each. */
export function leftoversOf({ before, after, outcomes, managed, behaviours }: Created): string[] {
  const leftovers = after.filter(({ id }) => !managed.has(id) && byId(before, id) === undefined);
  for (const object of leftovers) {
    const isNamed = outcomes.some((each) => remoteId(each.after, behaviours) === object.id || names(each, object));
    assert.ok(
      isNamed,
      `no error names ${object.type} ${object.id}, which is not in the state:\n${messagesOf(outcomes)}`,
    );
  }
  return leftovers.map(({ id }) => id);
}

/** True if an error says that the object may exist. */
function names({ type, result, message }: Outcome, object: RemoteObject): boolean {
  const field = nameFieldOf(type);
  const name = field === undefined ? definitionOf(type).display.noun : JSON.stringify(object.tree[field] ?? "");
  const isNamed = type === object.type && result !== "ok" && message.includes(name);
  return isNamed && /may have been created|exists (?:now|already)|could not be removed again/.test(message);
}

/** The steps and messages of outcomes, for a failed assertion. */
export function messagesOf(outcomes: readonly Outcome[]): string {
  return outcomes.map(({ name, step, result, message }) => `${name} (${step}, ${result}): ${message}`).join("\n");
}
