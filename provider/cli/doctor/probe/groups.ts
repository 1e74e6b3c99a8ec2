import { randomUUID } from "node:crypto";
import { ruuidFromUuid } from "../../../rhombus/ids/ruuid";
import { isAccepted, type Recorder } from "./recorder";

const DESCRIPTION = "created by a probe, which deletes it";

/** The group of a probe. */
interface ProbeGroup {
  readonly groupUuid: string;
  readonly name: string;
}

/**
 * Observes groups, with groups of its own. No user is added to them.
 * @param recorder Records the observations.
 */
export async function observeGroups(recorder: Recorder): Promise<void> {
  const { api, objects } = recorder;
  const name = objects.name("group");
  let groupUuid = "";
  await recorder.record("readLagMs", async () => {
    groupUuid = await objects.group(name, DESCRIPTION);
    return recorder.measureLag(async () =>
      (await api.listing("findAccessControlGroupsByOrg").fresh()).some(({ uuid }) => uuid === groupUuid),
    );
  });
  if (groupUuid === "") return;
  await recorder.record("groupNames", async () => {
    return (await isAccepted(() => objects.group(name.toUpperCase(), ""))) ? "duplicates" : "unique";
  });
  await observeDescriptions(recorder, { groupUuid, name });
  await observeMissingObjects(recorder, { groupUuid, name });
}

/** Writes descriptions, and observes what remains of them. */
async function observeDescriptions(recorder: Recorder, group: ProbeGroup): Promise<void> {
  const { api } = recorder;
  const of = "the description of groups";
  const after = async (change: { readonly description?: string | null }) => {
    for (const each of [{ description: DESCRIPTION }, change]) {
      await api.call("updateAccessControlGroup", { ...group, ...each });
    }
    await recorder.settle();
    return (await api.listing("findAccessControlGroupsByOrg").fresh()).find(({ uuid }) => uuid === group.groupUuid)
      ?.description;
  };
  const isKept = async (change: { readonly description?: string | null }) => (await after(change)) === DESCRIPTION;
  const untidy = `${DESCRIPTION}\r\n`;
  await recorder.record("settingsWrites", async () => ((await isKept({})) ? "merge" : "replace"), of);
  await recorder.record("nulls", async () => ((await isKept({ description: null })) ? "keeps" : "clears"), of);
  await recorder.record("emptyDescription", async () => ((await isKept({ description: "" })) ? "keeps" : "clears"));
  await recorder.record(
    "texts",
    async () => ((await after({ description: untidy })) === untidy ? "kept" : "tidied"),
    of,
  );
}

/** Refers to users and groups that do not exist. */
async function observeMissingObjects(recorder: Recorder, { groupUuid, name }: ProbeGroup): Promise<void> {
  const { api } = recorder;
  const nobody = ruuidFromUuid(randomUUID());
  await recorder.record("unknownUsers", async () => {
    const add = () => api.call("addUsersToAccessControlGroup", { groupUuid, userUuids: [nobody] });
    return (await isAccepted(add)) ? "skipped" : "refused";
  });
  await recorder.record("missingWrites", async () => {
    const change = () => api.call("updateAccessControlGroup", { groupUuid: nobody, name, description: "" });
    return (await isAccepted(change)) ? "ignored" : "error";
  });
  await recorder.record("deleteMissing", async () => {
    const remove = () => api.call("deleteAccessControlGroup", { groupUuid: nobody });
    return (await isAccepted(remove)) ? "succeeds" : "error";
  });
}
