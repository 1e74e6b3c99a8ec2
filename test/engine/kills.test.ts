import assert from "node:assert/strict";
import type { Behaviours } from "../../provider/emulator";
import { describeLong, isLong, tally } from "../tally";
import { Reckoning } from "./kills/reckoning";
import { changed, first, replaced, replacing } from "./kills/stages";
import { Story, useStory } from "./kills/story";
import { type Moments, typeNames } from "./kills/writes";

const every = { AccessControlGroup: 1, GeneaIntegration: 1, KisiIntegration: 1, OnGuardIntegration: 1 } as const;
/** The last write of each replacement. */
const last = { AccessControlGroup: 2, GeneaIntegration: 2, KisiIntegration: 2, OnGuardIntegration: 4 } as const;

/** Behaviours of Rhombus under which a killed run is harder to go on from. */
const behaviours: readonly Partial<Behaviours>[] = [
  { onGuardCreate: "existing", onGuardList: "missing", notConfigured: "default-object" },
  { onGuardUnknownToken: "mint", deploymentsOmitted: "removed", serverFieldsOmitted: "wiped", nulls: "keeps" },
  { vendorKeyReads: "absent", onGuardSecretReads: "absent", mapWrites: "merge", settingsWrites: "merge" },
  { vendorKeyReads: "masked", onGuardSecretReads: "masked", readLagMs: 1500, unknownUsers: "refused" },
  { kisiVersions: "separate", groupNames: "duplicates", deleteMissingGroup: "error", notConfigured: "error-text" },
];

describe("What ends between a write and its answer", function () {
  this.timeout(isLong ? 600_000 : 180_000);
  const reckoning = new Reckoning();
  let known: number;
  beforeEach(() => {
    known = reckoning.findings().length;
  });
  afterEach("has lost nothing, and left nothing behind", () => assert.deepEqual(reckoning.findings().slice(known), []));
  after(() => tally(reckoning.line()));

  describe("first with the CLI, then with the provider", () => {
    const story = useStory(reckoning);

    it("names each object that it had made without knowing, and adopts it", () => story().deploy("CLI", every, first));

    it("no longer warns of pending creations once a refresh has cleared them", () => story().clearPending());

    it("goes on with each replacement, whose object it had made without knowing as well", async () => {
      const printed = await story().deploy("provider", last, replaced, ...replacing);
      assert.doesNotMatch(printed, /pending operations/);
    });

    it("finishes each deletion", () => story().destroy("CLI", every));
  });

  describeLong("first by Ctrl-C, then with the provider", () => {
    const story = useStory(reckoning);

    it("keeps what was under way, and goes on from there", async () => {
      const printed = await story().interrupt({ ...every, OnGuardIntegration: 3 }, first);
      assert.match(printed, /update canceled/);
    });

    it("finishes each change", () =>
      story().deploy("provider", { ...every, AccessControlGroup: 3, OnGuardIntegration: 2 }, changed));

    it("finishes each deletion", () => story().destroy("provider", every));
  });

  if (!isLong) return;

  for (const victim of ["CLI", "provider"] as const) {
    describe(`with the ${victim}, at each single write`, () => {
      const most = 4;
      let writes: { create: Moments; change: Moments; replace: Moments };
      before("counts the writes", async () => {
        writes = await during(async (story) => {
          const create = await story.deployUndisturbed(first);
          const change = await story.deployUndisturbed(changed);
          return { create, change, replace: await story.deployUndisturbed(replaced, ...replacing) };
        });
      });

      it("there are no more of them than are tried here", () => {
        assert.equal(Math.max(...Object.values(writes).flatMap((moments) => Object.values(moments))), most);
      });

      for (let nth = 1; nth <= most; nth++) {
        it(`recovers from an end at write ${nth}`, () =>
          during(async (story) => {
            await story.deploy(victim, those(nth, writes.create), first);
            await story.deploy(victim, those(nth, writes.change), changed);
            await story.deploy(victim, those(nth, writes.replace), replaced, ...replacing);
            await story.destroy(victim, every);
          }));
      }
    });
  }

  async function during<T>(act: (story: Story) => Promise<T>): Promise<T> {
    const story = await Story.begin(reckoning);
    try {
      return await act(story);
    } finally {
      await story.end();
    }
  }

  for (const [index, of] of behaviours.entries()) {
    describe(`under ${JSON.stringify(of)}`, () => {
      const story = useStory(reckoning, of);
      const victim = (["CLI", "provider", "patience"] as const)[index % 3] ?? "CLI";
      it(`recovers from the end of the ${victim}`, async () => {
        await story().deploy(victim, every, first);
        await story().deploy(victim, every, changed);
        await story().deploy(victim, every, replaced, ...replacing);
        await story().destroy(victim, every);
      });
    });
  }
});

/**
 * The nth write of each type, or its last one. So all that is under way is held: the CLI must not be killed while it writes
 * its state to the disk, which Pulumi's own file backend does not survive.
 */
function those(nth: number, counts: Moments): Moments {
  const types = typeNames.filter((type) => counts[type]);
  return Object.fromEntries(types.map((type) => [type, Math.min(nth, counts[type] ?? 0)]));
}
