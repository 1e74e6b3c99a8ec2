import type { Organization } from "../../data/store";
import { type Action, deleteAction, type Row, renameAction, type Table } from "../../page/table";
import { groupsOf } from "../groups";
import { namesOf } from "../names";
import { type ConditionSet, type ConsoleAccessRevocation, conditionSets } from "./accessConditions";
import { doorsOf } from "./accessControlledDoors";
import { schedulesOf } from "./schedules";

/** The console functions that change a grant or revocation. */
interface ConditionConsole {
  rename(uuid: string, newName: string): void;
  set(uuid: string, changes: Partial<Pick<ConsoleAccessRevocation, ConditionSet>>): void;
  remove(uuid: string): void;
}

/** The access grants or revocations of an organization, as the page shows them. `kind` is their name in the singular. */
export function conditionTables(
  organization: Organization,
  kind: "access grant" | "access revocation",
  conditions: readonly ConsoleAccessRevocation[],
  webConsole: ConditionConsole,
): Table[] {
  const all = partsOf(organization);
  const rows = conditions.map((condition): Row => {
    const { uuid, name, locationUuid, scheduleUuid } = condition;
    const named = conditionSets.flatMap((set) => partsNamed(condition[set], set, all));
    const namesIn = (...sets: ConditionSet[]) => named.filter(({ set }) => sets.includes(set)).map((part) => part.name);
    const schedule =
      scheduleUuid && (schedulesOf(organization).get(scheduleUuid)?.name ?? `${scheduleUuid}, which is missing`);
    const object = `${kind} "${name}"`;
    return {
      cells: [
        name,
        namesOf(organization).location(locationUuid),
        [
          ...namesIn("accessControlledDoorUuids", "accessControlledElevatorLandingUuids"),
          ...namesIn("doorLabelIds").map((label) => `all labelled ${label}`),
        ],
        namesIn("groupUuids", "userUuids"),
        schedule ?? "none",
      ],
      actions: [
        renameAction(object, uuid, name, (newName) => webConsole.rename(uuid, newName)),
        ...partActions(object, condition, { all, named }, (set, ids) => webConsole.set(uuid, { [set]: ids })),
        deleteAction(object, uuid, () => webConsole.remove(uuid)),
      ],
    };
  });
  const columns = ["Name", "Location", "Doors", "People", "Schedule"];
  return rows.length === 0 ? [] : [{ title: `${kind[0]?.toUpperCase()}${kind.slice(1)}s`, columns, rows }];
}

/** A door, landing, label, group or user that a grant can name. */
interface Part {
  readonly set: ConditionSet;
  readonly id: string;
  readonly name: string;
}

/** Everything in an organization that a grant can name. */
function partsOf(organization: Organization): Part[] {
  const doors = doorsOf(organization).values();
  const part = (set: ConditionSet) => (id: string, name: string) => ({ set, id, name });
  const door = part("accessControlledDoorUuids");
  const label = part("doorLabelIds");
  const group = part("groupUuids");
  const user = part("userUuids");
  return [
    ...doors.map(({ uuid, name }) => door(uuid, name)),
    ...[...new Set(doors.flatMap(({ labels }) => labels))].map((text) => label(text, text)),
    ...groupsOf(organization)
      .values()
      .map(({ uuid, name }) => group(uuid, name)),
    ...organization.seed.users.map(({ uuid }) => user(uuid, namesOf(organization).user(uuid))),
  ];
}

/** The parts with these ids. One that the organization does not list is named by its id. */
function partsNamed(ids: readonly string[], set: ConditionSet, all: readonly Part[]): Part[] {
  return ids.map((id) => all.find((part) => part.set === set && part.id === id) ?? { set, id, name: id });
}

function partActions(
  object: string,
  condition: ConsoleAccessRevocation,
  { all, named }: { readonly all: readonly Part[]; readonly named: readonly Part[] },
  setIds: (set: ConditionSet, ids: readonly string[]) => void,
): Action[] {
  const input = (what: string) => ({ label: `Door, label, group or user to ${what}`, value: "" });
  return [
    {
      label: "Add",
      object: `to ${object}`,
      target: condition.uuid,
      input: input("add"),
      run(text) {
        const others = all.filter(({ set, id }) => !condition[set].includes(id));
        const { set, id, name } = partNamed(text, others);
        setIds(set, [...condition[set], id]);
        return `${name} added to ${object}`;
      },
    },
    {
      label: "Remove",
      object: `from ${object}`,
      target: condition.uuid,
      input: input("remove"),
      run(text) {
        const { set, id, name } = partNamed(text, named);
        const others = condition[set].filter((each) => each !== id);
        setIds(set, others);
        return `${name} removed from ${object}`;
      },
    },
  ];
}

/** The only part with this name or id. Throws a TypeError that lists the possible ones. */
function partNamed(text: string, parts: readonly Part[]): Part {
  const asked = text.trim().toLowerCase();
  const found = parts.filter(({ id, name }) => id === text.trim() || name.toLowerCase() === asked);
  const [part] = found;
  if (part && found.length === 1) return part;
  if (part)
    throw new TypeError(`Several are named "${text}". Give the id of one: ${found.map(({ id }) => id).join(", ")}.`);
  throw new TypeError(`Give one of these: ${parts.map(({ name }) => name).join(", ")}.`);
}
