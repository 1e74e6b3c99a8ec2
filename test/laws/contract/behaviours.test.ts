import assert from "node:assert/strict";
import { type Behaviours, behaviourSettings, defaultBehaviours } from "../../../provider/emulator";
import { checkBehaviours } from "../../../provider/emulator/behaviours/checkBehaviours";
import { endAll } from "../../drivers/stack";
import { isLong } from "../../longRun";
import { reportCounts } from "../../reportCounts";
import { samples } from "../../resources/facts";
import { FastClock } from "../faults/clock";
import { covering } from "./covering";
import { exemptions, refusals, wipedSecrets } from "./exemptions";
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

const counts = { combinations: 0, lifecycles: 0, same: 0, failures: 0 };
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

  async function run(name: string, behaviours: Behaviours, oneByOne: boolean): Promise<LifecycleResult> {
    const key = `${name} ${oneByOne}`;
    const isDefault = behaviours === defaultBehaviours;
    const defaults = isDefault ? undefined : (expected.get(key) ?? (await run(name, defaultBehaviours, oneByOne)));
    // If the emulator never consults these behaviours, all its answers are those of the default behaviours.
    if (defaults && !isLong && !changedIn(behaviours).some((each) => defaults.consulted.has(each))) {
      counts.same++;
      return defaults;
    }
    counts.lifecycles++;
    counts.failures++;
    const result = await runLifecycle(name, { behaviours, clock, oneByOne, ...(defaults && { expected: defaults }) });
    counts.failures--;
    for (const each of result.exemptions) applied.add(each);
    if (isDefault) expected.set(key, result);
    return result;
  }

  for (const name of Object.keys(samples)) {
    it(`${name}, inputs one by one: converges`, async () => {
      await run(name, defaultBehaviours, true);
    });

    for (const behaviours of alone) {
      // In the short run, each input is set, changed and left out at once with the others.
      it(`${name}, ${titleOf(behaviours)}: converges, or reports what the API cannot do`, async () => {
        await run(name, behaviours, isLong);
      });
    }

    for (const [index, behaviours] of (isLong ? triplesFor(name) : together).entries()) {
      counts.combinations++;
      it(`${name}, combination ${index + 1}: ${titleOf(behaviours)}`, async () => {
        await run(name, behaviours, false);
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
    const { combinations, lifecycles, same, failures } = counts;
    reportCounts(
      `behaviours: ${alone.length} settings of ${settings.length} behaviours alone, ${combinations} combinations, ` +
        `${lifecycles} lifecycles (${same} more that would be the same), ${failures} failures`,
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
