import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { before, describe, it } from "mocha";

const webhook = { webhookUrl: "https://rhombus.example/hook", presharedSecret: "a signing key" };

/** The inputs that the engine received, by the type of the resource. */
const received = new Map<string, pulumi.runtime.MockResourceArgs["inputs"]>();

describe("the Kubernetes Secret and the connector", () => {
  before(async () => {
    pulumi.runtime.setAllConfig({ "project:connectorImage": "registry.example/connector:1" });
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => {
        received.set(type, inputs);
        return { id: name, state: { ...inputs, ...webhook, metadata: { name: `${name}-1a2b3c` } } };
      },
      call: ({ inputs }) => inputs,
    });
    const { connectorName } = await import("./index.js");
    await new Promise((resolve) => connectorName.apply(resolve));
  });

  it("gives the webhook's URL and the signing key to the Secret, as secrets", () => {
    const { stringData } = received.get("kubernetes:core/v1:Secret");
    assert.ok(pulumi.runtime.isRpcSecret(stringData));
    assert.deepEqual(pulumi.runtime.unwrapRpcSecret(stringData), webhook);
  });

  it("gives the connector the name of the Secret, and neither value", () => {
    const deployment = received.get("kubernetes:apps/v1:Deployment");
    const [{ env, image }] = deployment.spec.template.spec.containers;
    assert.equal(image, "registry.example/connector:1");
    assert.deepEqual(env, [
      { name: "RHOMBUS_WEBHOOK_URL", valueFrom: fromSecret("webhookUrl") },
      { name: "RHOMBUS_SIGNING_KEY", valueFrom: fromSecret("presharedSecret") },
    ]);
    for (const value of Object.values(webhook)) assert.ok(!JSON.stringify(deployment).includes(value));
  });
});

function fromSecret(key: string) {
  return { secretKeyRef: { name: "onguard-webhook-1a2b3c", key } };
}
