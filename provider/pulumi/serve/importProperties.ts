import { runtime } from "@pulumi/pulumi";
import { Secret, type Value, type Values } from "../../core/schema/values";
import { HANDLER_KEY, handlerText } from "../handler";
import { toWire } from "./wire";

/**
 * The inputs or outputs of a resource for an import file: with the handler, and with secrets in clear. The engine encrypts
 * the values that are marked as secrets.
 * @param type The type.
 * @param values Inputs or a state; secrets as {@link Secret}.
 */
export function importProperties(type: string, values: Values): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined) return [];
    return [[name, value instanceof Secret ? marked(value.value) : toWire({ value }).value]];
  });
  return { ...Object.fromEntries(entries), [HANDLER_KEY]: handlerText(type) };
}

function marked(value: Value): object {
  return { [runtime.specialSigKey]: runtime.specialSecretSig, plaintext: JSON.stringify(toWire({ value }).value) };
}
