import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { campusSeed } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { createProviders } from "../../../provider/session";
import { immediatePolling, opened } from "../../drivers/stack";
import { full, type TypedSample as Sample, samples } from "../../resources/facts";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import { Watch, type WatchedScene } from "./watch";

const { apiKey } = campusSeed.acme;
const ROOT = path.join(__dirname, "../../..");

describe("pulumi-rhombus emulator", function () {
  this.timeout(60_000);

  it("prints no secret of the calls that arrive, however they are made", async () => {
    const watch = new Watch();
    const scene = watch.scene();
    const child = spawn(process.execPath, ["--import=tsx", "provider/cli/main.ts", "emulator"], { cwd: ROOT });
    const printed = { text: "" };
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        printed.text += String(chunk);
      });
    try {
      const url = await until(child, printed, /RHOMBUS_ENDPOINT_URL=(\S+)/);
      scene.secret("rhombus:apiKey", apiKey);
      for (const sample of Object.values(samples)) await live(url, scene, sample);
      await mistype(url, scene);
      await fetch(`${url}/${watch.bait}`, { method: "POST", body: scene.secrets().join() });
      await until(child, printed, new RegExp(watch.bait));
    } finally {
      child.kill("SIGKILL");
    }
    // Before that it says with which keys to begin.
    const [, calls = ""] = printed.text.split("Press Ctrl-C");
    scene.hear("what the emulator's command prints", calls);
    scene.end();
    const names = Object.entries(definitions).flatMap(([type, each]) =>
      secretNamesOf(each).map((name) => `${type}.${name}`),
    );
    const canaries = [...names.filter((name) => name !== "OnGuardIntegration.adopt"), "rhombus:apiKey"];
    watch.verify({ canaries, channels: ["what the emulator's command prints"] });
  });
});

async function until(child: ChildProcess, printed: { text: string }, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(printed.text);
    if (found) return found[1] ?? "";
    assert.equal(child.exitCode, null, printed.text);
    await Promise.race([child.stdout, child.stderr].map((stream) => stream && once(stream, "data")));
  }
}

/** Makes a resource and deletes it again, each in a process of its own as the engine does. */
async function live(url: string, scene: WatchedScene, sample: Sample): Promise<void> {
  const providers = () => {
    const env = { RHOMBUS_API_KEY: apiKey, RHOMBUS_ENDPOINT_URL: url };
    return createProviders({ env, polling: immediatePolling, tell: () => {} })[sample.type];
  };
  const { id, outs = {} } = await providers().create(full(sample));
  for (const name of secretNamesOf(definitions[sample.type])) {
    scene.secret(`${sample.type}.${name}`, ...textsIn(opened({ ...full(sample), ...outs })[name]));
  }
  await providers().delete(id, opened(outs));
}

/** Calls the address of a webhook in ways that are nearly right. */
async function mistype(url: string, scene: WatchedScene): Promise<void> {
  for (const webhook of scene.secrets("OnGuardIntegration.webhookUrl").filter((each) => each.startsWith(url))) {
    for (const address of [webhook, `${webhook}/`, `${webhook}?x=1`, webhook.replace("/webhooks", "/WebHooks")]) {
      await fetch(address, { method: "POST", body: "{}" });
    }
  }
}
