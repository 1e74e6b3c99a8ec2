import type * as pulumi from "@pulumi/pulumi";
import { type Connection, type Definition, LifecycleError } from "../core/definition";
import type { Fields } from "../core/field";
import { Lifecycle, type Surroundings } from "../core/lifecycle";
import { PartialError } from "../core/values";
import { GET_MARKER, HANDLER_KEY } from "./handler";
import { fromWire, toWire, type WireProperties } from "./wire";

/** What the providers of one process share. */
export interface Session<Api> extends Surroundings {
  /** Keeps the configuration. It must not wait for anything: other calls may follow at once. */
  configure(config: pulumi.dynamic.Config): void;
  /**
   * The API, made on first use.
   * @throws Error when the settings are missing or wrong.
   */
  api(): Api;
  /** Shows a warning to the user. */
  warn(message: string): void;
  /** Takes all known secrets out of a text. */
  redact(text: string): string;
}

/** Properties as the SDK hands them over. */
type Properties = Readonly<Record<string, unknown>>;

/** The engine takes this code as the provider's considered answer, not as a crash that may have corrupted the object. */
const FAILED_PRECONDITION = 9;

/**
 * Presents a definition as the provider that Pulumi's dynamic-provider process runs. It alone knows Pulumi's wire:
 * `__provider`, secret envelopes, the sentinel for unknowns, and how a partial failure is told.
 * @param definition The resource.
 * @param session What the providers of this process share.
 */
export function dynamicProvider<Api extends Connection, F extends Fields, Raw>(
  definition: Definition<Api, F, Raw>,
  session: Session<Api>,
): Required<pulumi.dynamic.ResourceProvider<Properties, Properties>> {
  const lifecycle = new Lifecycle(definition, session);
  const context = () => ({
    api: session.api(),
    warn: (message: string) => session.warn(session.redact(message)),
  });
  return {
    async configure({ config }) {
      session.configure(config);
    },
    check: (_olds, news) =>
      telling(session, async () => {
        session.api();
        const { inputs, failures } = lifecycle.check(fromWire(news));
        // Pulumi would print the property's value, `<nil>` for a nested path and a secret in clear; every reason names its path.
        return { inputs: toWire(inputs), failures: failures.map(({ reason }) => ({ property: "", reason })) };
      }),
    diff: (id, olds, news) =>
      telling(session, async () => {
        const change = { id, oldState: fromWire(olds), newInputs: fromWire(news) };
        const { changes, replaces } = lifecycle.diff(context(), change);
        return changes ? { replaces: [...replaces] } : { changes: false };
      }),
    create: (inputs) =>
      telling(session, async () => {
        const { id, state } = await lifecycle.create(context(), fromWire(inputs)).catch(withHandler(inputs));
        return { id, outs: toWire(state) };
      }),
    read: (id, props = {}) =>
      telling(session, async () => {
        const isGet = GET_MARKER in props;
        const found = await lifecycle.read(context(), isGet ? { id } : { id, state: fromWire(props) });
        if (found !== undefined) return { id: found.id, props: toWire(found.state), inputs: toWire(found.inputs) };
        if (isGet) throw notFound(definition, id);
        return { id: "", props: {} };
      }),
    update: (id, olds, news) =>
      telling(session, async () => {
        const change = { id, oldState: fromWire(olds), newInputs: fromWire(news) };
        const { state } = await lifecycle.update(context(), change).catch(withHandler(news));
        return { outs: toWire(state) };
      }),
    delete: (id, props) => telling(session, () => lifecycle.delete(context(), { id, state: fromWire(props) })),
  };
}

/** A partial failure as the SDK expects it: an error with the id, the properties and the reasons. */
class InitializationError extends Error {
  /** The gRPC code, as for every considered answer. */
  readonly code = FAILED_PRECONDITION;

  constructor(
    readonly id: string,
    readonly properties: WireProperties,
    readonly reasons: string[],
  ) {
    super(reasons.join(" "));
  }
}

/** The SDK adds `__provider` to results but not to failures; without it the resource could never be refreshed or deleted. */
function withHandler(inputs: Properties): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PartialError)) throw error;
    const { id, state, reasons } = error.partial;
    const handler = inputs[HANDLER_KEY];
    const properties = { ...toWire(state), ...(typeof handler === "string" ? { [HANDLER_KEY]: handler } : {}) };
    throw new InitializationError(id, properties, [...reasons]);
  };
}

/** Runs an operation; what it throws reaches the engine short, without stack, and without secrets. */
async function telling<T>(session: { redact(text: string): string }, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw told(error, (text) => session.redact(text));
  }
}

function told(error: unknown, redact: (text: string) => string): Error {
  if (error instanceof InitializationError) {
    return new InitializationError(error.id, error.properties, error.reasons.map(redact));
  }
  const message = redact(error instanceof Error ? error.message : String(error));
  return Object.assign(new Error(message), { code: FAILED_PRECONDITION, stack: "" });
}

function notFound(definition: { readonly type: string; readonly whereIdsAre: string }, id: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${definition.type}.get found nothing with the id "${id}". ${definition.whereIdsAre}`,
  );
}
