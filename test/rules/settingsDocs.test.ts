import assert from "node:assert/strict";
import { settingNames } from "../../provider/rhombus/settings/settingNames";
import { nameIn } from "../../provider/rhombus/settings/settingSources";
import { textOf } from "./sources";

/** The cells of each row of the table of settings. */
const rows = [...textOf("docs/authentication.md").matchAll(/^\| .* \| `rhombus:\w+` \| .*\|$/gm)].map(([row]) =>
  row.split(" | "),
);

const named = (cell: string | undefined) => /`([^`]+)`/.exec(cell ?? "")?.[1];

describe("the table of settings", () => {
  it("has all settings, each once and in their order", () => {
    assert.deepEqual(
      rows.map(([, configuration]) => named(configuration)),
      settingNames.map((name) => `rhombus:${name}`),
    );
  });

  for (const [index, name] of settingNames.entries()) {
    const [, , environment, profile] = rows[index] ?? [];
    it(`names ${name} as the environment and the profiles do`, () => {
      const inEnvironment = nameIn("environment", name);
      assert.equal(named(environment), inEnvironment.startsWith("RHOMBUS_") ? inEnvironment : undefined);
      const inProfile = nameIn("profile", name).replace(" of the profile", "");
      const isOwn = !inProfile.startsWith("rhombus:") && name !== "region";
      assert.equal(named(profile), isOwn ? inProfile : undefined);
    });
  }
});
