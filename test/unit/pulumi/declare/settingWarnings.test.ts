import assert from "node:assert/strict";
import { log, runtime } from "@pulumi/pulumi";
import sinon from "sinon";
import * as rhombus from "../../../../provider";
import { settingNames } from "../../../../provider/rhombus/settings/settingNames";
import { mockEngine } from "../mocked";

describe("A warning about the stack config", () => {
  let warnings: sinon.SinonStub<Parameters<typeof log.warn>>;
  beforeEach(async () => {
    warnings = sinon.stub(log, "warn").resolves();
    await mockEngine();
  });
  afterEach(() => sinon.restore());

  /** The warnings of a program with this stack config. */
  const warningsFor = (config: Record<string, string>, secrets: readonly string[] = []) => {
    runtime.setAllConfig(config, [...secrets]);
    new rhombus.AccessControlGroup("one");
    return warnings.args.map(([message]) => message);
  };

  it("names an unknown setting once per program, with the nearest setting", async () => {
    const config = { "rhombus:apikey": "canary", "rhombus:maxconcurency": "3", "other:apikey": "x" };
    const unknown = "is set in the stack config, and there is no such setting. Did you mean";
    const expected = [
      `rhombus:apikey ${unknown} rhombus:apiKey?`,
      `rhombus:maxconcurency ${unknown} rhombus:maxConcurrency?`,
    ];
    assert.deepEqual(warningsFor(config), expected);
    new rhombus.OnGuardIntegration("two");
    new rhombus.Provider("three");
    assert.equal(warnings.callCount, 2);
    await mockEngine({ config });
    new rhombus.Provider("in another program");
    assert.equal(warnings.callCount, 4);
  });

  it("does not show a setting that may be a key or has invisible characters", () => {
    const key = "rbs_CANARYCANARY0123456789abc";
    const [first = "", ...others] = warningsFor({ [`rhombus:${key}`]: "apiKey", "rhombus:\u202eeno\u200b": "x" });
    assert.match(first, /^rhombus: followed by 29 characters, not shown, is set in the stack config/);
    assert.doesNotMatch([first, ...others].join(), /CANARY|\p{Cf}/u);
    assert.equal(others.length, 1);
  });

  it("lists all settings if none is near", () => {
    const [warning] = warningsFor({ "rhombus:colour": "red" });
    assert.ok(warning?.endsWith(`There are ${settingNames.join(", ")}.`), warning);
  });

  it("is not shown for an existing setting, an encrypted secret or the path of a secret", () => {
    const config = Object.fromEntries(settingNames.map((name) => [`rhombus:${name}`, "x.pem"]));
    assert.deepEqual(warningsFor(config, ["rhombus:apiKey"]), []);
  });

  describe("and the environment", () => {
    const exported = { RHOMBUS_API_KEY: "canary", RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:4010/canary" };
    const secret = ["rhombus:apiKey"];
    beforeEach(() => sinon.replace(process, "env", { ...process.env, ...exported }));

    it("names the variables that are ignored beside a key of the stack, once per program", () => {
      const shown = warningsFor({ "rhombus:apiKey": "canary" }, secret);
      new rhombus.Provider("two");
      assert.deepEqual(shown, [
        "RHOMBUS_API_KEY, RHOMBUS_ENDPOINT_URL in the environment are ignored: rhombus:apiKey gives the key, and the endpoint " +
          "comes from the same source. To use them, select another stack, or remove rhombus:apiKey.",
      ]);
      assert.equal(warnings.callCount, 1);
    });

    it("names an endpoint without a key, and the stack's profile", () => {
      process.env.RHOMBUS_API_KEY = "";
      const [shown = ""] = warningsFor({ "rhombus:profile": "acme" });
      assert.match(shown, /^RHOMBUS_ENDPOINT_URL in the environment is ignored: rhombus:profile gives the key/);
    });

    it("has no warning about variables that are used", () => {
      assert.deepEqual(warningsFor({ "rhombus:region": "eu" }), []);
      Object.assign(process.env, { RHOMBUS_API_KEY: "", RHOMBUS_ENDPOINT_URL: "", RHOMBUS_REGION: "eu" });
      assert.deepEqual(warningsFor({ "rhombus:apiKey": "canary" }, secret), []);
    });
  });

  it("is not shown in a project named rhombus", async () => {
    await runtime.setMocks({ call: ({ inputs }) => inputs, newResource: () => ({ id: "id", state: {} }) }, "rhombus");
    assert.deepEqual(warningsFor({ "rhombus:colour": "red" }), []);
  });

  it("names an unencrypted secret, without its value", () => {
    const pem = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";
    const shown = warningsFor({ "rhombus:apiKey": "canary", "rhombus:clientKey": pem, "rhombus:region": "eu" }).join();
    assert.match(
      shown,
      /^rhombus:apiKey is stored unencrypted in the stack config, and in the state as well\. Encrypt/,
    );
    assert.match(shown, /`pulumi config set --secret rhombus:clientKey`/);
    assert.doesNotMatch(shown, /canary|region/);
  });
});
