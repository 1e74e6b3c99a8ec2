import { isDeepStrictEqual } from "node:util";
import type { Behaviours } from "../../../provider/emulator";
import { definitionOf } from "../../../provider/resources/registry";
import type { Program, Properties, Stack } from "../../drivers/stack";
import { full, samples, type TypedSample } from "../../resources/facts";
import { replacingFields, updated } from "../contract/properties";

/** One operation of the engine on one resource, which is called `it`, and what exists before. */
export interface Deployment {
  readonly name: string;
  /** Others have no objects beside it. */
  readonly isAlone?: true;
  /** Default: those of the emulator. */
  readonly behaviours?: Partial<Behaviours>;
  /** The objects that exist without being in the state. */
  readonly existing?: Program;
  /** The program that was deployed before. */
  readonly before?: Program;
  readonly does: "up" | "refresh" | "destroy";
  readonly program: Program;
}

/** Runs the operation of a deployment once. */
export async function deploy({ does }: Deployment, stack: Stack, program: Program, parallel = false): Promise<void> {
  if (does === "up") await stack.up(program, { parallel });
  else if (does === "refresh") await stack.refresh();
  else await stack.destroy();
}

/** Every deployment of every sample. */
export const deployments: readonly Deployment[] = Object.entries(samples).flatMap(([name, sample]) =>
  deploymentsOf(sample).map((deployment) => ({ ...deployment, name: `${name}: ${deployment.name}` })),
);

/** Other behaviours of Rhombus that make other calls necessary. */
const otherBehaviours: Readonly<Record<string, Partial<Behaviours>>> = {
  "where writes merge": { mapWrites: "merge", settingsWrites: "merge" },
  "where reads hide": {
    vendorKeyReads: "absent",
    onGuardSecretReads: "absent",
    serverSecretReads: "absent",
  },
  "where little is refused": {
    groupNames: "duplicates",
    onGuardUnknownToken: "recreate",
    missingWrites: "ignored",
    deploymentsOmitted: "removed",
    serverFieldsOmitted: "wiped",
  },
  "where much is refused": {
    deleteUnconfigured: "error",
    deleteMissing: "error",
    repeatedMembers: "refused",
    unknownUsers: "refused",
    notConfigured: "error-text",
  },
};

/** Every deployment again, under other behaviours of Rhombus. */
export const deploymentsUnderBehaviours: readonly Deployment[] = Object.entries(otherBehaviours).flatMap(
  ([title, behaviours]) =>
    deployments.map((deployment) => ({ ...deployment, name: `${deployment.name} ${title}`, behaviours })),
);

function deploymentsOf(sample: TypedSample): Deployment[] {
  const declaring = (inputs: Properties): Program => ({ it: { type: sample.type, inputs } });
  const all = full(sample);
  const kept = onlyIf(all, (name) => replacingFields(sample.type).includes(name));
  const renamed = onlyIf({ name: "Anew", displayName: "Anew" }, (name) => name in sample.least);
  // What a foreign has in maps and sets beyond the program's would stay there until a refresh, and be a plan after it.
  const isKept = (name: string) => {
    const isRequired = definitionOf(sample.type).fields[name]?.modifiers.required ?? false;
    return name in kept || isRequired || typeof full(sample, 1)[name] !== "object";
  };
  const sets = onlyIf(updated(sample), (name) => !isKept(name) && Array.isArray(full(sample, 1)[name]));
  const foreign = declaring({
    ...onlyIf(updated(sample), isKept),
    ...Object.fromEntries(Object.keys(sets).map((name) => [name, []])),
  });
  const changed = { ...updated(sample), ...renamed };
  const least = { ...sample.least, ...kept };
  const other = replacement(sample);
  const updates = Object.entries({ update: changed, undeclare: least, replace: other ?? all }).flatMap(
    ([name, inputs]): Deployment[] => {
      if (isDeepStrictEqual(inputs, all)) return [];
      return [{ name, before: declaring(all), does: "up", program: declaring(inputs) }];
    },
  );
  return [
    { name: "create", does: "up", program: declaring(all) },
    ...(sample.unrelated === undefined
      ? []
      : [{ name: "create alone", isAlone: true, does: "up", program: declaring(all) } as const]),
    ...updates,
    { name: "adopt", existing: foreign, does: "up", program: declaring({ ...all, adopt: true }) },
    { name: "refresh", before: declaring(all), does: "refresh", program: declaring(all) },
    { name: "delete", before: declaring(all), does: "destroy", program: {} },
  ];
}

/** The inputs that replace the resource; undefined if none do. */
function replacement(sample: TypedSample): Properties | undefined {
  const [field] = replacingFields(sample.type);
  if (field === undefined) return undefined;
  if (field in sample.fields) return full(sample, 1);
  const another = Object.values(samples).find(({ type, least }) => {
    return type === sample.type && least[field] !== sample.least[field];
  });
  return another && full(another);
}

function onlyIf(properties: Properties, isWanted: (name: string) => boolean): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => isWanted(name)));
}
