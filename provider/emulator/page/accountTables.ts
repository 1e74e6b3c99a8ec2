import type { FixedSeed } from "../data/seed";
import type { Table } from "./table";

/** The partners, and the accounts at Genea and Kisi, with the keys that each of them accepts. */
export function accountTables({ organizations, partners, geneaAccounts, kisiAccounts }: FixedSeed): Table[] {
  const nameOf = new Map(organizations.map(({ uuid, name }) => [uuid, name]));
  return [
    {
      title: "Partners",
      columns: ["Partner", "API key", "Clients"],
      rows: partners.map(({ name, apiKey, clients }) => ({
        cells: [name, apiKey, clients.map(({ orgUuid }) => nameOf.get(orgUuid) ?? orgUuid)],
      })),
      isFixed: true,
    },
    {
      title: "Accounts at Genea",
      columns: ["API keys", "Doors"],
      rows: geneaAccounts.map(({ apiTokens, doors }) => ({
        cells: [apiTokens, doors.map(({ id, name }) => `${name} (${id})`)],
      })),
      isFixed: true,
    },
    {
      title: "Accounts at Kisi",
      columns: ["API keys", "Places and doors"],
      rows: kisiAccounts.map(({ apiSecretKeys, places }) => ({
        cells: [apiSecretKeys, places.map(({ id, name, doors }) => placeText(`${name} (${id})`, doors))],
      })),
      isFixed: true,
    },
  ];
}

function placeText(place: string, doors: readonly { readonly id: number; readonly name: string }[]): string {
  return `${place}: ${doors.map(({ id, name }) => `${name} (${id})`).join(", ") || "no doors"}`;
}
