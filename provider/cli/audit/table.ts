import { columns } from "../output/columns";
import { counted } from "../output/plainText";
import type { AuditReport } from "./examination";
import { facts } from "./findings";

/**
 * Formats a report as a table.
 * @param report The report.
 */
export function tableOf({ organization, objects, findings, unread, managementUnknown }: AuditReport): string {
  const rows = findings.map(({ fact, object, text }) => [facts[fact], object, text]);
  const missing = unread.map(({ what, why }) => `  not checked: ${what}: ${why}`);
  const unknown =
    managementUnknown === undefined ? [] : [`  unmanaged objects could not be determined: ${managementUnknown}`];
  const name = organization === undefined ? "Unknown organization" : organization.name;
  const counts = `${counted(objects, "object")}, ${counted(findings.length, "finding")}`;
  const parts = [[`${name}: ${counts}`], columns(rows), [...missing, ...unknown]];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
}
