import { LifecycleError } from "../../core/resource/lifecycleError";
import { messageOf, PartialError } from "../../core/schema/values";
import { HANDLER_KEY } from "../handler";
import { toWire, type WireProperties } from "./wire";

/** The engine takes this code as the provider's considered answer, not as a crash that may have corrupted the object. */
const FAILED_PRECONDITION = 9;

/** A partial failure as the SDK expects it: an error with the id, the properties and the reasons. */
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

  // Whatever prints an error at length prints its own properties, and these have secrets in them.
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

/**
 * An error as the user reads it. The engine shows the message with the resource. The SDK writes errors of check, diff,
 * read and delete to stderr as well, as `${error}: ${error.stack}`, and Pulumi shows that below the stack: there the
 * message would only be repeated, so it says which call it was.
 */
class ToldError extends Error {
  /** The gRPC code. */
  readonly code = FAILED_PRECONDITION;
  /** What the SDK writes to stderr after the colon. */
  override readonly stack = "the error is shown with the resource.";
  readonly #call: string;

  constructor(call: string, message: string) {
    super(message);
    this.#call = call;
  }

  /** What the SDK writes to stderr before the colon. */
  override toString(): string {
    return `rhombus: could not ${this.#call}`;
  }
}

/**
 * Runs a call of the engine's. What it throws reaches the engine short, without stack, and without secrets; a partial
 * failure with all that the engine has to keep.
 * @param how What the call is, such as `read AccessControlGroup <id>`, and what takes the known secrets out of a text.
 * @param inputs The properties with which the engine asked for the call, for the handler in them.
 * @param operation The call.
 */
export async function serveCall<T>(
  how: { readonly call: string; redact(text: string): string },
  inputs: object,
  operation: () => Promise<T>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof PartialError) throw initializationError(error, inputs, (text) => how.redact(text));
    throw new ToldError(how.redact(how.call), how.redact(messageOf(error)));
  }
}

/** The SDK adds `__provider` to results but not to failures; without it the resource could never be refreshed or deleted. */
function initializationError(
  { partial: { id, state, reasons } }: PartialError,
  inputs: object,
  redact: (text: string) => string,
): InitializationError {
  const handler: unknown = Reflect.get(inputs, HANDLER_KEY);
  const properties = { ...toWire(state), ...(typeof handler === "string" ? { [HANDLER_KEY]: handler } : {}) };
  return new InitializationError(id, properties, reasons.map(redact));
}

/**
 * What to say when a program asks for an existing object with `get` and there is none.
 * @param definition The resource.
 * @param id The id that was asked for.
 */
export function notFound(definition: { readonly type: string; readonly idSource: string }, id: string): LifecycleError {
  return new LifecycleError("gone", `${definition.type}.get found nothing with the id "${id}". ${definition.idSource}`);
}
