import assert from "node:assert/strict";
import { log, runtime } from "@pulumi/pulumi";
import sinon from "sinon";
import * as rhombus from "../../../../provider";
import { settingNames } from "../../../../provider/rhombus/settings/settingNames";
import { mockEngine } from "../mocked";

describe("An unknown setting in the stack config", () => {
  let warnings: sinon.SinonStub<Parameters<typeof log.warn>>;
  beforeEach(() => {
    warnings = sinon.stub(log, "warn").resolves();
  });
  afterEach(() => sinon.restore());
  const said = () => warnings.args.map(([message]) => message);

  it("produces one warning per program, with the nearest setting", async () => {
    await mockEngine({ config: { "rhombus:apikey": "canary", "rhombus:maxconcurency": "3", "other:apikey": "x" } });
    new rhombus.AccessControlGroup("one");
    new rhombus.OnGuardIntegration("two");
    new rhombus.Provider("three");
    assert.deepEqual(said(), [
      "rhombus:apikey is set in the stack config, and there is no such setting. Did you mean rhombus:apiKey?",
      "rhombus:maxconcurency is set in the stack config, and there is no such setting. Did you mean rhombus:maxConcurrency?",
    ]);
  });

  it("produces a warning again in the next program of a process, also if that program has only a provider", async () => {
    for (const _run of ["first", "second"]) {
      await mockEngine({ config: { "rhombus:endpointUrl": "x" } });
      new rhombus.Provider("one");
    }
    assert.equal(said().length, 2);
    assert.match(said()[1] ?? "", /Did you mean rhombus:endpoint\?$/);
  });

  it("is not shown if it may be a key or has invisible characters", async () => {
    const key = "rbs_CANARYCANARY0123456789abc";
    await mockEngine({ config: { [`rhombus:${key}`]: "apiKey", "rhombus:\u202eeno\u200b": "x" } });
    new rhombus.AccessControlGroup("one");
    assert.equal(said().length, 2);
    assert.doesNotMatch(said().join(), /CANARY|\p{Cf}/u);
    assert.match(said()[0] ?? "", /^rhombus: followed by 29 characters, not shown, is set in the stack config/);
  });

  it("produces a warning that lists all settings if none is near", async () => {
    await mockEngine({ config: { "rhombus:colour": "red" } });
    new rhombus.AccessControlGroup("one");
    assert.ok(said()[0]?.endsWith(`There are ${settingNames.join(", ")}.`), said()[0]);
  });

  it("is ignored in a project of that name", async () => {
    await mockEngine();
    await runtime.setMocks({ call: ({ inputs }) => inputs, newResource: () => ({ id: "id", state: {} }) }, "rhombus");
    runtime.setAllConfig({ "rhombus:colour": "red" });
    new rhombus.AccessControlGroup("one");
    assert.deepEqual(said(), []);
  });

  it("is none of the existing settings", async () => {
    await mockEngine();
    const config = Object.fromEntries(settingNames.map((name) => [`rhombus:${name}`, "x"]));
    runtime.setAllConfig(config, Object.keys(config));
    new rhombus.AccessControlGroup("one");
    assert.deepEqual(said(), []);
  });
});

describe("A secret in the stack config", () => {
  const pem = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";
  let warnings: sinon.SinonStub<Parameters<typeof log.warn>>;
  beforeEach(async () => {
    warnings = sinon.stub(log, "warn").resolves();
    await mockEngine();
  });
  afterEach(() => sinon.restore());
  const said = () => warnings.args.map(([message]) => message).join("\n");

  it("produces a warning if it is unencrypted, without its value", () => {
    runtime.setAllConfig({ "rhombus:apiKey": "canary", "rhombus:clientKey": pem, "rhombus:region": "eu" }, []);
    new rhombus.AccessControlGroup("one");
    assert.match(
      said(),
      /^rhombus:apiKey is stored unencrypted in the stack config, and in the state as well\. Encrypt it with/,
    );
    assert.match(said(), /`pulumi config set --secret rhombus:clientKey`/);
    assert.doesNotMatch(said(), /canary|region/);
  });

  it("produces no warning if it is encrypted, or is the path of a secret", () => {
    const config = { "rhombus:apiKey": "canary", "rhombus:clientKey": "key.pem", "rhombus:clientCertificate": "x.pem" };
    runtime.setAllConfig(config, ["rhombus:apiKey"]);
    new rhombus.AccessControlGroup("one");
    assert.equal(said(), "");
  });
});
