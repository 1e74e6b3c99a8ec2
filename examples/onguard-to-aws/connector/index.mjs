// @ts-check
// The code of the Lambda. The SDK of AWS is part of Lambda's runtime.
import { createHmac } from "node:crypto";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/**
 * Posts a badge event of OnGuard to Rhombus. Throws if Rhombus does not accept it: Lambda then repeats an asynchronous
 * invocation. No error contains the URL or the key.
 * @param {Record<string, unknown>} event
 */
export async function handler(event) {
  const { webhookUrl, presharedSecret } = await readSecret();
  if (!URL.canParse(webhookUrl) || !presharedSecret) {
    throw new Error("Run `pulumi up`: the secret lacks webhookUrl or presharedSecret.");
  }
  const body = JSON.stringify(event);
  const response = await fetch(webhookUrl, {
    method: "POST",
    headers: { "content-type": "application/json", "x-rhombus-signature": signatureOf(body, presharedSecret) },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`Rhombus answered the event with status ${response.status}.`);
}

/**
 * The signature of a body: HMAC-SHA256 of its bytes under the text of the key.
 * @param {string} body
 * @param {string} key
 */
export function signatureOf(body, key) {
  return `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
}

/** Reads the secret each time, because it changes when the deployment is created again. */
async function readSecret() {
  const { SecretString } = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: process.env.SECRET_ARN }),
  );
  return JSON.parse(SecretString ?? "{}");
}
