import { messageOf } from "../messages.mjs";
import { Interrupted } from "./commands.mjs";

/**
 * The result of a source: a thing, or the reason why the source has none.
 * @template Found
 * @typedef {{ found: Found, reason?: undefined } | { found?: undefined, reason: string }} Outcome
 */

/**
 * A source. The message of a thrown error is a reason as well.
 * @template Options, Found
 * @typedef {(options: Options) => Promise<Outcome<Found>>} Source
 */

/**
 * Tries sources in order. The reason contains the reason of each source, a line each.
 * @template Options, Found
 * @param {ReadonlyMap<string, Source<Options, Found>>} sources All sources, in their usual order.
 * @param {string | undefined} selection The value of PULUMI_RHOMBUS_ENGINE: the sources to try instead.
 * @param {Options} options
 * @returns {Promise<Outcome<Found>>} Rejects if the selection names an unknown source, or if a signal stopped a source.
 */
export async function firstOf(sources, selection, options) {
  const reasons = [];
  for (const [name, source] of selected(sources, selection)) {
    const outcome = await trySource(source, options);
    if (outcome.found !== undefined) return outcome;
    reasons.push(`  - ${name}: ${outcome.reason}`);
  }
  return { reason: reasons.join("\n") };
}

/**
 * @template T
 * @param {ReadonlyMap<string, T>} sources
 * @param {string | undefined} selection
 * @returns {[string, T][]}
 */
function selected(sources, selection) {
  if (!selection?.trim()) return [...sources];
  return selection.split(",").map((part) => {
    const name = part.trim();
    const source = sources.get(name);
    if (source === undefined) {
      throw new Error(`PULUMI_RHOMBUS_ENGINE: "${name}" is not one of ${[...sources.keys()].join(", ")}.`);
    }
    return [name, source];
  });
}

/**
 * @template Options, Found
 * @param {Source<Options, Found>} source
 * @param {Options} options
 * @returns {Promise<Outcome<Found>>}
 */
async function trySource(source, options) {
  try {
    return await source(options);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return { reason: messageOf(error) };
  }
}
