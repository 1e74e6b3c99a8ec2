import { printProgress } from "../messages.mjs";
import { fromCache } from "./cache.mjs";
import { firstOf } from "./selection.mjs";
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
  - or run this again with access to Pulumi's download site: the CLI is then downloaded;
  - or install Go, with access to a Go module proxy: the CLI is then built, in about 5 minutes, once.
PULUMI_RHOMBUS_ENGINE=path|cache|download|go selects one source; cache,go tries these two in that order.`;

/**
 * A Pulumi CLI that is ready to run. `bin` is the folder to put first on PATH; it contains `pulumi`,
 * `pulumi-language-nodejs` and `pulumi-resource-pulumi-nodejs`.
 * @typedef {{ bin: string, version: string, source: "path" | "cache" | "download" | "go" }} Engine
 */

/**
 * Settings of {@link ensureEngine}; only tests need other values than the defaults.
 * @typedef {object} EngineOptions
 * @property {(line: string) => void} log Receives lines of progress. Default: they are printed to stderr.
 * @property {NodeJS.ProcessEnv} env The environment of all commands. Default: that of the process.
 * @property {string} site The address that must answer before a download starts. Default: Pulumi's installer.
 * @property {string} installer The program that downloads, called with a folder and a version. Default: a call of the
 *   Automation API.
 */

/**
 * A source of an engine.
 * @typedef {import("./selection.mjs").Source<EngineOptions, Engine>} Source
 */

/**
 * Provides the Pulumi CLI: from PATH (3.216.0 or newer), else from the cache outside the checkout, else by the official
 * download, else by a build from Go modules. `PULUMI_RHOMBUS_ENGINE` lists the sources to try instead, in order,
 * separated by commas: `path`, `cache`, `download`, `go`.
 *
 * Throws an Error with the reason of each source and the ways to get an engine, or another Error if a signal stopped it.
 * @param {Partial<EngineOptions>} options
 * @returns {Promise<Engine>}
 */
export async function ensureEngine({
  log = printProgress,
  env = process.env,
  site = INSTALLER_SITE,
  installer = INSTALLER,
} = {}) {
  const options = { env, log, site, installer };
  const { found, reason } = await firstOf(SOURCES, env.PULUMI_RHOMBUS_ENGINE, options);
  if (found !== undefined) return found;
  throw new Error(`No Pulumi engine.\n${reason}\n${ADVICE}`);
}
