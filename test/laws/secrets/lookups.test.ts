import { inspect } from "node:util";
import { log } from "@pulumi/pulumi";
import sinon from "sinon";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { endRuns, run } from "../../unit/lookups/run";
import { troubles } from "./faults";
import { canarySeed } from "./seed";
import { Watch } from "./watch";

const { acme } = campusSeed;
const told = "told by look-ups";

/** The look-ups that take another vendor's key, and whose secret that is. */
const lookups: readonly [canary: string, key: string, look: (key: string) => Promise<unknown>][] = [
  [
    "GeneaIntegration.apiToken",
    acme.genea.apiToken,
    (apiToken) => rhombus.getGeneaDoors({ apiToken, names: [apiToken] }),
  ],
  [
    "KisiIntegration.apiSecretKey",
    acme.kisi.apiSecretKey,
    (apiSecretKey) => rhombus.getKisiPlaces({ apiSecretKey, names: [apiSecretKey] }),
  ],
  [
    "KisiIntegration.apiSecretKey",
    acme.kisi.apiSecretKey,
    (apiSecretKey) => rhombus.getKisiDoors({ apiSecretKey, place: apiSecretKey }),
  ],
];

describe("look-ups", () => {
  let warnings: sinon.SinonStub<Parameters<typeof log.warn>>;
  beforeEach(() => {
    warnings = sinon.stub(log, "warn").resolves();
  });
  afterEach(async () => {
    sinon.restore();
    await endRuns();
  });
  const watch = new Watch();
  // These only differ in how long they take.
  const lasting = /timeout|hanging|429/;

  for (const [what, trouble] of Object.entries(troubles).filter(([what]) => !lasting.test(what))) {
    it(`show no secret after ${what}, however the error is printed`, async () => {
      for (const [canary, key, look] of lookups) {
        const { seed, swap } = canarySeed();
        const scene = watch.scene();
        const [apiKey, vendorKey] = [swap(acme.apiKey), swap(key)];
        scene.secret("rhombus:apiKey", apiKey);
        scene.secret(canary, vendorKey);
        const emulator = await run({ seed, config: { apiKey } });
        emulator.fail({
          operation: "*",
          with: trouble.fault({ bait: watch.bait, secrets: scene.secrets() }),
          times: 9,
        });
        const error = await look(vendorKey).catch((thrown: unknown) => thrown);
        scene.hear(told, inspect(error, { depth: 10, showHidden: true }));
        scene.hear(told, warnings.args.join());
        scene.hear("the emulator's request log", JSON.stringify(emulator.requests()), /"operation":/);
        scene.end();
        await endRuns();
      }
    });
  }

  it("have had their secrets", () => {
    const canaries = ["rhombus:apiKey", "GeneaIntegration.apiToken", "KisiIntegration.apiSecretKey"];
    watch.verify({ canaries, channels: [told, "the emulator's request log"] });
  });
});
