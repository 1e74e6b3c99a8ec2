import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import manifest from "../../../package.json";
import { ensureMatrix } from "../../../tools/matrix/matrix.mjs";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../../tools/matrix/versions.mjs";
import { prepare } from "../../../tools/setup.mjs";
import { describeLong, tally } from "../../tally";
import { type Ending, runCombination } from "./combination";

/** At least so many tests have to run with each combination: a selection that finds nothing must not pass. */
const FEWEST = 110;

describeLong("the supported versions", function () {
  this.timeout(3_600_000);
  const endings = new Map<string, Promise<Ending>>();

  before("are installed, and tried two by two", async () => {
    const { engineBin = "" } = await prepare({ engine: true, log: () => {} });
    const { nodes, sdks } = await ensureMatrix();
    const all = nodes.flatMap((node) => sdks.map((sdk) => ({ node, sdk, engineBin })));
    const started = inLanes(
      availableParallelism(),
      all.map((each) => () => runCombination(each)),
    );
    for (const [index, { node, sdk }] of all.entries()) {
      const ending = started[index];
      if (ending !== undefined) endings.set(named(node.version, sdk.version), ending);
    }
  });

  for (const node of NODE_VERSIONS) {
    for (const sdk of SDK_VERSIONS) {
      it(`Node ${node} with SDK ${sdk} passes the gRPC harness and the engine`, async () => {
        const ending = await endings.get(named(node, sdk));
        assert.ok(ending);
        assert.equal(ending.versions, named(node, sdk));
        assert.ok(ending.failed === 0 && ending.passed.length >= FEWEST, ending.output);
      });
    }
  }

  after("say how many tests ran", async () => {
    const ended = await Promise.allSettled(endings.values());
    const counts = ended.map((each) => (each.status === "fulfilled" ? each.value : { passed: [], failed: 1 }));
    const passed = counts.reduce((sum, count) => sum + count.passed.length, 0);
    const failed = counts.reduce((sum, count) => sum + count.failed, 0);
    const versions = `Node ${NODE_VERSIONS.join(", ")} × SDK ${SDK_VERSIONS.join(", ")}`;
    tally(`matrix: ${versions}: ${passed} passed, ${failed} failed`);
  });
});

describe("the range of supported versions", () => {
  it("begins with the oldest that package.json promises", () => {
    const { engines, peerDependencies } = manifest;
    assert.equal(engines.node, `>=${NODE_VERSIONS[0]?.replace(/\.0$/, "")}`);
    assert.equal(peerDependencies["@pulumi/pulumi"], `>=${SDK_VERSIONS[0]} <4`);
  });
});

function named(node: string, sdk: string): string {
  return `${node},${sdk}`;
}

/** Starts tasks, so many at once; each lane takes the next one of its own when one has ended. */
function inLanes<T>(count: number, tasks: readonly (() => Promise<T>)[]): Promise<T>[] {
  const lanes: Promise<unknown>[] = [];
  return tasks.map((task, index) => {
    const started = (lanes[index % count] ?? Promise.resolve()).then(task);
    lanes[index % count] = started.catch(() => {});
    return started;
  });
}
