import assert from "node:assert/strict";
import { definitions } from "../../provider/resources/registry";
import { secretSettings } from "../../provider/rhombus/settings/settingNames";
import { secretNamesOf } from "../laws/contract/secretValues";
import { textOf } from "./sources";

const security = textOf("SECURITY.md");
const secretsPage = textOf("docs/secrets.md");

/** The options of Pulumi and Node that print secrets. Each was tried. */
const options = [
  "`--show-secrets`",
  "`--debug`",
  "`-v=3` and above",
  "`--tracing`",
  "`--event-log`",
  "`PULUMI_DEBUG_GRPC`",
  "NODE_DEBUG",
  "events of the Automation API",
];

describe("the pages on security", () => {
  it("name every secret: docs/secrets.md", () => {
    const secrets = [...Object.values(definitions).flatMap(secretNamesOf), ...secretSettings];
    assert.deepEqual(
      secrets.filter((name) => !secretsPage.includes(`\`${name}\``)),
      [],
    );
  });

  it("name the options that print secrets: docs/secrets.md", () => {
    assert.deepEqual(
      options.filter((option) => !secretsPage.includes(option)),
      [],
    );
  });

  it("lead from one to the other, and SECURITY.md goes with the package", () => {
    const { files }: { files: string[] } = JSON.parse(textOf("package.json"));
    assert.ok(files.includes("SECURITY.md"));
    assert.match(security, /\]\(docs\/secrets\.md#debug-options-that-print-secrets\)/);
    assert.match(secretsPage, /\]\(\.\.\/SECURITY\.md\)/);
    assert.match(textOf("README.md"), /\]\(SECURITY\.md\)/);
  });
});
