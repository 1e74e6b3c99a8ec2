import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepare } from "../../../tools/setup.mjs";
import { type TypedSample as Sample, samples } from "../../resources/facts";
import { isLong, itLong } from "../../tally";
import { canaryNames, environmentNames } from "./canaries";
import { makeIdentities, type Place, places } from "./identities";
import { adopt, failHalfWay, live, type Rest } from "./processLife";
import { channels, ProcessStage } from "./processStage";
import { Watch } from "./watch";

/** Waits for a file, says that it has come, and throws what it says where nobody catches it. */
const preloaded = `
  const fs = require("node:fs");
  const file = process.env.SPILL;
  const spill = () => {
    if (!fs.existsSync(file)) return;
    const { kind, bait, text } = JSON.parse(fs.readFileSync(file, "utf8"));
    fs.rmSync(file);
    console.log(bait);
    if (kind === "exception") throw new RangeError(text);
    Promise.reject(new RangeError(text));
  };
  setInterval(spill, 20).unref();
`;

// An organization has one integration of Kisi.
const firstKisi = Object.values(samples).filter(({ least }) => least.apiVersion === "V1");
const others = Object.values(samples).filter((sample) => !firstKisi.includes(sample));

describe("Pulumi's dynamic-provider process", function () {
  this.timeout(120_000);
  const watch = new Watch();
  const folder = mkdtempSync(path.join(tmpdir(), "rhombus-secrets-"));
  let made: ReturnType<typeof makeIdentities>;
  before("builds, and makes certificates", async function () {
    this.timeout(180_000);
    await prepare({ engine: false });
    made = makeIdentities();
    writeFileSync(path.join(folder, "authority.pem"), made.authority);
    writeFileSync(path.join(folder, "preloaded.cjs"), preloaded);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const place of places) {
    // Whose life it is makes no difference to where the settings come from.
    const lives = place === "rhombus" || isLong ? others : firstKisi;
    it(`shows no secret, with its settings from ${place}`, () => inStage(place, lives));
  }

  itLong("shows no secret of the first version of Kisi's operations", () => inStage("rhombus", firstKisi));

  async function inStage(place: Place, lives: readonly Sample[]): Promise<void> {
    const stage = await ProcessStage.begin({ watch, folder, place, made });
    try {
      const rest: Rest[] = [];
      for (const sample of lives) rest.push(await live(stage, sample));
      rest.push(await adopt(stage), await failHalfWay(stage));
      await stage.spill("exception");
      await stage.spill("rejection");
      await stage.restart();
      for (const finish of rest) await finish();
    } finally {
      await stage.end();
    }
  }

  it("has had every secret, and was listened to everywhere", () => {
    watch.verify({ canaries: [...canaryNames, ...environmentNames], channels });
  });
});
