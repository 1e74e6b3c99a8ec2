import type { Organization } from "../data/store";
import type { Table } from "../page/table";
import { namesOf } from "./names";

/** The API keys, users, cameras and locations of an organization, as the page shows them. */
export function directoryTables(organization: Organization): Table[] {
  const { apiKeys, users, cameras, locations } = organization.seed;
  const names = namesOf(organization);
  return [
    {
      title: "API keys",
      columns: ["API key", "Created by", "May"],
      rows: apiKeys.map(({ key, userUuid, readOnly }) => ({
        cells: [key, names.user(userUuid), readOnly ? "read" : "read and write"],
      })),
      isFixed: true,
    },
    {
      title: "Users",
      columns: ["User", "Mail address", "Status", "Id"],
      rows: users.map(({ uuid, email, status = "JOINED", deleted }) => ({
        cells: [names.user(uuid), email, deleted ? "DELETED" : status, uuid],
      })),
      isFixed: true,
    },
    {
      title: "Cameras",
      columns: ["Camera", "Location", "Connection", "Id"],
      rows: cameras.map(({ uuid, name, locationUuid, connectionStatus = "GREEN", mummified }) => ({
        cells: [name, names.location(locationUuid), mummified ? "retired" : connectionStatus, uuid],
      })),
      isFixed: true,
    },
    {
      title: "Locations",
      columns: ["Location", "Address", "Parts", "Id"],
      rows: locations.map(({ uuid, name, address1, subLocations = [] }) => ({
        cells: [name, address1, subLocations.map((part) => `${part.name} (${part.uuid})`), uuid],
      })),
      isFixed: true,
    },
  ];
}
