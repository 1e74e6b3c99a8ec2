import { memberOf, SECRET_SIGNATURE, UNKNOWN } from "../pulumi/state";

/**
 * Lets an update plan accept any value of a secret. The engine quotes a value that differs from its plan in plain text, also if it
 * is a secret.
 * @param text The update plan, as `pulumi preview --save-plan` writes it.
 * @returns The update plan to deploy with.
 * @throws Error if the text is not an update plan.
 */
export function withoutSecretValues(text: string): string {
  const plan: unknown = JSON.parse(text);
  const resources = memberOf(plan, "resourcePlans");
  if (resources === undefined) throw new Error("This version of Pulumi writes update plans in an unknown format.");
  const relaxed = entriesOf(resources).map(([urn, resource]) => [urn, withoutSecretsIn(resource)]);
  return JSON.stringify({ ...membersIn(plan), resourcePlans: Object.fromEntries(relaxed) });
}

function withoutSecretsIn(resource: unknown): unknown {
  const goal = memberOf(resource, "goal");
  if (goal === undefined || goal === null) return resource;
  const values = entriesOf(memberOf(resource, "state"));
  const secrets = values.filter(([, value]) => containsSecret(value)).map(([name]) => name);
  const [inputDiff, outputDiff] = ["inputDiff", "outputDiff"].map((name) => relaxed(memberOf(goal, name), secrets));
  return { ...membersIn(resource), goal: { ...membersIn(goal), inputDiff, outputDiff } };
}

/** A value that is unknown in the plan may have any value in the deployment, or none. */
function relaxed(diff: unknown, secrets: readonly string[]): unknown {
  const [adds, updates] = ["adds", "updates"].map((part) => {
    const entries = entriesOf(memberOf(diff, part));
    return new Map(entries.map(([name, value]) => [name, containsSecret(value) ? UNKNOWN : value]));
  });
  const deletes: unknown = memberOf(diff, "deletes");
  const isDeleted = (name: string) => Array.isArray(deletes) && deletes.includes(name);
  for (const name of secrets) {
    if (!adds?.has(name) && !updates?.has(name) && !isDeleted(name)) updates?.set(name, UNKNOWN);
  }
  return { ...membersIn(diff), adds: Object.fromEntries(adds ?? []), updates: Object.fromEntries(updates ?? []) };
}

function containsSecret(value: unknown): boolean {
  return JSON.stringify(value)?.includes(SECRET_SIGNATURE) ?? false;
}

function membersIn(value: unknown): object {
  return Object.fromEntries(entriesOf(value));
}

function entriesOf(value: unknown): [name: string, value: unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
