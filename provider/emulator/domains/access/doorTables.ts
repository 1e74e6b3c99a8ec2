import type { Organization } from "../../data/store";
import { type Action, checkLength, deleteAction, renameAction, type Table } from "../../page/table";
import { namesOf } from "../names";

interface ShownDoor {
  readonly uuid: string;
  readonly name: string;
  readonly locationUuid: string;
  readonly subType: string;
  readonly labels: readonly string[];
  readonly licence: string;
}

/** The console functions that the table uses. */
interface DoorConsole {
  accessControlledDoors(): ShownDoor[];
  setAccessControlledDoor(uuid: string, changes: { readonly name?: string; readonly labels?: readonly string[] }): void;
  removeAccessControlledDoor(uuid: string): void;
}

/** The doors of Rhombus Access Control of an organization, as the page shows them. */
export function doorTables(organization: Organization, webConsole: DoorConsole): Table[] {
  const names = namesOf(organization);
  const rows = webConsole.accessControlledDoors().map((door) => {
    const { uuid, name, locationUuid, subType, labels, licence } = door;
    const object = `door "${name}" at ${names.location(locationUuid)}`;
    const rename = (newName: string) => webConsole.setAccessControlledDoor(uuid, { name: newName });
    return {
      cells: [name, names.location(locationUuid), labels, `${licence}, ${subType}`, uuid],
      actions: [
        renameAction(object, uuid, name, rename),
        ...labelActions(object, door, (changed) => webConsole.setAccessControlledDoor(uuid, { labels: changed })),
        deleteAction(object, uuid, () => webConsole.removeAccessControlledDoor(uuid)),
      ],
    };
  });
  const columns = ["Door", "Location", "Labels", "Licence, lock", "Id"];
  return rows.length === 0 ? [] : [{ title: "Doors of Rhombus Access Control", columns, rows }];
}

function labelActions(
  object: string,
  { uuid, labels }: ShownDoor,
  setLabels: (labels: readonly string[]) => void,
): Action[] {
  const add: Action = {
    label: "Add label",
    object: `to ${object}`,
    target: uuid,
    input: { label: "Label to add", value: "" },
    run(label) {
      if (label.trim() === "" || labels.includes(label))
        throw new TypeError(`Give a label that ${object} does not have.`);
      checkLength("label", label);
      setLabels([...labels, label]);
      return `label "${label}" added to ${object}`;
    },
  };
  const removals = labels.map(
    (label): Action => ({
      label: `Remove label ${label}`,
      object: `from ${object}`,
      target: `${uuid} ${label}`,
      run() {
        setLabels(labels.filter((each) => each !== label));
        return `label "${label}" removed from ${object}`;
      },
    }),
  );
  return [add, ...removals];
}
