import * as rhombus from "pulumi-rhombus";
import type { AccessFile } from "./accessFile";
import type { Text, YamlFile } from "./yamlFile";

/** Finds the ids of people, locations, doors and labels. Reports each name that does not exist, with the nearest that do. */
export async function findIds(file: YamlFile, { groups, grants }: Pick<AccessFile, "groups" | "grants">) {
  const one = async <Id>({ text, offset }: Text, idOf: (name: string) => Promise<Id>): Promise<Id | undefined> => {
    try {
      return await idOf(text);
    } catch (error) {
      // Anything else, such as a refused key, is no mistake in the file.
      if (!(error instanceof rhombus.LookupError) || !/^(?:notFound|ambiguous)$/.test(error.reason)) throw error;
      file.report(offset, error.message.replace(`${error.lookup}: `, ""));
      return undefined;
    }
  };
  const each = async (names: readonly Text[], idOf: (name: string) => Promise<string | undefined>): Promise<string[]> =>
    (await Promise.all(names.map((name) => one(name, idOf)))).flatMap((id) => id ?? []);

  const locationId = async (name: string) => (await rhombus.getLocation({ name })).uuid;
  const userId = async (email: string) => (await rhombus.getUser({ email })).uuid;
  const labelId = async (label: string) => (await rhombus.getDoorLabels({ labels: [label] })).ids[0];
  const doorId = (locationUuid: string) => async (name: string) =>
    (await rhombus.getAccessControlledDoor({ name, locationUuid })).uuid;

  return {
    groups: await Promise.all(
      groups.map(async ({ name, people }) => ({ name, userUuids: await each(people, userId) })),
    ),
    grants: await Promise.all(
      grants.map(async ({ location, doors, labels, people, ...grant }) => {
        const locationUuid = await one(location, locationId);
        return {
          ...grant,
          locationUuid: locationUuid ?? "",
          // Without the location, each of its doors would be a mistake as well.
          doorUuids: locationUuid === undefined ? [] : await each(doors, doorId(locationUuid)),
          labelIds: await each(labels, labelId),
          userUuids: await each(people, userId),
        };
      }),
    ),
  };
}
