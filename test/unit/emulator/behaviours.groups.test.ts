import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { closeAll } from "./caller";
import { under, type World } from "./world";

const { ada, ben, deleted } = campusSeed.acme.users;
const { engineering: groupUuid } = livedInSeed.groups;
const unknown = "A".repeat(22);

describe("emulator: behaviours of groups", () => {
  afterEach(closeAll);

  const nameStatuses = { unique: [400, 400, 200], duplicates: [200, 200, 200] };
  under(
    "groupNames",
    "status of a create, a rename, and a rename to the own name",
    nameStatuses,
    async ({ status }) => [
      await status("createAccessControlGroup", { name: "EVERYONE" }),
      await status("updateAccessControlGroup", { groupUuid, name: "everyone" }),
      await status("updateAccessControlGroup", { groupUuid, name: "ENGINEERING" }),
    ],
  );
  const userStatuses = { skipped: [200, 200], refused: [400, 400] };
  under(
    "unknownUsers",
    "status of a create and an addition with unknown users",
    userStatuses,
    async ({ status, group }) => {
      const userUuids = [ben.uuid, deleted.uuid, unknown];
      const statuses = [
        await status("createAccessControlGroup", { name: "Staff", userUuids }),
        await status("addUsersToAccessControlGroup", { groupUuid, userUuids }),
      ];
      assert.deepEqual(group().userUuids.slice(3), statuses[1] === 200 ? [ben.uuid] : []);
      return statuses;
    },
  );
  under("deleteMissingGroup", "status of a delete", { succeeds: 200, error: 404 }, ({ status }) =>
    status("deleteAccessControlGroup", { groupUuid: unknown }),
  );
  const missingStatuses = { error: [404, 404, 404], ignored: [200, 200, 200] };
  under("missingGroupWrites", "status of writes", missingStatuses, async ({ status, console }) => {
    const members = { groupUuid: unknown, userUuids: [ada.uuid] };
    const statuses = [
      await status("updateAccessControlGroup", { groupUuid: unknown, name: "Staff" }),
      await status("addUsersToAccessControlGroup", members),
      await status("removeUsersFromAccessControlGroup", members),
    ];
    assert.equal(console.groups().length, 7);
    return statuses;
  });
  const repeated = { ignored: [200, true, 200, true], refused: [400, false, 400, false] };
  under("repeatedMembers", "status of an addition and a removal", repeated, async ({ status, group }) => {
    const members = { groupUuid, userUuids: [ada.uuid, ben.uuid] };
    const added = await status("addUsersToAccessControlGroup", members);
    const isAdded = group().userUuids.includes(ben.uuid);
    const removed = await status("removeUsersFromAccessControlGroup", { groupUuid, userUuids: [ada.uuid, unknown] });
    return [added, isAdded, removed, !group().userUuids.includes(ada.uuid)];
  });

  const sent = { name: " Cafe\u0301 ", description: "One\r\ntwo\r" };
  const texts = { kept: sent, tidied: { name: "Caf\u00e9", description: "One\ntwo" } };
  under("texts", "name and description", texts, async ({ ask, group }) => {
    await ask("updateAccessControlGroup", { groupUuid, ...sent });
    const { name, description } = group();
    return { name, description };
  });
  const stored = "Robot lab and server room";
  const described = (description?: string | null) => {
    return async ({ ask, group }: World) => {
      await ask("updateAccessControlGroup", { groupUuid, description });
      return group().description;
    };
  };
  under("emptyDescription", "an empty description", { clears: "", keeps: stored }, described(""));
  under("nulls", "a description after null", { clears: null, keeps: stored }, described(null));
  under("settingsWrites", "an omitted description", { replace: null, merge: stored }, described());

  const statuses = { 0: [200, 200, 200, 200], 2: [200, 500, 200, 500], 3: [200, 200, 500, 200] };
  under("errorAfterWrites", "status of four creates, all carried out", statuses, async ({ status, ask, console }) => {
    await ask("findAccessControlGroupsByOrg");
    assert.equal(await status("createAccessControlGroup", { name: "" }), 400);
    await ask("updateGeneaIntegrationV2", { geneaSettings: { apiToken: "wrong" } });
    const answered: number[] = [];
    for (const name of ["One", "Two", "Three", "Four"])
      answered.push(await status("createAccessControlGroup", { name }));
    assert.equal(console.groups().length, 11);
    return answered;
  });
});
