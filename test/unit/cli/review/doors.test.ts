import assert from "node:assert/strict";
import { linesOf, UNKNOWN } from "./plans";

type Doors = Readonly<Record<string, unknown>> | string | undefined;

const lobby = { doorName: "Lobby", assignedCameraList: ["c1"] };
const other = { ...lobby, assignedCameraList: ["c2"] };
const bare = { ...lobby, assignedCameraList: [] };
const open = { "1:4": { ...lobby, remoteUnlock: true } };
const shut = { "1:4": { ...lobby, remoteUnlock: false } };
const yard = { doorName: "Yard", assignedCameraList: ["c2", "c1"], clipDuration: 5 };

const gains = "**Gains remote unlock** door `Lobby` (`1:4`)";
const loses = "**Loses remote unlock** door `Lobby` (`1:4`)";
const withoutCamera = "**Without a camera** door `Lobby` (`1:4`)";
const removed = "**Door or place removed** door";
const gainsCamera = "**Gains a camera** door";
const losesCamera = "**Loses a camera** door";
const otherKey = "**Door under another key** door `Lobby`:";
const unknown = "**Unknown until the deployment**";
const secret = "**Secret**";

const cases: Readonly<Record<string, readonly [before: Doors, after: Doors, ...lines: string[]]>> = {
  "a new key": [
    { "1:4": lobby },
    { "7:4": lobby },
    `${otherKey} \`1:4\` → \`7:4\``,
    "door `Lobby` has another key: `1:4` → `7:4`, cameras unchanged",
  ],
  "a new key and other values": [
    { "1:4": lobby },
    { "7:4": { ...other, remoteUnlock: true } },
    "**Gains remote unlock** door `Lobby` (`7:4`)",
    `${losesCamera} \`Lobby\` (\`7:4\`): \`c1\``,
    `${gainsCamera} \`Lobby\` (\`7:4\`): \`c2\``,
    `${otherKey} \`1:4\` → \`7:4\``,
    "door `Lobby` has another key: `1:4` → `7:4`, cameras `c1` → `c2`; remote unlock (not declared) → `true`",
  ],
  "a new key of a door with remote unlock": [
    open,
    { "7:4": open["1:4"] },
    "**Gains remote unlock** door `Lobby` (`7:4`)",
    `${otherKey} \`1:4\` → \`7:4\``,
    "door `Lobby` has another key: `1:4` → `7:4`, cameras unchanged",
  ],
  "new keys of doors with one name": [
    { "1:1": lobby, "1:2": other },
    { "2:1": other, "2:2": lobby },
    `${otherKey} \`1:1\` → \`2:2\``,
    `${otherKey} \`1:2\` → \`2:1\``,
    "door `Lobby` has another key: `1:1` → `2:2`, cameras unchanged",
    "door `Lobby` has another key: `1:2` → `2:1`, cameras unchanged",
  ],
  "new keys of doors that are alike": [
    { "1:1": lobby, "1:2": lobby },
    { "2:1": lobby, "2:2": lobby },
    `${gainsCamera} \`Lobby\` (\`2:1\`)`,
    `${gainsCamera} \`Lobby\` (\`2:2\`)`,
    `${removed} \`Lobby\` (\`1:1\`)`,
    `${removed} \`Lobby\` (\`1:2\`)`,
    "new door `Lobby` (`2:1`): cameras `c1`",
    "new door `Lobby` (`2:2`): cameras `c1`",
    "removed door `Lobby` (`1:1`)",
    "removed door `Lobby` (`1:2`)",
  ],
  "new keys of doors without values": [
    { "1:1": {} },
    { "2:1": {} },
    "**Without a camera** door `2:1`",
    `${removed} \`1:1\``,
    "new door `2:1`: no cameras",
    "removed door `1:1`",
  ],
  "a removed door": [{ "1:4": lobby }, {}, `${removed} \`Lobby\` (\`1:4\`)`, "removed door `Lobby` (`1:4`)"],
  "another camera": [
    { "1:4": lobby },
    { "1:4": other },
    `${losesCamera} \`Lobby\` (\`1:4\`): \`c1\``,
    `${gainsCamera} \`Lobby\` (\`1:4\`): \`c2\``,
    "door `Lobby` (`1:4`): cameras `c1` → `c2`",
  ],
  "a camera less": [
    { "1:4": yard },
    { "1:4": { ...yard, assignedCameraList: ["c1"] } },
    `${losesCamera} \`Yard\` (\`1:4\`): \`c2\``,
    "door `Yard` (`1:4`): cameras `c1` and `c2` → `c1`",
  ],
  "a new door": [
    {},
    { "1:5": yard },
    `${gainsCamera} \`Yard\` (\`1:5\`)`,
    "new door `Yard` (`1:5`): cameras `c1` and `c2`, clip duration `5`",
  ],
  "a new door with remote unlock": [
    {},
    open,
    gains,
    `${gainsCamera} \`Lobby\` (\`1:4\`)`,
    "new door `Lobby` (`1:4`): cameras `c1`, remote unlock `true`",
  ],
  "remote unlock": [{ "1:4": lobby }, open, gains, "door `Lobby` (`1:4`): remote unlock (not declared) → `true`"],
  "remote unlock that was declared off": [shut, open, gains, "door `Lobby` (`1:4`): remote unlock `false` → `true`"],
  "remote unlock that is declared off": [open, shut, loses, "door `Lobby` (`1:4`): remote unlock `true` → `false`"],
  "remote unlock that is no longer declared": [
    open,
    { "1:4": lobby },
    loses,
    "door `Lobby` (`1:4`): remote unlock `true` → (not declared)",
  ],
  "no more cameras": [{ "1:4": lobby }, { "1:4": bare }, withoutCamera, "door `Lobby` (`1:4`): cameras `c1` → none"],
  "a new door without cameras": [{}, { "1:4": bare }, withoutCamera, "new door `Lobby` (`1:4`): no cameras"],
  "the gravest change first": [
    { "1:3": lobby },
    { "1:3": bare, ...open },
    gains,
    "**Without a camera** door `Lobby` (`1:3`)",
    `${gainsCamera} \`Lobby\` (\`1:4\`)`,
    "door `Lobby` (`1:3`): cameras `c1` → none",
    "new door `Lobby` (`1:4`): cameras `c1`, remote unlock `true`",
  ],
  "a door that had no cameras": [
    { "1:4": bare },
    { "1:4": { ...bare, clipDuration: 3 } },
    "**Door changed** door `Lobby` (`1:4`): clip duration (not declared) → `3`",
    "door `Lobby` (`1:4`): clip duration (not declared) → `3`",
  ],
  "a door with another name and remote unlock by both its names": [
    { "2:7": { ...lobby, doorName: "Server room" } },
    { "2:7": { ...lobby, doorName: "Bicycle shed", remoteUnlock: true } },
    "**Gains remote unlock** door `Bicycle shed`, until now `Server room` (`2:7`)",
    "**Renamed** door `Bicycle shed`, until now `Server room` (`2:7`)",
    "door `Bicycle shed` (`2:7`): name `Server room` → `Bicycle shed`; remote unlock (not declared) → `true`",
  ],
  "doors that exchange their names": [
    { "1:1": lobby, "1:2": yard },
    { "1:1": { ...lobby, doorName: "Yard" }, "1:2": { ...yard, doorName: "Lobby" } },
    "**Renamed** door `Yard`, until now `Lobby` (`1:1`)",
    "**Renamed** door `Lobby`, until now `Yard` (`1:2`)",
    "door `Yard` (`1:1`): name `Lobby` → `Yard`",
    "door `Lobby` (`1:2`): name `Yard` → `Lobby`",
  ],
  "doors that get and lose a name": [
    { "1:1": { ...lobby, doorName: "" }, "1:2": yard },
    { "1:1": lobby, "1:2": { ...yard, doorName: undefined } },
    "**Renamed** door `Lobby`, until now not named by the program (`1:1`)",
    "**Renamed** door `1:2`, until now `Yard`",
    "door `Lobby` (`1:1`): name (empty) → `Lobby`",
    "door `1:2`: name `Yard` → (not declared)",
  ],
  "other settings of a door, also one that this version does not know": [
    { "1:4": { ...lobby, clipDuration: 30, leadingSeconds: 5, locationUuid: "a" } },
    { "1:4": { ...lobby, clipDuration: 0, leadingSeconds: 3600, locationUuid: "b", antiPassback: false } },
    "**Door changed** door `Lobby` (`1:4`): `antiPassback` (not declared) → `false`; clip duration `30` → `0`; leading seconds `5` → `3600`; location `a` → `b`",
    "door `Lobby` (`1:4`): `antiPassback` (not declared) → `false`; clip duration `30` → `0`; leading seconds `5` → `3600`; location `a` → `b`",
  ],
  "a camera that was declared twice": [
    { "1:4": { ...lobby, assignedCameraList: ["c1", "c1"] } },
    { "1:4": lobby },
    "no declared value changes in effect; the deployment reads the object, and completes what an earlier one left undone",
  ],
  "remote unlock that was a secret": [
    { "1:4": { ...lobby, remoteUnlock: "[secret]" } },
    { "1:4": lobby },
    "**Door changed** door `Lobby` (`1:4`): remote unlock (secret) → (not declared)",
    `${secret} \`doorInfoMap["1:4"].remoteUnlock\``,
    "door `Lobby` (`1:4`): remote unlock (secret) → (not declared)",
  ],
  "defaults, and another order of cameras": [
    { "1:4": { assignedCameraList: ["c1", "c2"], remoteUnlock: false, clipDuration: 0, doorName: "" } },
    { "1:4": { assignedCameraList: ["c2", "c1"] } },
    "no declared value changes in effect; the deployment reads the object, and completes what an earlier one left undone",
  ],
  "unknown cameras and doors": [
    {},
    { "1:4": { ...lobby, assignedCameraList: UNKNOWN }, "1:5": UNKNOWN },
    `${unknown} \`doorInfoMap["1:4"].assignedCameraList\``,
    `${unknown} \`doorInfoMap["1:5"]\``,
    "new door `Lobby` (`1:4`): cameras (unknown until the deployment)",
    "new door `1:5`: cameras (unknown until the deployment)",
  ],
  "secret cameras and doors": [
    {},
    { "1:4": { ...lobby, assignedCameraList: "[secret]" }, "1:5": "[secret]" },
    `${secret} \`doorInfoMap["1:4"].assignedCameraList\``,
    `${secret} \`doorInfoMap["1:5"]\``,
    "new door `Lobby` (`1:4`): cameras (secret)",
    "new door `1:5`: cameras (secret)",
  ],
  "a secret map": [
    {},
    "[secret]",
    `${secret} \`doorInfoMap\``,
    "doors: (secret), because the program declares them as a secret",
  ],
  "an unknown map": [{}, UNKNOWN, `${unknown} \`doorInfoMap\``, "doors: unknown until the deployment"],
  "doors that are no longer managed": [
    { "1:4": lobby },
    undefined,
    "**Not managed** doors are no longer managed; they stay unchanged",
    "doors are no longer managed; they stay unchanged",
  ],
};

