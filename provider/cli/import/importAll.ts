import type { Values } from "../../core/schema/values";
import { resourceTypes } from "../../resources/registry";
import { endSentence } from "../../rhombus/errors/rhombusError";
import { organizationText } from "../organizationText";
import { counted } from "../output/plainText";
import { stackOption } from "../pulumi/state";
import { writeOrApply } from "./delivery";
import { readNameDirectory } from "./directory";
import { readExisting } from "./existing";
import { importFileOf, writeNewFile } from "./importFile";
import { foreignProblem, type ImportSession, refuseForeign } from "./importSession";
import { type NamedObject, nameObjects } from "./naming";
import { type ConfigSecret, kindsIn, type Program, programOf, secretsOf } from "./program";
import { recoverAll } from "./recovery";
import { type Inventory, jsonOf, summaryOf, tableOf } from "./report";
import { filtersIn, matchesPattern } from "./selection";

/**
 * Lists the objects of an organization, and writes those that the stack does not manage into a program, a file or the stack.
 * @param session The session.
 * @returns True if nothing was left out.
 */
export async function importAll(session: ImportSession): Promise<boolean> {
  const { api, managed, options, terminal } = session;
  const { only, name = "*", program, out, apply } = options;
  const types = resourceTypes.filter((type) => only.length === 0 || only.includes(type));
  const existing = await readExisting(api, types, terminal.screen);
  const owners = existing.map(({ observed }) => observed.orgUuid);
  const named = nameObjects(existing, managed);
  const resources = named.filter(({ existing: each }) => matchesPattern(each.label, name));
  const inventory = { organization: session.organization, resources, filters: filtersIn(options) };
  if (program !== undefined || apply || out !== undefined) await write(session, inventory, owners);
  else list(session, inventory, owners);
  const isMissed = resources.length === 0 && inventory.filters.length > 0;
  return !isMissed && resources.every((each) => each.isInStack || isDeclarable(each));
}

type Owners = readonly (string | undefined)[];

async function write(session: ImportSession, inventory: Inventory, owners: Owners): Promise<void> {
  const { program, all, out, apply, dryRun, json } = session.options;
  refuseForeign(session, owners);
  session.note(dryRun ? tableOf(inventory) : summaryOf(inventory));
  const declarable = inventory.resources.filter(isDeclarable);
  const importable = declarable.filter(({ isInStack }) => !isInStack);
  const written = program === undefined ? {} : await writeProgram(session, program, all ? declarable : importable);
  const result = apply || out !== undefined ? await importAllOf(session, importable) : {};
  if (json) session.terminal.printJson({ ...jsonOf(inventory), ...written, ...result });
}

/** The problem of the organization comes last, where it is seen. */
function list(session: ImportSession, inventory: Inventory, owners: Owners): void {
  const { terminal, options } = session;
  const problem = foreignProblem(session, owners);
  const importable = inventory.resources.filter((each) => !each.isInStack && isDeclarable(each));
  if (options.json) terminal.printJson(jsonOf(inventory));
  else terminal.print(`${tableOf(inventory)}${nextSteps(problem === undefined ? importable.length : 0)}`);
  if (problem !== undefined) throw new Error(problem);
}

function isDeclarable({ existing: { problems } }: NamedObject): boolean {
  return problems.length === 0;
}

function nextSteps(count: number): string {
  if (count === 0) return "";
  const steps = [
    "npx pulumi-rhombus import --program rhombus.ts   # write a program that declares what is not in the stack",
    "npx pulumi-rhombus import --apply                # import it into the stack",
    "pulumi preview --expect-no-changes               # check that nothing would change",
  ];
  return `\n${steps.map((step) => `  ${step}\n`).join("")}`;
}

async function writeProgram(session: ImportSession, path: string, resources: readonly NamedObject[]): Promise<object> {
  const { organization, provider, options, note, terminal } = session;
  if (resources.length === 0) {
    note(`\nThere is nothing to declare${options.all ? "" : "; --all declares what the stack manages"}.\n`);
    return {};
  }
  const program = programOf({
    organization: organizationText(organization),
    resources,
    names: await namesFor(session, resources),
    provider: provider?.name,
    protect: options.protect,
  });
  if (path === "-") {
    terminal.printVerbatim(program.text);
    return {};
  }
  if (!options.dryRun) writeNewFile(path, program.text);
  const objects = counted(resources.length, "object");
  note(`\n${options.dryRun ? "Would write" : "Wrote"} ${path}, a program that declares ${objects}.\n`);
  note(usageOf(program));
  note(secretCommands(secretsOf(resources, provider?.name), options.stack));
  return { program: path };
}

async function namesFor({ api, terminal, note }: ImportSession, resources: readonly NamedObject[]) {
  const names = await readNameDirectory(api, terminal.redactor, kindsIn(resources));
  for (const { kind, error } of names.unlisted) {
    const isForbidden = error.status === 403;
    const reason = isForbidden ? `This key may not list ${kind}s` : `The ${kind}s could not be listed`;
    const detail = isForbidden ? "" : ` ${endSentence(error.message)}`;
    note(`\n${reason}, so the program refers to them by RUUID.${detail}\n`);
  }
  return names;
}

function usageOf({ functionName }: Program): string {
  return functionName === undefined
    ? "Set `main` in Pulumi.yaml to it, or import it in the existing program.\n"
    : `Call its function ${functionName} with that provider in the program of the stack.\n`;
}

function secretCommands(secrets: readonly ConfigSecret[], stack: string | undefined): string {
  if (secrets.length === 0) return "";
  const commands = secrets.map(({ name }) => {
    return `  ${["pulumi config set --secret", name, ...stackOption(stack)].join(" ")}\n`;
  });
  return `Set the vendor keys that it takes from the stack config:\n${commands.join("")}`;
}

async function importAllOf(session: ImportSession, resources: readonly NamedObject[]): Promise<object> {
  const { organization, provider } = session;
  const { outputs: recovered, remark } = await recoverAll(
    session,
    resources.map(({ existing }) => existing),
  );
  const imported = await Promise.all(
    resources.map(async (resource) => {
      const { name, existing } = resource;
      const inputs = { ...existing.inputs, ...(await configuredKeysOf(session, resource)) };
      return { name, existing, inputs, recovered: recovered.get(existing.id), organization };
    }),
  );
  return writeOrApply(session, importFileOf(imported, provider), imported.length, remark);
}

/** The vendor keys that no read returns, as the program takes them from the stack config. */
async function configuredKeysOf(
  { cli, terminal, note, options, provider }: ImportSession,
  resource: NamedObject,
): Promise<Values> {
  const { hiddenKeys, key } = resource.existing;
  const secrets = secretsOf([resource], provider?.name).filter(({ input }) => hiddenKeys.includes(input));
  const found = secrets.map(async ({ name, input }): Promise<[string, string][]> => {
    const value = await cli.run("config", "get", name, ...stackOption(options.stack)).then(
      (printed) => printed.replace(/\r?\n$/, ""),
      () => "",
    );
    terminal.redactor.add(value);
    if (value !== "") return [[input, value]];
    note(
      `\nNo read shows ${input} of ${key.label}, and the stack config has no ${name}: the next \`pulumi up\` sends it. ` +
        `To avoid that change, set it first: pulumi config set --secret ${name}\n`,
    );
    return [];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}
