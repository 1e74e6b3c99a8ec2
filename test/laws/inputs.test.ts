import assert from "node:assert/strict";
import { begin, DeploymentFailed, endAll } from "../drivers/stack";
import { genea, group, kisi, lobby, onGuard } from "../resources/declared";

describe("inputs: unusual values", () => {
  afterEach(endAll);

  it("doors with unusual names are created, changed and removed", async () => {
    const keys = [
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "hasOwnProperty",
      "a.b[0]",
      "Tür 7 🚪",
      "\u202e1:4",
    ];
    const doors = (door: object) => genea({ doorInfoMap: Object.fromEntries(keys.map((key) => [key, door])) });
    const { stack, console } = await begin();
    for (const program of [
      { it: doors(lobby) },
      { it: doors({ doorName: "Other" }) },
      { it: genea({ doorInfoMap: {} }) },
    ]) {
      await stack.up(program);
      await stack.refresh();
      assert.deepEqual(await stack.up(program), { it: "same" });
      const { doorInfoMap } = program.it.inputs;
      assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}).sort(), Object.keys(Object(doorInfoMap)).sort());
    }
  });

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
  const place = (key: string) => kisi({ placeToSettingsMap: { [key]: {} } });
  const door = (key: string) => onGuard({ doorInfoMap: { [key]: lobby } });

  for (const [what, declared, reason] of [
    ["Kisi place 041001", place("041001"), /write "41001", without leading zeros/],
    ["Kisi place 99999999999", place("99999999999"), /at most 2147483647/],
    ["Kisi place HQ", place("HQ"), /such as "1234"/],
    ["Kisi place -1", place("-1"), /such as "1234"/],
    ["OnGuard door 01:4", door("01:4"), /write "1:4", without/],
    ["OnGuard door 1:004", door("1:004"), /write "1:4", without/],
  ] as const) {
    it(`the ${what} is an error that shows a valid key`, async () => {
      const { stack } = await begin();
      await assert.rejects(stack.preview({ it: declared }), reason);
    });
  }

  it("zero and the largest number are valid", async () => {
    const { stack } = await begin();
    for (const declared of [place("0"), place("2147483647"), door("0:10")]) {
      assert.deepEqual(await stack.preview({ it: declared }), { it: "create" });
    }
  });
});
