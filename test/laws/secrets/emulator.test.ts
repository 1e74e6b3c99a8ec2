import { campusSeed } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { createProviders } from "../../../provider/session";
import { immediatePolling, opened } from "../../drivers/stack";
import { Command } from "../../engine/command";
import { full, samples } from "../../resources/facts";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import { resourceSecrets } from "./canaries";
import { LeakScan } from "./leakScan";

const { apiKey } = campusSeed.acme;
const CHANNEL = "output of the emulator's command";

describe("pulumi-rhombus emulator", function () {
  this.timeout(60_000);
  let command: Command;
  after(() => command?.kill());

  it("prints no secret of the calls that it receives", async () => {
    const scan = new LeakScan();
    const scenario = scan.scenario();
    scenario.secret("rhombus:apiKey", apiKey);
    command = new Command(process.execPath, ["--import=tsx", "provider/cli/main.ts", "emulator"]);
    const url = await command.printed(/RHOMBUS_ENDPOINT_URL=(\S+)\s/);
    const env = { RHOMBUS_API_KEY: apiKey, RHOMBUS_ENDPOINT_URL: url };
    for (const sample of Object.values(samples)) {
      const { type } = sample;
      // As the engine does, each operation uses new providers.
      const provider = () => createProviders({ env, polling: immediatePolling, tell: () => {} })[type];
      const { id, outs = {} } = await provider().create(full(sample));
      const properties = opened({ ...full(sample), ...outs });
      for (const name of secretNamesOf(definitions[type])) {
        scenario.secret(`${type}.${name}`, ...textsIn(properties[name]));
      }
      await provider().delete(id, opened(outs));
    }
    const webhooks = scenario.secrets("OnGuardIntegration.webhookUrl").filter((each) => each.startsWith(url));
    for (const webhook of webhooks) {
      for (const address of [webhook, `${webhook}/`, `${webhook}?x=1`, webhook.replace("/webhooks", "/WebHooks")]) {
        await fetch(address, { method: "POST", body: "{}" });
      }
    }
    await fetch(`${url}/${scan.marker}`, { method: "POST", body: scenario.secrets().join() });
    await command.printed(scan.marker);
    // Before this line it prints the keys of the seed.
    const [, calls = ""] = command.text.split("Press Ctrl-C");
    scenario.record(CHANNEL, calls);
    scenario.end();
    const expected = resourceSecrets.filter((name) => name !== "OnGuardIntegration.adopt");
    scan.verify({ canaries: [...expected, "rhombus:apiKey"], channels: [CHANNEL] });
  });
});
