import assert from "node:assert/strict";
import { type Behaviours, behaviourSettings, defaultBehaviours } from "../../../provider/emulator";
import { checkBehaviours } from "../../../provider/emulator/behaviours/checkBehaviours";
import { endAll } from "../../drivers/stack";
import { samples } from "../../resources/facts";
import { isLong, tally } from "../../tally";
import { HurriedClock } from "../faults/clock";
import { covering } from "./covering";
import { exemptions, losses, refusals, unshownMembers } from "./exemptions";
import { live } from "./life";
import type { Lived } from "./lived";
import type { Pace } from "./steps";

const settings = Object.entries(behaviourSettings);

/** Every setting of every behaviour but its default, alone. */
const alone = settings.flatMap(([name, [, ...others]]) => others.map((setting) => behaving([[name, setting]])));

/** Settings that make exemptions only together. */
const partners = [
  behaving([
    ["mapWrites", "merge"],
    ["nulls", "keeps"],
  ]),
  behaving([
    ["doorWrites", "merge"],
    ["settingsWrites", "merge"],
    ["emptyDescription", "keeps"],
    ["nulls", "keeps"],
  ]),
  behaving([
    ["emptyLists", "null"],
    ["organizationReads", "refused"],
  ]),
  behaving([
    ["serverFieldsOmitted", "wiped"],
    ["serverSecretReads", "masked"],
  ]),
];

/**
 * Behaviours together: in the long run so that any three settings meet, but for those under which a life ends early;
 * otherwise those that make an exemption together.
 */
function togetherOf(name: string): Behaviours[] {
  if (!isLong) return partners;
  const final = refusals.filter(({ sample, until }) => sample?.test(name) && until === undefined);
  const possible = settings.map(([behaviour, each]): [string, unknown[]] => {
    const ends = (setting: unknown) =>
      final.some(({ when }) => [Reflect.get(when, behaviour)].flat().includes(setting));
    return [behaviour, each.filter((setting) => !ends(setting))];
  });
  const rows = covering(
    possible.map(([, { length }]) => length),
    3,
  );
  return rows.map((row) => behaving(possible.map(([behaviour, each], index) => [behaviour, each[row[index] ?? 0]])));
}

/** One input after the other takes minutes: at once, each is set, changed and left out as well. */
const pace: Pace = isLong ? "one" : "all";

const counts = { combinations: 0, lives: 0, same: 0, failures: 0 };
const met = new Set<unknown>();
const models = new Map<string, Lived>();

describe("contract: behaviours", function () {
  this.timeout(60_000);
  const clock = new HurriedClock();
  beforeEach(() => clock.start());
  afterEach(async () => {
    clock.stop();
    await endAll();
  });

  /** Leads a life, and counts it. */
  async function lead(name: string, behaviours: Behaviours, pace: Pace, model?: Lived): Promise<Lived> {
    counts.lives++;
    counts.failures++;
    const lived = await live(name, { behaviours, clock, pace, ...(model && { model }) });
    counts.failures--;
    for (const each of lived.met) met.add(each);
    return lived;
  }

  /** The life under the defaults, with which the others of the same pace are compared. */
  async function modelOf(name: string, pace: Pace): Promise<Lived> {
    const key = `${pace} ${name}`;
    const model = models.get(key) ?? (await lead(name, defaultBehaviours, pace));
    models.set(key, model);
    return model;
  }

  async function leadUnlessSame(name: string, behaviours: Behaviours, pace: Pace): Promise<void> {
    const model = await modelOf(name, pace);
    // Where the emulator never asked for these behaviours, each of its answers would be the same once more.
    const isAsked = changedIn(behaviours).some((each) => model.consulted.has(each));
    if (isAsked || isLong) await lead(name, behaviours, pace, model);
    else counts.same++;
  }

  for (const name of Object.keys(samples)) {
    for (const behaviours of alone) {
      it(`${name}, ${told(behaviours)}: lives as ever, or says at each turn what it cannot have`, async () => {
        await leadUnlessSame(name, behaviours, pace);
      });
    }

    for (const [index, behaviours] of togetherOf(name).entries()) {
      counts.combinations++;
      it(`${name}, combination ${index + 1}: ${told(behaviours)}`, async () => {
        await leadUnlessSame(name, behaviours, "all");
      });
    }
  }

  it("meets each exemption", () => {
    const all = [...exemptions, ...refusals, ...losses, unshownMembers];
    assert.deepEqual(
      all.filter((each) => !met.has(each)).map(({ reason }) => reason),
      [],
    );
  });

  after(() => {
    const { combinations, lives, same, failures } = counts;
    tally(
      `behaviours: ${alone.length} settings of ${settings.length} behaviours alone, ${combinations} combinations, ` +
        `${lives} lifecycles (${same} more that would be the same), ${failures} failures`,
    );
  });
});

function behaving(changes: readonly (readonly [string, unknown])[]): Behaviours {
  return { ...defaultBehaviours, ...checkBehaviours(Object.fromEntries(changes)) };
}

/** The names of the behaviours that are not as by default. */
function changedIn(behaviours: Behaviours): string[] {
  const entries = Object.entries(behaviours);
  return entries.flatMap(([name, value]) => (Reflect.get(defaultBehaviours, name) === value ? [] : [name]));
}

function told(behaviours: Behaviours): string {
  return changedIn(behaviours)
    .map((name) => `${name}=${Reflect.get(behaviours, name)}`)
    .join(" ");
}
