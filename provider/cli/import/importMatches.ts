import { resourceTypes } from "../../resources/registry";
import { columns } from "../output/columns";
import { type ImportResult, recoverAll, writeOrApply } from "./delivery";
import { stateOf } from "./importFile";
import { type Matched, matchesOf, type Unmatched } from "./match";
import { filledFile, type Plan, type Planned, planned } from "./plan";
import { fits, isFiltered } from "./selection";
import { checkOwnership, type Session } from "./session";

/**
 * Finds the objects that match the resources that a program would create, and takes them into a file or the stack.
 * @param session The session.
 * @returns Whether every resource has a match.
 */
export async function importMatches(session: Session): Promise<boolean> {
  const { cli, options, terminal } = session;
  const { only, name = "*", stack, json } = options;
  if (session.organization !== undefined) checkOwnership(session);
  session.note("Asking Pulumi what the program would create ...\n");
  const plan = await planned(cli, stack);
  const isWanted = (each: Pick<Planned, "type" | "name">) => {
    return (only.length === 0 || only.includes(each.type)) && fits(each.name, name);
  };
  const wanted = plan.planned.filter(isWanted);
  const { matched, unmatched } = await matchesOf(wanted.sort(byTypeAndName), session);
  const owners = matched.map(({ existing }) => existing.observed.orgUuid);
  if (session.organization === undefined) checkOwnership(session, owners);
  if (!json) terminal.print(tableOf(matched, unmatched));
  const delivered = options.apply || options.out !== undefined ? await take(session, plan, matched) : {};
  if (json) terminal.printJson({ ...jsonOf(matched, unmatched), ...delivered });
  const isMissed = wanted.length === 0 && isFiltered(options) && !session.managed.some(isWanted);
  return unmatched.length === 0 && !isMissed;
}

function tableOf(matched: readonly Matched[], unmatched: readonly Unmatched[]): string {
  if (matched.length + unmatched.length === 0) return "The program would create no such resource.\n";
  const rows = [
    ["TYPE", "NAME IN THE PROGRAM", "OBJECT AT RHOMBUS"],
    ...matched.map(({ planned: { type, name }, existing }) => [type, name, existing.observed.id]),
    ...unmatched.map(({ planned: { type, name }, why }) => [type, name, `no match: ${why}`]),
  ];
  return `${columns(rows).join("\n")}\n`;
}

/** Pulumi lists resources in the order in which the program happens to declare them. */
function byTypeAndName(one: Planned, other: Planned): number {
  const [left = "", right = ""] = [one, other].map(({ type, name }) => `${resourceTypes.indexOf(type)} ${name}`);
  return left < right ? -1 : Number(left > right);
}

function jsonOf(matched: readonly Matched[], unmatched: readonly Unmatched[]): object {
  return {
    matched: matched.map(({ planned: { type, name }, existing }) => ({ type, name, id: existing.observed.id })),
    unmatched: unmatched.map(({ planned: { type, name }, why }) => ({ type, name, why })),
  };
}

async function take(session: Session, { file }: Plan, matched: readonly Matched[]): Promise<ImportResult> {
  const existing = matched.map((each) => each.existing);
  const recovered = await recoverAll(session, existing);
  for (const { planned: each, hiddenKeys } of matched) {
    for (const key of hiddenKeys) {
      session.note(`\nNo read shows ${key} of "${each.name}", so the next \`pulumi up\` sends it.\n`);
    }
  }
  const states = matched.map((each) => {
    return [each.planned.spec, stateOf({ ...each, recovered: recovered.get(each.existing.observed.id) })] as const;
  });
  return writeOrApply(session, filledFile(file, new Map(states)), matched.length);
}
