import { randomUUID } from "node:crypto";
import type { Behaviours, ProbedBehaviour } from "../../../emulator/behaviours/behaviours";
import { ruuidFromUuid } from "../../../rhombus/ids/ruuid";
import { type Asking, isAccepted } from "./asking";

const DESCRIPTION = "created by a probe, which deletes it";

/** The group of a probe. */
interface ScratchGroup {
  readonly groupUuid: string;
  readonly name: string;
}

/**
 * Observes groups, with groups of its own. No user is added to them.
 * @param asking Records the answers.
 */
export async function askAboutGroups(asking: Asking): Promise<void> {
  const { api, scratch } = asking;
  const name = scratch.name("group");
  let groupUuid = "";
  await asking.ask("readLagMs", async () => {
    groupUuid = await scratch.group(name, DESCRIPTION);
    return asking.measureLag(async () =>
      (await api.listing("findAccessControlGroupsByOrg").fresh()).some(({ uuid }) => uuid === groupUuid),
    );
  });
  if (groupUuid === "") return;
  await asking.ask("groupNames", async () => {
    const isCreated = await isAccepted(() => scratch.group(name.toUpperCase(), ""));
    return isCreated ? "duplicates" : "unique";
  });
  await askAboutDescriptions(asking, { groupUuid, name });
  await askAboutMissing(asking, { groupUuid, name });
}

/** Writes descriptions, and observes what remains of them. */
async function askAboutDescriptions(asking: Asking, group: ScratchGroup): Promise<void> {
  const { api } = asking;
  const write = (change: { readonly description?: string | null }) => {
    return api.call("updateAccessControlGroup", { ...group, ...change });
  };
  const after = async (change: { readonly description?: string | null }) => {
    await write({ description: DESCRIPTION });
    await write(change);
    await asking.settle();
    return (await api.listing("findAccessControlGroupsByOrg").fresh()).find(({ uuid }) => uuid === group.groupUuid)
      ?.description;
  };
  const ask = <Name extends ProbedBehaviour>(behaviour: Name, answer: () => Promise<Behaviours[Name]>) => {
    return asking.ask(behaviour, answer, "the description of groups");
  };
  const untidy = `${DESCRIPTION}\r\n`;
  await ask("settingsWrites", async () => ((await after({})) === DESCRIPTION ? "merge" : "replace"));
  await ask("nulls", async () => ((await after({ description: null })) === DESCRIPTION ? "keeps" : "clears"));
  await asking.ask("emptyDescription", async () => {
    return (await after({ description: "" })) === DESCRIPTION ? "keeps" : "clears";
  });
  await ask("texts", async () => ((await after({ description: untidy })) === untidy ? "kept" : "tidied"));
}

/** Refers to users and groups that do not exist. */
async function askAboutMissing(asking: Asking, { groupUuid, name }: ScratchGroup): Promise<void> {
  const { api } = asking;
  const nobody = ruuidFromUuid(randomUUID());
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
