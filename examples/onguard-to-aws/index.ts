import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const lobby = rhombus.getCameraOutput({ name: "Lobby", location: "Headquarters" });

const badges = new rhombus.OnGuardIntegration("headquarters", {
  displayName: "Headquarters OnGuard",
  doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: [lobby.uuid] } },
});

// A value that is made of secrets is a secret: it is encrypted in the state, and previews show [secret].
const secret = new aws.secretsmanager.Secret("onguard", {
  description: "The address and the key with which badge events are posted to Rhombus.",
});
const version = new aws.secretsmanager.SecretVersion("onguard", {
  secretId: secret.id,
  secretString: pulumi.jsonStringify({ webhookUrl: badges.webhookUrl, presharedSecret: badges.presharedSecret }),
});

// The Lambda may read this secret and write its log, and nothing else.
const role = new aws.iam.Role("connector", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("connector-log", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});
const mayRead = new aws.iam.RolePolicy("connector-secret", {
  role: role.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn }],
  }),
});

// It gets the ARN of the secret and not its value, because many people may read the settings of a Lambda.
const connector = new aws.lambda.Function(
  "connector",
  {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.FileArchive("./connector"),
    environment: { variables: { SECRET_ARN: secret.arn } },
    timeout: 15,
  },
  { dependsOn: [version, mayRead] },
);

export const secretArn = secret.arn;
export const connectorName = connector.name;
