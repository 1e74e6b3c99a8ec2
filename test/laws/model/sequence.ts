import fc from "fast-check";
import type { Behaviours } from "../../../provider/emulator";
import { behaviours } from "./openQuestions";
import { type SlotName, slotNames, slots } from "./slots";
import type { Tree } from "./tree";
import { type Trouble, troubling } from "./troubles";

/** One thing that happens: to the program, at the console, or to the stack. One that makes no sense at its time is left out. */
export type Step =
  | {
      /** The program declares a resource: its least inputs and some others, each with its first or second value. */
      readonly do: "declare";
      /** Which. */
      readonly slot: SlotName;
      /** The others, such as `{ saveClips: 1 }` for the second value. */
      readonly fields: Readonly<Partial<Record<string, 0 | 1>>>;
      /** Whether it takes over what exists. */
      readonly adopt?: true;
    }
  | {
      /** The program no longer declares a resource. */
      readonly do: "drop";
      /** Which. */
      readonly slot: SlotName;
    }
  | {
      /** The program, or somebody at the console, writes something else; without a value, takes it out. */
      readonly do: "change" | "outside";
      /** Of which resource. */
      readonly slot: SlotName;
      /** Where. */
      readonly path: readonly string[];
      /** What. */
      readonly value?: Tree;
    }
  | {
      /** The resource gets another logical name, and its object is left to `adopt`, to an alias, or to nothing. */
      readonly do: "rename";
      /** Which. */
      readonly slot: SlotName;
      /** How its object is to find it. */
      readonly way: "plain" | "adopt" | "alias";
    }
  | {
      /** Somebody removes an object at the console, or makes one that is like what a program could declare. */
      readonly do: "remove" | "make";
      /** Which. */
      readonly slot: SlotName;
    }
  | {
      /** Deploys the program. */
      readonly do: "up";
      /** Refreshes first, in the same processes, as `--refresh` does. */
      readonly refresh?: true;
      /** All resources of an organization at once. */
      readonly parallel?: true;
      /** The process is killed before the engine has seen what became of this resource. */
      readonly lost?: SlotName;
      /** What goes wrong. */
      readonly trouble?: Trouble;
    }
  | {
      /** Shows the plan. */
      readonly do: "preview";
    }
  | {
      /** Reads every resource again, or deletes every one. */
      readonly do: "refresh" | "destroy";
      /** What goes wrong. */
      readonly trouble?: Trouble;
    };

/** A story from an empty stack on. It ends with everything put right, and everything destroyed. */
export interface Sequence {
  /** How the vendor behaves where its documentation leaves it open. */
  readonly behaviours: Partial<Behaviours>;
  /** What happens. */
  readonly steps: readonly Step[];
}

/** Mostly nothing: once in so many times what is drawn. */
function seldom<T>(drawn: fc.Arbitrary<T>, once: number): fc.Arbitrary<T | undefined> {
  const nothing = { weight: once - 1, arbitrary: fc.constant(undefined) };
  return fc.oneof({ withCrossShrink: true }, nothing, { weight: 1, arbitrary: drawn });
}

const rarely = seldom(fc.constant(true as const), 6);

function declaring(slot: SlotName): fc.Arbitrary<Step> {
  const which = fc.constantFrom<0 | 1>(0, 1);
  const values = Object.keys(slots[slot].fields).map((name) => [name, which] as const);
  const fields = fc.record(Object.fromEntries(values), { requiredKeys: [] });
  return fc.tuple(fields, rarely).map(([drawn, adopt]): Step => {
    return { do: "declare", slot, fields: drawn, ...present({ adopt }) };
  });
}

function editing(who: "change" | "outside", slot: SlotName): fc.Arbitrary<Step> {
  const choices = who === "change" ? slots[slot].choices : slots[slot].outside;
  return fc.constantFrom(...choices).map((choice): Step => ({ do: who, slot, ...choice }));
}

function deploying(cast: readonly SlotName[]): fc.Arbitrary<Step> {
  const lost = seldom(fc.constantFrom(...cast), 10);
  return fc
    .record({ refresh: rarely, parallel: rarely, lost, trouble: seldom(troubling(cast), 2) })
    .map((options): Step => ({ do: "up", ...present(options) }));
}

/** Without what was not drawn, so that a story reads well. */
function present<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // The same names, fewer values: exactly what the return type says.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function stepsOf(cast: readonly SlotName[]): fc.Arbitrary<Step> {
  const slot = fc.constantFrom(...cast);
  const each = (drawing: (name: SlotName) => fc.Arbitrary<Step>) => fc.oneof(...cast.map(drawing));
  const way = fc.constantFrom("plain" as const, "adopt" as const, "alias" as const);
  const stack = fc.constantFrom("refresh" as const, "refresh" as const, "destroy" as const);
  return fc.oneof(
    { weight: 3, arbitrary: each(declaring) },
    { weight: 12, arbitrary: each((name) => editing("change", name)) },
    { weight: 6, arbitrary: each((name) => editing("outside", name)) },
    { weight: 9, arbitrary: deploying(cast) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "preview" }) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(stack, seldom(troubling(cast), 3))
        .map(([what, drawn]): Step => ({ do: what, ...present({ trouble: drawn }) })),
    },
    { weight: 1, arbitrary: slot.map((name): Step => ({ do: "drop", slot: name })) },
    { weight: 2, arbitrary: fc.tuple(slot, way).map(([name, how]): Step => ({ do: "rename", slot: name, way: how })) },
    { weight: 1, arbitrary: slot.map((name): Step => ({ do: "remove", slot: name })) },
    { weight: 1, arbitrary: slot.map((name): Step => ({ do: "make", slot: name })) },
  );
}

/** A sequence, as a failed run shows it: ready to become a regression test. */
class Story {
  /** Takes the sequence. */
  constructor(readonly sequence: Sequence) {}

  /** One line for each step. */
  [fc.toStringMethod](): string {
    const steps = this.sequence.steps.map((each) => `    ${JSON.stringify(each)},`);
    return [
      `{`,
      `  behaviours: ${JSON.stringify(this.sequence.behaviours)},`,
      `  steps: [`,
      ...steps,
      `  ],`,
      `}`,
    ].join("\n");
  }
}

/** Who plays in a story: with few resources, more happens to each. */
const casts: readonly (readonly SlotName[])[] = [
  ["staff"],
  ["hq"],
  ["genea"],
  ["kisi"],
  ["staff", "night"],
  ["hq", "lab"],
  ["staff", "hq", "nurses"],
  ["hq", "clinic", "lab"],
  ["genea", "kisi", "hq"],
  slotNames,
];

/** How many steps a story has at most, besides those with which it begins. Each can be left out when it is shrunk. */
const LONGEST = 22;

function storiesOf(cast: readonly SlotName[]): fc.Arbitrary<Story> {
  return fc
    .record({
      behaviours,
      first: fc.tuple(...cast.map((slot) => fc.option(declaring(slot), { nil: undefined }))),
      steps: fc.tuple(...Array.from({ length: LONGEST }, () => fc.option(stepsOf(cast), { nil: undefined, freq: 6 }))),
    })
    .map(
      ({ behaviours: drawn, first, steps }) =>
        new Story({ behaviours: drawn, steps: [...first, ...steps].filter((each) => each !== undefined) }),
    );
}

/** Any sequence. */
export const stories: fc.Arbitrary<Story> = fc.oneof(...casts.map(storiesOf));
