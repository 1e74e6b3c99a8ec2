import path from "node:path";
import { fileURLToPath } from "node:url";
import { publishEngine } from "../cache.mjs";
import { findOnPath, runLong } from "../commands.mjs";
import { writeLauncher } from "../launcher.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * A program that is built from Go modules. `module` is a folder of `go/` whose `go.sum` has the checksums, `package` the Go
 * package in it or in one of its dependencies, and `versionVariable` the variable in Go that receives the version. `overlay`
 * is the file for `go build -overlay`.
 * @typedef {object} GoProgram
 * @property {string} name
 * @property {string} title
 * @property {string} module
 * @property {string} package
 * @property {string} version
 * @property {string} versionVariable
 * @property {string} [overlay]
 */

/** One Go module each: the last published language host has dependencies that conflict with those of the CLI. */
const PROGRAMS = [
  {
    name: "pulumi",
    title: "the Pulumi CLI",
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: ENGINE_VERSION,
    versionVariable: VERSION_VARIABLE,
  },
  {
    name: "pulumi-language-nodejs",
    title: "the Node language host",
    module: "language",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.60.0",
    versionVariable: VERSION_VARIABLE,
  },
];

const BUILD_LIMIT_MS = 60 * 60_000;

/**
 * Builds the engine from Go modules, which needs only a Go module proxy.
 * @type {import("../engine.mjs").Source}
 */
export async function fromGoModules({ env, log }) {
  const go = findOnPath("go", env);
  if (!go) return { reason: "there is no go on PATH" };
  log(`building the Pulumi CLI ${ENGINE_VERSION} from Go modules: about 5 minutes, once`);
  return publishEngine("go", env, async (bin) => {
    for (const program of PROGRAMS) {
      await buildProgram(program, bin, { go, env, log });
    }
    await writeLauncher(bin);
  });
}

/**
 * Builds a program.
 * @param {GoProgram} program
 * @param {string} bin The folder for it.
 * @param {{ go: string, env: NodeJS.ProcessEnv, log: (line: string) => void }} options
 */
export function buildProgram(program, bin, { go, env, log }) {
  return runLong(go, buildArguments(program, bin), {
    title: program.title,
    cwd: goModule(program.module),
    env: goEnv(env),
    log,
    limitMs: BUILD_LIMIT_MS,
  });
}

/**
 * The folder of a Go module.
 * @param {string} name
 */
export function goModule(name) {
  return fileURLToPath(new URL(`../go/${name}/`, import.meta.url));
}

/**
 * The environment for Go. Without cgo, no C compiler is needed. GOWORK=off ignores a workspace file above the checkout.
 * @param {NodeJS.ProcessEnv} env
 */
export function goEnv(env) {
  return { ...env, CGO_ENABLED: "0", GOWORK: "off" };
}

/**
 * @param {GoProgram} program
 * @param {string} bin
 */
function buildArguments(program, bin) {
  const linkerFlags = `-s -w -X ${program.versionVariable}=${program.version}`;
  return [
    "build",
    "-mod=readonly",
    "-trimpath",
    ...(program.overlay === undefined ? [] : ["-overlay", program.overlay]),
    "-ldflags",
    linkerFlags,
    "-o",
    path.join(bin, program.name),
    program.package,
  ];
}
