import assert from "node:assert/strict";
import type { Behaviours } from "../../provider/emulator";
import { definitionOf, resourceTypes } from "../../provider/resources/registry";
import { describeLong, isLong } from "../longRun";
import { reportCounts } from "../reportCounts";
import { useFixture } from "./fixture";
import { Outcome } from "./kills/outcome";
import {
  changed,
  declare,
  first,
  firstWrites,
  KillScenario,
  programFiles,
  replaced,
  replacing,
  UP,
} from "./kills/scenario";
import type { WriteNumbers } from "./kills/writes";

/** The largest number of writes of one resource in one run. */
const MOST = 4;

/** Behaviours of Rhombus under which the recovery is harder. */
const behaviours: readonly Partial<Behaviours>[] = [
  { onGuardCreate: "existing", onGuardList: "missing", notConfigured: "default-object" },
  { onGuardUnknownToken: "mint", deploymentsOmitted: "removed", serverFieldsOmitted: "wiped", nulls: "keeps" },
  { vendorKeyReads: "absent", onGuardSecretReads: "absent", mapWrites: "merge", settingsWrites: "merge" },
  { vendorKeyReads: "masked", onGuardSecretReads: "masked", readLagMs: 1500, unknownUsers: "refused" },
  { kisiVersions: "separate", groupNames: "duplicates", deleteMissing: "error", notConfigured: "error-text" },
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
  after(() => reportCounts(outcome.line()));

  describe("first the CLI, then the provider", () => {
    const scenario = new KillScenario(outcome);

    it("names each object that was created, and adopts it", async () =>
      void (await scenario.up("CLI", firstWrites, first)));

    it("shows no pending creations after a refresh has cleared them", () => scenario.clearPending());

    it("finishes each deletion", () => scenario.destroy("provider"));
  });

  describeLong("Ctrl-C, then the provider", () => {
    const scenario = new KillScenario(outcome);

    it("stores what was created, and continues", async () => {
      assert.match(await scenario.interrupt(first), /update canceled/);
    });

    it("finishes each update", async () => void (await scenario.up("provider", firstWrites, changed)));

    it("finishes each replacement without pending creations", async () => {
      assert.doesNotMatch(await scenario.up("provider", firstWrites, replaced, ...replacing), /pending operations/);
    });

    it("finishes each deletion", () => scenario.destroy("CLI"));
  });

  describeLong("at each write", () => {
    let counts: Record<"create" | "update" | "replace", WriteNumbers>;

    describe("counted without a kill", () => {
      const scenario = new KillScenario(outcome);

      it(`there are at most ${MOST} writes of a resource`, async () => {
        counts = {
          create: await scenario.countWrites(first),
          update: await scenario.countWrites(changed),
          replace: await scenario.countWrites(replaced, ...replacing),
        };
        assert.equal(Math.max(...Object.values(counts).flatMap((each) => Object.values(each))), MOST);
      });
    });

    for (const [target, nth] of [
      ["CLI", 2],
      ["CLI", 3],
      ["CLI", MOST],
      ["provider", 1],
      ["provider", MOST],
    ] as const) {
      describe(`write ${nth}, killed: ${target}`, () => {
        const scenario = new KillScenario(outcome);

        it("recovers each creation, update, replacement and deletion", async () => {
          await scenario.up(target, atMost(nth, counts.create), first);
          await scenario.up(target, atMost(nth, counts.update), changed);
          await scenario.up(target, atMost(nth, withoutLast(counts.replace)), replaced, ...replacing);
          await scenario.destroy(target);
        });
      });
    }

    for (const target of ["CLI", "provider"] as const) {
      describe(`the deletion of the old object after its replacement, killed: ${target}`, () => {
        const scenario = new KillScenario(outcome);

        it("is finished by the next run", async () => {
          await scenario.countWrites(changed);
          await scenario.up(target, lastOnly(counts.replace), replaced, ...replacing);
          await scenario.destroy(target);
        });
      });
    }
  });

  for (const [index, of] of behaviours.entries()) {
    const target = (["CLI", "provider", "calls"] as const)[index % 3] ?? "CLI";
    describeLong(`under ${JSON.stringify(of)}, killed: ${target}`, () => {
      const scenario = new KillScenario(outcome, of);

      it("recovers each creation, update, replacement and deletion", async () => {
        await scenario.up(target, firstWrites, first);
        await scenario.up(target, firstWrites, changed);
        await scenario.up(target, firstWrites, replaced, ...replacing);
        await scenario.destroy(target);
      });
    });
  }
});

/** The types whose old object is deleted last, when all other writes of the run are answered. */
const createdFirst = resourceTypes.filter((type) => definitionOf(type).createsReplacementFirst === true);

/** The writes of a replacement without those deletions: they cannot be held together with others. */
function withoutLast(counts: WriteNumbers): WriteNumbers {
  return { ...counts, ...Object.fromEntries(createdFirst.map((type) => [type, (counts[type] ?? 0) - 1])) };
}

/** Those deletions. */
function lastOnly(counts: WriteNumbers): WriteNumbers {
  return Object.fromEntries(createdFirst.map((type) => [type, counts[type] ?? 0]));
}

/**
 * The nth write of each type, or its last one. So every call is held: the CLI must not be killed while it writes its state
 * to the disk, which the file backend of Pulumi does not survive.
 */
function atMost(nth: number, counts: WriteNumbers): WriteNumbers {
  const entries = Object.entries(counts).flatMap(([type, count]) => (count ? [[type, Math.min(nth, count)]] : []));
  return Object.fromEntries(entries);
}

describeLong("Ctrl-C while the rate limit delays a deployment", function () {
  this.timeout(120_000);
  const count = 40;
  let limit = () => {};
  const limited = new Promise<void>((resolve) => {
    limit = resolve;
  });
  // All groups take 17 s longer than the burst.
  const rateLimit = { ratePerSecond: 2, burst: 8 };
  const onRequest = ({ status }: { status: number | undefined }) => status === 429 && limit();
  const fixture = useFixture({ rateLimit, onRequest, files: programFiles });

  it("ends after the calls that were sent; the state has every group, and the next `pulumi up` creates the others", async () => {
    const names = Array.from({ length: count }, (_, number) => `Group ${number}`);
    const resources = names.map((name) => [name, { type: "AccessControlGroup", inputs: { name } }] as const);
    declare(fixture, Object.fromEntries(resources));
    const run = fixture.stack.start([...UP, "--parallel", "4"], true);
    await Promise.race([limited, run.ended]);
    run.interrupt();
    assert.notEqual(await run.ended, 0);
    assert.match(run.text, /rate limited, resuming in[\s\S]*update canceled/);
    const created = fixture.console.groups().length;
    assert.ok(created > 0 && created < count, `${created} groups`);
    const outcome = new Outcome();
    outcome.compare("interrupted", await fixture.stack.opened(), fixture.console, []);
    assert.deepEqual(outcome.findings(), []);

    fixture.emulator.limitRate(undefined);
    assert.doesNotMatch(await fixture.stack.cli(...UP), /warning|pending|error/);
    const existing = fixture.console.groups().map(({ name }) => name);
    assert.deepEqual(existing.sort(), names.sort());
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});
