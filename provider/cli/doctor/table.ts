import { columns, counted } from "../output/plainText";
import type { Verdict } from "./check";
import type { Diagnosis } from "./diagnosis";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  ok: "ok",
  warning: "warning",
  failed: "FAILED",
  unknown: "not checked",
};

const INDENT = " ".repeat(12);

/**
 * Formats a diagnosis as a table.
 * @param diagnosis The diagnosis.
 */
export function tableOf({ ok, checks, settings }: Diagnosis): string {
  const rows = columns(checks.map(({ verdict, name, text }) => [VERDICTS[verdict], name, text]));
  const lines = checks.flatMap(({ remedy }, index) => [
    rows[index],
    ...(remedy === undefined ? [] : [INDENT + remedy]),
  ]);
  const shown = columns(settings.map(({ name, value, source }) => [name, value, source]));
  const table = shown.length === 0 ? [] : ["", "Settings and their sources:", ...shown];
  const failures = counted(checks.filter(({ verdict }) => verdict === "failed").length, "check");
  const conclusion = ok ? "A deployment would work." : `A deployment would not work: ${failures} failed.`;
  return [...lines, ...table, "", conclusion].join("\n");
}
