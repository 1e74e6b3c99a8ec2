import assert from "node:assert/strict";
import type { Behaviours } from "../../provider/emulator";
import { resourceTypes } from "../../provider/resources/registry";
import { describeLong, isLong, itLong, tally } from "../tally";
import { Outcome } from "./kills/outcome";
import { changed, first, KillScenario, replaced, replacing, useScenario } from "./kills/scenario";
import type { WriteNumbers } from "./kills/writes";

/** The first write of each type. */
const every: WriteNumbers = Object.fromEntries(resourceTypes.map((type) => [type, 1]));

/** The largest number of writes of one resource in one run. */
const MOST = 4;

/** Behaviours of Rhombus under which the recovery is harder. */
const behaviours: readonly Partial<Behaviours>[] = [
  { onGuardCreate: "existing", onGuardList: "missing", notConfigured: "default-object" },
  { onGuardUnknownToken: "mint", deploymentsOmitted: "removed", serverFieldsOmitted: "wiped", nulls: "keeps" },
  { vendorKeyReads: "absent", onGuardSecretReads: "absent", mapWrites: "merge", settingsWrites: "merge" },
  { vendorKeyReads: "masked", onGuardSecretReads: "masked", readLagMs: 1500, unknownUsers: "refused" },
  { kisiVersions: "separate", groupNames: "duplicates", deleteMissingGroup: "error", notConfigured: "error-text" },
];

describe("a run that is killed between a write and its answer", function () {
  this.timeout(isLong ? 900_000 : 180_000);
  const outcome = new Outcome();
  let known = 0;
  beforeEach(() => {
    known = outcome.findings().length;
  });
  afterEach("has lost nothing, and left nothing behind", () => {
    assert.deepEqual(outcome.findings().slice(known), []);
  });
  after(() => tally(outcome.line()));

  describe("first the CLI, then the provider", () => {
    const scenario = useScenario(outcome);

    it("names each object that was created, and adopts it", async () =>
      void (await scenario().up("CLI", every, first)));

    it("shows no pending creations after a refresh has cleared them", () => scenario().clearPending());

    it("finishes each deletion", () => scenario().destroy("provider", every));
  });

  describeLong("Ctrl-C, then the provider", () => {
    const scenario = useScenario(outcome);

    it("stores what was created, and continues", async () => {
      assert.match(await scenario().interrupt(every, first), /update canceled/);
    });

    it("finishes each update", async () => void (await scenario().up("provider", every, changed)));

    it("finishes each replacement without pending creations", async () => {
      assert.doesNotMatch(await scenario().up("provider", every, replaced, ...replacing), /pending operations/);
    });

    it("finishes each deletion", () => scenario().destroy("CLI", every));
  });

  /** Plays a scenario and ends it. */
  async function play<T>(act: (scenario: KillScenario) => Promise<T>, of: Partial<Behaviours> = {}): Promise<T> {
    const scenario = await KillScenario.begin(outcome, of);
    try {
      return await act(scenario);
    } finally {
      await scenario.end();
    }
  }

  describeLong("at each write", () => {
    let counts: Record<"create" | "update" | "replace", WriteNumbers>;

    it(`there are at most ${MOST} writes of a resource`, async () => {
      counts = await play(async (scenario) => ({
        create: await scenario.countWrites(first),
        update: await scenario.countWrites(changed),
        replace: await scenario.countWrites(replaced, ...replacing),
      }));
      assert.equal(Math.max(...Object.values(counts).flatMap((each) => Object.values(each))), MOST);
    });

    for (const [target, nth] of [
      ["CLI", 1],
      ["CLI", 2],
      ["CLI", 3],
      ["CLI", MOST],
      ["provider", 1],
      ["provider", MOST],
    ] as const) {
      it(`recovers at write ${nth}, killed: ${target}`, () =>
        play(async (scenario) => {
          await scenario.up(target, atMost(nth, counts.create), first);
          await scenario.up(target, atMost(nth, counts.update), changed);
          await scenario.up(target, atMost(nth, counts.replace), replaced, ...replacing);
          await scenario.destroy(target, every);
        }));
    }
  });

  for (const [index, of] of behaviours.entries()) {
    const target = (["CLI", "provider", "calls"] as const)[index % 3] ?? "CLI";
    itLong(`recovers under ${JSON.stringify(of)}, killed: ${target}`, () =>
      play(async (scenario) => {
        await scenario.up(target, every, first);
        await scenario.up(target, every, changed);
        await scenario.up(target, every, replaced, ...replacing);
        await scenario.destroy(target, every);
      }, of),
    );
  }
});

/**
 * The nth write of each type, or its last one. So every call is held: the CLI must not be killed while it writes its state
 * to the disk, which the file backend of Pulumi does not survive.
 */
function atMost(nth: number, counts: WriteNumbers): WriteNumbers {
  const entries = Object.entries(counts).flatMap(([type, count]) => (count ? [[type, Math.min(nth, count)]] : []));
  return Object.fromEntries(entries);
}
