import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";
import { readAccess } from "./accessFile";
import { findIds } from "./names";
import { folded, YamlFile } from "./yamlFile";

/** Declares what a file says. Throws an error with all mistakes of the file, before anything is declared. */
export async function declareAccess(path: string) {
  if (!existsSync(path))
    throw new pulumi.RunError(`Set the config value "file" to a file that exists, not to ${path}.`);
  const file = new YamlFile(path);
  const access = readAccess(file);
  const { groups, grants } = await findIds(file, access);
  file.throwMistakes();

  // Resources have folded names, so that the name of a group can change its case without being a new group.
  const groupIds = new Map(
    groups.map(({ name, userUuids }) => {
      const group = new rhombus.AccessControlGroup(folded(name.text), { name: name.text, userUuids });
      return [folded(name.text), group.id];
    }),
  );
  const scheduleIds = new Map(
    access.schedules.map(({ name, intervals }) => {
      const schedule = new rhombus.Schedule(folded(name.text), { name: name.text, intervals: [...intervals] });
      return [folded(name.text), schedule.id];
    }),
  );
  const grantIds = grants.map(({ name, locationUuid, schedule, always, doorUuids, labelIds, groups, userUuids }) => {
    const grant = new rhombus.AccessGrant(folded(name.text), {
      name: name.text,
      locationUuid,
      ...(schedule === undefined ? {} : { scheduleUuid: scheduleIds.get(folded(schedule.text)) }),
      ...(always ? { always } : {}),
      accessControlledDoorUuids: doorUuids,
      doorLabelIds: labelIds,
      groupUuids: groups.flatMap((group) => groupIds.get(folded(group.text)) ?? []),
      userUuids,
    });
    return [name.text, grant.id] as const;
  });
  return { grants: Object.fromEntries(grantIds) };
}
