import path from "node:path";
import { fileURLToPath } from "node:url";
import { publishEngine } from "../cache.mjs";
import { findOnPath, runLong } from "../commands.mjs";
import { writeLauncher } from "../launcher.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** One Go module each: the last published language host has dependencies that conflict with those of the CLI. */
const PROGRAMS = [
  {
    name: "pulumi",
    title: "the Pulumi CLI",
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: ENGINE_VERSION,
  },
  {
    name: "pulumi-language-nodejs",
    title: "the Node language host",
    module: "language",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.60.0",
  },
];

const BUILD_LIMIT_MS = 30 * 60_000;

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
      await runLong(go, buildArguments(program, bin), {
        title: program.title,
        cwd: fileURLToPath(new URL(`../go/${program.module}/`, import.meta.url)),
        // Without cgo, no C compiler is needed. GOWORK=off ignores a workspace file above the checkout.
        env: { ...env, CGO_ENABLED: "0", GOWORK: "off" },
        log,
        limitMs: BUILD_LIMIT_MS,
      });
    }
    await writeLauncher(bin);
  });
}

/**
 * @param {typeof PROGRAMS[number]} program
 * @param {string} bin
 */
function buildArguments(program, bin) {
  const linkerFlags = `-s -w -X ${VERSION_VARIABLE}=${program.version}`;
  return [
    "build",
    "-mod=readonly",
    "-trimpath",
    "-ldflags",
    linkerFlags,
    "-o",
    path.join(bin, program.name),
    program.package,
  ];
}
