import { resourceTypes } from "../../resources/registry";
import { byText, columns } from "../output/plainText";
import { writeOrApply } from "./delivery";
import { stateOf } from "./importFile";
import { type ImportSession, refuseForeign } from "./importSession";
import { type Match, matchesOf, type Unmatched } from "./match";
import { type DeclaredResource, filledFile, type Preview, previewProgram } from "./preview";
import { recoverAll } from "./recovery";
import { conditionText, filtersIn, matchesPattern } from "./selection";

/**
 * Finds the objects that match the resources that a program would create, and imports them into a file or the stack.
 * @param session The session.
 * @returns True if every resource has a match.
 */
export async function importMatches(session: ImportSession): Promise<boolean> {
  const { cli, options, terminal } = session;
  const { only, name = "*", stack, json } = options;
  if (session.organization !== undefined) refuseForeign(session);
  session.note("Asking Pulumi what the program would create ...\n");
  const preview = await previewProgram(cli, session.deployed, stack);
  const isSelected = (each: Pick<DeclaredResource, "type" | "name">) => {
    return (only.length === 0 || only.includes(each.type)) && matchesPattern(each.name, name);
  };
  // Pulumi lists resources in the order in which the program happens to declare them.
  const order = byText(({ type, name }: DeclaredResource) => `${resourceTypes.indexOf(type)} ${name}`);
  const selected = preview.declared.filter(isSelected).sort(order);
  const { matched, unmatched } = await matchesOf(selected, session);
  const owners = matched.map(({ existing }) => existing.observed.orgUuid);
  if (session.organization === undefined) refuseForeign(session, owners);
  const filters = filtersIn(options);
  const nothing = `The program would create no resource ${conditionText(filters)}.\n`;
  if (!json) terminal.print(selected.length === 0 ? nothing : tableOf(matched, unmatched));
  const result = options.apply || options.out !== undefined ? await importAllOf(session, preview, matched) : {};
  if (json) terminal.printJson({ ...jsonOf(matched, unmatched), ...result });
  const isMissed = selected.length === 0 && filters.length > 0 && !session.managed.some(isSelected);
  return unmatched.length === 0 && !isMissed;
}

function tableOf(matched: readonly Match[], unmatched: readonly Unmatched[]): string {
  const rows = [
    ["TYPE", "NAME IN THE PROGRAM", "OBJECT AT RHOMBUS"],
    ...matched.map(({ resource: { type, name }, existing }) => [type, name, existing.observed.id]),
    ...unmatched.map(({ resource: { type, name }, why }) => [type, name, `no match: ${why}`]),
  ];
  return `${columns(rows).join("\n")}\n`;
}

function jsonOf(matched: readonly Match[], unmatched: readonly Unmatched[]): object {
  return {
    matched: matched.map(({ resource: { type, name }, existing }) => ({ type, name, id: existing.observed.id })),
    unmatched: unmatched.map(({ resource: { type, name }, why }) => ({ type, name, why })),
  };
}

async function importAllOf(session: ImportSession, { file }: Preview, matched: readonly Match[]): Promise<object> {
  const { outputs: recovered, remark } = await recoverAll(
    session,
    matched.map(({ existing }) => existing),
  );
  for (const { resource, hiddenKeys } of matched) {
    for (const key of hiddenKeys) {
      session.note(`\nNo read shows ${key} of "${resource.name}", so the next \`pulumi up\` sends it.\n`);
    }
  }
  const states = matched.map((each) => {
    return [each.resource.spec, stateOf({ ...each, recovered: recovered.get(each.existing.observed.id) })] as const;
  });
  return writeOrApply(session, filledFile(file, new Map(states), session.provider), matched.length, remark);
}
