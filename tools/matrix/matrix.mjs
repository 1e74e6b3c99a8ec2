import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, publishFolder } from "../cache.mjs";
import { runLong } from "../engine/commands.mjs";
import { messageOf, printProgress } from "../messages.mjs";
import { npmEnv } from "../npmEnv.mjs";
import { NODE_VERSIONS, SDK_VERSIONS, TYPESCRIPT_VERSION } from "./versions.mjs";

const SDK = "@pulumi/pulumi";

/** The package that contains the program for this platform. The package `node` installs it by a script; this one needs none. */
const NODE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

const INSTALL_LIMIT_MS = 5 * 60_000;

/**
 * A package of npm's registry, further packages to install with it, and a file that a complete installation contains.
 * @typedef {{ name: string, version: string, extra?: string[], requiredFile: string }} MatrixPackage
 */

/**
 * Options of {@link ensureMatrix}; only tests need other values than the defaults. `log` receives lines of progress,
 * which are printed to stderr by default. `env` is the environment.
 * @typedef {{ log?: (line: string) => void, env?: NodeJS.ProcessEnv }} EnsureMatrixOptions
 */

/**
 * An installed Node. `bin` is a folder to put first on PATH, with `node` only.
 * @typedef {{ version: string, bin: string }} InstalledNode
 */

/**
 * An installed SDK. `modules` is the `node_modules` folder with it and its dependencies.
 * @typedef {{ version: string, modules: string }} InstalledSdk
 */

/**
 * Provides the versions of Node and of Pulumi's SDK that `versions.mjs` lists: from the cache outside the checkout, else
 * from npm's registry. Throws an Error that names what is missing and how to get it.
 * @param {EnsureMatrixOptions} options
 * @returns {Promise<{ nodes: InstalledNode[], sdks: InstalledSdk[] }>}
 */
export async function ensureMatrix({ log = printProgress, env = process.env } = {}) {
  const nodes = [];
  const sdks = [];
  for (const version of NODE_VERSIONS) {
    const modules = await ensureInstalled({ name: NODE, version, requiredFile: `${NODE}/bin/node` }, { env, log });
    nodes.push({ version, bin: path.join(modules, NODE, "bin") });
  }
  for (const version of SDK_VERSIONS) {
    const extra = [`typescript@${TYPESCRIPT_VERSION}`];
    const modules = await ensureInstalled(
      { name: SDK, version, extra, requiredFile: "typescript/package.json" },
      { env, log },
    );
    sdks.push({ version, modules });
  }
  return { nodes, sdks };
}

/**
 * @param {MatrixPackage} matrixPackage
 * @param {Required<EnsureMatrixOptions>} options
 * @returns {Promise<string>} The `node_modules` folder with the package.
 */
async function ensureInstalled(matrixPackage, { env, log }) {
  const { name, version } = matrixPackage;
  const folder = path.join(cacheFolder("matrix", env), `${name.replace(/^.*\//, "")}-${version}`);
  if (problemWith(folder, matrixPackage)) {
    log(`installing ${name} ${version} for the matrix: about 20 s, once`);
    await install(folder, matrixPackage, { env, log }).catch((error) => {
      throw new Error(
        `The matrix of supported versions needs ${name} ${version}, which is not in the cache (${folder}) and cannot be ` +
          `installed: ${messageOf(error)}\nRun this once with access to npm's registry.`,
      );
    });
  }
  return path.join(folder, "node_modules");
}

/**
 * @param {string} folder
 * @param {MatrixPackage} matrixPackage
 * @param {Required<EnsureMatrixOptions>} options
 */
async function install(folder, matrixPackage, { env, log }) {
  const { name, version, extra = [] } = matrixPackage;
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--engine-strict=false"];
  await publishFolder(
    folder,
    async (draft) => {
      await writeFile(path.join(draft, "package.json"), JSON.stringify({ private: true }));
      await runLong("npm", ["install", ...quiet, `${name}@${version}`, ...extra], {
        title: `npm install ${name}@${version}`,
        cwd: draft,
        env: npmEnv(env),
        log,
        limitMs: INSTALL_LIMIT_MS,
      });
    },
    async (draft) => problemWith(draft, matrixPackage),
  );
}

/**
 * @param {string} folder
 * @param {MatrixPackage} matrixPackage
 * @returns {string | undefined} The reason why the folder cannot be used; undefined if it can.
 */
function problemWith(folder, { name, version, requiredFile }) {
  const modules = path.join(folder, "node_modules");
  try {
    // Some packages of Node have a version that begins with v.
    const found = JSON.parse(readFileSync(path.join(modules, name, "package.json"), "utf8")).version.replace(/^v/, "");
    if (found !== version) return `${modules} contains ${name} ${found} instead of ${version}`;
    return existsSync(path.join(modules, requiredFile)) ? undefined : `${modules} lacks ${requiredFile}`;
  } catch (error) {
    return messageOf(error);
  }
}
