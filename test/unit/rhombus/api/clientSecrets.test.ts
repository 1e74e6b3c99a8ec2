import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import type { RhombusClient } from "../../../../provider/rhombus/api/client";
import { RhombusError } from "../../../../provider/rhombus/errors/rhombusError";
import { selfSigned } from "../../../certificates";
import { apiKey, clientFor, type Reply, type Scene, withReplies } from "../loopback";

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
const everything = [apiKey, ...Object.values(secrets)];

/** All secrets in one text, in each form. */
const spilled = everything
  .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  .join(" ");

const once = { maxRetries: "0", timeoutSeconds: "1" };
const guid = `uuid of ${everything.join(" and ")}`;

const failing: [what: string, reply: Reply][] = [
  ["400 in JSON", { status: 400, body: { msg: spilled } }],
  ["401 in JSON", { status: 401, body: { error: spilled } }],
  ["403 in JSON", { status: 403, body: { msg: spilled } }],
  ["404 in plain text", { status: 404, body: spilled }],
  ["429 in plain text", { status: 429, headers: { "retry-after": "1" }, body: spilled }],
  ["500 in JSON", { status: 500, body: { message: spilled } }],
  ["502 as a web page", { status: 502, body: `<title>${spilled.replaceAll("<", "")}</title>` }],
  ["error: true", { body: { error: true, errorMsg: spilled } }],
  ["error as a text", { body: { error: spilled } }],
  ["authError", { body: { authError: true, errorMsg: spilled } }],
  ["failedGuids of an error", { body: { error: true, failedGuids: [guid] } }],
  ["text instead of JSON", { body: spilled }],
  ["JSON of another shape", { body: { error: [spilled] } }],
  ["a connection that broke", "reset"],
  ["an answer that broke off", "cut off"],
];

function assertClean(text: string, where: string): void {
  for (const secret of everything) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      assert.ok(!text.includes(form), `${form} in ${where}: ${text}`);
    }
  }
}

function assertCleanError(error: unknown): void {
  assert.ok(error instanceof RhombusError, inspect(error));
  assertClean(error.message, "the message");
  assertClean(error.stack ?? "", "the stack");
  assertClean(JSON.stringify(error), "the JSON");
  assertClean(inspect(error, { depth: 20, showHidden: true, getters: true }), "the inspection");
}

/** Calls that send secrets in the fields of the vendor's schemas. */
const senders: [what: string, sent: string[], send: (client: RhombusClient) => Promise<unknown>][] = [
  [
    "Genea settings",
    [secrets.apiToken, secrets.refreshToken, secrets.webhookSignatureSecret],
    (client) => client.call("updateGeneaIntegrationV2", { geneaSettings: secrets }),
  ],
  [
    "Kisi settings",
    [secrets.apiSecretKey, secrets.rhombusToken],
    (client) => {
      const { apiSecretKey, rhombusToken } = secrets;
      const kisiSettings = { apiSecretKey, placeToSettingsMap: { "7": { rhombusToken } } };
      return client.call("updateKisiIntegrationV2", { kisiSettings });
    },
  ],
  [
    "OnGuard settings",
    [secrets.presharedSecret, secrets.rhombusToken],
    (client) => {
      const deploymentToSettingsMap = { [secrets.rhombusToken]: { presharedSecret: secrets.presharedSecret } };
      return client.call("updateHoneywellOnGuardIntegration", {
        honeywellOnGuardSettings: { deploymentToSettingsMap },
      });
    },
  ],
  [
    "an OnGuard token",
    [secrets.rhombusToken],
    (client) => client.call("deleteHoneywellOnGuardIntegration", { rhombusToken: secrets.rhombusToken }),
  ],
  ["a Genea token", [secrets.apiToken], (client) => client.call("getGeneaDoors", { apiToken: secrets.apiToken })],
];

/** The output of a scene for people. */
const outputOf = ({ warned, logged }: Scene) => [...warned, ...logged].join("\n");

describe("secrets of a client", () => {
  for (const [what, reply] of failing) {
    it(`in requests and answers are in no error after ${what}`, async () => {
      await withReplies(
        [{ body: { nested: [secrets] } }, {}, {}, {}, {}, reply],
        async (scene) => {
          for (const [, , send] of senders) await send(scene.client);
          assertCleanError(await scene.client.call("getOrgV2", {}).catch((reason: unknown) => reason));
          assertClean(outputOf(scene), "the output");
        },
        once,
      );
    });
  }

  for (const status of [200, 400, 500]) {
    it(`in a failed answer are not in the error of status ${status}`, async () => {
      const body = { ...secrets, error: true, errorMsg: spilled.replaceAll(apiKey, "") };
      await withReplies(
        { status, body },
        async ({ client }) => {
          assertCleanError(await client.call("getGeneaIntegration", {}).catch((reason: unknown) => reason));
        },
        once,
      );
    });
  }

  for (const [what, sent, send] of senders) {
    it(`in ${what} are not in the error of the same call`, async () => {
      const msg = [apiKey, ...sent].flatMap((secret) => [secret, encodeURIComponent(secret)]).join(" ");
      await withReplies(
        { status: 400, body: { msg } },
        async ({ client }) => {
          assertCleanError(await send(client).catch((reason: unknown) => reason));
        },
        once,
      );
    });
  }

  it("are not in warnings", async () => {
    const body = {
      ...secrets,
      warningMsg: spilled,
      failedGuids: [guid],
      misconfiguredDoors: [guid],
      errorMsg: spilled,
    };
    await withReplies({ body }, async (scene) => {
      await scene.client.call("updateGeneaIntegrationV2", { geneaSettings: {} });
      assert.equal(scene.warned.length, 4);
      assertClean(outputOf(scene), "the output");
    });
  });

  it("in the lines of a private key in a file are redacted in every text", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "rhombus-key-"));
    const [clientCertificate, clientKey] = [path.join(folder, "client.pem"), path.join(folder, "client.key")];
    writeFileSync(clientCertificate, selfSigned.certificate);
    writeFileSync(clientKey, selfSigned.key, { mode: 0o600 });
    const { client } = clientFor("https://rhombus.example", { clientCertificate, clientKey });
    rmSync(folder, { recursive: true });
    const lines = selfSigned.key.split("\n").filter((line) => line.length === 64);
    assert.ok(lines.length > 1);
    for (const line of lines) assert.equal(client.redact(`before ${line} after`), "before [secret] after");
  });

  it("are not in the error of a request that is not sent", async () => {
    await withReplies({}, async ({ client }) => {
      const request = { rhombusToken: "", note: secrets.apiToken };
      assertCleanError(
        await client.call("deleteHoneywellOnGuardIntegration", request).catch((reason: unknown) => reason),
      );
    });
  });
});
