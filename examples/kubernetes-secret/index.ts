import { apps, core } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const config = new pulumi.Config();

const onGuard = new rhombus.OnGuardIntegration("hq", {
  displayName: "HQ OnGuard",
  doorInfoMap: { "1:4": { doorName: "Lobby" } },
});

// The name ends with random characters. New values make a new Secret, and the Deployment starts new pods that read it.
const secret = new core.v1.Secret("onguard-webhook", {
  immutable: true,
  stringData: { webhookUrl: onGuard.webhookUrl, presharedSecret: onGuard.presharedSecret },
});

const labels = { app: "onguard-connector" };

const connector = new apps.v1.Deployment("onguard-connector", {
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        containers: [
          {
            name: "connector",
            image: config.require("connectorImage"),
            env: [
              { name: "RHOMBUS_WEBHOOK_URL", valueFrom: fromSecret("webhookUrl") },
              { name: "RHOMBUS_SIGNING_KEY", valueFrom: fromSecret("presharedSecret") },
            ],
          },
        ],
      },
    },
  },
});

function fromSecret(key: string) {
  return { secretKeyRef: { name: secret.metadata.name, key } };
}

export const secretName = secret.metadata.name;
export const connectorName = connector.metadata.name;
