import assert from "node:assert/strict";
import sinon from "sinon";
import { secretFields } from "../../../../provider/rhombus/redaction/namedSecrets";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { itLong } from "../../../longRun";

const secret = 's3cr/et "kéy"=&+\\x';

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  redactor.add(...secrets);
  return redactor;
}

describe("redactor", () => {
  for (const [form, written] of [
    ["as it is", secret],
    ["in a URL", encodeURIComponent(secret)],
    ["in a URL with small hexadecimal digits", encodeURIComponent(secret).toLowerCase()],
    ["in a form, where + is a space", encodeURIComponent(secret).replaceAll("%20", "+")],
    ["in JSON", JSON.stringify(secret).slice(1, -1)],
    ["in JSON with escaped slashes", JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/")],
    ["in HTML", secret.replaceAll("&", "&amp;").replaceAll('"', "&quot;")],
    ["in HTML with numbers", secret.replaceAll("&", "&#38;").replaceAll('"', "&#x22;")],
    ["in base64", Buffer.from(secret).toString("base64")],
    ["in base64 for URLs", Buffer.from(secret).toString("base64url")],
    ["in JSON for web pages", JSON.stringify(secret).slice(1, -1).replace(/[=&]/g, unicodeEscape)],
    ["in JSON in JSON", inJson(inJson(secret))],
    ["in JSON in a URL", encodeURIComponent(inJson(secret))],
    ["in a URL in HTML", encodeURI(secret).replaceAll("&", "&amp;")],
    ["in a URL that encodes some characters only", secret.replace(/["&]/g, encodeURIComponent)],
  ] as const) {
    it(`redacts a secret ${form}`, () => {
      assert.match(redactorOf(secret).redact(`before ${written} after`), /^before \[secret\].?={0,2} after$/);
    });
  }

  it("learns secrets however deep they are", () => {
    const redactor = new Redactor();
    let deep: object = { rhombusToken: "the-deepest" };
    for (let level = 0; level < 200_000; level += 1) deep = [{ inner: deep }];
    redactor.learn(deep);
    assert.equal(redactor.redact("the-deepest"), "[secret]");
  });

  itLong("learns more secrets from one object than a function takes arguments", async () => {
    const ids = Array.from({ length: 130_000 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`);
    const answer = { deploymentToSettingsMap: Object.fromEntries(ids.map((id) => [id, null])) };
    assert.doesNotThrow(() => new Redactor().learn(answer));
  });

  it("redacts every occurrence of every secret", () => {
    const redacted = redactorOf("alpha", "beta", "beta-long").redact("alpha beta alphabeta-long a.pha gamma");
    assert.equal(redacted, "[secret] [secret] [secret][secret] a.pha gamma");
  });

  for (const before of ["", "k", "ke"]) {
    it(`redacts a secret in the base64 of a longer text, after ${JSON.stringify(before)}`, () => {
      const long = "abcdefghijklmnopqrstuv";
      const encoded = Buffer.from(`${before}${long}:x`).toString("base64");
      const clean = redactorOf(long).redact(encoded);
      assert.match(clean, /^.{0,7}\[secret\].{0,6}$/);
    });
  }

  it("redacts the beginning or the end of a long secret", () => {
    const redactor = redactorOf("abcdefghijklmnopqrstuv");
    const redacted = redactor.redact("abcdefghijkl… abcdefghijklmno …klmnopqrstuv abcdefghijk lmnopqrstuv");
    assert.equal(redacted, "[secret]… [secret]mno …[secret] abcdefghijk lmnopqrstuv");
  });

  it("redacts secrets of any length and number", () => {
    const redactor = new Redactor();
    const [long, longer] = ["one/", 'two="'].map((text, at) => `${text.repeat(3_000)}${at}`);
    const many = Array.from({ length: 500 }, (_, at) => `secret number ${at} of many`);
    redactor.add(long, longer, ...many);
    for (const secret of [long, longer, JSON.stringify(longer).slice(1, -1), many[0], many[499]]) {
      assert.match(redactor.redact(`before ${secret} after`), /^before (\[secret\])+ after$/);
    }
  });

  for (const part of ["/", "\\", '"', "%", "&", " ", "+", "é", "-", "\u001b", "a\udc00", '\\"', "\\/", "\\\n"]) {
    it(`is fast on a text that only begins like a secret of many ${JSON.stringify(part)}`, () => {
      const many = part.repeat(80);
      const redactor = redactorOf(`${many}a`);
      const inJson = JSON.stringify(many).slice(1, -1);
      const encoded = encodeURIComponent(Buffer.from(many).toString());
      for (const written of [many, inJson, encoded, many.replaceAll("\\", "\\\\"), JSON.stringify(inJson)]) {
        assert.equal(redactor.redact(`${written}b`).endsWith("b"), true);
      }
      assert.equal(redactor.redact(JSON.stringify(`${many}a`).slice(1, -1)), "[secret]");
    });
  }

  for (const [part, size] of [
    ['\\\\"%2525&amp;quot;', 250_000],
    ["%25", 1_000_000],
    ["s3cr/et ", 1_000_000],
  ] as const) {
    it(`takes time in proportion to a text of many ${JSON.stringify(part)}`, function () {
      this.timeout(120_000);
      const redactor = redactorOf(secret, part.repeat(200), `${part.repeat(100)}x`);
      const timeOf = (length: number) => {
        const text = `${part.repeat(length / part.length)}y`;
        const startedAt = performance.now();
        redactor.redact(text);
        return performance.now() - startedAt;
      };
      timeOf(50_000);
      const [short, long] = [timeOf(size), timeOf(2 * size)];
      assert.ok(long < 6 * short, `${Math.round(short)} ms, ${Math.round(long)} ms for twice the text`);
    });
  }

  it("withholds a text that it cannot redact", () => {
    const redactor = redactorOf(secret);
    sinon.stub(String.prototype, "replace").throws(new RangeError("Invalid string length"));
    const redacted = redactor.redact("text");
    sinon.restore();
    assert.equal(redacted, "[a text that could not be redacted]");
  });

  it("replaces invisible characters, and redacts a secret that contained them", () => {
    const redactor = redactorOf("two words");
    assert.equal(
      redactor.redact("\u202etxet\u{e0041}\u200b of two\u0000words\n\ton\u009b2J"),
      "\ufffdtxet\ufffd\ufffd of [secret]\n\ton 2J",
    );
    assert.equal(redactor.withoutSecrets("\u202etwo words"), "\u202e[secret]");
  });

  it("redacts no part of a short secret, and not the beginning of an address", () => {
    const redactor = redactorOf("fifteen-letters", "https://api2.rhombus.example/hook/abcdefghijklmnopqrstuv");
    const text = "fifteen-lett een-letters https://api2.rhombus.example/api";
    assert.equal(redactor.redact(text), text);
    assert.equal(redactor.redact("…/abcdefghijkl…"), "…/[secret]…");
  });

  it("ignores values of fewer than 4 characters", () => {
    const redactor = redactorOf("", "abc");
    redactor.add(undefined, null);
    assert.equal(redactor.redact("abc undefined null"), "abc undefined null");
  });

  it("learns a secret after it has been used", () => {
    const redactor = redactorOf("first-one");
    redactor.redact("first-one");
    redactor.add("second-one");
    assert.equal(redactor.redact("first-one second-one"), "[secret] [secret]");
  });

  for (const field of secretFields) {
    it(`learns ${field} at any depth`, () => {
      const redactor = new Redactor();
      redactor.learn({ settings: { places: [{ [field]: `value-of-${field}` }] }, name: "plain" });
      assert.equal(redactor.redact(`value-of-${field} plain`), "[secret] plain");
    });
  }

  it("learns the keys of deployments that look like tokens and no others", () => {
    const redactor = new Redactor();
    redactor.learn({ deploymentToSettingsMap: { Y1vE5bXrQvqmgMIFBqNtEA: {}, "HQ OnGuard": {} } });
    assert.equal(redactor.redact("Y1vE5bXrQvqmgMIFBqNtEA HQ OnGuard"), "[secret] HQ OnGuard");
  });

  for (const url of [
    "https://hooks.rhombus.example/webhook/onguard/abc",
    "HTTPS://api2.rhombus.example/api/badgeWebhooks?x=1",
    "https:\\/\\/api2.rhombus.example\\/webhook\\/abc",
    "https%3A%2F%2Fapi2.rhombus.example%2Fwebhook%2Fabc",
  ]) {
    it(`redacts a webhook URL that it has not learned: ${url}`, () => {
      assert.equal(new Redactor().redact(`posted to ${url} "twice"`), 'posted to [webhook URL] "twice"');
    });
  }

  it("is fast on a text of a million characters with the beginnings of many addresses", () => {
    const text = "http://".repeat(150_000);
    assert.equal(new Redactor().redact(text), text);
    assert.equal(new Redactor().redact(`${text}webhook`), "[webhook URL]");
  });

  it("does not change other addresses", () => {
    const text = "see https://api2.rhombussystems.com/api/org/getOrgV2";
    assert.equal(new Redactor().redact(text), text);
  });
});

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscape(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}
