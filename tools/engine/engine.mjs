import { messageOf, printProgress } from "../messages.mjs";
import { Interrupted } from "./commands.mjs";
import { fromCache } from "./sources/cache.mjs";
import { fromDownload, INSTALLER, INSTALLER_SITE } from "./sources/download.mjs";
import { fromGoModules } from "./sources/go.mjs";
import { fromPath } from "./sources/path.mjs";
import { MINIMUM_VERSION } from "./versions.mjs";

/** All sources, in the order in which they are tried: the fastest first, the build of several minutes last. */
const SOURCES = new Map([
  ["path", fromPath],
  ["cache", fromCache],
  ["download", fromDownload],
  ["go", fromGoModules],
]);

const ADVICE = `Ways to get one:
  - install the Pulumi CLI, ${MINIMUM_VERSION} or newer, so that pulumi is on PATH;
  - or run this again with access to the vendor's download site: the CLI is then downloaded;
  - or install Go, with access to a Go module proxy: the CLI is then built, in about 5 minutes, once.
PULUMI_RHOMBUS_ENGINE=path|cache|download|go selects one source; cache,go tries these two in that order.`;

/** @type {typeof import("./engine.d.mts").ensureEngine} */
export async function ensureEngine({
  log = printProgress,
  env = process.env,
  site = INSTALLER_SITE,
  installer = INSTALLER,
  progressEveryMs = 20_000,
} = {}) {
  const reasons = [];
  for (const [name, source] of selectedSources(env.PULUMI_RHOMBUS_ENGINE)) {
    const outcome = await trySource(source, { env, log, site, installer, progressEveryMs });
    if (outcome.engine) return outcome.engine;
    reasons.push(`  - ${name}: ${outcome.reason}`);
  }
  throw new Error(`No Pulumi engine.\n${reasons.join("\n")}\n${ADVICE}`);
}

/**
 * @param {string | undefined} selection The value of PULUMI_RHOMBUS_ENGINE.
 * @returns {[string, import("./sources/source.d.mts").Source][]}
 */
function selectedSources(selection) {
  if (!selection?.trim()) return [...SOURCES];
  return selection.split(",").map((part) => {
    const name = part.trim();
    const source = SOURCES.get(name);
    if (!source) {
      throw new Error(`PULUMI_RHOMBUS_ENGINE: "${name}" is not one of ${[...SOURCES.keys()].join(", ")}.`);
    }
    return [name, source];
  });
}

/**
 * @param {import("./sources/source.d.mts").Source} source
 * @param {import("./sources/source.d.mts").SourceOptions} options
 * @returns {Promise<import("./sources/source.d.mts").Outcome>}
 */
async function trySource(source, options) {
  try {
    return await source(options);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return { reason: messageOf(error) };
  }
}
