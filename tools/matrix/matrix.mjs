import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, publishFolder } from "../cache.mjs";
import { runLong } from "../engine/commands.mjs";
import { npmEnv } from "../npmEnv.mjs";
import { NODE_VERSIONS, SDK_VERSIONS, TYPESCRIPT_VERSION } from "./versions.mjs";

const SDK = "@pulumi/pulumi";

/** What npm's package `node` installs on this platform by a script of its own: the program, and no script. */
const NODE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

const INSTALL_LIMIT_MS = 5 * 60_000;

/**
 * A package of npm's registry, what is installed beside it, and the file without which all that is of no use.
 *
 * @typedef {{ name: string, version: string, beside?: string[], needed: string }} Wanted
 */

/** @type {typeof import("./matrix.d.mts").bringMatrix} */
export async function bringMatrix({ log = toStderr, env = process.env } = {}) {
  const nodes = [];
  const sdks = [];
  for (const version of NODE_VERSIONS) {
    const modules = await brought({ name: NODE, version, needed: `${NODE}/bin/node` }, { env, log });
    nodes.push({ version, bin: path.join(modules, NODE, "bin") });
  }
  for (const version of SDK_VERSIONS) {
    const beside = [`typescript@${TYPESCRIPT_VERSION}`];
    const modules = await brought({ name: SDK, version, beside, needed: "typescript/package.json" }, { env, log });
    sdks.push({ version, modules });
  }
  return { nodes, sdks };
}

/** @param {string} line */
function toStderr(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {Wanted} wanted
 * @param {{ env: NodeJS.ProcessEnv, log: (line: string) => void }} surroundings
 * @returns {Promise<string>} The `node_modules` that holds it.
 */
async function brought(wanted, { env, log }) {
  const { name, version } = wanted;
  const folder = path.join(cacheFolder("matrix", env), `${name.replace(/^.*\//, "")}-${version}`);
  if (problemWith(folder, wanted)) {
    log(`installing ${name} ${version} for the matrix: about 20 s, once`);
    await installed(folder, wanted, { env, log }).catch((error) => {
      throw new Error(
        `The matrix of supported versions needs ${name} ${version}, which is not in the cache (${folder}) and cannot be ` +
          `installed: ${error instanceof Error ? error.message : error}\nRun this once where npm's registry is within reach.`,
      );
    });
  }
  return path.join(folder, "node_modules");
}

/**
 * @param {string} folder
 * @param {Wanted} wanted
 * @param {{ env: NodeJS.ProcessEnv, log: (line: string) => void }} surroundings
 */
async function installed(folder, wanted, { env, log }) {
  const { name, version, beside = [] } = wanted;
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--engine-strict=false"];
  await publishFolder(
    folder,
    async (draft) => {
      await writeFile(path.join(draft, "package.json"), JSON.stringify({ private: true }));
      await runLong("npm", ["install", ...quiet, `${name}@${version}`, ...beside], {
        title: `npm install ${name}@${version}`,
        cwd: draft,
        env: npmEnv(env),
        log,
        limitMs: INSTALL_LIMIT_MS,
        progressEveryMs: 20_000,
      });
    },
    async (made) => problemWith(made, wanted),
  );
}

/**
 * @param {string} folder
 * @param {Wanted} wanted
 * @returns {string | undefined} Why what lies there cannot be used.
 */
function problemWith(folder, { name, version, needed }) {
  const modules = path.join(folder, "node_modules");
  try {
    // Some packages of Node write their version with a v.
    const found = JSON.parse(readFileSync(path.join(modules, name, "package.json"), "utf8")).version.replace(/^v/, "");
    if (found !== version) {
      return `${modules} holds ${name} ${found} instead of ${version}`;
    }
    return existsSync(path.join(modules, needed)) ? undefined : `${modules} lacks ${needed}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
