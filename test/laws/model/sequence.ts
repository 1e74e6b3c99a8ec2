import fc from "fast-check";
import { type Behaviours, behaviourSettings, defaultBehaviours } from "../../../provider/emulator";
import { checkBehaviours } from "../../../provider/emulator/behaviours/checkBehaviours";
import { anyFault, type OperationFault } from "./faults";
import { type Edit, modelResources, resourceOf } from "./resources";

/** An action on a resource of the model. */
type On<Action extends string, Options extends object = object> = {
  readonly do: Action;
  readonly resource: string;
} & Options;

/** A step of a sequence. A step that is not possible is skipped. */
export type Step =
  /** The program declares the least inputs and some others, each with its first or second value. */
  | On<"declare", { readonly fields: Readonly<Partial<Record<string, 0 | 1>>>; readonly adopt?: true }>
  /** The program no longer declares the resource. */
  | On<"undeclare">
  /** The program changes its inputs, or the object is changed in the console. */
  | On<"edit" | "editRemotely", Edit>
  /** The resource gets another logical name. */
  | On<"rename", { readonly with: "nothing" | "adopt" | "alias" }>
  /** Somebody removes the object in the console, or creates one that the program could declare. */
  | On<"removeRemotely" | "createRemotely">
  | {
      readonly do: "up";
      readonly refresh?: true;
      readonly parallel?: true;
      /** The process is killed before the engine receives the answer about this resource. */
      readonly lost?: string;
      readonly fault?: OperationFault;
    }
  | { readonly do: "preview" }
  | { readonly do: "refresh" | "destroy"; readonly fault?: OperationFault };

/** A sequence of steps that begins with an empty stack. */
export interface Sequence {
  /** The behaviours of the emulator that differ from the defaults. */
  readonly behaviours: Partial<Behaviours>;
  readonly steps: readonly Step[];
}

/** The settings that the sequences replace by others. */
const replacements: { readonly [Name in keyof Behaviours]?: readonly [Behaviours[Name], instead: Behaviours[Name]] } = {
  // Polling takes 125 ms instead of 3 s, so that the lag is shorter in proportion.
  readLagMs: [2500, 30],
  // No sequence ends if nothing can be deleted. The contract has lifecycles under this setting.
  deletes: ["ignored", "performed"],
  // The tests of OnGuard have the creations that change another deployment.
  onGuardCreate: ["existing", "new"],
};

/** Each behaviour is the default two times out of three, because many differences at once prove little about each. */
const anyBehaviours: fc.Arbitrary<Partial<Behaviours>> = fc
  .tuple(
    ...Object.entries(behaviourSettings).map(([name, [usual, ...others]]: [string, readonly unknown[]]) => {
      const [setting, instead]: readonly unknown[] = Reflect.get(replacements, name) ?? [];
      const drawn = others.map((each) => (each === setting ? instead : each));
      return fc.constantFrom(...drawn.flatMap(() => [usual, usual]), ...drawn).map((value) => [name, value] as const);
    }),
  )
  .map((drawn) => drawn.filter(([name, value]) => value !== Reflect.get(defaultBehaviours, name)))
  .map((drawn) => checkBehaviours(Object.fromEntries(drawn)));

/** The behaviours of the emulator: the defaults every other time. */
const behaviours = fc.oneof(fc.constant<Partial<Behaviours>>({}), anyBehaviours);

/** Undefined, except once in so many times. */
function seldom<T>(drawn: fc.Arbitrary<T>, once: number): fc.Arbitrary<T | undefined> {
  const nothing = { weight: once - 1, arbitrary: fc.constant(undefined) };
  return fc.oneof({ withCrossShrink: true }, nothing, { weight: 1, arbitrary: drawn });
}

const seldomTrue = seldom(fc.constant(true as const), 6);

