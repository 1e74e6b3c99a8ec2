import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import manifest from "../../../package.json";
import { ensureMatrix } from "../../../tools/matrix/matrix.mjs";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../../tools/matrix/versions.mjs";
import { prepare } from "../../../tools/setup.mjs";
import { describeLong, tally } from "../../tally";
import { type CombinationResult, runCombination } from "./combination";

/** The smallest number of tests of a combination: a selection that finds none must not pass. */
const FEWEST = 50;

describeLong("the supported versions", function () {
  this.timeout(3_600_000);
  const results = new Map<string, CombinationResult>();

  before("runs the suites, one combination on each core", async () => {
    const { engineBin = "" } = await prepare({ engine: true, log: () => {} });
    const { nodes, sdks } = await ensureMatrix();
    const queue = nodes.flatMap((node) => sdks.map((sdk) => ({ node, sdk })));
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const result = await runCombination({ ...next, engineBin });
        results.set(`${next.node.version},${next.sdk.version}`, result);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
  });

  for (const node of NODE_VERSIONS) {
    for (const sdk of SDK_VERSIONS) {
      it(`Node ${node} with SDK ${sdk} passes the gRPC driver and the engine`, () => {
        const { versions, failed = 1, passed = 0, output } = results.get(`${node},${sdk}`) ?? {};
        assert.equal(versions, `${node},${sdk}`);
        assert.ok(failed === 0 && passed >= FEWEST, output);
      });
    }
  }

  after("prints the number of tests", () => {
    const sum = (count: "passed" | "failed") => [...results.values()].reduce((total, each) => total + each[count], 0);
    const versions = `Node ${NODE_VERSIONS.join(", ")} × SDK ${SDK_VERSIONS.join(", ")}`;
    tally(`matrix: ${versions}: ${sum("passed")} passed, ${sum("failed")} failed`);
  });
});

describe("the range of supported versions", () => {
  it("begins with the oldest that package.json promises", () => {
    const { engines, peerDependencies } = manifest;
    assert.equal(engines.node, `>=${NODE_VERSIONS[0]?.replace(/\.0$/, "")}`);
    assert.equal(peerDependencies["@pulumi/pulumi"], `>=${SDK_VERSIONS[0]} <4`);
  });
});
