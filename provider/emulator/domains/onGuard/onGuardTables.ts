import type { Organization } from "../../data/store";
import { deleteAction, renameAction, type Table } from "../../page/table";
import { doorColumns, doorRows, settingsText } from "../badge/doorRows";
import type { DoorInfo } from "../badge/doors";
import { namesOf } from "../names";
import type { ConsoleOnGuard } from "./storedOnGuard";
import type { BadgeEvent } from "./webhook";

/** The console functions that the tables use. */
interface OnGuardConsole {
  onGuard(): ConsoleOnGuard[];
  isOnGuardEnabled(): boolean;
  setOnGuardDoor(rhombusToken: string, key: string, door: DoorInfo): void;
  setOnGuardDisplayName(rhombusToken: string, displayName: string): void;
  removeOnGuard(rhombusToken: string): void;
  events(): BadgeEvent[];
}

/** The OnGuard deployments of an organization and their badge events, as the page shows them. */
export function onGuardTables(organization: Organization, webConsole: OnGuardConsole): Table[] {
  const names = namesOf(organization);
  const deployments = webConsole.onGuard().map(({ rhombusToken: token, displayName, flags, doorInfoMap }): Table => {
    const name = displayName ?? "";
    const title = `OnGuard deployment ${name === "" ? "without a name" : `"${name}"`}`;
    return {
      title,
      settings: settingsText(webConsole.isOnGuardEnabled(), flags),
      columns: doorColumns,
      rows: doorRows(names, doorInfoMap, token, (key, door) => webConsole.setOnGuardDoor(token, key, door)),
      actions: [
        renameAction(title, token, name, (newName) => webConsole.setOnGuardDisplayName(token, newName)),
        deleteAction(title, token, () => webConsole.removeOnGuard(token)),
      ],
    };
  });
  const events = webConsole.events().map(({ atMillis, door, doorName, cardholder, cameraUuids }) => ({
    cells: [
      timeText(atMillis),
      doorName === null ? door : `${doorName} (${door})`,
      cardholder ?? "",
      cameraUuids.map(names.camera),
    ],
  }));
  if (events.length === 0) return deployments;
  const columns = ["Time", "Door", "Badge holder", "Cameras"];
  return [...deployments, { title: "Badge events", columns, rows: events.reverse() }];
}

/** The time of an event, whose sender may have written any number. */
function timeText(atMillis: number): string {
  const time = new Date(atMillis);
  return Number.isNaN(time.getTime()) ? `${atMillis}` : time.toISOString();
}
