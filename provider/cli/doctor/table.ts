import { columns, counted } from "../output/plainText";
import type { Verdict } from "./check";
import type { Diagnosis } from "./diagnosis";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  ok: "ok",
  warning: "warning",
  failed: "FAILED",
  unknown: "not checked",
};

/**
 * Formats a diagnosis as a table.
 * @param diagnosis The diagnosis.
 */
export function tableOf({ ok, checks, settings }: Diagnosis): string {
  const rows = checks.flatMap(({ verdict, name, text, remedy }) => [
    [VERDICTS[verdict], name, text],
    ...(remedy === undefined ? [] : [["", "", remedy]]),
  ]);
  const shown = columns(settings.map(({ name, value, source }) => [name, value, source]));
  const table = shown.length === 0 ? [] : ["", "Settings and their sources:", ...shown];
  const numberOf = (wanted: Verdict) => checks.filter(({ verdict }) => verdict === wanted).length;
  return [...columns(rows), ...table, "", conclusionOf(ok, numberOf("failed"), numberOf("warning"))].join("\n");
}

function conclusionOf(ok: boolean, failures: number, warnings: number): string {
  if (!ok) return `A deployment would not work: ${counted(failures, "check")} failed.`;
  if (warnings === 0) return "A deployment would work.";
  return `No check failed. Read the ${counted(warnings, "warning")} above before you deploy.`;
}
