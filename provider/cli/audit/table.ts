import { columns } from "../output/columns";
import { counted } from "../output/plainText";
import type { AuditReport } from "./examination";
import { facts } from "./findings";

/**
 * A report as a person reads it.
 * @param report The report.
 */
export function tableOf({ organization, objects, findings, unread, managementUnknown }: AuditReport): string {
  const rows = findings.map(({ fact, object, said }) => [facts[fact], object, said]);
  const missing = unread.map(({ what, why }) => `  not looked at: ${what}: ${why}`);
  const unknown = managementUnknown === undefined ? [] : [`  not known which are in no stack: ${managementUnknown}`];
  const name = organization === undefined ? "An organization that the key may not name" : organization.name;
  const counts = `${counted(objects, "object")}, ${counted(findings.length, "finding")}`;
  const parts = [[`${name}: ${counts}`], columns(rows), [...missing, ...unknown]];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
}
