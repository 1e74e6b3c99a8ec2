import type { Organization } from "../data/store";
import { deleteAction, renameAction, type Table } from "../page/table";
import { namesOf } from "./names";

interface ShownGroup {
  readonly uuid: string;
  readonly type: string;
  readonly name: string;
  readonly description: string | null;
  readonly locationUuid: string | null;
  readonly userUuids: readonly string[];
}

/** The console functions that the tables use. */
interface GroupConsole {
  groups(): ShownGroup[];
  renameGroup(uuid: string, newName: string): void;
  removeGroup(uuid: string): void;
}

/** The access control groups of an organization, and those of guest management, as the page shows them. */
export function groupTables(organization: Organization, webConsole: GroupConsole): Table[] {
  const names = namesOf(organization);
  const ofGuests = webConsole.groups().filter(({ type }) => type === "GUEST_MANAGEMENT_HOST");
  const others = webConsole.groups().filter(({ type }) => type === "RHOMBUS_ACCESS_CONTROL");
  const tableOf = (title: string, groups: readonly ShownGroup[]): Table => ({
    title,
    columns: ["Group", "Members", "Description", "Location"],
    rows: groups.map(({ uuid, name, description, locationUuid, userUuids }) => {
      const object = `group "${name}"`;
      const location = locationUuid === null ? "" : names.location(locationUuid);
      return {
        cells: [name, userUuids.map(names.user), description ?? "", location],
        actions: [
          renameAction(object, uuid, name, (newName) => webConsole.renameGroup(uuid, newName)),
          deleteAction(object, uuid, () => webConsole.removeGroup(uuid)),
        ],
      };
    }),
  });
  return [
    tableOf("Access control groups", others),
    ...(ofGuests.length > 0 ? [tableOf("Groups of guest management", ofGuests)] : []),
  ];
}
