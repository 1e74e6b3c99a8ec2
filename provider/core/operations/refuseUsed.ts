import type { OperationContext } from "../ownership/operationContext";
import { type Definition, keyOf } from "../resource/definition";
import { findOne } from "../resource/findUntil";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { poll } from "../resource/polling";
import type { Uses } from "../resource/uses";
import { messageOf, summaryOf, type Values } from "../schema/values";

type Reading = Uses | { readonly error: unknown };

/**
 * Refuses to delete an object that others use. Reads are repeated, because uses that this run has removed may still be shown.
 * @param operation The resource.
 * @param id The object's id.
 * @param prior The state.
 * @param isDeletedFirst True if another object takes its place, and is created afterwards.
 * @throws LifecycleError that names the uses, or the reason why they are not known.
 */
export async function refuseUsed(
  operation: OperationContext,
  id: string,
  { prior, isDeletedFirst }: { readonly prior: Values; readonly isDeletedFirst: boolean },
): Promise<void> {
  const { definition, api, polling } = operation;
  const usesOf = definition.usesOf?.bind(definition);
  if (usesOf === undefined) return;
  const read = () =>
    usesOf(api, id).catch((error: unknown): Reading => {
      return api.isSilent(error) ? { found: [], notShown: summaryOf(error) } : { error };
    });
  const mayChange = (reading: Reading) => {
    return !("error" in reading) && (reading.found.length > 0 || reading.notShown !== undefined);
  };
  const last = await poll<Reading>(polling, await read(), mayChange, read);
  const refusal = refusalFor(definition, last, { prior, isDeletedFirst });
  if (refusal === undefined) return;
  // Whatever still names an object that does not exist loses nothing.
  if ((await findOne(operation, id, { prior })) !== undefined) throw new LifecycleError(refusal);
}

function refusalFor(
  definition: Definition,
  reading: Reading,
  { prior, isDeletedFirst }: { readonly prior: Values; readonly isDeletedFirst: boolean },
): string | undefined {
  const { label } = keyOf(definition, prior);
  if ("error" in reading) return messages.unknownUses(label, messageOf(reading.error));
  if (reading.found.length > 0)
    return isDeletedFirst ? messages.replacedInUse(label, reading.found) : messages.inUse(label, reading.found);
  if (reading.notShown === undefined) return undefined;
  return messages.unknownUses(label, `Run the same command again, unless it has said this before: ${reading.notShown}`);
}
