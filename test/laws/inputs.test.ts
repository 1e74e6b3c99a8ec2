import assert from "node:assert/strict";
import { begin, DeploymentFailed, endAll, type Properties } from "../drivers/stack";
import { genea, group, kisi, lobby, onGuard } from "../resources/declared";

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

  it("a door with every field at its empty value shows no change", async () => {
    const { stack } = await begin();
    const empty = { doorName: "", assignedCameraList: [], locationUuid: "", leadingSeconds: 0, clipDuration: 0 };
    const door = { ...empty, remoteUnlock: false, subLocationsHierarchyKey: "" };
    const program = { it: onGuard({ doorInfoMap: { "1:4": door } }), genea: genea({ doorInfoMap: { g: door } }) };
    await stack.up(program);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "same", genea: "same" });
  });
});

describe("keys that are numbers", () => {
  afterEach(endAll);

  for (const [key, reason] of [
    ["041001", /write "41001", without leading zeros/],
    ["99999999999", /at most 2147483647/],
    ["HQ", /such as "1234"/],
    ["-1", /such as "1234"/],
  ] as const) {
    it(`refuses the Kisi place ${key}, and says what a key looks like`, async () => {
      const { stack } = await begin();
      await assert.rejects(stack.preview({ it: kisi({ placeToSettingsMap: { [key]: {} } }) }), reason);
    });
  }

  it("accepts the smallest and the largest number of a Kisi place", async () => {
    const { stack } = await begin();
    assert.deepEqual(await stack.preview({ it: kisi({ placeToSettingsMap: { "0": {}, "2147483647": {} } }) }), {
      it: "create",
    });
  });

  for (const key of ["01:4", "1:004", "001:04"]) {
    it(`refuses the OnGuard door ${key} with leading zeros, and names its usual form`, async () => {
      const { stack } = await begin();
      await assert.rejects(stack.preview({ it: onGuard({ doorInfoMap: { [key]: lobby } }) }), /write "1:4", without/);
    });
  }

  it("accepts zeros in the key of an OnGuard door where they are the number", async () => {
    const { stack } = await begin();
    assert.deepEqual(await stack.preview({ it: onGuard({ doorInfoMap: { "0:10": lobby } }) }), { it: "create" });
  });
});
