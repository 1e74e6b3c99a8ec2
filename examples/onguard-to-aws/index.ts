import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const badges = new rhombus.OnGuardIntegration("headquarters", { displayName: "Headquarters OnGuard" });

const secret = new aws.secretsmanager.Secret("onguard", {
  description: "Where and with which key OnGuard posts its badge events to Rhombus.",
});

export const version = new aws.secretsmanager.SecretVersion("onguard", {
  secretId: secret.id,
  secretString: pulumi.jsonStringify({ webhookUrl: badges.webhookUrl, presharedSecret: badges.presharedSecret }),
});
