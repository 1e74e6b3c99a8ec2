import assert from "node:assert/strict";
import { environmentSecrets } from "../../../../provider/rhombus/redaction/environmentSecrets";

describe("secrets in the environment", () => {
  for (const name of ["PULUMI_CONFIG_PASSPHRASE", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DB_PASSWORD", "api_key"]) {
    it(`include ${name}`, () => {
      assert.deepEqual(environmentSecrets({ [name]: " canary-8 ", OTHER: "canary-9" }), ["canary-8"]);
    });
  }

  it("exclude values of fewer than 8 characters", () => {
    assert.deepEqual(
      environmentSecrets({ PULUMI_CONFIG_PASSPHRASE: "seven77", GITHUB_TOKEN: "", DB_PASSWORD: undefined }),
      [],
    );
  });

  it("exclude references to a secret", () => {
    const env = {
      PULUMI_CONFIG_PASSPHRASE_FILE: "passphrase.txt",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      RHOMBUS_CLIENT_KEY: "/home/ada/keys/client.pem",
      TOKENIZER: "something",
      PATH: "/usr/local/bin",
    };
    assert.deepEqual(environmentSecrets(env), []);
    assert.deepEqual(environmentSecrets({ RHOMBUS_CLIENT_KEY: "certs/client.pem" }), []);
  });

  it("include the lines of a private key", () => {
    const line = "MC4CAQAwBQYDK2VwBCIEIDmiJvgX";
    const key = `-----BEGIN PRIVATE KEY-----\n${line}\n${line.toLowerCase()}\nshort==\n-----END PRIVATE KEY-----\n`;
    assert.deepEqual(environmentSecrets({ RHOMBUS_CLIENT_KEY: key }), [line, line.toLowerCase()]);
    assert.deepEqual(environmentSecrets({ RHOMBUS_CLIENT_KEY: line }), [line]);
  });

  it("include the credentials of proxies, encoded and decoded", () => {
    const env = { HTTPS_PROXY: "http://ada:pa%40ssword@proxy.example:3128", http_proxy: "another-token@proxy.example" };
    const secrets = ["ada:pa%40ssword", "ada:pa@ssword", "pa%40ssword", "pa@ssword", ...Array(4).fill("another-token")];
    assert.deepEqual(environmentSecrets(env), secrets);
    assert.deepEqual(environmentSecrets({ HTTPS_PROXY: "http://proxy.example:31280", NO_PROXY: "a.example:8@" }), []);
  });
});
