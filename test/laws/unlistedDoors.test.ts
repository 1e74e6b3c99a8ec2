import assert from "node:assert/strict";
import { campusSeed, type Fault } from "../../provider/emulator";
import { calls, count } from "../drivers/calls";
import { begin, type Declared, endAll, type Properties } from "../drivers/stack";
import { dock, genea, kisi, lobby } from "../resources/declared";

const { acme } = campusSeed;
const { headquarters, robotLab } = acme.kisi.places;

const typo = "gd-acme-1OO1";
const geneaDoors = (doorInfoMap: Properties, others: Properties = {}) => genea({ doorInfoMap, ...others });
const kisiPlaces = (placeToSettingsMap: Properties) => kisi({ placeToSettingsMap });
const kisiDoors = (doorInfoMap: Properties) => kisiPlaces({ [headquarters.id]: { doorInfoMap } });
const v1 = (inputs: Properties = {}) => kisi({ apiVersion: "V1", ...inputs });

/** Declarations of doors and places that the badge vendor does not list: without it, with it, and the warning. */
const unlisted = {
  "a door at Genea": [
    genea(),
    geneaDoors({ [typo]: lobby }),
    /Genea does not list the door "gd-acme-1OO1" \(did you mean "gd-acme-1001"/,
  ],
  "a door's name at Genea in the place of its id": [
    genea(),
    geneaDoors({ "server room": lobby }),
    /the door "server room" \(did you mean "gd-acme-1003"\?\)/,
  ],
  "a place at Kisi": [
    kisi(),
    kisiPlaces({ "41010": {} }),
    /Kisi does not list the place "41010" \(did you mean "41001"/,
  ],
  "a door at Kisi": [
    kisi(),
    kisiDoors({ "51009": lobby }),
    /does not list the door "51009" of the place "41001" \(did you mean "51001" or "51002"\?\)/,
  ],
  "a door of another place at Kisi": [
    kisi(),
    kisiDoors({ [robotLab.doors.entrance.id]: lobby }),
    /the door "51003" of the place "41001" \(did you mean the place "41002"\?\)/,
  ],
  "a door of V1": [
    v1(),
    v1({ doorInfoMap: { "51009": lobby } }),
    /does not list the door "51009" \(did you mean "51001"/,
  ],
  "a camera's door of V1": [
    v1(),
    v1({ doorToCameraMap: { "51009": [acme.cameras.lobby.uuid] } }),
    /does not list the door "51009" \(did you mean/,
  ],
  "the place of V1": [v1(), v1({ placeId: 41_010 }), /does not list the place "41010" \(did you mean "41001"/],
} satisfies Readonly<Record<string, readonly [before: Declared, declared: Declared, warning: RegExp]>>;

const listed: readonly Declared[] = [
  geneaDoors({ [acme.genea.doors.lobby.id]: lobby, [acme.genea.doors.dock.id]: dock }),
  kisiPlaces({ [headquarters.id]: { doorInfoMap: { [headquarters.doors.lobby.id]: lobby } }, [robotLab.id]: {} }),
  v1({ placeId: headquarters.id, doorInfoMap: { [headquarters.doors.lobby.id]: lobby } }),
];

describe("doors and places that the badge vendor does not list", () => {
  afterEach(endAll);

  for (const [what, [before, declared, warning]] of Object.entries(unlisted)) {
    it(`are written, with one warning that suggests similar ones: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: before });
      assert.deepEqual(stack.warnings, []);
      await stack.up({ it: declared });
      assert.match(stack.warnings.join("\n"), warning);
      assert.equal(stack.warnings.length, 1);
      await stack.up({ it: declared });
      assert.deepEqual(stack.warnings, []);
      await stack.destroy();
      emulator.behave({ failedDoors: true });
      await stack.up({ it: declared }).catch(() => {});
      assert.match(stack.warnings.join("\n"), warning);
    });
  }

  it("produce no warning if the badge vendor lists all", async () => {
    for (const declared of listed) {
      const { stack } = await begin();
      await stack.up({ it: declared });
      assert.deepEqual(stack.warnings, []);
    }
  });

  it("are named in one warning, which lists the first of them", async () => {
    const { stack } = await begin();
    const doors = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`strange ${index}`, lobby]));
    await stack.up({ it: geneaDoors(doors), other: kisiPlaces({ "41010": { doorInfoMap: { "9": lobby } } }) });
    const [first = "", second = "", ...others] = stack.warnings;
    assert.match(first, /"strange 4" and 35 more\. No badge event can arrive/);
    assert.match(second, /the place "41010" .*, the door "9" of the place "41010"/);
    assert.deepEqual(others, []);
  });

  it("need no call if the key is verified, else one for new doors and one for new places", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: geneaDoors({ [typo]: lobby }) });
    assert.equal(count(emulator, "getGeneaDoors"), 1);
    emulator.clearRequests();
    await stack.up({ it: geneaDoors({ [typo]: dock }, { saveClips: true }) });
    assert.equal(count(emulator, "getGeneaDoors"), 0);
    await stack.up({ it: geneaDoors({ [typo]: dock, more: dock }) });
    assert.deepEqual(calls(emulator).slice(-4), [
      "getGeneaIntegration",
      "updateGeneaIntegrationV2",
      "getGeneaIntegration",
      "getGeneaDoors",
    ]);
    await stack.up({ kisi: kisiPlaces({ [headquarters.id]: {} }) });
    assert.deepEqual([count(emulator, "getKisiPlaces"), count(emulator, "getKisiDoors")], [1, 0]);
    emulator.clearRequests();
    await stack.up({ kisi: kisiPlaces({ [headquarters.id]: { doorInfoMap: { "51001": lobby } }, [robotLab.id]: {} }) });
    assert.deepEqual(calls(emulator).slice(-2), ["getKisiPlaces", "getKisiDoors"]);
  });

  for (const [operation, what, bodies] of [
    [
      "getGeneaDoors",
      "a door at Genea",
      [{}, { panelList: [] }, { panelList: 5 }, { panelList: [{ id: "x", name: "X" }, { name: "Y" }] }],
    ],
    ["getKisiPlaces", "a place at Kisi", [{ places: null }, { places: 5 }]],
    ["getKisiDoors", "a door at Kisi", [{ placeToDoorMap: null }, { placeToDoorMap: { "41001": [] } }]],
  ] as const) {
    const silent = bodies.map((body): Fault => ({ kind: "status", status: 200, body }));
    for (const fault of [{ kind: "status", status: 500 } as const, { kind: "timeout" } as const, ...silent]) {
      it(`are written without a warning if ${operation} answers with ${JSON.stringify(fault)}`, async () => {
        const { emulator, stack } = await begin();
        const [before, declared] = unlisted[what];
        await stack.up({ it: before });
        emulator.clearRequests();
        emulator.fail({ operation, times: 99, with: fault });
        assert.deepEqual(await stack.up({ it: declared }), { it: "update" });
        assert.deepEqual([stack.warnings, count(emulator, operation)], [[], 1]);
      });
    }
  }
});
