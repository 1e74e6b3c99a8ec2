import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { after, before, describe, it } from "mocha";
import { campusSeed, type Emulator, startEmulator } from "pulumi-rhombus/emulator";

const { acme } = campusSeed;
/** The outputs of the deployment. */
const outputs = { webhookUrl: "https://rhombus.example/hook/token-1", presharedSecret: "signing-key-1" };

describe("the program", () => {
  /** What the engine receives for each resource; secrets are wrapped. */
  const sent = new Map<string, Record<string, unknown>>();

  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => {
        sent.set(`${type} ${name}`, inputs);
        return { id: `${name}-id`, state: { ...inputs, ...outputs, arn: `arn:aws:test:${name}` } };
      },
      call: () => ({ uuid: acme.cameras.lobby.uuid }),
    });
    await import("./index.js");
    await pulumi.runtime.disconnect();
  });

  it("puts the webhook's URL and the signing key into Secrets Manager, as a secret", () => {
    const value = sent.get("aws:secretsmanager/secretVersion:SecretVersion onguard")?.secretString;
    assert.ok(pulumi.runtime.isRpcSecret(value));
    assert.deepEqual(JSON.parse(pulumi.runtime.unwrapRpcSecret(value)), outputs);
  });

  it("shows neither of them in clear to any resource of AWS, and not even as a secret to the Lambda", () => {
    const ofAws = [...sent].filter(([name]) => name.startsWith("aws:"));
    assert.equal(ofAws.length, 6);
    for (const [name, inputs] of ofAws) {
      const shown = JSON.stringify(inputs, (_, value) => (pulumi.runtime.isRpcSecret(value) ? "[secret]" : value));
      for (const value of Object.values(outputs)) assert.ok(!shown.includes(value), name);
      assert.equal(shown.includes("[secret]"), name.startsWith("aws:secretsmanager/secretVersion:"), name);
    }
  });

  it("lets the Lambda read this secret only", () => {
    const { policy } = sent.get("aws:iam/rolePolicy:RolePolicy connector-secret") ?? {};
    assert.match(`${policy}`, /"Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:test:onguard"/);
  });
});

describe("the Lambda", () => {
  const event = { alarm_name: "Granted Access", controller_id: 1, device_id: 4, cardholder_first_name: "Ada" };
  let emulator: Emulator;
  const lambda = import("./connector/index.mjs");
  let secret: object;
  // Stands in for Secrets Manager.
  const aws = createServer((_, response) => response.end(JSON.stringify({ SecretString: JSON.stringify(secret) })));

  before(async () => {
    emulator = await startEmulator();
    await new Promise<void>((resolve) => aws.listen(0, "127.0.0.1", resolve));
    const { port } = aws.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: "us-west-2",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      SECRET_ARN: "arn:aws:test:onguard",
    });
  });
  after(async () => {
    aws.close();
    await emulator.close();
  });

  it("signs the body as `openssl dgst -sha256 -hmac 'a key'` does", async () => {
    const { signatureOf } = await lambda;
    assert.equal(
      signatureOf('{"alarm_name":"Granted Access","controller_id":1,"device_id":4}', "a key"),
      "sha256=d9ec565566ce3372c6ac7109b0624d191a4774a7df4b04e32b8ff0c2c24ea096",
    );
  });

  it("posts a badge event that Rhombus accepts", async () => {
    const console = emulator.console(acme.orgUuid);
    const door = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid] };
    secret = console.addOnGuard({ doorInfoMap: { "1:4": door } });
    await (await lambda).handler(event);
    assert.deepEqual(
      console.events().map(({ doorName, cardholder }) => [doorName, cardholder]),
      [["Lobby", "Ada"]],
    );
  });

  it("throws if Rhombus refuses the event, without the URL and the key", async () => {
    const { webhookUrl } = emulator.console(acme.orgUuid).addOnGuard({});
    secret = { webhookUrl, presharedSecret: "another-key" };
    await assert.rejects((await lambda).handler(event), { message: "Rhombus answered the event with status 401." });
  });

  it("throws if the secret is incomplete", async () => {
    secret = { webhookUrl: "https://rhombus.example/hook" };
    await assert.rejects((await lambda).handler(event), /lacks webhookUrl or presharedSecret/);
  });
});
