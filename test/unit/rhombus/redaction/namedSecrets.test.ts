import assert from "node:assert/strict";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { failureOf, withReplies } from "../loopback";

const fields = [
  "apiToken",
  "apiSecretKey",
  "refreshToken",
  "rhombusToken",
  "presharedSecret",
  "webhookSignatureSecret",
  "webhookUrl",
  "x-auth-apikey",
];

/** The forms of a name and its value in a text. */
const forms: [form: string, write: (field: string, value: string) => string][] = [
  ["JSON", (field, value) => `{"${field}":"${value}"}`],
  ["JSON with spaces", (field, value) => `{ "${field}" : "${value}" }`],
  ["JSON in JSON", (field, value) => `{\\"${field}\\":\\"${value}\\"}`],
  ["JSON in JSON in JSON", (field, value) => `{\\\\\\"${field}\\\\\\":\\\\\\"${value}\\\\\\"}`],
  ["JSON cut short", (field, value) => `{"${field}":"${value}`],
  ["JSON in JSON cut short", (field, value) => `{\\"${field}\\":\\"${value}\\`],
  ["JSON for web pages", (field, value) => `{&quot;${field}&quot;:&quot;${value}&quot;}`],
  ["JSON in a URL", (field, value) => `%7B%22${field}%22%3A%22${value}%22%7D`],
  ["a form", (field, value) => `a=1&${field}=${value}&b=2`],
  ["a header", (field, value) => `${field}: ${value}`],
  ["a Java object", (field, value) => `Settings(a=1, ${field}=${value}, b=Optional.empty)`],
  ["XML", (field, value) => `<${field}>${value}</${field}>`],
  ["a list", (field, value) => `"${field}": ["${value}"]`],
  ["a sentence", (field, value) => `the ${field} "${value}" is refused`],
  ["other letters", (field, value) => `${field.toUpperCase()}=${value}`],
];

/** A value that no redactor has learned. */
const canary = (field: string) => `CANARY-${fields.indexOf(field)}/+a=`;

describe("secrets that a text names", () => {
  for (const [form, write] of forms) {
    it(`are redacted in ${form}`, () => {
      for (const field of fields) {
        const redacted = new Redactor().redact(`before ${write(field, canary(field))}`);
        assert.doesNotMatch(redacted, /CANARY/, redacted);
        assert.match(redacted, /^before .*\[secret\]/);
      }
    });
  }

  for (const [text, redacted] of [
    ['{"apiToken":"a\\"b c","x":"y"}', '{"apiToken":"[secret]","x":"y"}'],
    ['{"apiToken":"a\\\\","x":"y"}', '{"apiToken":"[secret]","x":"y"}'],
    ['{\\"apiToken\\":\\"a\\\\\\"b c\\",\\"x\\":1}', '{\\"apiToken\\":\\"[secret]\\",\\"x\\":1}'],
    ["apiToken=first,refreshToken=second", "apiToken=[secret],refreshToken=[secret]"],
    ['apiToken: presharedSecret: "v w"', 'apiToken: presharedSecret: "[secret]"'],
    ['"apiToken":{"value":"v w"}', '"apiToken":[secret]'],
    ["apiToken: hunter22. Try again.", "apiToken: [secret]. Try again."],
  ] as const) {
    it(`are redacted up to the end of the value: ${text}`, () => assert.equal(new Redactor().redact(text), redacted));
  }

  for (const text of [
    "Check apiToken, which Genea does not accept. The key is right.",
    '"apiToken" and "refreshToken" are missing',
    '{"rhombusToken":null,"apiToken":"","webhookUrl":false}',
    "text expected at orgIntegrationV2.rhombusToken.",
    'webhookUrl: [webhook URL] and "webhookUrl":"[webhook URL]"',
    "apiToken: [secret].",
  ]) {
    it(`are not redacted without a value: ${text}`, () => assert.equal(new Redactor().redact(text), text));
  }

  it("include keys of deployments in the form of a token", () => {
    const redacted = new Redactor().redact('at {"deploymentToSettingsMap":{"Y1vE5bXrQvqmgMIFBqNtEA":{"HQ":1');
    assert.equal(redacted, 'at {"deploymentToSettingsMap":{"[secret]":{"HQ":1');
  });

  it("are redacted in linear time", () => {
    const text = `${'{"apiToken":"'.repeat(100_000)} ${"apiToken=x,".repeat(100_000)} ${"\\".repeat(100_000)}"`;
    assert.ok(new Redactor().redact(text).length < text.length);
  });

  it("are learned from a truncated answer that has them in full", async () => {
    const body = '{"rhombusToken":"CANARY-1","presharedSecret":"CANARY\\u002d\\"2","webhookUrl":"htt';
    const later = { status: 400, body: 'CANARY-1 and CANARY-"2 are refused' };
    await withReplies([{ body }, later], async ({ client }) => {
      await failureOf(client.call("createOrUpdateHoneywellOnGuardIntegration", { displayName: "HQ" }));
      const error = await failureOf(client.call("getOrgV2", {}));
      assert.match(error.message, /400 \[secret\] and \[secret\] are refused/);
    });
  });
});
