import { keyOf, type Observed } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import type { Values } from "../../core/schema/values";
import { missingOutputsIn } from "../../core/state/metadata";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import { type ExistingObject, observe } from "./existing";
import type { ImportSession } from "./importSession";

type ReadObject = Pick<ExistingObject, "type" | "observed">;

/** The result of a recovery. */
interface Recovery {
  /** The recovered outputs by id. */
  readonly outputs: ReadonlyMap<string, Values>;
  /** The outputs that stay absent, for the end of the command; empty if there are none. */
  readonly remark: string;
}

/**
 * Recovers the outputs that no read returns, with `--recover-secrets`. Without it, only a remark names the missing outputs.
 * @param session The session.
 * @param objects The objects to import.
 */
export async function recoverAll(
  { api, note, options }: ImportSession,
  objects: readonly ReadObject[],
): Promise<Recovery> {
  const outputs = new Map<string, Values>();
  const incomplete = objects.filter((each) => missingOutputs(each).length > 0);
  if (incomplete.length === 0) return { outputs, remark: "" };
  const names = [...new Set(incomplete.flatMap((each) => missingOutputs(each)))].join(" and ");
  const labels = incomplete.map(({ type, observed }) => keyOf(definitionOf(type), observed.values).label).join(", ");
  if (!options.recoverSecrets) {
    const remedy = options.apply && !options.dryRun ? AFTERWARDS : BEFORE;
    return { outputs, remark: `\nNo read shows ${names} of ${labels}. ${remedy}\n` };
  }
  const cost = "one write for each, with its current name and doors";
  note(`\n${options.dryRun ? "Would recover" : "Recovering"} ${names} of ${labels}: ${cost}.\n`);
  if (options.dryRun) return { outputs, remark: "" };
  for (const each of incomplete) outputs.set(each.observed.id, await recover(api, each, note));
  return { outputs, remark: "" };
}

const BEFORE = "It stays absent until the name or the doors change. An import with --recover-secrets gets it at once.";

const AFTERWARDS =
  "It stays absent until the name or the doors change. To get it sooner, remove the deployment from the state with " +
  "`pulumi state delete --force`, and import it again with --recover-secrets.";

/**
 * Notes the resources of the stack without outputs that only a write returns. They are not written to.
 * @param session The session.
 */
export function noteMissing({ managed, note }: ImportSession): void {
  const incomplete = managed.filter(({ missing }) => missing.length > 0);
  if (incomplete.length === 0) return;
  const names = [...new Set(incomplete.flatMap(({ missing }) => missing))].join(" and ");
  const resources = incomplete.map(({ name }) => `"${name}"`).join(", ");
  note(
    `\nThe stack has ${resources} without ${names}, and --recover-secrets applies only to what it imports. ${AFTERWARDS}\n`,
  );
}

function missingOutputs({ type, observed }: ReadObject): readonly string[] {
  return missingOutputsIn(definitionOf(type), observed.outputs);
}

/** Writes the object back as it has just been read. The answer contains the outputs. */
async function recover(api: RhombusApi, { type, observed }: ReadObject, note: (text: string) => void): Promise<Values> {
  const definition = definitionOf(type);
  const { label } = keyOf(definition, observed.values);
  const [before] = await observe(api, type, { id: observed.id }, {}, true);
  if (before === undefined || !areEqual(type, before, observed)) {
    throw new Error(`${label} has just been changed, so nothing was written. Run the import again.`);
  }
  let outputs: Values = {};
  await definition.write?.(api, {
    observed: before,
    desired: {},
    declared: {},
    changed: new Set(),
    removal: "omit",
    prior: {},
    isInState: false,
    resend: async (_, call) => void (await call({ observed: before, desired: {} })),
    warn: (message) => note(`warning: ${message}\n`),
    reportWrite: (answered = {}) => {
      outputs = { ...outputs, ...answered };
    },
  });
  const [after] = await observe(api, type, { id: observed.id }, {}, true);
  if (after === undefined || !areEqual(type, after, before)) {
    throw new Error(`Check ${label} in the Rhombus console: writing it back has changed it.`);
  }
  return outputs;
}

/** Rhombus may tidy texts in a write, although they are sent as they were read. */
function areEqual(type: ResourceType, { values: one }: Observed, { values: other }: Observed): boolean {
  return fieldsOf(definitionOf(type).fields).every(([name, field]) => {
    return field.equal(field.canonical(one[name]), field.canonical(other[name]));
  });
}
