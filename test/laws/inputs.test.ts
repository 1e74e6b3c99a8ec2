import assert from "node:assert/strict";
import { begin, DeploymentFailed, endAll, type Properties } from "../drivers/stack";
import { genea, group, kisi, lobby, onGuard } from "../resources/declared";

describe("inputs: unusual values", () => {
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
    it(`a door called ${JSON.stringify(key)} is created, changed and removed`, async () => {
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

  it("all mistakes are reported at once, without a call", async () => {
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

  it("an error about a UUID contains the form that Rhombus accepts", async () => {
    const { stack } = await begin();
    const cameras = ["635bc4e5-b5eb-42fa-a680-c20506a36d10"];
    const program = { it: onGuard({ doorInfoMap: { "1:4": { assignedCameraList: cameras } } }) };
    await assert.rejects(stack.preview(program), /assignedCameraList\[0\] is a UUID.*"Y1vE5bXrQvqmgMIFBqNtEA"/);
  });

  it("an error about a misspelt input suggests a name, and does not show the value", async () => {
    const { stack } = await begin();
    await assert.rejects(stack.preview({ it: genea({ apiTokn: "a-secret-key" }) }), (error: Error) => {
      assert.match(error.message, /apiTokn is an unknown property\. Did you mean "apiToken"\?/);
      return !error.message.includes("a-secret-key");
    });
  });

  it("a door with only empty values shows no change", async () => {
    const { stack } = await begin();
    const empty = { doorName: "", assignedCameraList: [], locationUuid: "", leadingSeconds: 0, clipDuration: 0 };
    const door = { ...empty, remoteUnlock: false, subLocationsHierarchyKey: "" };
    const program = { it: onGuard({ doorInfoMap: { "1:4": door } }), genea: genea({ doorInfoMap: { g: door } }) };
    await stack.up(program);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "same", genea: "same" });
  });
});

describe("inputs: keys that are numbers", () => {
  afterEach(endAll);

  for (const [key, reason] of [
    ["041001", /write "41001", without leading zeros/],
    ["99999999999", /at most 2147483647/],
    ["HQ", /such as "1234"/],
    ["-1", /such as "1234"/],
  ] as const) {
    it(`the Kisi place ${key} is an error that shows a valid key`, async () => {
      const { stack } = await begin();
      await assert.rejects(stack.preview({ it: kisi({ placeToSettingsMap: { [key]: {} } }) }), reason);
    });
  }

  it("the smallest and the largest number of a Kisi place are valid", async () => {
    const { stack } = await begin();
    assert.deepEqual(await stack.preview({ it: kisi({ placeToSettingsMap: { "0": {}, "2147483647": {} } }) }), {
      it: "create",
    });
  });

  for (const key of ["01:4", "1:004", "001:04"]) {
    it(`the OnGuard door ${key} is an error that shows the key without leading zeros`, async () => {
      const { stack } = await begin();
      await assert.rejects(stack.preview({ it: onGuard({ doorInfoMap: { [key]: lobby } }) }), /write "1:4", without/);
    });
  }

  it("zeros in the key of an OnGuard door are valid as numbers", async () => {
    const { stack } = await begin();
    assert.deepEqual(await stack.preview({ it: onGuard({ doorInfoMap: { "0:10": lobby } }) }), { it: "create" });
  });
});
