import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest } from "../../provider/emulator";
import { begin, DeploymentFailed, endAll, type Properties } from "../drivers/stack";
import { genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;

describe("oddities", () => {
  afterEach(endAll);

  for (const key of [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "a.b[0]",
    "Tür 7 🚪",
    "\u202e1:4",
  ]) {
    it(`a door called ${JSON.stringify(key)} is made, changed and removed like any other`, async () => {
      const { stack, console } = await begin();
      const doors = (door: object | undefined): Properties => {
        return { doorInfoMap: Object.fromEntries(door === undefined ? [] : [[key, door]]) };
      };
      for (const door of [lobby, { doorName: "Other" }, undefined]) {
        await stack.up({ it: genea(doors(door)) });
        await stack.refresh();
        assert.deepEqual(await stack.up({ it: genea(doors(door)) }), { it: "same" });
        assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), door === undefined ? [] : [key]);
      }
    });
  }

  for (const name of ["Straße", "ΣΊΣΥΦΟΣ", "人事部", "a\u0000b", "🚪".repeat(100), "constructor"]) {
    it(`a group called ${JSON.stringify(name.slice(0, 12))} is one and the same in a refresh and a second declaration`, async () => {
      const { stack } = await begin();
      await stack.up({ it: group({ name }) });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: group({ name }) }), { it: "same" });
      await assert.rejects(
        stack.up({ it: group({ name }), twin: group({ name }) }),
        /Two AccessControlGroup resources/,
      );
    });
  }

  it("a name of 256 characters, a door key of another system and a fraction are refused at once", async () => {
    const { emulator, stack } = await begin();
    const program = {
      group: group({ name: "x".repeat(256) }),
      onGuard: onGuard({ doorInfoMap: { "door-1": { clipDuration: 0.5, leadingSeconds: -1 } } }),
      kisi: kisi({ placeToSettingsMap: { headquarters: {} } }),
    };
    await assert.rejects(stack.preview(program), (error) => {
      assert.ok(error instanceof DeploymentFailed);
      assert.match(error.failures.group ?? "", /name has 256 characters; at most 255/);
      assert.match(
        error.failures.onGuard ?? "",
        /"controller:device".*leadingSeconds is -1.*clipDuration must be a whole number, not a fraction/s,
      );
      assert.match(error.failures.kisi ?? "", /a place is named by Kisi's number/);
      return true;
    });
    assert.deepEqual(emulator.requests(), []);
  });

  it("a UUID is answered with the form that Rhombus takes", async () => {
    const { stack } = await begin();
    const cameras = ["635bc4e5-b5eb-42fa-a680-c20506a36d10"];
    const program = { it: onGuard({ doorInfoMap: { "1:4": { assignedCameraList: cameras } } }) };
    await assert.rejects(stack.preview(program), /assignedCameraList\[0\] is a UUID.*"Y1vE5bXrQvqmgMIFBqNtEA"/);
  });

  it("a misspelt input is answered with the one that was meant, and its value is not shown", async () => {
    const { stack } = await begin();
    await assert.rejects(stack.preview({ it: genea({ apiTokn: "a-secret-key" }) }), (error: Error) => {
      assert.match(error.message, /apiTokn is an unknown property\. Did you mean "apiToken"\?/);
      return !error.message.includes("a-secret-key");
    });
  });

  it("adopting looks afresh: what somebody has just removed is made, not taken for granted", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "createAccessControlGroup" && uuid !== undefined && console.removeGroup(uuid);
    let uuid: string | undefined;
    const { stack, console } = await begin({ onRequest });
    uuid = console.addGroup({ name: "Staff" });
    await stack.up({ other: group({ name: "Other" }), it: group({ adopt: true }) });
    assert.deepEqual(
      console
        .groups()
        .map(({ name }) => name)
        .sort(),
      ["Other", "Staff"],
    );
    assert.notEqual(stack.stored("it").id, uuid);
  });

  it("a name given up in an update is free for another resource in the same up", async () => {
    const { stack } = await begin();
    await stack.up({ it: group({ name: "One" }) });
    assert.deepEqual(await stack.up({ it: group({ name: "Two" }), other: group({ name: "One" }) }), {
      it: "update",
      other: "create",
    });
  });

  it("deployments made side by side where a create answers with the existing one: one is made, the others fail", async () => {
    const { stack, console } = await begin({ behaviours: { onGuardCreate: "existing" } });
    const names = ["A", "B", "C"];
    const entries = names.map(
      (displayName) => [displayName, onGuard({ displayName, doorInfoMap: { "1:4": lobby } })] as const,
    );
    await assert.rejects(stack.up(Object.fromEntries(entries), { parallel: true }), (error) => {
      assert.ok(error instanceof DeploymentFailed);
      assert.equal(Object.keys(error.failures).length, 2);
      return true;
    });
    assert.equal(console.onGuard().length, 1);
    assert.deepEqual(
      names.filter((name) => stack.has(name)),
      [console.onGuard()[0]?.displayName],
    );
  });

  it("a door with every field at its empty value shows no change", async () => {
    const { stack } = await begin();
    const empty = { doorName: "", assignedCameraList: [], locationUuid: "", leadingSeconds: 0, clipDuration: 0 };
    const door = { ...empty, remoteUnlock: false, subLocationsHierarchyKey: "" };
    const program = { it: onGuard({ doorInfoMap: { "1:4": door } }), genea: genea({ doorInfoMap: { g: door } }) };
    await stack.up(program);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "same", genea: "same" });
  });

  it("a delete whose answer is lost succeeds when the object is gone, and fails when it is not", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group({ description: acme.name }) });
    emulator.fail({ operation: "deleteAccessControlGroup", with: { kind: "status", status: 500 } });
    await assert.rejects(stack.destroy(), /500/);
    assert.ok(stack.has("it"));
    emulator.fail({ operation: "deleteAccessControlGroup", with: { kind: "reset", when: "after" } });
    await stack.destroy();
    assert.ok(!stack.has("it"));
  });
});
