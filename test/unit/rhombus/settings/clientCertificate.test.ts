import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Authority, type Certified, formsOf, selfSigned } from "../../../certificates";
import { problemOf as problemIn, resolve as resolveIn, type Values } from "./resolving";

const apiKey = "k3yK3yK3yK3yK3yK3yK3yA";

describe("settings: the client certificate", function () {
  this.timeout(30_000);
  let authority: Authority;
  let valid: Certified;
  let home = "";
  before("makes certificates", () => {
    authority = new Authority();
    valid = authority.issue();
    home = mkdtempSync(path.join(tmpdir(), "rhombus-home-"));
    mkdirSync(path.join(home, "certs"));
    writeFileSync(path.join(home, "certs/client.pem"), valid.certificate);
    writeFileSync(path.join(home, "certs/client.key"), valid.key);
    writeFileSync(path.join(home, "certs/client.der"), formsOf(valid.key).der);
    writeFileSync(path.join(home, "certs/large"), Buffer.alloc(1024 * 1024 + 1));
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  const resolve = (config: Values, env: Values = {}) => resolveIn({ apiKey, ...config }, env, home);
  const problemOf = (config: Values, env: Values = {}) =>
    problemIn(/PRIVATE KEY-----\n|MII|MHc|k3yK3y|CANARY/, { apiKey, ...config }, env, home);

  it("may be text, and has its origin", () => {
    const { clientCertificate, sources, warnings } = resolve({
      clientCertificate: valid.certificate,
      clientKey: valid.key,
    });
    assert.deepEqual(clientCertificate, valid);
    assert.equal(sources.clientCertificate, "rhombus:clientCertificate");
    assert.deepEqual(warnings, []);
  });

  it("may be a file in the home folder, with an absolute path, or relative to the working directory", () => {
    const absolute = ` ${home}/certs/client.key\n`;
    for (const file of ["~/certs/client.pem", path.relative(process.cwd(), path.join(home, "certs/client.pem"))]) {
      assert.deepEqual(resolve({ clientCertificate: file, clientKey: absolute }).clientCertificate, valid);
    }
  });

  it("may come from the environment, with escaped line breaks", () => {
    const env = {
      RHOMBUS_API_KEY: apiKey,
      RHOMBUS_CLIENT_CERTIFICATE: valid.certificate.replaceAll("\n", "\\n"),
      RHOMBUS_CLIENT_KEY: valid.key,
    };
    const { clientCertificate, sources } = resolve({ apiKey: undefined }, env);
    assert.equal(clientCertificate?.certificate.trim(), valid.certificate.trim());
    assert.equal(sources.clientCertificate, "RHOMBUS_CLIENT_CERTIFICATE");
  });

  const works: [title: string, make: () => Certified][] = [
    ["a negative serial number", () => authority.issue({ serialNumber: "ff01" })],
    ["an EC key", () => selfSigned],
    ["a key as PKCS#1", () => ({ ...valid, key: formsOf(valid.key).pkcs1 })],
    [
      "an EC key behind its parameters",
      () => {
        const key = createPrivateKey(selfSigned.key).export({ type: "sec1", format: "pem" });
        const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----";
        return { ...selfSigned, key: `${parameters}\n${key}` };
      },
    ],
    [
      "its authority's certificate after it",
      () => ({ ...valid, certificate: valid.certificate + authority.certificate }),
    ],
    [
      "key and certificate in one file",
      () => ({ key: valid.key + valid.certificate, certificate: valid.key + valid.certificate }),
    ],
    [
      "line breaks of Windows",
      () => ({
        key: valid.key.replaceAll("\n", "\r\n"),
        certificate: `\uFEFF${valid.certificate.replaceAll("\n", "\r\n")}`,
      }),
    ],
  ];
  for (const [title, make] of works) {
    it(`works with ${title}`, () => {
      const { certificate, key } = make();
      assert.ok(resolve({ clientCertificate: certificate, clientKey: key }).clientCertificate);
    });
  }

  const wrong: [title: string, make: () => Values, expectedText: RegExp][] = [
    ["without its key", () => ({ clientKey: undefined }), /Certificate: is set without its private key \(/],
    ["without itself", () => ({ clientCertificate: undefined }), /^rhombus:clientKey: is set without the certificate/],
    [
      "with another key",
      () => ({ clientKey: selfSigned.key }),
      /^rhombus:clientKey: is not the key of the certificate/,
    ],
    [
      "with an encrypted key",
      () => ({ clientKey: formsOf(valid.key).encrypted }),
      /Key: is encrypted with a passphrase/,
    ],
    [
      "that is a key",
      () => ({ clientCertificate: valid.key }),
      /Certificate: contains no certificate; are the .* swapped\?$/,
    ],
    [
      "whose key is a certificate",
      () => ({ clientKey: valid.certificate }),
      /Key: contains no private key; are the key and/,
    ],
    [
      "with half a key",
      () => ({ clientKey: valid.key.slice(0, 500) }),
      /Key: contains a private key that cannot be read; is/,
    ],
    [
      "that is a half",
      () => ({ clientCertificate: valid.certificate.slice(0, 500) }),
      /: contains a certificate that cannot/,
    ],
    [
      "that has expired",
      () => ({ clientCertificate: authority.issue({ fromDays: -3, toDays: -2 }).certificate }),
      /Certificate: the certificate expired on \d{4}-\d\d-\d\d; get a new one$/,
    ],
    [
      "of tomorrow",
      () => ({ clientCertificate: authority.issue({ fromDays: 1 }).certificate }),
      /valid only from \d{4}-\d\d-\d\d on; check this machine's clock$/,
    ],
    [
      "in a missing file",
      () => ({ clientCertificate: "~/certs/none.pem" }),
      /Certificate: the file that it names does not exist; ~ starts from \/.*$/,
    ],
    [
      "with a key in a file that is not there",
      () => ({ clientKey: "certs/none.key" }),
      /Key: the file that it names does not exist; a relative path starts from \/.*$/,
    ],
    [
      "with a key of which only the middle is there",
      () => ({ clientKey: valid.key.split("\n").slice(1, -2).join("\n") }),
      /: is neither PEM text, which begins with -----BEGIN, nor the path of a file$/,
    ],
    [
      "that is an API key",
      () => ({ clientCertificate: "rbs_CANARYCANARY0123456789abc" }),
      /: the file that it names does/,
    ],
    [
      "that is a line of its key",
      () => ({ clientCertificate: valid.key.split("\n")[1] }),
      /: the file that it names does/,
    ],
    ["in a missing file with an absolute path", () => ({ clientCertificate: "/none.pem" }), /names does not exist$/],
    ["in a folder", () => ({ clientCertificate: "~/certs" }), /: the file that it names is not a file; ~ starts fr/],
    ["in a file that is too large", () => ({ clientCertificate: "~/certs/large" }), /names is larger than 1 MiB; ~ st/],
    [
      "with a key that is not PEM",
      () => ({ clientKey: "~/certs/client.der" }),
      /: the file that it names contains no PEM text/,
    ],
    ["for http", () => ({ endpoint: "http://127.0.0.1:80" }), /Certificate: can be used only over https, and the end/],
  ];
  for (const [title, make, expectedText] of wrong) {
    it(`is refused ${title}`, () => {
      assert.match(problemOf({ clientCertificate: valid.certificate, clientKey: valid.key, ...make() }), expectedText);
    });
  }

  it("causes a warning in its last two weeks", () => {
    const warningsOf = (toDays: number) =>
      resolve({ clientCertificate: authority.issue({ toDays }).certificate, clientKey: valid.key }).warnings;
    assert.match(warningsOf(13.5)[0] ?? "", /^the client certificate \(from rhombus:clientCertificate\) expires on \d/);
    assert.deepEqual(warningsOf(15), []);
  });
});
