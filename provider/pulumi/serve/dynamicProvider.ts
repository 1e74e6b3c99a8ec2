import type * as pulumi from "@pulumi/pulumi";
import { check } from "../../core/operations/check";
import { createObject } from "../../core/operations/create";
import { deleteObject } from "../../core/operations/delete";
import { diff } from "../../core/operations/diff";
import { readObject } from "../../core/operations/read";
import { checkLegacyState, takeOver, updateObject } from "../../core/operations/update";
import type { Ownership } from "../../core/ownership/ownership";
import { type Connection, type Definition, keyOf } from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import type { Polling } from "../../core/resource/polling";
import { messageOf } from "../../core/schema/values";
import { instanceIdOf, refuseNewer } from "../../core/state/metadata";
import { secretNames } from "../declaredResource";
import { GET_MARKER, HANDLER_KEY, handlerText, NAME_KEY } from "../handler";
import { invalidIdText } from "../ids";
import { serveCall } from "./failures";
import { fromWire, textsIn, toWire } from "./wire";

/** The length of the shortest token of Rhombus, an RUUID. */
const SHORTEST_TOKEN = 22;

/** The state that all providers of a process share. */
export interface Session {
  /** The memory of this process. */
  readonly ownership: Ownership;
  /** The polling policy for reads that may lag behind writes. */
  readonly polling: Polling;
  /** Stores the configuration. It must not wait for anything: other calls may follow at once. */
  configure(config: pulumi.dynamic.Config): void;
  /**
   * The API, connected on first use.
   * @throws Error if the settings are missing or wrong.
   */
  api(): Connection;
  /** Shows a warning to the user. */
  readonly warn: (message: string) => void;
  /** Adds secrets to those that are redacted from every text. */
  learn(secrets: readonly string[]): void;
  /** A text that may be displayed: on one line, without the known secrets and without invisible characters. */
  readonly redact: (text: string) => string;
}

/** Properties as the SDK passes them. */
type Properties = Readonly<Record<string, unknown>>;

/**
 * The provider of a resource, as Pulumi's dynamic-provider process runs it: translates the engine's calls into operations,
 * and records checks and comparisons in the journal of the process.
 * @param definition The resource.
 * @param session The state that all providers of the process share.
 */
export function dynamicProvider(
  definition: Definition,
  session: Session,
): Required<pulumi.dynamic.ResourceProvider<Properties, Properties>> {
  const { type } = definition;
  const { ownership, polling, warn, redact } = session;
  const secrets = secretNames(definition);
  const serve = <T>(id: string, inputs: object, operation: () => Promise<T>) => {
    // Users give a token as an id by mistake. A shorter text is not a token, and may be a name that messages have to show.
    if (!definition.isId(id) && id.length >= SHORTEST_TOKEN) session.learn([id]);
    return serveCall(redact, inputs, operation);
  };
  const context = () => ({ definition, api: session.api(), ownership, polling, warn });
  // Refresh and destroy run the handler in the state, so a legacy state only occurs in diff and update.
  const isLegacy = (olds: Properties) => olds[HANDLER_KEY] !== handlerText(type);
  const received = (properties: Properties) => {
    const values = fromWire(properties);
    session.learn([...secrets.inputs, ...secrets.outputs].flatMap((name) => textsIn(values[name])));
    return values;
  };
  return {
    async configure({ config }) {
      session.configure(config);
    },
    check: (olds, news) =>
      serve("", news, async () => {
        const declared = received(news);
        const old = HANDLER_KEY in olds ? received(olds) : undefined;
        const { inputs, key, failures } = check(definition, declared, old);
        const name = news[NAME_KEY];
        ownership.journal.recordCheck({
          type,
          key: key.value,
          ...(typeof name === "string" && { name }),
          ...(definition.shape === "singleton" && { singleton: { declared, isInState: old !== undefined } }),
        });
        const reasons = [...settingsErrors(session), ...failures.map(({ reason }) => reason)];
        // With a property, Pulumi would print its value: `<nil>` for a nested path, a secret in plain text. The reason has the path.
        return {
          inputs: toWire(inputs),
          failures: reasons.map((reason) => ({ property: "", reason: redact(reason) })),
        };
      }),
    diff: (id, olds, news) =>
      serve(id, news, async () => {
        const [prior, newInputs] = [received(olds), received(news)];
        const change = { id, prior, newInputs };
        const resource = { type, id, instanceId: instanceIdOf(prior), key: keyOf(definition, newInputs) };
        // Recorded before the comparison: whatever that finds, the resource manages its object.
        if (isLegacy(olds)) {
          ownership.recordComparison(resource);
          checkLegacyState(definition, session.api(), change);
          return { changes: true };
        }
        const compared = { ...resource, newInputs };
        ownership.recordComparison(compared);
        const { changes, changedInputs, replaces, warnings } = diff(definition, session.api(), change);
        const isReplaced = replaces.length > 0 && definition.shape === "singleton";
        if (isReplaced) ownership.journal.recordComparison({ ...compared, isReplaced });
        for (const warning of warnings) warn(warning);
        // Where inputs differ, the engine finds the details itself; otherwise the answer has to state a change.
        return changes && changedInputs.length > 0 ? { replaces: [...replaces] } : { changes };
      }),
    create: (inputs) =>
      serve("", inputs, async () => {
        const { id, state } = await createObject(context(), received(inputs));
        return { id, outs: toWire(state) };
      }),
    read: (id, props = {}) =>
      serve(id, props, async () => {
        const [isGet, state] = [GET_MARKER in props, received(props)];
        refuseNewer(state);
        if (!definition.isId(id)) throw new LifecycleError(invalidIdText(definition, id));
        const found = await readObject(context(), isGet ? { id } : { id, state });
        if (found !== undefined) return { id: found.id, props: toWire(found.state), inputs: toWire(found.inputs) };
        if (!isGet) return { id: "", props: {} };
        throw new LifecycleError(`${type}.get found nothing with the id "${id}". ${definition.idSource}`);
      }),
    update: (id, olds, news) =>
      serve(id, news, async () => {
        const change = { id, prior: received(olds), newInputs: received(news) };
        const update = isLegacy(olds) ? takeOver : updateObject;
        const { state } = await update(context(), change);
        return { outs: toWire(state) };
      }),
    delete: (id, props) => serve(id, props, () => deleteObject(context(), { id, state: received(props) })),
  };
}

/** Errors of the settings, as failures of a check: Pulumi shows these once, and a thrown error twice. */
function settingsErrors(session: { api(): unknown }): string[] {
  try {
    session.api();
    return [];
  } catch (error) {
    // One line for each of them.
    return messageOf(error).split("\n");
  }
}
