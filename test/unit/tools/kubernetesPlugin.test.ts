import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { ensureKubernetesPlugin, KUBERNETES_VERSION } from "../../../tools/engine/kubernetesPlugin.mjs";
import { textOf } from "../../rules/sources";
import { Machine } from "./machine";

const PROGRAM = "pulumi-resource-kubernetes";
const CACHED = `kubernetes-${KUBERNETES_VERSION}-${process.platform}-${process.arch}`;

/** Nothing listens on port 1. */
const NO_SITE = "http://127.0.0.1:1/";

describe("the Kubernetes plugin for the tests", () => {
  let machine: Machine;
  let cache: string;
  beforeEach(() => {
    machine = new Machine();
    cache = path.join(machine.root, "cache/pulumi-rhombus/plugins");
    // Installs the given file, or one of its own.
    machine.program(
      "pulumi",
      `echo "$*" >> "${machine.root}/pulumi.log"
folder="$PULUMI_HOME/plugins/resource-kubernetes-v$5"
mkdir -p "$folder"
if [ "$6" = --file ]; then cp "$7" "$folder"; else cp "$0" "$folder/${PROGRAM}"; fi`,
    );
  });
  afterEach(() => machine.remove());

  const from = (sources: string, site = NO_SITE) => {
    const env = { ...machine.env, PULUMI_RHOMBUS_ENGINE: sources };
    return ensureKubernetesPlugin({ engineBin: machine.bin, env, log: machine.log, site });
  };
  const pulumiCalls = () => readFileSync(path.join(machine.root, "pulumi.log"), "utf8").trim().split("\n");

  /** Installs a Go that logs its calls and copies the overlay before it builds. */
  const go = (build = "") =>
    machine.program(
      "go",
      `echo "$PWD GOWORK=$GOWORK $*" >> "${machine.root}/go.log"
if [ "$1" = mod ]; then echo '{ "Path": "provider", "Dir": "/modules/provider@v4" }'; exit; fi
${build}
while [ "$1" != "-overlay" ]; do shift; done
cp "$2" "${machine.root}/overlay.json"
while [ "$1" != "-o" ]; do shift; done
echo built > "$2"; chmod +x "$2"`,
    );

  it("is built from a Go module, with the files that the module does not embed, once", async () => {
    go();
    const { found } = await from("cache,go");
    assert.equal(found, path.join(cache, CACHED, "plugins"));
    const program = path.join(found, `resource-kubernetes-v${KUBERNETES_VERSION}`, PROGRAM);
    assert.equal(readFileSync(program, "utf8"), "built\n");
    assert.deepEqual(readdirSync(path.join(cache, CACHED)), ["plugins"]);
    assert.deepEqual(await from("cache,go"), { found });
    const [download, build, ...more] = machine.callsOf("go");
    assert.match(download ?? "", /engine\/go\/kubernetes\/? GOWORK=off mod download -json \S+\/provider\/v4$/);
    const version = new RegExp(`build -mod=readonly .*/pkg/version\\.Version=${KUBERNETES_VERSION} .*/${PROGRAM} \\.$`);
    assert.match(build ?? "", version);
    assert.deepEqual(more, []);
    assert.equal(pulumiCalls().length, 1);
  });

  it("embeds the files of the downloaded module", async () => {
    go();
    await from("go");
    const overlay: { Replace: Record<string, string> } = JSON.parse(
      readFileSync(path.join(machine.root, "overlay.json"), "utf8"),
    );
    const embedded = [...textOf("tools/engine/go/kubernetes/main.go").matchAll(/^\/\/go:embed (\S+)$/gm)];
    assert.deepEqual(
      Object.entries(overlay.Replace).map(([to, file]) => [path.basename(path.dirname(to)), path.basename(to), file]),
      embedded.map(([, name]) => ["kubernetes", name, `/modules/provider@v4/cmd/${PROGRAM}/${name}`]),
    );
  });

  it("is downloaded by the CLI if the download site answers", async () => {
    const server = createServer((_, response) => void response.end()).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      const address = server.address();
      assert.ok(address && typeof address === "object");
      const { found } = await from("download", `http://127.0.0.1:${address.port}/`);
      assert.ok(found !== undefined && existsSync(found));
      assert.deepEqual(pulumiCalls(), [`plugin install resource kubernetes ${KUBERNETES_VERSION}`]);
    } finally {
      server.close();
    }
  });

  it("is neither downloaded nor built if only the cache is selected", async () => {
    go();
    const { found, reason } = await from("cache");
    assert.equal(found, undefined);
    assert.match(reason ?? "", new RegExp(`^  - cache: .*${PROGRAM} is missing$`));
    assert.deepEqual([machine.callsOf("go"), machine.lines], [[], []]);
  });

  it("is missing with the reason of each source", async () => {
    const { reason = "" } = await from("");
    assert.deepEqual(
      reason.split("\n").map((line) => line.split(":")[0]?.trim()),
      ["- path", "- cache", "- download", "- go"],
    );
    assert.match(reason, /download site cannot be reached[\s\S]*there is no go on PATH/);
  });

  for (const [what, failure, reason] of [
    ["the build fails", () => go("echo 'no such package' >&2; exit 1"), /failed \(exit 1\)\nno such package/],
    [
      "the CLI refuses the program",
      () => {
        go();
        machine.program("pulumi", "echo 'not a plugin' >&2; exit 255");
      },
      /the installation: failed \(exit 255\)\nnot a plugin/,
    ],
  ] as const) {
    it(`leaves no files if ${what}`, async () => {
      failure();
      assert.match((await from("go")).reason ?? "", reason);
      assert.deepEqual(readdirSync(cache), []);
    });
  }

  it("has the version that the example uses", () => {
    const { dependencies } = JSON.parse(textOf("examples/kubernetes-secret/package.json"));
    assert.equal(dependencies["@pulumi/kubernetes"], KUBERNETES_VERSION);
  });
});
