import fc from "fast-check";
import { type Behaviours, behaviourSettings, defaultBehaviours } from "../../../provider/emulator";
import { checkBehaviours } from "../../../provider/emulator/behaviours/checkBehaviours";

/** The settings that the sequences replace by others. */
const replacements: { readonly [Name in keyof Behaviours]?: readonly [Behaviours[Name], instead: Behaviours[Name]] } = {
  // Polling takes 125 ms instead of 3 s, so that the lag is shorter in proportion.
  readLagMs: [2500, 30],
  // No sequence ends if nothing can be deleted. The contract has lifecycles under this setting.
  deletes: ["ignored", "performed"],
};

function settingsOf(name: string, settings: readonly unknown[]): unknown[] {
  const [setting, instead]: readonly unknown[] = Reflect.get(replacements, name) ?? [];
  const others = settings.filter((each) => each !== Reflect.get(defaultBehaviours, name));
  return others.map((each) => (instead !== undefined && each === setting ? instead : each));
}

/** Each behaviour is the default two times out of three, because many differences at once prove little about each. */
const anyBehaviours: fc.Arbitrary<Partial<Behaviours>> = fc
  .tuple(
    ...Object.entries(behaviourSettings).map(([name, settings]) =>
      fc.oneof(
        { withCrossShrink: true },
        { weight: 2, arbitrary: fc.constant([]) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(...settingsOf(name, settings)).map((value) => [[name, value] as const]),
        },
      ),
    ),
  )
  .map((drawn) => checkBehaviours(Object.fromEntries(drawn.flat())));

/** The behaviours of the emulator: the defaults every other time. */
export const behaviours: fc.Arbitrary<Partial<Behaviours>> = fc.oneof(
  fc.constant<Partial<Behaviours>>({}),
  anyBehaviours,
);
