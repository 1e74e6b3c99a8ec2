import { defaultBehaviours } from "../../../emulator/index";
import { columns } from "../../output/columns";
import type { Observation } from "./asking";
import type { ProbeReport } from "./probe";

/**
 * Formats a report as a text to send back.
 * @param report The report.
 */
export function reportOf({ date, observations, notAsked, left }: ProbeReport): string {
  const rows = observations.map((each) => [each.behaviour, observed(each), each.of ?? ""]);
  return [
    `Observed on ${date}. Please send this report back: it holds no names or ids of your organization.`,
    "",
    ...columns(rows),
    "",
    "Not checked, and what would settle it:",
    ...columns(notAsked.map(({ name, settledBy }) => [name, settledBy])),
    "",
    ...(left.length === 0
      ? ["Everything that was created has been deleted."]
      : left.map((line) => `NOT DELETED: ${line}`)),
  ].join("\n");
}

function observed({ behaviour, setting, remark }: Observation): string {
  if (setting === undefined) return `? ${remark ?? ""}`.trim();
  if (behaviour === "readLagMs") return `${setting} ms`;
  return setting === defaultBehaviours[behaviour]
    ? `${setting}`
    : `${setting} (the emulator's default: ${defaultBehaviours[behaviour]})`;
}