const numbered = (count: number, from: number, values: object) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`1:${from + at}`, { doorName: `D${from + at}`, ...values }]),
  );

describe("review, about doors", () => {
  it("lists existing doors by their names, before the new ones, which are grouped", () => {
    const [old, next] = [{}, { remoteUnlock: true }].map((values) =>
      numbered(6, 1, { ...values, assignedCameraList: ["c"] }),
    );
    const added = numbered(200, 10, { remoteUnlock: true });
    const steps = [{ before: { doorInfoMap: old }, after: { doorInfoMap: { ...added, ...next } } }];
    const names = Array.from({ length: 6 }, (_, at) => `\`D${at + 1}\` (\`1:${at + 1}\`)`);
    assert.deepEqual(linesOf(steps).slice(0, 3), [
      `**Gains remote unlock** 6 doors: ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
      "**Gains remote unlock** 200 new doors: `1:10` to `1:209`",
      "**Without a camera** 200 new doors: `1:10` to `1:209`",
    ]);
  });

  it("takes no door for new if the program did not manage the doors before", () => {
    const steps = [{ before: {}, after: { doorInfoMap: numbered(6, 1, {}) } }];
    assert.match(linesOf(steps)[0] ?? "", /^\*\*Without a camera\*\* 6 doors: `D1` \(`1:1`\), `D2`/);
  });

  it("lists many doors with the same change together", () => {
    const [before = {}, after] = [9, 0].map((clipDuration) => numbered(200, 1, { clipDuration }));
    const lines = linesOf([{ before: { doorInfoMap: before }, after: { doorInfoMap: after } }]);
    const found = lines.filter((line) => line.startsWith("**Door changed**"));
    assert.ok(found.length < 10 && found.every((line) => / \d+ doors: clip duration `9` → `0`: `D\d+` /.test(line)));
    for (const key of Object.keys(before)) assert.ok(found.join().includes(`(\`${key}\`)`), key);
  });

  for (const [what, [before, after, ...lines]] of Object.entries(cases)) {
    it(`shows ${what}`, () => {
      const step = {
        before: { displayName: "HQ", doorInfoMap: before },
        after: { displayName: "HQ", doorInfoMap: after },
      };
      assert.deepEqual(linesOf([step]), lines);
    });
  }
});
