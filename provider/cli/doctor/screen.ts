import { columns } from "../output/columns";
import type { Check, Diagnosis, Verdict } from "./check";

const marks: Readonly<Record<Verdict, string>> = { ok: "ok", warning: "warning", failed: "FAILED", unknown: "?" };

/**
 * A diagnosis as a person reads it.
 * @param diagnosis What was found.
 */
export function screenOf({ ok, checks, settings }: Diagnosis): string {
  const rows = columns(checks.map(({ verdict, name, said }) => [marks[verdict], name, said]));
  const lines = checks.flatMap(({ remedy }, index) => [rows[index] ?? "", ...remedyLines(remedy)]);
  const shown = columns(settings.map(({ name, value, source }) => [name, value, source]));
  const table = shown.length === 0 ? [] : ["", "Settings, and where they come from:", ...shown];
  return [...lines, ...table, "", verdictOf(ok, checks)].join("\n");
}

function remedyLines(remedy: string | undefined): string[] {
  return remedy === undefined ? [] : [`            ${remedy}`];
}

function verdictOf(ok: boolean, checks: readonly Check[]): string {
  if (ok) return "A deployment would work.";
  const count = checks.filter(({ verdict }) => verdict === "failed").length;
  return `A deployment would not work: ${count} ${count === 1 ? "thing has" : "things have"} to be put right first.`;
}
