import assert from "node:assert/strict";
import { type Behaviours, behaviourSettings, defaultBehaviours } from "../../../provider/emulator";
import { checkBehaviours } from "../../../provider/emulator/behaviours/checkBehaviours";
import { endAll } from "../../drivers/stack";
import { isLong } from "../../longRun";
import { reportCounts } from "../../reportCounts";
import { samples } from "../../resources/facts";
import { FastClock } from "../faults/clock";
import { covering } from "./covering";
import { applies, exemptions, refusals, wipedSecrets } from "./exemptions";
import { type LifecycleResult, runLifecycle } from "./lifecycle";

const settings = Object.entries(behaviourSettings);

/** Every setting of every behaviour but its default, alone. */
const alone = settings.flatMap(([name, [, ...others]]) => others.map((setting) => withSettings({ [name]: setting })));

/** Settings that make exemptions only together. */
const together = [
  { mapWrites: "merge", nulls: "keeps" },
  { doorWrites: "merge", settingsWrites: "merge", emptyDescription: "keeps", nulls: "keeps" },
  { emptyLists: "null", organizationReads: "refused" },
  { serverFieldsOmitted: "wiped", serverSecretReads: "masked" },
].map(withSettings);

/** Every three settings together, without those under which nothing can be created. */
function triplesFor(name: string): Behaviours[] {
  const final = refusals.filter(({ sample, until }) => sample?.test(name) && until === undefined);
  const possible = settings.map(([behaviour, each]): [string, unknown[]] => {
    const ends = (setting: unknown) =>
      final.some(({ when }) => [Reflect.get(when, behaviour)].flat().includes(setting));
    return [behaviour, each.filter((setting) => !ends(setting))];
  });
  const sizes = possible.map(([, { length }]) => length);
  return covering(sizes).map((row) => {
    return withSettings(Object.fromEntries(possible.map(([name, each], index) => [name, each[row[index] ?? 0]])));
  });
}

/** The number of samples that meet each setting alone in the short run, in turn, among those whose answers it can change. */
const SAMPLES_IN_TURN = 2;

const names = Object.keys(samples);
const counts = { combinations: 0, lifecycles: 0, left: 0, failures: 0 };
const applied = new Set<unknown>();
const expected = new Map<string, LifecycleResult>();

describe("contract: behaviours", function () {
  this.timeout(60_000);
  const clock = new FastClock();
  beforeEach(() => clock.start());
  afterEach(async () => {
    clock.stop();
    await endAll();
  });

  it("converge without a change", async () => {
    for (const name of names) await run(name, defaultBehaviours, false);
  });

  async function run(name: string, behaviours: Behaviours, oneByOne: boolean): Promise<LifecycleResult> {
    const key = `${name} ${oneByOne}`;
    const isDefault = behaviours === defaultBehaviours;
    const defaults = isDefault ? undefined : (expected.get(key) ?? (await run(name, defaultBehaviours, oneByOne)));
    counts.lifecycles++;
    counts.failures++;
    const result = await runLifecycle(name, { behaviours, clock, oneByOne, ...(defaults && { expected: defaults }) });
    counts.failures--;
    for (const each of result.exemptions) applied.add(each);
    if (isDefault) expected.set(key, result);
    return result;
  }

  /**
   * True if a sample meets these behaviours in this run. If the emulator never consults them, all its answers are those of the
   * default behaviours.
   */
  function isMet(name: string, behaviours: Behaviours, turn: number): boolean {
    const changed = changedIn(behaviours);
    const affected = names.filter((each) => changed.some((one) => expected.get(`${each} false`)?.consulted.has(one)));
    const isPeculiar = refusals.some(({ sample, when, replacing = false }) => {
      return applies(when, behaviours) && (sample?.test(name) ?? replacing);
    });
    const place = (affected.indexOf(name) + turn) % affected.length;
    return affected.includes(name) && (isPeculiar || changed.length > 1 || place < SAMPLES_IN_TURN);
  }

  async function runIfMet(name: string, behaviours: Behaviours, turn: number): Promise<void> {
    if (isMet(name, behaviours, turn)) await run(name, behaviours, false);
    else counts.left++;
  }

  for (const name of names) {
    it(`${name}, inputs one by one: converges`, async () => {
      await run(name, defaultBehaviours, true);
    });

    for (const [turn, behaviours] of alone.entries()) {
      // In the short run, each input is set, changed and left out at once with the others.
      it(`${name}, ${titleOf(behaviours)}: converges, or reports what the API cannot do`, async () => {
        await (isLong ? run(name, behaviours, true) : runIfMet(name, behaviours, turn));
      });
    }

    for (const [index, behaviours] of (isLong ? triplesFor(name) : together).entries()) {
      counts.combinations++;
      it(`${name}, combination ${index + 1}: ${titleOf(behaviours)}`, async () => {
        await (isLong ? run(name, behaviours, false) : runIfMet(name, behaviours, index));
      });
    }
  }

  it("needs each exemption", () => {
    const played = refusals.filter(({ oneByOne = false }) => isLong || !oneByOne);
    const unused = [...exemptions, ...played, wipedSecrets].filter((each) => !applied.has(each));
    assert.deepEqual(
      unused.map(({ reason }) => reason),
      [],
    );
  });

  after(() => {
    const { combinations, lifecycles, left, failures } = counts;
    reportCounts(
      `behaviours: ${alone.length} settings of ${settings.length} behaviours alone, ${combinations} combinations, ` +
        `${lifecycles} lifecycles (${left} not played), ${failures} failures`,
    );
  });
});

function withSettings(changes: Readonly<Record<string, unknown>>): Behaviours {
  return { ...defaultBehaviours, ...checkBehaviours(changes) };
}

/** The names of the behaviours that do not have their default. */
function changedIn(behaviours: Behaviours): string[] {
  return Object.keys(behaviours).filter(
    (name) => Reflect.get(defaultBehaviours, name) !== Reflect.get(behaviours, name),
  );
}

function titleOf(behaviours: Behaviours): string {
  const changes = changedIn(behaviours).map((name) => `${name}=${Reflect.get(behaviours, name)}`);
  return changes.join(" ");
}