function declaring(resource: string): fc.Arbitrary<Step> {
  const which = fc.constantFrom<0 | 1>(0, 1);
  const values = Object.keys(resourceOf(resource).fields).map((name) => [name, which] as const);
  const fields = fc.record(Object.fromEntries(values), { requiredKeys: [] });
  return fc.tuple(fields, seldomTrue).map(([drawn, adopt]): Step => {
    return { do: "declare", resource, fields: drawn, ...present({ adopt }) };
  });
}

function editing(action: "edit" | "editRemotely", resource: string): fc.Arbitrary<Step> {
  const { edits, remoteEdits } = resourceOf(resource);
  const choices = action === "edit" ? edits : remoteEdits;
  return fc.constantFrom(...choices).map((edit): Step => ({ do: action, resource, ...edit }));
}

/** The options without those that were not drawn. */
function present<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // The same names, fewer values: exactly what the return type says.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function stepsOf(names: readonly string[]): fc.Arbitrary<Step> {
  const resource = fc.constantFrom(...names);
  const each = (drawing: (name: string) => fc.Arbitrary<Step>) => fc.oneof(...names.map(drawing));
  const on = (action: "undeclare" | "removeRemotely" | "createRemotely") =>
    resource.map((name): Step => ({ do: action, resource: name }));
  const way = fc.constantFrom("nothing" as const, "adopt" as const, "alias" as const);
  const lost = seldom(resource, 10);
  const up = fc.record({ refresh: seldomTrue, parallel: seldomTrue, lost, fault: seldom(anyFault(names), 2) });
  const other = fc.constantFrom("refresh" as const, "refresh" as const, "destroy" as const);
  return fc.oneof(
    { weight: 3, arbitrary: each(declaring) },
    { weight: 12, arbitrary: each((name) => editing("edit", name)) },
    { weight: 6, arbitrary: each((name) => editing("editRemotely", name)) },
    { weight: 9, arbitrary: up.map((options): Step => ({ do: "up", ...present(options) })) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "preview" }) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(other, seldom(anyFault(names), 3))
        .map(([action, fault]): Step => ({ do: action, ...present({ fault }) })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(resource, way).map(([name, how]): Step => ({ do: "rename", resource: name, with: how })),
    },
    { weight: 1, arbitrary: on("undeclare") },
    { weight: 1, arbitrary: on("removeRemotely") },
    { weight: 1, arbitrary: on("createRemotely") },
  );
}

/** A sequence that a failed run prints in the form of a regression test. */
class PrintedSequence {
  constructor(readonly sequence: Sequence) {}

  [fc.toStringMethod](): string {
    const { behaviours: drawn, steps } = this.sequence;
    const lines = steps.map((each) => `    ${JSON.stringify(each)},\n`).join("");
    return `{\n  behaviours: ${JSON.stringify(drawn)},\n  steps: [\n${lines}  ],\n}`;
  }
}

/** The resources of a sequence. With few resources, more happens to each. */
const selections: readonly (readonly string[])[] = [
  ...[...modelResources.keys()].filter((name) => name !== "night" && name !== "lab").map((name) => [name]),
  ["staff", "night"],
  ["hq", "lab"],
  ["genea", "kisi", "hq"],
  [...modelResources.keys()],
];

/** The largest number of steps after the first declarations. Shrinking leaves out steps. */
const LONGEST = 22;

function sequencesOf(names: readonly string[]): fc.Arbitrary<PrintedSequence> {
  return fc
    .record({
      behaviours,
      first: fc.tuple(...names.map((name) => fc.option(declaring(name), { nil: undefined }))),
      steps: fc.tuple(...Array.from({ length: LONGEST }, () => fc.option(stepsOf(names), { nil: undefined, freq: 6 }))),
    })
    .map(({ behaviours: drawn, first, steps }) => {
      return new PrintedSequence({
        behaviours: drawn,
        steps: [...first, ...steps].filter((each) => each !== undefined),
      });
    });
}

/** Any sequence. */
export const sequences: fc.Arbitrary<PrintedSequence> = fc.oneof(...selections.map(sequencesOf));
