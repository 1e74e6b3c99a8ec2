import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { selfSigned } from "../../../certificates";
import { problemOf as problemIn, resolve as resolveIn, type Values } from "./resolving";

const ours = "oursOursOursOursOurs2A";
const acmes = "acmeAcmeAcmeAcmeAcme2A";
const eu = "https://api2.eu.rhombussystems.com";

describe("settings: the profiles of the Rhombus command line", () => {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "rhombus-home-"));
    mkdirSync(path.join(home, ".rhombus/certs/acme"), { recursive: true });
    write("credentials", "[default]", `api_key = ${ours}`, "", "[acme]", `api_key=${acmes}`, "auth_type = token");
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const write = (name: string, ...lines: string[]) => {
    const file = path.join(home, ".rhombus", name);
    writeFileSync(file, lines.join("\n"));
    chmodSync(file, 0o600);
  };
  const resolve = (config: Values, env: Values = {}) => resolveIn(config, env, home);
  const problemOf = (config: Values, env: Values = {}) =>
    problemIn(/oursOurs|acmeAcme|CANARY/, config, env, home).replaceAll(path.join(home, ".rhombus"), "HOME");

  describe("with the key", () => {
    it("are named by the configuration, else by the environment; otherwise the profile default is used", () => {
      const keys = [resolve({ profile: "acme" }), resolve({}, { RHOMBUS_PROFILE: " acme " }), resolve({})];
      assert.deepEqual(
        keys.map(({ apiKey }) => apiKey),
        [acmes, acmes, ours],
      );
      assert.equal(resolve({ profile: "acme" }, { RHOMBUS_API_KEY: "exported" }).apiKey, acmes);
      const { sourceKind, apiKey, endpoint } = resolve({ profile: "acme" }).sources;
      assert.deepEqual([sourceKind, endpoint], ["profile", "the default"]);
      assert.equal(apiKey, `api_key of the profile "acme" in ${path.join(home, ".rhombus/credentials")}`);
    });

    it("come after a key of the configuration and of the environment, and are not read then", () => {
      write("credentials", "[default");
      assert.equal(resolve({ apiKey: "configured" }, { RHOMBUS_PROFILE: "acme" }).apiKey, "configured");
      assert.equal(resolve({}, { RHOMBUS_API_KEY: "exported" }).apiKey, "exported");
    });
  });

  describe("with more than a key", () => {
    it("have the endpoint under [profile acme] or [acme], and under [default] for the profile default only", () => {
      write("config", "[acme]", "output = json", `endpoint_url = ${eu}/`, "[default]", "endpoint_url = http://[::1]:9");
      const { endpoint, region, sources } = resolve({ profile: "acme" });
      assert.deepEqual([endpoint, region], [eu, "eu"]);
      assert.match(sources.endpoint, /^endpoint_url of \[acme\] in \/.*config$/);
      assert.equal(resolve({}).endpoint, "http://[::1]:9");
      write("config", "[acme]", "endpoint_url = x", "[profile acme]", `endpoint_url = ${eu}`);
      assert.match(resolve({ profile: "acme" }).sources.endpoint, /^endpoint_url of \[profile acme\] in \/.*config$/);
    });

    it("may have the endpoint beside the key, and refuse another one in config", () => {
      write("credentials", "[default]", `api_key = ${ours}`, `endpoint_url = ${eu}`);
      assert.deepEqual([resolve({}).endpoint, resolve({}).region], [eu, "eu"]);
      write("config", "[default]", `endpoint_url = ${eu}/`);
      assert.match(resolve({}).sources.endpoint, /^endpoint_url of \[default\] in \/.*config$/);
      write("config", "[default]", "endpoint_url = https://other.example");
      const expectedText =
        'endpoint_url of [default] in HOME/config and endpoint_url of the profile "default" in HOME/credentials differ';
      assert.ok(problemOf({ profile: "default" }).endsWith(`${expectedText}; remove one of the two`));
    });

    it("warn about a region, and about an endpoint under another name, which are ignored", () => {
      write("credentials", "[default]", `api_key = ${ours}`, "region = eu");
      write("config", "[default]", `endpoint = ${eu}`);
      assert.deepEqual(
        resolve({}).warnings.map((each) => each.replaceAll(path.join(home, ".rhombus"), "HOME")),
        [
          'region of the profile "default" in HOME/credentials is ignored; set endpoint_url there instead',
          "endpoint of [default] in HOME/config is ignored; set endpoint_url there instead",
        ],
      );
      write("config", "[default]", "region = eu", `endpoint_url = ${eu}`);
      assert.deepEqual(resolve({}).warnings, []);
    });

    it("have the partner flag", () => {
      write("credentials", "[yes]", "api_key=x", "is_partner = true", "[no]", "api_key=x", "is_partner=false");
      assert.deepEqual([resolve({ profile: "yes" }).partner, resolve({ profile: "no" }).partner], [true, false]);
    });

    it("may have a client certificate, with paths relative to the folder of the profiles", () => {
      const { certificate, key } = selfSigned;
      write("certs/acme/client.crt", certificate);
      write("certs/acme/client.key", key);
      const files = [`cert_file = ${home}/.rhombus/certs/acme/client.crt`, "key_file = certs/acme/client.key"];
      write("credentials", "[default]", `api_key = ${ours}`, "auth_type = cert", ...files);
      const { clientCertificate, sources } = resolve({});
      assert.deepEqual(clientCertificate, selfSigned);
      assert.match(sources.clientCertificate ?? "", /^cert_file of the profile "default" in /);
      write("credentials", "[default]", "api_key = x", "auth_type = token", "cert_file = none", "key_file = none");
      assert.equal(resolve({}).clientCertificate, undefined);
    });
  });

  describe("beside other settings", () => {
    it("are refused beside a key in the same source", () => {
      const expectedText = /^rhombus:profile: is set together with rhombus:apiKey; set one of the two$/;
      assert.match(problemOf({ profile: "acme", apiKey: ours }), expectedText);
      const env = { RHOMBUS_PROFILE: "acme", RHOMBUS_API_KEY: ours };
      assert.match(problemOf({}, env), /^RHOMBUS_PROFILE: is set together with RHOMBUS_API_KEY/);
    });

    const beside: [setting: string, value: string, variable: string, instead: string][] = [
      ["endpoint", eu, "RHOMBUS_ENDPOINT_URL", "endpoint_url"],
      ["clientCertificate", "client.pem", "RHOMBUS_CLIENT_CERTIFICATE", "cert_file"],
      ["clientKey", "client.key", "RHOMBUS_CLIENT_KEY", "key_file"],
    ];
    for (const [setting, value, variable, instead] of beside) {
      it(`refuse ${setting} in the same source and before it, and name ${instead}`, () => {
        assert.equal(
          problemOf({ profile: "acme", [setting]: value }),
          `rhombus:${setting}: is set together with rhombus:profile, which brings its own: set ${instead} of the profile instead`,
        );
        assert.ok(
          problemOf({}, { [variable]: value }).startsWith(
            `${variable}: set ${instead} of the profile instead of this, or RHOMBUS_API_KEY as well: the key comes from api_key of`,
          ),
        );
      });
    }
  });

  describe("as files", () => {
    it("may have Windows line breaks, a byte order mark, comments, indentation and quotes", () => {
      const lines = [
        "\uFEFF; keys",
        "  [default] ; mine",
        `\tapi_key = "${ours}" `,
        "# others",
        "is_partner=true ; yes",
      ];
      writeFileSync(path.join(home, ".rhombus/credentials"), lines.join("\r\n"));
      const { apiKey, partner } = resolve({});
      assert.deepEqual([apiKey, partner], [ours, true]);
    });

    it("may have values in backquotes, colons as delimiters, and profiles that inherit from another", () => {
      write("credentials", "[acme]", "api_key: `a#b;c`", "is_partner: true", "[acme.eu]", 'api_key: """d`e"""');
      write("config", "[profile acme]", `endpoint_url: ${eu}`);
      const profiles = ["acme", "acme.eu"].map((profile) => resolve({ profile }));
      assert.deepEqual(
        profiles.map(({ apiKey, partner }) => [apiKey, partner]),
        [
          ["a#b;c", true],
          ["d`e", true],
        ],
      );
      assert.equal(profiles[0]?.endpoint, eu);
    });

    it("may name profiles with dots and spaces, and after members of objects", () => {
      const names = ["acme.prod.eu", "acme prod", "constructor", "__proto__"];
      write("credentials", ...names.flatMap((name, index) => [`[${name}]`, `api_key = key-${index}`]));
      assert.deepEqual(
        names.map((profile) => resolve({ profile }).apiKey),
        ["key-0", "key-1", "key-2", "key-3"],
      );
    });

    it("cause a warning if other users may read the keys", () => {
      assert.deepEqual(resolve({}).warnings, []);
      chmodSync(path.join(home, ".rhombus/credentials"), 0o644);
      assert.match(resolve({}).warnings[0] ?? "", /^others may read \/.*credentials; run chmod 600 on it$/);
    });
  });

  const acme = `[acme]\napi_key=${acmes}`;
  for (const [title, text, expectedText] of [
    ["nothing in the file", "", /HOME\/credentials has no profile "acme"; it has none at all$/],
    ["only other profiles", "[ACME]\n[prod]\nx=y", /has no profile "acme"; it has "ACME", "prod"$/],
    ["an empty key", "[acme]\napi_key =", /the profile "acme" in HOME\/credentials has no api_key$/],
    ["a key in two words", "[acme]\napi_key = a b", /^api_key of the profile "acme" in .*: contains a space, a line/],
    [
      "a line that ends early",
      "[acme]\napi_key",
      /: HOME\/credentials has a mistake in line 2: write \[NAME\] or KEY =/,
    ],
    [
      "a reference to another value",
      "[acme]\napi_key = %(x)s\nx = CANARY",
      /^rhombus:profile: api_key .* write the value i/,
    ],
    ["a title that ends early", "[default]\n[acme\nx=y", /HOME\/credentials has a mistake in line 2: a title is writ/],
    [
      "a login without a key",
      "[acme]\nauth_type = oauth",
      /auth_type of the profile "acme" in .* is neither token nor cert, and only an A/,
    ],
    ["no certificate", `${acme}\nauth_type = cert`, /cert_file of .* is missing, while auth_type is cert$/],
    [
      "a certificate that is not there",
      `${acme}\nauth_type=cert\ncert_file=c.crt\nkey_file=c.key`,
      /^cert_file of the profile "acme" in HOME\/credentials: the file that it names does not exist; a relative path starts from HOME$/,
    ],
    ["half a truth about the partner", `${acme}\nis_partner = tru`, /^is_partner of .*: must be true or false$/],
    ["another encoding", "[\0a\0c\0m\0e\0]", /^rhombus:profile: HOME\/credentials is not UTF-8 text$/],
  ] satisfies [string, string, RegExp][]) {
    it(`refuse ${title}`, () => {
      write("credentials", text);
      assert.match(problemOf({ profile: "acme" }), expectedText);
    });
  }

  it("that do not exist are an error of the setting that names them", () => {
    rmSync(path.join(home, ".rhombus/credentials"));
    const expectedText = "HOME/credentials does not exist; rhombus login creates it";
    assert.equal(problemOf({ profile: "acme" }), `rhombus:profile: ${expectedText}`);
    assert.equal(problemOf({}, { RHOMBUS_PROFILE: "acme" }), `RHOMBUS_PROFILE: ${expectedText}`);
  });

  it("that are a folder instead of a file are an error", () => {
    mkdirSync(path.join(home, ".rhombus/config"));
    assert.equal(problemOf({ profile: "acme" }), "rhombus:profile: HOME/config is not a file");
  });

  const misplaced = "rbs_CANARY0123456789abcCANARY";

  for (const [title, lines, profile] of [
    ["as the name that is asked for", ["[default]", "api_key=x"], misplaced],
    ["as a title beside others", [`[${misplaced}]`, "[prod]", "api_key=x"], "acme"],
    ["as a title without a key", [`[${misplaced}]`, "x=y"], misplaced],
    ["as a title that ends early", ["[acme]", `[${misplaced}`], "acme"],
    ["as the file of a certificate", ["[acme]", "api_key=x", "auth_type=cert", `cert_file=${misplaced}`], "acme"],
  ] as const) {
    it(`are refused without showing a key ${title}`, () => {
      write("credentials", ...lines);
      assert.ok(problemOf({ profile }) !== "" && problemOf({}, { RHOMBUS_PROFILE: profile }) !== "");
    });
  }

  it("with a wrong address are refused without showing a key in place of their name", () => {
    write("credentials", `[${misplaced}]`, "api_key=x");
    write("config", `[${misplaced}]`, "endpoint_url=nowhere");
    assert.match(
      problemOf({ profile: misplaced }),
      /^endpoint_url of the configured profile in HOME\/config: is not an address/,
    );
  });

  it("without the profile default are an error that lists the other profiles", () => {
    write("credentials", "[acme]", `api_key=${acmes}`);
    assert.match(problemOf({}), /^rhombus:apiKey: no Rhombus API key\..*has no profile "default"; it has "acme"\)$/);
  });

  for (const [text, cause] of [
    ["[default]\napi_key", "HOME/credentials has a mistake in line 2: write [NAME] or KEY = VALUE."],
    [
      "[default]\napi_key = %(x)s",
      'api_key of the profile "default" in HOME/credentials contains %(NAME)s, which is not',
    ],
    [
      `[default]\napi_key = ${acmes}\nauth_type = cert`,
      'cert_file of the profile "default" in HOME/credentials is missing,',
    ],
    [
      `[default]\napi_key = ${acmes}\nauth_type = oauth`,
      'auth_type of the profile "default" in HOME/credentials is neither',
    ],
    ["[\0d]", "HOME/credentials is not UTF-8 text."],
  ] as const) {
    it(`that are used by default and have a mistake are an error that begins with it: ${cause}`, () => {
      write("credentials", text);
      const problem = problemOf({});
      assert.ok(problem.startsWith(`the default profile: ${cause}`), problem);
      assert.match(problem, /This profile is used because neither the stack config, RHOMBUS_API_KEY nor an explicit /);
    });
  }

  it("without a key that are used by default are an error about the key", () => {
    for (const text of ["[default]", "[default]\napi_key =", ""]) {
      write("credentials", text);
      assert.match(problemOf({}), /^rhombus:apiKey: no Rhombus API key\. Set it with/);
    }
  });
});
