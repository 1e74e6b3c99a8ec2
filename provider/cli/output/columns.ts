import { plainText } from "./plainText";

/**
 * Formats rows of cells as indented lines with aligned columns. Line breaks and invisible characters in a cell are replaced.
 * @param cells The rows, all of the same length.
 */
export function columns(cells: readonly (readonly string[])[]): string[] {
  const rows = cells.map((row) => row.map(plainText));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}
