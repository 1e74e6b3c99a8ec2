import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { RhombusClient } from "../../../../provider/rhombus/api/client";
import { selfSigned } from "../../../certificates";
import { apiKey, clientFor, failureOf, type Reply, withReplies } from "../loopback";

// Each is unique, and has characters that URLs and JSON encode.
const secrets = {
  apiToken: "geneaToken/+7531=",
  apiSecretKey: 'kisiSecret"8642\\',
  refreshToken: "refreshToken-9753",
  presharedSecret: "presharedSecret=86420",
  webhookSignatureSecret: "signatureSecret&97531",
  rhombusToken: "kTokenTokenTokenTokenA",
  webhookUrl: "https://rhombus.example/onguard/kTokenTokenTokenTokenA?x=1",
};
const { apiToken, apiSecretKey, refreshToken, presharedSecret, webhookSignatureSecret, rhombusToken } = secrets;

const formsOf = (secret: string) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];

/** Secrets and the key in one text, in each form. */
const spilled = (...sent: string[]) => [apiKey, ...sent].flatMap(formsOf).join(" ");

const everything = spilled(...Object.values(secrets));
const guid = everything.replaceAll(" ", " and ");

function assertClean(text: string): void {
  for (const form of [apiKey, ...Object.values(secrets)].flatMap(formsOf)) assert.ok(!text.includes(form), text);
}

async function assertCleanError(call: Promise<unknown>): Promise<void> {
  const error = await failureOf(call);
  assertClean(`${error.stack} ${JSON.stringify(error)} ${inspect(error, { depth: 20, showHidden: true })}`);
}

/** Calls that send secrets in the fields of the schemas of Rhombus. */
const senders: [sent: string[], send: (client: RhombusClient) => Promise<unknown>][] = [
  [
    [apiToken, refreshToken, webhookSignatureSecret],
    (client) => client.call("updateGeneaIntegrationV2", { geneaSettings: secrets }),
  ],
  [
    [apiSecretKey, rhombusToken],
    (client) => {
      const kisiSettings = { apiSecretKey, placeToSettingsMap: { "7": { rhombusToken } } };
      return client.call("updateKisiIntegrationV2", { kisiSettings });
    },
  ],
  [
    [presharedSecret, rhombusToken],
    (client) => {
      const honeywellOnGuardSettings = { deploymentToSettingsMap: { [rhombusToken]: { presharedSecret } } };
      return client.call("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings });
    },
  ],
  [[rhombusToken], (client) => client.call("deleteHoneywellOnGuardIntegration", { rhombusToken })],
  [[apiToken], (client) => client.call("getGeneaDoors", { apiToken })],
];

describe("secrets of a client", () => {
  for (const [sent, send] of senders) {
    it(`that a call has sent are not in its error: ${sent}`, async () => {
      await withReplies({ status: 400, body: { msg: spilled(...sent) } }, ({ client }) =>
        assertCleanError(send(client)),
      );
    });
  }

  const learned = { body: { nested: [secrets] } };
  for (const [what, ...replies] of [
    ["a refusal", learned, { status: 400, body: { msg: everything } }],
    ["a web page", learned, { status: 404, body: `<title>${everything}</title>` }],
    ["failedGuids of an error", learned, { body: { error: true, failedGuids: [guid] } }],
    ["a refusal that has them itself", { status: 400, body: { ...secrets, msg: everything } }],
    ["an answer that has them itself", { body: { ...secrets, error: true, errorMsg: everything } }],
  ] satisfies [string, ...Reply[]][]) {
    it(`that were in an answer are in no error after ${what}`, async () => {
      await withReplies(replies, async ({ client }) => {
        for (const _ of replies.slice(1)) await client.call("getGeneaIntegration", {});
        await assertCleanError(client.call("getGeneaIntegration", {}));
      });
    });
  }

  it("are not in warnings", async () => {
    const names = { failedGuids: [guid], misconfiguredDoors: [guid] };
    const body = { ...secrets, ...names, warningMsg: everything, errorMsg: everything };
    await withReplies({ body }, async ({ client, warned }) => {
      await client.call("updateGeneaIntegrationV2", { geneaSettings: {} });
      assert.equal(warned.length, 4);
      assertClean(warned.join("\n"));
    });
  });

  it("are learned from the lines of a private key", () => {
    const { certificate: clientCertificate, key: clientKey } = selfSigned;
    const { client } = clientFor("https://rhombus.example", { clientCertificate, clientKey });
    const lines = selfSigned.key.split("\n").filter((line) => line.length === 64);
    assert.ok(lines.length > 1);
    for (const line of lines) assert.equal(client.redact(`before ${line} after`), "before [secret] after");
  });
});
