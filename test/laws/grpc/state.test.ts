import assert from "node:assert/strict";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { samples } from "../../drivers/grpc/samples";
import { isList, isProperties, type Properties, SecretProperty } from "../../drivers/properties";
import { ProviderError } from "../../drivers/transport";

const hidden = { __format: "number", __mark: "string", __provider: "string" };

const doors = "map of map of list of string or string";

// Every saved state looks like this. What a change takes away, renames or means differently needs another format, which
// older versions refuse (provider/core/state/metadata.ts), and the old one has to be read still.
const golden: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AccessControlGroup: {
    ...hidden,
    __observed: "map of nothing",
    createdAtMillis: "number",
    description: "string",
    groupType: "string",
    name: "string",
    orgUuid: "string",
    updatedAtMillis: "number",
    userUuids: "list of string",
  },
  OnGuardIntegration: {
    ...hidden,
    displayName: "string",
    doorInfoMap: doors,
    enabled: "boolean",
    misconfiguredDoors: "list of nothing",
    orgUuid: "string",
    presharedSecret: "secret string",
    rhombusToken: "secret string",
    saveClips: "boolean",
    webhookUrl: "secret string",
  },
  GeneaIntegration: {
    ...hidden,
    apiToken: "secret string",
    doorInfoMap: doors,
    misconfiguredDoors: "list of nothing",
    orgUuid: "string",
    refreshToken: "secret string",
    rhombusToken: "secret string",
    saveClips: "boolean",
    tokenValid: "boolean",
    webhookSignatureSecret: "secret string",
    webhookUuid: "string",
  },
  KisiIntegration: {
    ...hidden,
    apiSecretKey: "secret string",
    defaultOptions: "map of boolean",
    misconfiguredDoors: "list of nothing",
    orgUuid: "string",
    placeToSettingsMap: "map of map of map of map of list of string",
    placeTokens: "secret map of string",
    placeWebhookIds: "map of number",
  },
};

describe("The state that Pulumi's dynamic-provider process writes", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const { type, inputs } of samples) {
    it(`has the shape that it has in every saved state, and the number of its format: ${type}`, async () => {
      const { state } = await fixture.during((engine) => engine.up({ type, inputs }));
      assert.deepEqual(shapeOf(state.outputs), golden[type]);
      assert.equal(state.outputs.__format, 1);
    });
  }

  it("is refused by every call that is given it when a newer version wrote it", async () => {
    const { provider } = await fixture.start();
    for (const { type, inputs } of samples) {
      const outputs = { ...inputs, __format: 2 };
      const asked = { id: "some id", outputs, olds: outputs, news: inputs };
      for (const call of ["diff", "read", "update", "delete"] as const) {
        const { message } = await errorOf(provider[call](type, asked));
        assert.match(message, /A newer pulumi-rhombus wrote this state: it is in format 2, .* no format beyond 1\./);
        assert.match(message, /Nothing was read or changed\. Install the version that wrote it, or a newer one/);
      }
    }
    assert.deepEqual(fixture.emulator.requests(), []);
  });
});

async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof ProviderError, `an error was expected, not ${String(error)}`);
  return error;
}

/** What kind of value each name has. */
function shapeOf(properties: Properties): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, kindOf(value)]));
}

function kindOf(value: unknown): string {
  if (value instanceof SecretProperty) return `secret ${kindOf(value.value)}`;
  if (isList(value)) return `list of ${[...new Set(value.map(kindOf))].join(" or ") || "nothing"}`;
  if (isProperties(value)) return `map of ${[...new Set(Object.values(value).map(kindOf))].sort().join(" or ")}`;
  return value === null ? "nothing" : typeof value;
}
