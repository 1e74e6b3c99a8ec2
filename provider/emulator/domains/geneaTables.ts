import type { Organization } from "../data/store";
import { deleteAction, type Table } from "../page/table";
import { doorColumns, doorRows, settingsText } from "./badge/doorRows";
import type { DoorInfo, DoorRecord } from "./badge/doors";
import { namesOf } from "./names";

/** The console functions that the table uses. */
interface GeneaConsole {
  genea(): { readonly flags: { readonly enabled: boolean }; readonly doorInfoMap: DoorRecord } | undefined;
  setGeneaDoor(key: string, door: DoorInfo): void;
  removeGenea(): void;
}

/** The Genea integration of an organization, as the page shows it. */
export function geneaTables(organization: Organization, webConsole: GeneaConsole): Table[] {
  const shown = webConsole.genea();
  if (!shown) return [];
  const { enabled, ...options } = shown.flags;
  return [
    {
      title: "Genea integration",
      settings: settingsText(enabled, options),
      columns: doorColumns,
      rows: doorRows(namesOf(organization), shown.doorInfoMap, "genea", webConsole.setGeneaDoor),
      actions: [deleteAction("Genea integration", "genea", webConsole.removeGenea)],
    },
  ];
}
