import { columns } from "../output/columns";
import type { Check, CheckResult, Diagnosis } from "./check";

const RESULTS: Readonly<Record<CheckResult, string>> = {
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
  const rows = columns(checks.map(({ verdict, name, text }) => [RESULTS[verdict], name, text]));
  const lines = checks.flatMap(({ remedy }, index) => [rows[index] ?? "", ...remedyLines(remedy)]);
  const shown = columns(settings.map(({ name, value, source }) => [name, value, source]));
  const table = shown.length === 0 ? [] : ["", "Settings and their sources:", ...shown];
  return [...lines, ...table, "", conclusionOf(ok, checks)].join("\n");
}

function remedyLines(remedy: string | undefined): string[] {
  return remedy === undefined ? [] : [`            ${remedy}`];
}

function conclusionOf(ok: boolean, checks: readonly Check[]): string {
  if (ok) return "A deployment would work.";
  const count = checks.filter(({ verdict }) => verdict === "failed").length;
  return `A deployment would not work: ${count} ${count === 1 ? "check" : "checks"} failed.`;
}
