import { randomUUID } from "node:crypto";
import { ruuidFromUuid } from "../../../rhombus/ids/ruuid";
import { type Asking, isAccepted } from "./asking";

const DESCRIPTION = "created by a probe, which deletes it";

/**
 * Observes groups, with groups of its own. No user is added to them.
 * @param asking Records the answers.
 */
export async function askAboutGroups(asking: Asking): Promise<void> {
  const { api, scratch } = asking;
  const name = scratch.name("group");
  const nobody = ruuidFromUuid(randomUUID());
  let groupUuid = "";
  const description = async () => {
    await asking.settle();
    return (await api.groups.fresh()).find(({ uuid }) => uuid === groupUuid)?.description;
  };
  const write = (change: { readonly description?: string | null }) => {
    return api.call("updateAccessControlGroup", { groupUuid, name, ...change });
  };

  await asking.ask("readLagMs", async () => {
    groupUuid = await scratch.group(name, DESCRIPTION);
    return asking.measureLag(async () => (await api.groups.fresh()).some(({ uuid }) => uuid === groupUuid));
  });
  if (groupUuid === "") return;
  await asking.ask("groupNames", async () => {
    const isCreated = await isAccepted(() => scratch.group(name.toUpperCase(), ""));
    return isCreated ? "duplicates" : "unique";
  });
  await asking.ask(
    "settingsWrites",
    async () => {
      await write({});
      return (await description()) === DESCRIPTION ? "merge" : "replace";
    },
    "the description of groups",
  );
  await asking.ask(
    "nulls",
    async () => {
      await write({ description: DESCRIPTION });
      await write({ description: null });
      return (await description()) === DESCRIPTION ? "keeps" : "clears";
    },
    "the description of groups",
  );
  await asking.ask("emptyDescription", async () => {
    await write({ description: DESCRIPTION });
    await write({ description: "" });
    return (await description()) === DESCRIPTION ? "keeps" : "clears";
  });
  await asking.ask(
    "texts",
    async () => {
      const untidy = `${DESCRIPTION}\r\n`;
      await write({ description: untidy });
      return (await description()) === untidy ? "kept" : "tidied";
    },
    "the description of groups",
  );
  await asking.ask("unknownUsers", async () => {
    const add = () => api.call("addUsersToAccessControlGroup", { groupUuid, userUuids: [nobody] });
    return (await isAccepted(add)) ? "skipped" : "refused";
  });
  await asking.ask("missingGroupWrites", async () => {
    const change = () => api.call("updateAccessControlGroup", { groupUuid: nobody, name, description: "" });
    return (await isAccepted(change)) ? "ignored" : "error";
  });
  await asking.ask("deleteMissingGroup", async () => {
    const remove = () => api.call("deleteAccessControlGroup", { groupUuid: nobody });
    return (await isAccepted(remove)) ? "succeeds" : "error";
  });
}
