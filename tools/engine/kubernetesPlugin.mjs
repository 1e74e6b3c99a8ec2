import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, publishFolder } from "../cache.mjs";
import { printProgress } from "../messages.mjs";
import { findOnPath, isExecutable, readOutput, runLong } from "./commands.mjs";
import { firstOf } from "./selection.mjs";
import { INSTALLER_SITE, problemWithSite } from "./sources/download.mjs";
import { buildProgram, goEnv, goModule } from "./sources/go.mjs";

/** The version of Pulumi's Kubernetes plugin, the same as that of `@pulumi/kubernetes` in examples/kubernetes-secret. */
export const KUBERNETES_VERSION = "4.24.1";

const PROGRAM = "pulumi-resource-kubernetes";

const PROVIDER = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/** The files of the provider's module that `go/kubernetes/main.go` embeds. Only files of its own folder can be embedded. */
const EMBEDDED = ["schema.json", "terraform-mapping.json"];

const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * Options of {@link ensureKubernetesPlugin}.
 * @typedef {object} PluginOptions
 * @property {string} engineBin The folder with the Pulumi CLI.
 * @property {(line: string) => void} log Receives lines of progress. Default: they are printed to stderr.
 * @property {NodeJS.ProcessEnv} env The environment of all commands. Default: that of the process.
 * @property {string} site The address that must answer before a download starts. Default: Pulumi's installer.
 */

/** @typedef {import("./selection.mjs").Source<PluginOptions, string>} Source */

/** @type {ReadonlyMap<string, Source>} */
const SOURCES = new Map([
  ["path", fromPath],
  ["cache", fromCache],
  ["download", fromDownload],
  ["go", fromGoModules],
]);

/**
 * Provides the Kubernetes plugin: from the cache, else by download, else by a build from a Go module, which takes 8 to 15
 * minutes of computing time, once. `PULUMI_RHOMBUS_ENGINE` selects the sources as it does for the engine.
 * @param {Pick<PluginOptions, "engineBin"> & Partial<PluginOptions>} options
 * @returns {Promise<import("./selection.mjs").Outcome<string>>} The folder to use as `plugins` in PULUMI_HOME; otherwise the
 *   reason of each source, a line each.
 */
export function ensureKubernetesPlugin({ engineBin, log = printProgress, env = process.env, site = INSTALLER_SITE }) {
  return firstOf(SOURCES, env.PULUMI_RHOMBUS_ENGINE, { engineBin, log, env, site });
}

/** @type {Source} */
async function fromPath() {
  return { reason: "plugins are not taken from PATH" };
}

/** @type {Source} */
async function fromCache({ env }) {
  const folder = pluginFolder(env);
  const reason = problemWith(folder);
  return reason === undefined ? { found: pluginsIn(folder) } : { reason };
}

/** @type {Source} */
async function fromDownload(options) {
  const problem = await problemWithSite(options.site);
  if (problem !== undefined) return { reason: problem };
  options.log(`downloading the Kubernetes plugin ${KUBERNETES_VERSION}: about a minute, once`);
  return publish(options, async (home) => install(home, options));
}

/** @type {Source} */
async function fromGoModules(options) {
  const { env, log } = options;
  const go = findOnPath("go", env);
  if (go === undefined) return { reason: "there is no go on PATH" };
  log(`building the Kubernetes plugin ${KUBERNETES_VERSION} from Go modules: about 10 minutes, once`);
  return publish(options, async (home) => {
    const build = path.join(home, "build");
    await mkdir(build);
    const program = {
      name: PROGRAM,
      title: "the Kubernetes plugin",
      module: "kubernetes",
      package: ".",
      version: KUBERNETES_VERSION,
      versionVariable: `${PROVIDER}/pkg/version.Version`,
      overlay: await writeOverlay(build, go, env),
    };
    await buildProgram(program, build, { go, env, log });
    await install(home, options, path.join(build, PROGRAM));
    await rm(build, { recursive: true });
  });
}

/**
 * Writes the file that lets `main.go` embed files of the provider's module, which is downloaded for it.
 * @param {string} folder
 * @param {string} go
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} The file.
 */
async function writeOverlay(folder, go, env) {
  const cwd = goModule("kubernetes");
  const options = { cwd, env: goEnv(env), limitMs: DOWNLOAD_LIMIT_MS };
  /** @type {{ Dir: string }} */
  const { Dir: provider } = JSON.parse(await readOutput(go, ["mod", "download", "-json", PROVIDER], options));
  const files = EMBEDDED.map((name) => [path.join(cwd, name), path.join(provider, "cmd", PROGRAM, name)]);
  const overlay = path.join(folder, "overlay.json");
  await writeFile(overlay, JSON.stringify({ Replace: Object.fromEntries(files) }));
  return overlay;
}

/**
 * Has the CLI install the plugin.
 * @param {string} home The folder that it uses as PULUMI_HOME.
 * @param {PluginOptions} options
 * @param {string} [file] The program. Default: it is downloaded.
 */
function install(home, { engineBin, env, log }, file) {
  const args = ["plugin", "install", "resource", "kubernetes", KUBERNETES_VERSION];
  return runLong(path.join(engineBin, "pulumi"), file === undefined ? args : [...args, "--file", file], {
    title: file === undefined ? "the download" : "the installation",
    // A project in a parent folder must not matter.
    cwd: home,
    env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
    log,
    limitMs: DOWNLOAD_LIMIT_MS,
  });
}

/**
 * Creates the cached folder.
 * @param {PluginOptions} options
 * @param {(home: string) => Promise<void>} fill
 * @returns {Promise<import("./selection.mjs").Outcome<string>>}
 */
async function publish({ env }, fill) {
  const folder = await publishFolder(pluginFolder(env), fill, async (draft) => problemWith(draft));
  return { found: pluginsIn(folder) };
}

/** @param {NodeJS.ProcessEnv} env */
function pluginFolder(env) {
  return path.join(cacheFolder("plugins", env), `kubernetes-${KUBERNETES_VERSION}-${process.platform}-${process.arch}`);
}

/** @param {string} home */
function pluginsIn(home) {
  return path.join(home, "plugins");
}

/**
 * @param {string} home
 * @returns {string | undefined} The reason why the folder cannot be used; undefined if it can.
 */
function problemWith(home) {
  const program = path.join(pluginsIn(home), `resource-kubernetes-v${KUBERNETES_VERSION}`, PROGRAM);
  return isExecutable(program) ? undefined : `${program} is missing`;
}
