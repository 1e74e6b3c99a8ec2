import assert from "node:assert/strict";
import { begin, type Declared, DeploymentFailed, endAll } from "../drivers/stack";
import { genea, group, kisi, lobby, onGuard } from "../resources/declared";

const place = (key: string) => kisi({ placeToSettingsMap: { [key]: {} } });
const door = (key: string, value: object = lobby) => onGuard({ doorInfoMap: { [key]: value } });

/** Invalid declarations, with what the error says. */
const mistakes: readonly (readonly [what: string, declared: Declared, error: RegExp])[] = [
  ["a name that is too long", group({ name: "x".repeat(256) }), /name has 256 characters; at most 255/],
  [
    "three mistakes in a door",
    door("door-1", { clipDuration: 0.5, leadingSeconds: -1 }),
    /"controller:device".*leadingSeconds is -1.*clipDuration must be a whole number, not a fraction/s,
  ],
  [
    "a UUID in place of an RUUID",
    door("1:4", { assignedCameraList: ["635bc4e5-b5eb-42fa-a680-c20506a36d10"] }),
    /assignedCameraList\[0\] is a UUID.*"Y1vE5bXrQvqmgMIFBqNtEA"/,
  ],
  [
    "a misspelt input",
    genea({ apiTokn: "a-secret-key" }),
    /apiTokn is an unknown property\. Did you mean "apiToken"\?/,
  ],
  ["the name of a Kisi place", place("headquarters"), /a place is named by Kisi's number, such as "1234"/],
  ["the Kisi place 041001", place("041001"), /write "41001", without leading zeros/],
  ["the Kisi place 99999999999", place("99999999999"), /at most 2147483647/],
  ["the Kisi place -1", place("-1"), /such as "1234"/],
  ["the OnGuard door 01:4", door("01:4"), /write "1:4", without/],
  ["the OnGuard door 1:004", door("1:004"), /write "1:4", without/],
];

describe("inputs", () => {
  afterEach(endAll);

  it("doors with unusual names are created, changed and removed", async () => {
    const inherited = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
    const keys = [...inherited, "a.b[0]", "Tür 7 🚪", "\u202e1:4"];
    const { stack, console } = await begin();
    for (const doors of [keys.map((key) => [key, lobby]), keys.map((key) => [key, { doorName: "Other" }]), []]) {
      const program = { it: genea({ doorInfoMap: Object.fromEntries(doors) }) };
      await stack.up(program);
      await stack.refresh();
      assert.deepEqual(await stack.up(program), { it: "same" });
      assert.equal(Object.keys(console.genea()?.doorInfoMap ?? {}).length, doors.length);
    }
  });

  it("all mistakes of a program are reported at once, without a call and without the value of an unknown input", async () => {
    const { emulator, stack } = await begin();
    const program = Object.fromEntries(mistakes.map(([what, declared]) => [what, declared]));
    await assert.rejects(stack.preview(program), (error) => {
      assert.ok(error instanceof DeploymentFailed);
      for (const [what, , expected] of mistakes) assert.match(error.failures[what] ?? "", expected, what);
      return !error.message.includes("a-secret-key");
    });
    assert.deepEqual(emulator.requests(), []);
  });

  it("zero and the largest number are valid keys", async () => {
    const { stack } = await begin();
    for (const declared of [place("0"), place("2147483647"), door("0:10")]) {
      assert.deepEqual(await stack.preview({ it: declared }), { it: "create" });
    }
  });

  it("a door with only empty values shows no change", async () => {
    const { stack } = await begin();
    const empty = { doorName: "", assignedCameraList: [], locationUuid: "", leadingSeconds: 0, clipDuration: 0 };
    const blank = { ...empty, remoteUnlock: false, subLocationsHierarchyKey: "" };
    const program = { it: door("1:4", blank), genea: genea({ doorInfoMap: { g: blank } }) };
    await stack.up(program);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "same", genea: "same" });
  });
});
