import type { Values } from "../../core/schema/values";
import { resourceTypes } from "../../resources/registry";
import { endSentence } from "../../rhombus/errors/rhombusError";
import { type Delivered, deliver, recoverAll } from "./delivery";
import { readNames } from "./directory";
import { organizationText, readExisting } from "./existing";
import { importFileOf, writeOwn } from "./importFile";
import { type Named, namedIn } from "./naming";
import { mindOwnership } from "./ownership";
import { type ConfigSecret, kindsIn, programOf, secretsOf } from "./program";
import { counted, jsonOf, summaryOf, tableOf } from "./report";
import { fits, isFiltered } from "./selection";
import type { Session } from "./session";

/**
 * Lists what an organization has, and brings what the stack does not manage into a program, a file or the stack.
 * @param session The session.
 * @returns Whether nothing was left out.
 */
export async function importAll(session: Session): Promise<boolean> {
  const { api, managed, organization, options, print } = session;
  const { only, json, name = "*", program, out, apply, dryRun } = options;
  const types = resourceTypes.filter((type) => only.length === 0 || only.includes(type));
  const existing = await readExisting(api, types, session.progress);
  const isOwn = mindOwnership(
    session,
    existing.map(({ observed }) => observed.orgUuid),
  );
  const named = namedIn(existing, managed);
  const resources = named.filter(({ existing }) => fits(existing.label, name));
  const fresh = resources.filter(({ isManaged }) => !isManaged);
  const free = fresh.filter(({ existing }) => existing.problems.length === 0);
  const inventory = { organization, resources };
  const isListed = program === undefined && !apply && out === undefined;
  if (isListed && !json) print(`${tableOf(inventory)}${nextSteps(isOwn ? free.length : 0)}`);
  else session.note(dryRun ? tableOf(inventory) : summaryOf(inventory));
  const written = program === undefined ? {} : await writeProgram(session, program, free);
  const delivered = apply || out !== undefined ? await take(session, free) : {};
  if (json) session.printJson({ ...jsonOf(inventory), ...written, ...delivered });
  const isMissed = resources.length === 0 && isFiltered(options);
  return free.length === fresh.length && !isMissed;
}

function nextSteps(count: number): string {
  if (count === 0) return "";
  const steps = [
    "npx pulumi-rhombus import --program rhombus.ts   # a program that declares what is not in the stack",
    "npx pulumi-rhombus import --apply                # then this takes it into the stack, and",
    "pulumi preview --expect-no-changes               # there is nothing to do",
  ];
  return `\n${steps.map((step) => `  ${step}\n`).join("")}`;
}

async function writeProgram(session: Session, path: string, resources: readonly Named[]): Promise<object> {
  const { api, redactor, organization, provider, options, note } = session;
  if (resources.length === 0) {
    note("\nThere is nothing to declare.\n");
    return {};
  }
  const names = await readNames(api, redactor, kindsIn(resources));
  for (const { kind, error } of names.unseen) {
    const why = error.status === 403 ? `This key may not list ${kind}s` : `No ${kind}s could be listed`;
    const detail = error.status === 403 ? "" : ` ${endSentence(error.message)}`;
    note(`\n${why}, so the program names them by their RUUIDs.${detail}\n`);
  }
  const program = programOf({
    organization: organizationText(organization),
    resources,
    names,
    provider: provider?.name,
  });
  if (path === "-") {
    session.printProgram(program.text);
    return {};
  }
  if (!options.dryRun) writeOwn(path, program.text);
  const objects = counted(resources.length, "object");
  note(`\n${options.dryRun ? "Would write" : "Wrote"} ${path}, a program that declares ${objects}.\n`);
  if (program.functionName !== undefined) {
    note(`Call its function ${program.functionName} with that provider, in the program of the stack.\n`);
  } else {
    note("Name it under `main` in Pulumi.yaml, or import it in the program that is there.\n");
  }
  note(secretCommands(secretsOf(resources, provider?.name), options.stack));
  return { program: path };
}

/** How to set the secrets of a program. */
function secretCommands(secrets: readonly ConfigSecret[], stack: string | undefined): string {
  if (secrets.length === 0) return "";
  const option = stack === undefined ? "" : ` --stack ${stack}`;
  const commands = secrets.map(({ name }) => `  pulumi config set --secret ${name}${option}\n`);
  return `It takes keys of other vendors from the stack config. Set them:\n${commands.join("")}`;
}

async function take(session: Session, resources: readonly Named[]): Promise<Delivered> {
  const { organization, provider } = session;
  const recovered = await recoverAll(
    session,
    resources.map(({ existing }) => existing),
  );
  const imported = await Promise.all(
    resources.map(async (resource) => ({
      name: resource.name,
      existing: resource.existing,
      inputs: { ...resource.existing.inputs, ...(await hiddenKeysOf(session, resource)) },
      recovered: recovered.get(resource.existing.id),
      organization,
    })),
  );
  return deliver(session, importFileOf(imported, provider), imported.length);
}

/** The vendor keys that no read shows, as the stack config has them for the program. */
async function hiddenKeysOf({ cli, redactor, note, options, provider }: Session, resource: Named): Promise<Values> {
  const { hiddenKeys } = resource.existing;
  const secrets = secretsOf([resource], provider?.name).filter(({ input }) => hiddenKeys.includes(input));
  const stack = options.stack === undefined ? [] : ["--stack", options.stack];
  const found = secrets.map(async ({ name, input }): Promise<[string, string][]> => {
    const value = await cli.run("config", "get", name, ...stack).then(
      (printed) => printed.replace(/\r?\n$/, ""),
      () => "",
    );
    redactor.add(value);
    if (value !== "") return [[input, value]];
    note(
      `\nNo read shows ${input} of ${resource.existing.key.label}, and the stack config has no ${name}: the next ` +
        `\`pulumi up\` sends it. To have nothing to do, set it first: pulumi config set --secret ${name}\n`,
    );
    return [];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}
