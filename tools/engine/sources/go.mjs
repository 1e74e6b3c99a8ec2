import path from "node:path";
import { fileURLToPath } from "node:url";
import { engineName, problemWith, publish } from "../cache.mjs";
import { findOnPath, runLong } from "../commands.mjs";
import { writeLauncher } from "../launcher.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Two modules, because the language host was last published with dependencies that clash with today's CLI. */
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
 * Builds the engine where only a Go module proxy is within reach.
 *
 * @type {import("./source.d.mts").Way}
 */
export async function fromGoModules({ env, log, progressEveryMs }) {
  const go = findOnPath("go", env);
  if (!go) {
    return { reason: "there is no go on PATH" };
  }
  log(`building the Pulumi CLI ${ENGINE_VERSION} from Go modules: about 5 minutes, once`);
  const folder = await publish(
    engineName(),
    env,
    async (draft) => {
      const bin = path.join(draft, "bin");
      for (const program of PROGRAMS) {
        await runLong(go, buildArguments(program, bin), {
          title: program.title,
          cwd: fileURLToPath(new URL(`../go/${program.module}/`, import.meta.url)),
          // Without cgo no C compiler is needed. A workspace file above the checkout must not take part.
          env: { ...env, CGO_ENABLED: "0", GOWORK: "off" },
          log,
          limitMs: BUILD_LIMIT_MS,
          progressEveryMs,
        });
      }
      await writeLauncher(bin);
    },
    (made) => problemWith(made, env),
  );
  return { engine: { bin: path.join(folder, "bin"), version: ENGINE_VERSION, source: "go" } };
}

/**
 * @param {typeof PROGRAMS[number]} program
 * @param {string} bin
 */
function buildArguments(program, bin) {
  const stamp = `-s -w -X ${VERSION_VARIABLE}=${program.version}`;
  return [
    "build",
    "-mod=readonly",
    "-trimpath",
    "-ldflags",
    stamp,
    "-o",
    path.join(bin, program.name),
    program.package,
  ];
}
