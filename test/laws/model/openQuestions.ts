import fc from "fast-check";
import { type Behaviours, behaviourSettings, defaultBehaviours } from "../../../provider/emulator";
import { checkBehaviours } from "../../../provider/emulator/behaviours/checkBehaviours";

/** A setting of a behaviour that no story is told under. */
interface Exclusion {
  /** Why not. */
  readonly reason: string;
  /** The behaviour. */
  readonly name: keyof Behaviours;
  /** The setting. */
  readonly setting: unknown;
  /** What stands in its place. */
  readonly instead: unknown;
}

/** All that no story is told under. */
const exclusions: readonly Exclusion[] = [
  {
    reason: "the processes of the stories disbelieve reads for 125 ms instead of 3 s, so reads lag less in proportion",
    name: "readLagMs",
    setting: 2500,
    instead: 30,
  },
  {
    reason: "no story ends well in which nothing can be deleted; the lives of the contract are led under it",
    name: "deletes",
    setting: "ignored",
    instead: "performed",
  },
];

/** Every behaviour with the settings that are tried: all of them but the default, and but those that are excluded. */
function settingsToTry(): [string, readonly unknown[]][] {
  return Object.entries(behaviourSettings).map(([name, settings]) => {
    const others = settings.filter((setting) => setting !== Reflect.get(defaultBehaviours, name));
    return [name, others.map((setting) => insteadOf(name, setting))];
  });
}

function insteadOf(name: string, setting: unknown): unknown {
  const exclusion = exclusions.find((each) => each.name === name && each.setting === setting);
  return exclusion === undefined ? setting : exclusion.instead;
}

/** Each behaviour is the default two times out of three: where too much is different at once, little is said of each. */
const anyBehaviours: fc.Arbitrary<Partial<Behaviours>> = fc
  .tuple(
    ...settingsToTry().map(([name, settings]) =>
      fc.oneof(
        { withCrossShrink: true },
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.constantFrom(...settings).map((setting) => [[name, setting] as const]) },
      ),
    ),
  )
  .map((drawn) => checkBehaviours(Object.fromEntries(drawn.flat())));

/** How the vendor may behave: every other time as its documentation seems to say. */
export const behaviours: fc.Arbitrary<Partial<Behaviours>> = fc.oneof(
  fc.constant<Partial<Behaviours>>({}),
  anyBehaviours,
);
