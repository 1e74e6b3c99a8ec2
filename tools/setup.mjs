import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const CHECKOUT = fileURLToPath(new URL("..", import.meta.url));
const OLDEST_NODE = [20, 19];

/** @type {typeof import("./setup.d.mts").prepare} */
export async function prepare({
  engine,
  root = CHECKOUT,
  env = process.env,
  log = toStderr,
  nodeVersion = process.versions.node,
}) {
  requireNode(nodeVersion);
  if (!areDependenciesCurrent(root)) {
    log("installing the dependencies (npm ci)");
    const sources = fingerprint(root);
    const output = outputStamp(root);
    await npm(["ci"], root, env);
    // npm ci runs the package's own prepare script, which builds.
    if (outputStamp(root) !== output) {
      rememberBuild(root, sources);
    }
  }
  if (!isBuildCurrent(root)) {
    log("building dist (npm run build)");
    // Taken before the build: a file saved while it runs makes it stale.
    const sources = fingerprint(root);
    await npm(["run", "build"], root, env);
    rememberBuild(root, sources);
  }
  if (!engine) {
    return {};
  }
  // Loaded late, so that an old Node meets the message above and not a syntax error.
  const { bringEngine } = await import("./engine/engine.mjs");
  return { engineBin: (await bringEngine({ log, env })).bin };
}

/** @type {typeof import("./setup.d.mts").trustCopy} */
export function trustCopy(root) {
  writeFileSync(path.join(root, "node_modules", ".package-lock.json"), "{}");
  rememberBuild(root, fingerprint(root));
}

/** @param {string} line */
function toStderr(line) {
  process.stderr.write(`${line}\n`);
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
 * npm writes its hidden lockfile last, after the packages.
 *
 * @param {string} root
 */
function areDependenciesCurrent(root) {
  const installed = path.join(root, "node_modules", ".package-lock.json");
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs;
}

/** @param {string} root */
function isBuildCurrent(root) {
  const mark = markFile(root);
  const output = outputStamp(root);
  return output !== undefined && existsSync(mark) && readFileSync(mark, "utf8") === `${fingerprint(root)} ${output}`;
}

/**
 * @param {string} root
 * @param {string} sources
 */
function rememberBuild(root, sources) {
  const output = outputStamp(root);
  if (output === undefined) {
    throw new Error("npm run build succeeded without writing dist/index.js.");
  }
  mkdirSync(path.dirname(markFile(root)), { recursive: true });
  writeFileSync(markFile(root), `${sources} ${output}`);
}

/**
 * Outside of dist, which is what gets published.
 *
 * @param {string} root
 */
function markFile(root) {
  return path.join(root, "node_modules", ".cache", "pulumi-rhombus", "built");
}

/**
 * When dist was last written. Part of the mark, because somebody may have built other sources by hand since.
 *
 * @param {string} root
 */
function outputStamp(root) {
  const main = path.join(root, "dist", "index.js");
  return existsSync(main) ? String(statSync(main).mtimeMs) : undefined;
}

/**
 * Names and contents of all that the build reads. Contents rather than times, so that changing branches to and fro
 * costs no build.
 *
 * @param {string} root
 */
function fingerprint(root) {
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
    // Its words go to stderr: stdout belongs to the tests, or to the demo.
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
