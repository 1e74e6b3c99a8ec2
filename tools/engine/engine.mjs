import { Interrupted } from "./commands.mjs";
import { fromCache } from "./sources/cache.mjs";
import { fromDownload, INSTALLER, INSTALLER_SITE } from "./sources/download.mjs";
import { fromGoModules } from "./sources/go.mjs";
import { fromPath } from "./sources/path.mjs";
import { MINIMUM_VERSION } from "./versions.mjs";

/** In the order in which they are tried: the quickest first, the build of several minutes last. */
const WAYS = new Map([
  ["path", fromPath],
  ["cache", fromCache],
  ["download", fromDownload],
  ["go", fromGoModules],
]);

const ADVICE = `Ways to get one:
  - install the Pulumi CLI, ${MINIMUM_VERSION} or newer, so that pulumi is on PATH;
  - or let these tools download it, where the vendor's download site is within reach;
  - or install Go, where a Go module proxy is within reach: it is then built, in about 5 minutes, once.
PULUMI_RHOMBUS_ENGINE=path|cache|download|go forces one way; cache,go tries these two in that order.`;

/** @type {typeof import("./engine.d.mts").bringEngine} */
export async function bringEngine({
  log = toStderr,
  env = process.env,
  site = INSTALLER_SITE,
  installer = INSTALLER,
  progressEveryMs = 20_000,
} = {}) {
  const reasons = [];
  for (const [name, way] of chosenWays(env.PULUMI_RHOMBUS_ENGINE)) {
    const outcome = await tried(way, { env, log, site, installer, progressEveryMs });
    if (outcome.engine) {
      return outcome.engine;
    }
    reasons.push(`  - ${name}: ${outcome.reason}`);
  }
  throw new Error(`No Pulumi engine.\n${reasons.join("\n")}\n${ADVICE}`);
}

/** @param {string} line */
function toStderr(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {string | undefined} choice
 * @returns {[string, import("./sources/source.d.mts").Way][]}
 */
function chosenWays(choice) {
  if (!choice?.trim()) {
    return [...WAYS];
  }
  return choice.split(",").map((part) => {
    const name = part.trim();
    const way = WAYS.get(name);
    if (!way) {
      throw new Error(`PULUMI_RHOMBUS_ENGINE: "${name}" is not one of ${[...WAYS.keys()].join(", ")}.`);
    }
    return [name, way];
  });
}

/**
 * @param {import("./sources/source.d.mts").Way} way
 * @param {import("./sources/source.d.mts").Surroundings} surroundings
 * @returns {Promise<import("./sources/source.d.mts").Outcome>}
 */
async function tried(way, surroundings) {
  try {
    return await way(surroundings);
  } catch (error) {
    if (error instanceof Interrupted) {
      throw error;
    }
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
