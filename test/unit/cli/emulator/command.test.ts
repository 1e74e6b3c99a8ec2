import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campusSeed } from "../../../../provider/emulator";
import { selfSigned } from "../../../certificates";
import { build, MAIN } from "../commandSetup";

const { acme, partner } = campusSeed;

interface Run {
  readonly child: ChildProcess;
  /** The output so far. */
  printed(): string;
  /** Resolves with what was printed once a pattern shows up. Rejects when the process ends without it. */
  until(pattern: RegExp): Promise<string>;
}

const running: ChildProcess[] = [];

function run(...words: string[]): Run {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) {
      if (child.exitCode !== null) assert.fail(`ended without ${pattern}: ${text}`);
      await Promise.race([once(child.stdout, "data"), once(child.stderr, "data"), once(child, "close")]);
    }
    return text;
  };
  return { child, printed: () => text, until };
}

async function ended({ child, printed }: Run): Promise<{ code: number | null; text: string }> {
  if (child.exitCode === null) await once(child, "close");
  return { code: child.exitCode, text: printed() };
}

function urlIn(text: string): string {
  return /RHOMBUS_ENDPOINT_URL=(\S+)/.exec(text)?.[1] ?? assert.fail(text);
}

describe("pulumi-rhombus emulator", function () {
  this.timeout(30_000);
  before(build);

  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });

  it("prints the variables to export and a line per call without secrets, and exits with 0 on Ctrl-C", async () => {
    const started = run("emulator", "--seed", "lived-in");
    const url = urlIn(await started.until(/Ctrl-C/));
    assert.ok(started.printed().includes(`Open ${url} in a browser`));
    assert.match(await (await fetch(url)).text(), /<h1>Rhombus emulator<\/h1>/);
    assert.match(started.printed(), /without rhombus:apiKey and rhombus:profile in its config: they have precedence/);
    const exported = `export RHOMBUS_ENDPOINT_URL=${url} RHOMBUS_API_KEY=`;
    assert.ok(started.printed().includes(`${exported}${acme.apiKey}\n`));
    assert.ok(started.printed().includes(`${exported}${partner.apiKey} RHOMBUS_PARTNER=true RHOMBUS_ORG_UUID=`));
    assert.ok(started.printed().includes(`${exported}${acme.readOnlyApiKey}\n`));
    const headers = { "x-auth-scheme": "api-token", "x-auth-apikey": acme.apiKey };
    await fetch(`${url}/api/integrations/accessControl/getGeneaIntegration`, { method: "POST", headers, body: "{}" });
    const line = /^\d\d:\d\d:\d\d\.\d{3} {2}getGeneaIntegration {2}Acme Robotics {2}200 {2}\d+ ms$/m;
    const text = await started.until(line);
    assert.doesNotMatch(text, /genea-acme-emulator-token/);
    started.child.kill("SIGINT");
    const { code, text: all } = await ended(started);
    assert.equal(code, 0);
    assert.match(all, /Stopped\.\n$/);
  });

  it("applies port, rate, latency and behaviours", async () => {
    const flags = "--rate 1 --burst 1 --latency 20 --behaviour onGuardList=missing nulls=keeps";
    const started = run("emulator", ...flags.split(" "));
    const url = urlIn(await started.until(/Ctrl-C/));
    const headers = { "x-auth-scheme": "api-token", "x-auth-apikey": acme.apiKey };
    const path = `${url}/api/integrations/accessControl/listHoneywellOnGuardIntegrations`;
    assert.equal((await fetch(path, { method: "POST", headers, body: "{}" })).status, 404);
    const org = () => fetch(`${url}/api/org/getOrgV2`, { method: "POST", headers, body: "{}" });
    assert.deepEqual([(await org()).status, (await org()).status], [200, 429]);
    await started.until(/getOrgV2 {2}Acme Robotics {2}200 {2}(2\d|[3-9]\d|\d{3,}) ms/);
    const taken = await ended(run("emulator", "--port", new URL(url).port));
    assert.equal(taken.code, 1);
    assert.match(taken.text, /is in use\. Give another --port/);
  });

  it("serves HTTPS, and prints the variables for its clients", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rhombus-emulator-"));
    const names = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
    try {
      writeFileSync(names.certificate, selfSigned.certificate);
      writeFileSync(names.key, selfSigned.key);
      const tls = ["--tls-certificate", names.certificate, "--tls-key", names.key];
      const started = run("emulator", ...tls, "--client-authority", names.certificate);
      assert.match(urlIn(await started.until(/Ctrl-C/)), /^https:\/\/127\.0\.0\.1:\d+$/);
      assert.match(started.printed(), /NODE_EXTRA_CA_CERTS=.*\n.*RHOMBUS_CLIENT_CERTIFICATE=.*certificate\.pem\n/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
