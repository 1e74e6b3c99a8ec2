import assert from "node:assert/strict";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../tools/matrix/versions.mjs";
import { textOf } from "./sources";

const installation = textOf("docs/installation-configuration.md");
const manifest: { version: string; engines: { node: string }; peerDependencies: Record<string, string> } = JSON.parse(
  textOf("package.json"),
);

describe("the pages on the installation", () => {
  it("name the versions that the tests try", () => {
    const missing = [...NODE_VERSIONS, ...SDK_VERSIONS].filter((version) => !installation.includes(version));
    assert.deepEqual(missing, []);
  });

  it("require what the package requires", () => {
    const node = manifest.engines.node.replace(">=", "");
    const [least = "", below = ""] = (manifest.peerDependencies["@pulumi/pulumi"] ?? "").replace(">=", "").split(" <");
    assert.ok(installation.includes(`| Node | ${node} or newer |`));
    assert.ok(installation.includes(`| \`@pulumi/pulumi\` | ${least} or newer, below ${below} |`));
    assert.ok(textOf("README.md").includes(`Node ${node} or newer`));
    assert.ok(textOf("README.md").includes(`\`@pulumi/pulumi\` ${least} or newer`));
  });

  it("install the package under the name that npm pack gives it", () => {
    for (const page of [installation, textOf("README.md")]) {
      assert.ok(page.includes(`pulumi-rhombus-${manifest.version}.tgz`));
    }
  });
});
