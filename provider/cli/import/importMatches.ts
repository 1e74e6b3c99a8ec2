import { resourceTypes } from "../../resources/registry";
import { columns } from "../output/columns";
import { plainText } from "../output/plainText";
import { type Delivered, deliver, recoverAll } from "./delivery";
import { stateOf } from "./importFile";
import { type Matched, matchesOf, type Unmatched } from "./match";
import { mindOwnership } from "./ownership";
import { filledFile, type Plan, type Planned, planned } from "./plan";
import { fits, isFiltered } from "./selection";
import type { Session } from "./session";

/**
 * Finds what exists for the resources that a program would create, and brings it into a file or the stack.
 * @param session The session.
 * @returns Whether everything was found.
 */
export async function importMatches(session: Session): Promise<boolean> {
  const { cli, options, print } = session;
  const { only, name = "*", stack, json } = options;
  if (session.organization !== undefined) mindOwnership(session);
  session.note("Asking Pulumi what the program would create ...\n");
  const plan = await planned(cli, stack);
  const isMeant = (each: Pick<Planned, "type" | "name">) => {
    return (only.length === 0 || only.includes(each.type)) && fits(each.name, name);
  };
  const wanted = plan.planned.filter(isMeant);
  const { matched, unmatched } = await matchesOf(wanted.sort(byPlace), session);
  const read = matched.map(({ existing }) => existing.observed.orgUuid);
  if (session.organization === undefined) mindOwnership(session, read);
  if (!json) print(listOf(matched, unmatched));
  const delivered = options.apply || options.out !== undefined ? await take(session, plan, matched) : {};
  if (json) session.printJson({ ...machineList(matched, unmatched), ...delivered });
  const isMissed = wanted.length === 0 && isFiltered(options) && !session.managed.some(isMeant);
  return unmatched.length === 0 && !isMissed;
}

function listOf(matched: readonly Matched[], unmatched: readonly Unmatched[]): string {
  if (matched.length + unmatched.length === 0) return "The program would create nothing of what was asked for.\n";
  const rows = [
    ["TYPE", "NAME IN THE PROGRAM", "IS AT RHOMBUS"],
    ...matched.map(({ planned: each, existing }) => row(each, existing.observed.id)),
    ...unmatched.map(({ planned: each, why }) => row(each, `no match: ${why}`)),
  ];
  return `${columns(rows).join("\n")}\n`;
}

/** Pulumi lists them in the order in which the program happened to declare them. */
function byPlace(one: Planned, other: Planned): number {
  const [left, right] = [one, other].map(({ type, name }) => `${resourceTypes.indexOf(type)} ${name}`);
  return left === right ? 0 : (left ?? "") < (right ?? "") ? -1 : 1;
}

function row({ type, name }: Planned, standing: string): string[] {
  return [type, plainText(name), plainText(standing)];
}

function machineList(matched: readonly Matched[], unmatched: readonly Unmatched[]): object {
  return {
    matched: matched.map(({ planned: { type, name }, existing }) => ({ type, name, id: existing.observed.id })),
    unmatched: unmatched.map(({ planned: { type, name }, why }) => ({ type, name, why })),
  };
}

async function take(session: Session, { file }: Plan, matched: readonly Matched[]): Promise<Delivered> {
  const recovered = await recoverAll(
    session,
    matched.map(({ existing }) => existing),
  );
  for (const { planned: each, hiddenKeys } of matched) {
    for (const key of hiddenKeys) {
      session.note(`\nNo read shows ${key} of "${each.name}", so the next \`pulumi up\` sends it.\n`);
    }
  }
  const states = matched.map((each) => {
    const taking = { ...each, recovered: recovered.get(each.existing.observed.id) };
    return [each.planned.spec, stateOf(taking)] as const;
  });
  return deliver(session, filledFile(file, new Map(states)), matched.length);
}
