import { defaultBehaviours } from "../../../emulator/index";
import { columns } from "../../output/columns";
import type { Observation } from "./asking";
import type { ProbeReport } from "./probe";

/**
 * A report as a person reads it, to send back.
 * @param report The report.
 */
export function reportOf({ date, observations, notAsked, left }: ProbeReport): string {
  const rows = observations.map((each) => [each.behaviour, observed(each), each.of ?? ""]);
  return [
    `Observed on ${date}. Please send this back: it names nothing of your organization.`,
    "",
    ...columns(rows),
    "",
    "Not asked, and what would settle it:",
    ...columns(notAsked.map(({ name, settledBy }) => [name, settledBy])),
    "",
    ...(left.length === 0
      ? ["Everything that was made has been removed."]
      : left.map((line) => `STILL THERE: ${line}`)),
  ].join("\n");
}

function observed({ behaviour, setting, remark }: Observation): string {
  if (setting === undefined) return `? ${remark ?? ""}`.trim();
  if (behaviour === "readLagMs") return `${setting} ms`;
  return setting === defaultBehaviours[behaviour]
    ? `${setting}`
    : `${setting}, where the emulator says ${defaultBehaviours[behaviour]}`;
}
