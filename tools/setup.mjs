import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { printProgress } from "./messages.mjs";

const CHECKOUT = fileURLToPath(new URL("..", import.meta.url));
const OLDEST_NODE = [20, 19];

/**
 * Makes a checkout ready to run: installs the dependencies if they are missing or older than package-lock.json, builds
 * `dist/` if it is missing or was built from other sources, and provides the Pulumi CLI. Does nothing, in well under a
 * second, if everything is up to date. Throws an Error if Node is older than 20.19, or if `npm ci`, the build or the
 * engine fails.
 * @param {object} options
 * @param {boolean} options.engine True to provide the Pulumi CLI as well.
 * @param {boolean} [options.install] False to use the dependencies as they are, as tests do. Default: true.
 * @param {string} [options.root] The checkout. Default: the one that contains this file.
 * @param {NodeJS.ProcessEnv} [options.env] The environment. Default: that of the process.
 * @param {(line: string) => void} [options.log] Receives lines of progress. Default: they are printed to stderr.
 * @param {string} [options.nodeVersion] The version of Node to check. Default: that of the process.
 * @returns {Promise<{ engineBin?: string }>} The folder of the Pulumi CLI, to put first on PATH, if requested.
 */
export async function prepare({
  engine,
  install = true,
  root = CHECKOUT,
  env = process.env,
  log = printProgress,
  nodeVersion = process.versions.node,
}) {
  requireNode(nodeVersion);
  if (install && !areDependenciesCurrent(root)) {
    log("installing the dependencies (npm ci)");
    const sources = hashSources(root);
    const builtAt = outputTime(root);
    await npm(["ci"], root, env);
    // npm ci runs the prepare script of package.json, which builds.
    if (outputTime(root) !== builtAt) {
      recordBuild(root, sources);
    }
  }
  if (!isBuildCurrent(root)) {
    log("building dist (npm run build)");
    // Hashed before the build, so that a file saved during the build makes it out of date.
    const sources = hashSources(root);
    await npm(["run", "build"], root, env);
    recordBuild(root, sources);
  }
  if (!engine) return {};
  // Imported after the check of the version, because an old Node would report a syntax error.
  const { ensureEngine } = await import("./engine/engine.mjs");
  return { engineBin: (await ensureEngine({ log, env })).bin };
}

/**
 * Makes {@link prepare} treat a copy of a prepared checkout as up to date: nothing is installed or built in it.
 * @param {string} root The copy.
 */
export function assumePrepared(root) {
  writeFileSync(path.join(root, "node_modules", ".package-lock.json"), "{}");
  recordBuild(root, hashSources(root));
}

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new Error(`Node ${OLDEST_NODE.join(".")} or newer is needed; this is Node ${version}.`);
  }
}

/**
 * True if the last installation is newer than package-lock.json. npm writes its hidden lockfile after the packages.
 * @param {string} root
 */
function areDependenciesCurrent(root) {
  const installed = path.join(root, "node_modules", ".package-lock.json");
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs;
}

/** @param {string} root */
function isBuildCurrent(root) {
  const record = recordFile(root);
  const builtAt = outputTime(root);
  return (
    builtAt !== undefined && existsSync(record) && readFileSync(record, "utf8") === `${hashSources(root)} ${builtAt}`
  );
}

/**
 * @param {string} root
 * @param {string} sources
 */
function recordBuild(root, sources) {
  const builtAt = outputTime(root);
  if (builtAt === undefined) {
    throw new Error("npm run build succeeded without writing dist/index.js.");
  }
  mkdirSync(path.dirname(recordFile(root)), { recursive: true });
  writeFileSync(recordFile(root), `${sources} ${builtAt}`);
}

/**
 * The file that records the last build. It is not in dist, because dist is published.
 * @param {string} root
 */
function recordFile(root) {
  return path.join(root, "node_modules", ".cache", "pulumi-rhombus", "built");
}

/**
 * The time at which dist was last written; undefined if there is none. The record contains it, because a later build by
 * hand may have used other sources.
 * @param {string} root
 */
function outputTime(root) {
  const main = path.join(root, "dist", "index.js");
  return existsSync(main) ? String(statSync(main).mtimeMs) : undefined;
}

/**
 * A hash of the names and contents of all files that the build reads. It does not contain times, so that switching branches and
 * back does not cause a build.
 * @param {string} root
 */
function hashSources(root) {
  const hash = createHash("sha256");
  const sources = readdirSync(path.join(root, "provider"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join("provider", name));
  for (const name of ["tsconfig.json", "tsconfig.build.json", "package-lock.json", ...sources.sort()]) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(root, name)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string[]} args
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
function npm(args, root, env) {
  return new Promise((resolve, reject) => {
    // stdout belongs to the tests or to the demo.
    const options = { cwd: root, env, shell: process.platform === "win32" };
    const child = spawn("npm", args, { ...options, stdio: ["ignore", process.stderr, process.stderr] });
    child.on("error", (error) => reject(new Error(`npm ${args.join(" ")}: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`npm ${args.join(" ")} failed (${signal ?? `exit ${code}`}).`));
      }
    });
  });
}
