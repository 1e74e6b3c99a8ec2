import { isDeepStrictEqual } from "node:util";
import type { Behaviours } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import type { Program, Properties, Stack } from "../../drivers/stack";
import { full, type TypedSample as Sample, samples } from "../../resources/facts";

/** One operation of the engine on one resource, which is called `it`, and what has to be there before. */
export interface Deployment {
  /** The resource and what happens to it. */
  readonly name: string;
  /** No objects of others stand beside it. */
  readonly isAlone?: true;
  /** How the vendor behaves, where it is not as by default. */
  readonly behaviours?: Partial<Behaviours>;
  /** What already exists, without being in the state. */
  readonly existing?: Program;
  /** What was deployed before. */
  readonly before?: Program;
  /** What the engine does. */
  readonly does: "up" | "refresh" | "destroy";
  /** What the program declares; nothing when all is destroyed. */
  readonly program: Program;
}

/** Runs the operation of a deployment once. */
export async function deploy({ does }: Pick<Deployment, "does">, stack: Stack, program: Program): Promise<void> {
  if (does === "up") await stack.up(program);
  else if (does === "refresh") await stack.refresh();
  else await stack.destroy();
}

/** Every deployment of every sample. */
export const deployments: readonly Deployment[] = Object.entries(samples).flatMap(([name, sample]) =>
  deploymentsOf(sample).map((deployment) => ({ ...deployment, name: `${name}: ${deployment.name}` })),
);

/** What the vendor may do otherwise, as far as it makes other calls necessary. */
const elsewhere: Readonly<Record<string, Partial<Behaviours>>> = {
  "where writes merge": { mapWrites: "merge", settingsWrites: "merge" },
  "where reads hide": {
    vendorKeyReads: "absent",
    onGuardSecretReads: "absent",
    serverSecretReads: "absent",
  },
  "where little is refused": {
    groupNames: "duplicates",
    onGuardUnknownToken: "recreate",
    missingGroupWrites: "ignored",
    deploymentsOmitted: "removed",
    serverFieldsOmitted: "wiped",
  },
  "where much is refused": {
    deleteUnconfigured: "error",
    deleteMissingGroup: "error",
    repeatedMembers: "refused",
    unknownUsers: "refused",
    notConfigured: "error-text",
  },
};

/** Every deployment again, as a vendor who behaves otherwise lets it go. */
export const deploymentsElsewhere: readonly Deployment[] = Object.entries(elsewhere).flatMap(([place, behaviours]) =>
  deployments.map((deployment) => ({ ...deployment, name: `${deployment.name} ${place}`, behaviours })),
);

function deploymentsOf(sample: Sample): Deployment[] {
  const declaring = (inputs: Properties): Program => ({ it: { type: sample.type, inputs } });
  const kept = onlyIf(full(sample), (name) => replaces(sample, name));
  const first = declaring(full(sample));
  // What a foreign has in maps and sets beyond the program's would stay there until a refresh, and be a plan after it.
  const plain = onlyIf(full(sample, 1), (name) => typeof full(sample, 1)[name] !== "object");
  const foreign = declaring({ ...plain, ...kept });
  const changed = declaring({ ...full(sample, 1), ...kept, ...renamed(sample) });
  const least = declaring({ ...sample.least, ...kept });
  const alone: Deployment = { name: "create alone", isAlone: true, does: "up", program: first };
  const other = replacement(sample);
  return [
    { name: "create", does: "up", program: first },
    ...(sample.neighbour === undefined ? [] : [alone]),
    ...(isDeepStrictEqual(changed, first)
      ? []
      : [{ name: "update", before: first, does: "up", program: changed } as const]),
    ...(isDeepStrictEqual(least, first)
      ? []
      : [{ name: "undeclare", before: first, does: "up", program: least } as const]),
    ...(other ? [{ name: "replace", before: first, does: "up", program: declaring(other) } as const] : []),
    { name: "adopt", existing: foreign, does: "up", program: declaring({ ...full(sample), adopt: true }) },
    { name: "refresh", before: first, does: "refresh", program: first },
    { name: "delete", before: first, does: "destroy", program: {} },
  ];
}

function replaces({ type }: Sample, field: string): boolean {
  return Object.entries(definitions[type].fields).some(([name, { modifiers }]) => name === field && modifiers.replaces);
}

/** Another value for what is the natural key. */
function renamed({ least }: Sample): Properties {
  const names = onlyIf(least, (name) => name === "name" || name === "displayName");
  return Object.fromEntries(Object.keys(names).map((name) => [name, "Anew"]));
}

/** What replaces the resource when it is declared next; `undefined` where nothing does. */
function replacement(sample: Sample): Properties | undefined {
  const field = Object.keys(definitions[sample.type].fields).find((name) => replaces(sample, name));
  if (field === undefined) return undefined;
  if (field in sample.fields) return full(sample, 1);
  const another = Object.values(samples).find(({ type, least }) => {
    return type === sample.type && least[field] !== sample.least[field];
  });
  return another === undefined ? undefined : full(another);
}

function onlyIf(properties: Properties, isWanted: (name: string) => boolean): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => isWanted(name)));
}
