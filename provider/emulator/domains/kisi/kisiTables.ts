import type { Organization } from "../../data/store";
import { deleteAction, type Table } from "../../page/table";
import { doorColumns, doorRows, optionsText, settingsText } from "../badge/doorRows";
import type { DoorInfo, DoorRecord } from "../badge/doors";
import { type Names, namesOf } from "../names";
import type { KisiDefaultOptions } from "./storedKisi";

interface ShownKisi {
  readonly enabled: boolean;
  readonly defaultOptions: KisiDefaultOptions;
  readonly placeToSettingsMap: Readonly<
    Record<string, { readonly placeName: string | null; readonly flags: object; readonly doorInfoMap: DoorRecord }>
  >;
  readonly v1?: { readonly doorInfoMap: DoorRecord };
}

/** The console functions that the tables use. */
interface KisiConsole {
  kisi(): ShownKisi | undefined;
  kisiV1(): ShownKisi | undefined;
  setKisiDoor(placeKey: string, key: string, door: DoorInfo): void;
  removeKisi(): void;
}

/** The Kisi integration of an organization, and the one in the V1 store, as the page shows them. */
export function kisiTables(organization: Organization, webConsole: KisiConsole): Table[] {
  const names = namesOf(organization);
  const [kisi, kisiV1] = [webConsole.kisi(), webConsole.kisiV1()];
  return [
    ...(kisi ? tablesOf("Kisi integration", kisi, names, webConsole.removeKisi, webConsole.setKisiDoor) : []),
    ...(kisiV1 ? tablesOf("Kisi integration of V1", kisiV1, names, webConsole.removeKisi) : []),
  ];
}

/** `setDoor` is absent where the console cannot change a door. */
function tablesOf(
  title: string,
  { enabled, defaultOptions, placeToSettingsMap, v1 }: ShownKisi,
  names: Names,
  remove: () => void,
  setDoor?: KisiConsole["setKisiDoor"],
): Table[] {
  const { defaultOptionsEnabled, ...defaultFlags } = defaultOptions;
  const places = Object.entries(placeToSettingsMap);
  return [
    {
      title,
      settings: settingsText(enabled, defaultOptionsEnabled ? defaultFlags : {}),
      columns: ["Place", "Name", "Options"],
      rows: places.map(([key, { placeName, flags }]) => ({ cells: [key, placeName ?? "", optionsText(flags)] })),
      actions: [deleteAction(title, "kisi", remove)],
    },
    ...places.map(([key, { placeName, doorInfoMap }]) => ({
      title: `Doors of Kisi place ${placeName === null ? key : `"${placeName}"`}`,
      columns: doorColumns,
      rows: doorRows(names, doorInfoMap, `kisi ${key}`, setDoor && ((door, info) => setDoor(key, door, info))),
    })),
    ...(v1
      ? [{ title: "Doors of Kisi V1", columns: doorColumns, rows: doorRows(names, v1.doorInfoMap, "kisi v1") }]
      : []),
  ];
}
