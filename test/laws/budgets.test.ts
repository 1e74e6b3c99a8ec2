import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { calls, count } from "../drivers/calls";
import { begin, type Declared, endAll, type Program } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const N = 40;
const { ada, ben } = campusSeed.acme.users;

/** N groups; the first `managed` of them with members. */
function groups(managed: number): Program {
  const entries = Array.from({ length: N }, (_, index): [string, Declared] => {
    const members = index < managed ? { userUuids: [ada.uuid] } : {};
    return [`group${index}`, group({ name: `Group ${index}`, ...members })];
  });
  return Object.fromEntries(entries);
}

const parallel = { parallel: true };

describe("budgets: calls of the API", () => {
  afterEach(endAll);

  it(`${N} groups, some with members, are created with ${N + 2} calls`, async () => {
    const { emulator, stack } = await begin();
    await stack.up(groups(7), parallel);
    assert.equal(calls(emulator).length, N + 2);
    assert.deepEqual([count(emulator, "getOrgV2"), count(emulator, "findAccessControlGroupsByOrg")], [1, 1]);
  });

  it(`${N} groups are refreshed with 2 calls and one for each that manages members`, async () => {
    const { emulator, stack } = await begin();
    await stack.up(groups(7), parallel);
    emulator.clearRequests();
    await stack.refresh(parallel);
    assert.equal(calls(emulator).length, 2 + 7);
  });

  it(`${N} groups are deleted with one call each, one read of the organization and of what uses them, and at most four listings`, async () => {
    const { emulator, stack } = await begin();
    await stack.up(groups(0), parallel);
    emulator.clearRequests();
    await stack.destroy(parallel);
    const listings = count(emulator, "findAccessControlGroupsByOrg");
    assert.equal(calls(emulator).length - listings, N + 1 + 2);
    assert.ok(listings <= 4, `${listings} listings`);
  });

  for (const [what, before, changes] of [
    ["a group", group(), { description: "x" }],
    ["the display name of a deployment", onGuard(), { displayName: "Main" }],
    ["a flag of a deployment", onGuard(), { saveClips: true }],
    ["Genea", genea(), { saveClips: true }],
    ["Kisi", kisi(), { enabled: false }],
  ] as const) {
    it(`an update is one write between two reads, after one read of the organization: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: before });
      emulator.clearRequests();
      await stack.up({ it: { ...before, inputs: { ...before.inputs, ...changes } } });
      const [organization, read, write = "", verification, ...others] = calls(emulator);
      assert.deepEqual([organization, verification, others], ["getOrgV2", read, []]);
      assert.match(write, /^(?:create|update)/);
    });
  }

  it("all members are added with one call and removed with one call", async () => {
    const { emulator, stack } = await begin();
    const users = Object.values(campusSeed.acme.users).filter((user) => !("deleted" in user));
    await stack.up({ it: group({ userUuids: [ben.uuid] }) });
    emulator.clearRequests();
    const others = users.map(({ uuid }) => uuid).filter((uuid) => uuid !== ben.uuid);
    await stack.up({ it: group({ userUuids: others }) });
    assert.equal(count(emulator, "addUsersToAccessControlGroup"), 1);
    assert.equal(count(emulator, "removeUsersFromAccessControlGroup"), 1);
  });

  it("writes of resources that share an integration do not overlap", async () => {
    const { emulator, stack } = await begin({ latencyMs: 5 });
    const entries = Array.from(
      { length: 4 },
      (_, index) => [`d${index}`, onGuard({ displayName: `D ${index}` })] as const,
    );
    await stack.up(Object.fromEntries(entries), parallel);
    const writes = emulator.requests().filter(({ operation }) => operation?.startsWith("createOrUpdate"));
    const overlaps = writes.filter((each, index) => {
      const before = writes[index - 1];
      return before !== undefined && each.atMillis < before.atMillis + before.durationMs;
    });
    assert.deepEqual([writes.length, overlaps.length], [4, 0]);
  });
});
