import assert from "node:assert/strict";
import { documentOf } from "../../../../provider/cli/review/document";
import { textOf } from "../../../../provider/cli/review/layout";
import { planIn } from "../../../../provider/cli/review/plan";
import { ValueFormatter } from "../../../../provider/cli/review/valueFormatter";
import { campusSeed } from "../../../../provider/emulator";
import { providerUrn } from "../scriptedCli";
import { type PlannedStep, planOf } from "./plans";

const { acme, bluebird } = campusSeed;

const PROVIDER = "pulumi:providers:pulumi-nodejs";
const urn = (name: string) => `urn:pulumi:dev::doors::${PROVIDER}::${name}`;
const organizations = new Map<string | undefined, { readonly uuid: string; readonly name: string }>([
  [undefined, { uuid: acme.orgUuid, name: acme.name }],
  [urn("blue"), { uuid: bluebird.orgUuid, name: bluebird.name }],
  [urn("default"), { uuid: bluebird.orgUuid, name: bluebird.name }],
]);

/** A group that the provider of a name has deployed in Bluebird Clinics, and that the one of another name manages from now on. */
const nurses = (was: string, next: string, more: Partial<PlannedStep> = {}): PlannedStep => ({
  op: "same",
  type: "AccessControlGroup",
  name: "nurses",
  before: { name: "Nurses", orgUuid: bluebird.orgUuid },
  after: { name: "Nurses" },
  state: { provider: `${was}::1` },
  further: { provider: `${next}::1` },
  ...more,
});

const settings = { "rhombus:apiKey": "[secret]" };
const provider = (name: string, more: Partial<PlannedStep> = {}): PlannedStep => ({
  type: PROVIDER,
  name,
  before: settings,
  after: settings,
  ...more,
});

function textFor(...steps: readonly PlannedStep[]): string {
  const formatterOf = (each: string | undefined) => new ValueFormatter({ organization: organizations.get(each) });
  const { sections } = documentOf({
    plan: planIn(planOf(steps)),
    formatterOf,
    effects: [],
    containsSecret: () => false,
    limitedBy: [],
    notes: [],
  });
  return textOf(sections);
}

const group = "Group `Nurses` (`nurses` in the program)";
const other = provider("other", { before: undefined });

describe("review, about providers", () => {
  it("does not know the organization behind a key that changes, which a plan does not show", () => {
    const text = textFor(provider("blue"), nurses(urn("blue"), urn("blue"), { op: "update", after: { name: "New" } }));
    assert.match(text, /- \*\*Provider settings\*\*: provider `blue`: a setting that the plan does not show\n/);
    const unknown =
      "- **Unknown until the deployment**: the organization of provider `blue`, whose settings change, and of `nurses` (was `Bluebird Clinics`)\n";
    assert.ok(text.includes(unknown), text);
    assert.match(text, /\n### Unknown organization \(was `Bluebird Clinics`\)\n/);
  });

  const moves: Record<string, readonly [PlannedStep[], string, string]> = {
    "to a new provider": [
      [other, nurses(urn("blue"), urn("other"))],
      "from provider `blue` to provider `other`",
      "Unknown organization (was `Bluebird Clinics`)",
    ],
    "to the settings of the stack, with a change": [
      [nurses(urn("blue"), providerUrn("default"), { op: "update" })],
      "from provider `blue` to the settings of the stack",
      "`Acme Robotics` (was `Bluebird Clinics`)",
    ],
    "to a provider of the same organization": [
      [provider("default", { op: "same", state: { parent: "urn:stack" } }), nurses(urn("blue"), urn("default"))],
      "from provider `blue` to provider `default`",
      "`Bluebird Clinics`",
    ],
  };
  for (const [where, [steps, words, organization]] of Object.entries(moves)) {
    it(`lists a resource first that moves ${where}`, () => {
      const text = textFor(...steps);
      assert.ok(text.includes(`\n- **Moved to another provider**: ${group}: ${words}\n`), text);
      assert.ok(text.includes(`\n### ${organization}\n`), text);
    });
  }

  it("says nothing of a default provider that has another name or another id", () => {
    const text = textFor(nurses(providerUrn("default_3_259_0"), providerUrn("default")));
    assert.match(text, /: nothing changes in Rhombus\.\n/);
  });
});
