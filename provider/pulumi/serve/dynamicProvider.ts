import type * as pulumi from "@pulumi/pulumi";
import { Lifecycle, type Surroundings } from "../../core/operations/lifecycle";
import { diffForeign } from "../../core/operations/takeOver";
import { type Connection, type Definition, keyOf } from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { notTakenOverError } from "../../core/resource/lifecycleErrors";
import { messageOf } from "../../core/schema/values";
import { refuseNewer } from "../../core/state/metadata";
import { GET_MARKER, HANDLER_KEY, handlerText, NAME_KEY } from "../handler";
import { foreignId } from "../ids";
import { secretNames } from "../presented";
import { notFound, telling } from "./failures";
import { fromWire, textsIn, toWire } from "./wire";

/** The length of a token of the vendor's, an RUUID. */
const SHORTEST_TOKEN = 22;

/** What the providers of one process share. */
export interface Session extends Surroundings {
  /** Keeps the configuration. It must not wait for anything: other calls may follow at once. */
  configure(config: pulumi.dynamic.Config): void;
  /**
   * The API, made on first use.
   * @throws Error when the settings are missing or wrong.
   */
  api(): Connection;
  /** Shows a warning to the user. */
  warn(message: string): void;
  /** Has secrets taken out of every text from now on. */
  learn(secrets: readonly string[]): void;
  /** A text as it may be shown: on one line, without the known secrets and without characters that do not show. */
  redact(text: string): string;
}

/** Properties as the SDK hands them over. */
type Properties = Readonly<Record<string, unknown>>;

/**
 * Presents a definition as the provider that Pulumi's dynamic-provider process runs. It alone knows Pulumi's wire:
 * `__provider`, secret envelopes, the sentinel for unknowns, and how a partial failure is told.
 * @param definition The resource.
 * @param session What the providers of this process share.
 */
export function dynamicProvider(
  definition: Definition,
  session: Session,
): Required<pulumi.dynamic.ResourceProvider<Properties, Properties>> {
  const { type } = definition;
  const lifecycle = new Lifecycle(definition, session);
  const redact = (text: string) => session.redact(text);
  const secrets = secretNames(definition);
  const call = (verb: string, id = "") => {
    const isId = definition.isId(id);
    // People give a token for an id. What is shorter is none, and may be a name that messages have to show.
    if (!isId && id.length >= SHORTEST_TOKEN) session.learn([id]);
    return { call: isId ? `${verb} ${type} ${id}` : `${verb} ${type}`, redact };
  };
  const context = () => ({ api: session.api(), warn: (message: string) => session.warn(message) });
  // Refresh and destroy run the code that the state holds: until an update has replaced it, none of ours.
  const isForeign = (olds: Properties) => olds[HANDLER_KEY] !== handlerText(type);
  const known = (properties: Properties) => {
    const values = fromWire(properties);
    session.learn([...secrets.inputs, ...secrets.outputs].flatMap((name) => textsIn(values[name])));
    return values;
  };
  return {
    async configure({ config }) {
      session.configure(config);
    },
    check: (olds, news) =>
      telling(call("check"), news, async () => {
        const old = HANDLER_KEY in olds ? known(olds) : undefined;
        const { inputs, failures } = lifecycle.check(known(news), old, news[NAME_KEY]);
        const reasons = [...settingsProblems(session), ...failures.map(({ reason }) => reason)];
        // Pulumi would print the property's value, `<nil>` for a nested path and a secret in clear; every reason names its path.
        return {
          inputs: toWire(inputs),
          failures: reasons.map((reason) => ({ property: "", reason: redact(reason) })),
        };
      }),
    diff: (id, olds, news) =>
      telling(call("compare", id), news, async () => {
        const change = { id, oldState: known(olds), newInputs: known(news) };
        if (isForeign(olds)) {
          diffForeign(definition, session.ownership, session.api(), change);
          if (!definition.isId(id))
            throw notTakenOverError(keyOf(definition, change.newInputs).label, definition.idSource);
          return { changes: true };
        }
        const { changes, changedInputs, replaces } = lifecycle.diff(context(), change);
        // Where the inputs differ, the engine finds the details itself; where they do not, it has to be told.
        return changes && changedInputs.length > 0 ? { replaces: [...replaces] } : { changes };
      }),
    create: (inputs) =>
      telling(call("create"), inputs, async () => {
        const { id, state } = await lifecycle.create(context(), known(inputs));
        return { id, outs: toWire(state) };
      }),
    read: (id, props = {}) =>
      telling(call("read", id), props, async () => {
        const [isGet, state] = [GET_MARKER in props, known(props)];
        refuseNewer(state);
        if (!definition.isId(id)) throw new LifecycleError("gone", foreignId(definition, id));
        const found = await lifecycle.read(context(), isGet ? { id } : { id, state });
        if (found !== undefined) return { id: found.id, props: toWire(found.state), inputs: toWire(found.inputs) };
        if (isGet) throw notFound(definition, id);
        return { id: "", props: {} };
      }),
    update: (id, olds, news) =>
      telling(call("update", id), news, async () => {
        const change = { id, oldState: known(olds), newInputs: known(news), isForeign: isForeign(olds) };
        const { state } = await lifecycle.update(context(), change);
        return { outs: toWire(state) };
      }),
    delete: (id, props) =>
      telling(call("delete", id), props, () => lifecycle.delete(context(), { id, state: known(props) })),
  };
}

/** Missing settings are a mistake of the user's like any other: Pulumi shows a failure of a check once, an error twice. */
function settingsProblems(session: { api(): unknown }): string[] {
  try {
    session.api();
    return [];
  } catch (error) {
    // One line for each of them.
    return messageOf(error).split("\n");
  }
}
