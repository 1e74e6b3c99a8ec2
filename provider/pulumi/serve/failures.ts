import { PartialError } from "../../core/resource/partialError";
import { messageOf } from "../../core/schema/values";
import { HANDLER_KEY } from "../handler";
import { toWire, type WireProperties } from "./wire";

/** With this code, the engine reports the error as an answer of the provider, not as a crash that may have corrupted the object. */
const FAILED_PRECONDITION = 9;

/** A partial failure in the form that the SDK expects: an error with id, properties and reasons. */
class InitializationError extends Error {
  readonly #id: string;
  readonly #properties: WireProperties;
  readonly #reasons: string[];

  constructor(id: string, properties: WireProperties, reasons: string[]) {
    super(reasons.join(" "));
    this.#id = id;
    this.#properties = properties;
    this.#reasons = reasons;
  }

  // Getters, because inspecting an error prints its own properties, and these contain secrets.
  get id(): string {
    return this.#id;
  }

  get properties(): WireProperties {
    return this.#properties;
  }

  get reasons(): string[] {
    return this.#reasons;
  }
}

/** A failed call. The engine displays the message with the resource. */
class CallError extends Error {
  /** The gRPC code. */
  readonly code = FAILED_PRECONDITION;
  /** The text that the SDK writes to stderr after the colon. */
  override readonly stack = "the error is shown with the resource.";

  /** The text that the SDK writes to stderr before the colon. */
  override toString(): string {
    return "rhombus: the call failed";
  }
}

/** The text that the SDK writes to stderr for each failed call of check, diff, read and delete. */
const CALL_ERROR_TEXT = `${new CallError()}: ${new CallError().stack}`;

/**
 * Leaves the SDK's text on a {@link CallError} out of stderr, which Pulumi displays below the stack. It would say nothing, once
 * for each resource.
 * @param writer The console of the process.
 */
export function omitCallErrors(writer: Pick<Console, "error">): void {
  const write = writer.error.bind(writer);
  writer.error = (...texts: unknown[]) => {
    if (texts.length !== 1 || texts[0] !== CALL_ERROR_TEXT) write(...texts);
  };
}

/**
 * Serves a call of the engine. Errors are passed on short, without stack and without secrets; a partial failure with the
 * state that the engine has to store.
 * @param redact Replaces the known secrets in a text.
 * @param inputs The properties in the engine's request, for the handler in them.
 * @param operation The operation.
 * @throws CallError or InitializationError.
 */
export async function serveCall<T>(
  redact: (text: string) => string,
  inputs: object,
  operation: () => Promise<T>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof PartialError) throw initializationError(error, inputs, redact);
    throw new CallError(redact(messageOf(error)));
  }
}

/** The SDK adds `__provider` to results but not to partial failures. Without it, the resource could not be refreshed or deleted. */
function initializationError(
  { partial: { id, state, reasons } }: PartialError,
  inputs: object,
  redact: (text: string) => string,
): InitializationError {
  const handler: unknown = Reflect.get(inputs, HANDLER_KEY);
  const properties = { ...toWire(state), ...(typeof handler === "string" ? { [HANDLER_KEY]: handler } : {}) };
  return new InitializationError(id, properties, reasons.map(redact));
}
