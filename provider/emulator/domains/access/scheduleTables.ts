import { type Action, deleteAction, renameAction, type Table } from "../../page/table";
import { intervalsIn, intervalText } from "./weekText";

interface ShownSchedule {
  readonly uuid: string;
  readonly name: string;
  readonly mutable: boolean;
  readonly oneTimeUse: boolean;
  readonly intervalList: readonly { readonly minuteOfWeekStart: number; readonly minuteOfWeekStop: number }[];
  readonly absoluteIntervals?: readonly { readonly b: number; readonly e: number }[] | undefined;
}

/** The console functions that the table uses. */
interface ScheduleConsole {
  schedules(): ShownSchedule[];
  renameSchedule(uuid: string, newName: string): void;
  setSchedule(uuid: string, changes: Pick<ShownSchedule, "intervalList">): void;
  removeSchedule(uuid: string): void;
}

/** The schedules of an organization, as the page shows them. Those of Rhombus have no buttons. */
export function scheduleTables(webConsole: ScheduleConsole): Table[] {
  const rows = webConsole.schedules().map((schedule) => ({
    cells: [schedule.name, timesOf(schedule), kindOf(schedule), schedule.uuid],
    actions: schedule.mutable ? actionsOf(schedule, webConsole) : [],
  }));
  return rows.length === 0 ? [] : [{ title: "Schedules", columns: ["Schedule", "Times", "Kind", "Id"], rows }];
}

function timesOf({ intervalList, absoluteIntervals }: ShownSchedule): string[] {
  const dateText = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);
  return absoluteIntervals?.map(({ b, e }) => `${dateText(b)} to ${dateText(e)} UTC`) ?? intervalList.map(intervalText);
}

function kindOf({ mutable, oneTimeUse, absoluteIntervals }: ShownSchedule): string {
  if (!mutable) return "of Rhombus, cannot be changed";
  if (absoluteIntervals) return "absolute";
  return oneTimeUse ? "weekly, for one object" : "weekly";
}

function actionsOf(
  { uuid, name, intervalList, absoluteIntervals }: ShownSchedule,
  webConsole: ScheduleConsole,
): Action[] {
  const object = `schedule "${name}"`;
  const setTimes: Action = {
    label: "Set times",
    object: `of ${object}`,
    target: uuid,
    input: { label: "Times", value: intervalList.map(intervalText).join(", ") },
    run(text) {
      webConsole.setSchedule(uuid, { intervalList: intervalsIn(text) });
      return `times of ${object} set to ${text}`;
    },
  };
  return [
    renameAction(object, uuid, name, (newName) => webConsole.renameSchedule(uuid, newName)),
    ...(absoluteIntervals ? [] : [setTimes]),
    deleteAction(object, uuid, () => webConsole.removeSchedule(uuid)),
  ];
}
