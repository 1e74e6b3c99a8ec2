import assert from "node:assert/strict";
import fc from "fast-check";
import { code } from "../../../../provider/cli/output/markdown";
import { definitions } from "../../../../provider/resources/registry";
import { secretNamesOf } from "../../../laws/contract/secretValues";
import { linesOf, type PlannedStep, planOf, reviewed } from "./plans";

const hostile = [
  "a | b",
  "<script>alert(1)</script>",
  "`code` ``more`` end`",
  "[x](https://evil.example) ![i](https://evil.example/i.png)",
  "@acme/security #1 **bold** _it_ ~~no~~",
  "# Heading\n\n- **Deleted**: nothing",
  "</details>--><!--",
  "\\`escaped\\`",
  "\u202Etxet desrever\u200B",
];

/** What of a line stands outside of code, where Markdown means something. */
function outsideOfCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, "");
}

describe("review, about texts of others", () => {
  for (const text of hostile) {
    it(`shows ${JSON.stringify(text)} as a text, wherever it stands`, () => {
      const door = { doorName: text, assignedCameraList: [text], subLocationsHierarchyKey: text };
      const steps: PlannedStep[] = [
        {
          name: text,
          before: { displayName: text },
          after: { displayName: `${text}!`, doorInfoMap: { [text]: door } },
        },
        { type: "AccessControlGroup", name: "g", after: { name: text, description: text, userUuids: [text] } },
        { type: "KisiIntegration", after: { placeToSettingsMap: { [text]: { placeName: text, doorInfoMap: {} } } } },
        {
          type: "pulumi:providers:pulumi-nodejs",
          name: text,
          before: { "rhombus:a": text },
          after: { "rhombus:a": "b" },
        },
      ];
      const diagnostics = [{ severity: "info", message: `warning: rhombus: ${text}` }];
      const { text: written } = reviewed(planOf(steps, { diagnostics }));
      const names = new Map([[text, text]]);
      const named = linesOf(steps, { byKind: { camera: names, location: names, user: names } });
      for (const line of [...written.split("\n"), ...named]) {
        const outside = outsideOfCode(line)
          .replace(/^(?:#{2,3} |- )/, "")
          .replace(/\*\*/g, "");
        assert.doesNotMatch(outside, /[<>|`[\]@#_~\\*]|https?:|[\u200b\u202e]/, line);
      }
    });
  }

  it("keeps any text within its code, on one line", () => {
    const property = fc.property(fc.string({ unit: fc.constantFrom("`", " ", "a", "|", "\n", "\\") }), (text) => {
      const written = code(text);
      assert.doesNotMatch(written, /\n/);
      assert.equal(outsideOfCode(written), written === "(empty)" ? "(empty)" : "");
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe("review, about secrets", () => {
  const canary = "canary-0123456789-canary";

  for (const [type, definition] of Object.entries(definitions)) {
    it(`shows no secret of ${type}, even where a plan has it in clear`, () => {
      const secrets = Object.fromEntries(secretNamesOf(definition).map((name) => [name, canary]));
      const envelope = {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        plaintext: `"${canary}"`,
      };
      const shown = { before: {}, after: { ...secrets, name: envelope, displayName: envelope, doorInfoMap: envelope } };
      const further = { diffReasons: Object.keys(secrets) };
      for (const step of [{ ...shown, further }, { before: shown.after }, { after: shown.after }]) {
        assert.doesNotMatch(reviewed(planOf([{ ...step, type }])).text, new RegExp(canary));
      }
    });
  }

  it("shows no secret setting of a provider", () => {
    const settings = { "rhombus:apiKey": canary, "rhombus:clientKey": canary, "rhombus:clientCertificate": canary };
    const step = {
      type: "pulumi:providers:pulumi-nodejs",
      name: "blue",
      before: { "rhombus:region": "us" },
      after: settings,
    };
    const { text } = reviewed(planOf([step]));
    assert.doesNotMatch(text, new RegExp(canary));
    assert.match(text, /`rhombus:apiKey`: \(not set\) → \(secret\)/);
  });
});
