import assert from "node:assert/strict";
import { definitions } from "../../provider/resources/registry";
import { secretSettings } from "../../provider/rhombus/settings/settingNames";
import { secretNamesOf } from "../laws/contract/secretValues";
import { textOf } from "./sources";

const security = textOf("SECURITY.md");
const readme = /## Secrets\n[\s\S]*?(?=\n## )/.exec(textOf("README.md"))?.[0] ?? "";

/** What Pulumi and Node show in clear when they are asked to, by what one asks for. Each was tried. */
const doors = [
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
  for (const [page, text] of Object.entries({ "SECURITY.md": security, "the README's section": readme })) {
    it(`name every secret: ${page}`, () => {
      const secrets = [...Object.values(definitions).flatMap(secretNamesOf), ...secretSettings];
      assert.deepEqual(
        secrets.filter((name) => !text.includes(`\`${name}\``)),
        [],
      );
    });

    it(`name the ways on which secrets show when one asks for it: ${page}`, () => {
      assert.deepEqual(
        doors.filter((door) => !text.includes(door)),
        [],
      );
    });
  }

  it("go with the package, and lead from one to the other", () => {
    const { files }: { files: string[] } = JSON.parse(textOf("package.json"));
    assert.ok(files.includes("SECURITY.md"));
    assert.match(readme, /\]\(SECURITY\.md\)/);
  });

  it("invent no address to write to", () => {
    assert.doesNotMatch(security, /\S+@\S+\.\S+/);
  });
});
