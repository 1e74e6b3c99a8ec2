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
const v1 = (inputs: Properties) => kisi({ apiVersion: "V1", ...inputs });

const withTypo: readonly [what: string, declared: Declared, warning: RegExp][] = [
  [
    "a door at Genea",
    geneaDoors({ [typo]: lobby }),
    /Genea does not list the door "gd-acme-1OO1" \(did you mean "gd-acme-1001"/,
  ],
  [
    "a door's name at Genea in the place of its id",
    geneaDoors({ "server room": lobby }),
    /the door "server room" \(did you mean "gd-acme-1003"\?\)/,
  ],
  ["a place at Kisi", kisiPlaces({ "41010": {} }), /Kisi does not list the place "41010" \(did you mean "41001"/],
  [
    "a door at Kisi",
    kisiPlaces({ [headquarters.id]: { doorInfoMap: { "51009": lobby } } }),
    /does not list the door "51009" of the place "41001" \(did you mean "51001" or "51002"\?\)/,
  ],
  [
    "a door of another place at Kisi",
    kisiPlaces({ [headquarters.id]: { doorInfoMap: { [robotLab.doors.entrance.id]: lobby } } }),
    /the door "51003" of the place "41001" \(did you mean the place "41002"\?\)/,
  ],
  ["a door of V1", v1({ doorInfoMap: { "51009": lobby } }), /does not list the door "51009" \(did you mean "51001"/],
  [
    "a camera's door of V1",
    v1({ doorToCameraMap: { "51009": [acme.cameras.lobby.uuid] } }),
    /does not list the door "51009" \(did you mean/,
  ],
  ["the place of V1", v1({ placeId: 41_010 }), /does not list the place "41010" \(did you mean "41001"/],
];

const listed: readonly Declared[] = [
  geneaDoors({ [acme.genea.doors.lobby.id]: lobby, [acme.genea.doors.dock.id]: dock }),
  kisiPlaces({ [headquarters.id]: { doorInfoMap: { [headquarters.doors.lobby.id]: lobby } }, [robotLab.id]: {} }),
  v1({ placeId: headquarters.id, doorInfoMap: { [headquarters.doors.lobby.id]: lobby } }),
];

describe("doors and places that the other vendor does not list", () => {
  afterEach(endAll);

  for (const [what, declared, warning] of withTypo) {
    it(`are written, with one warning that suggests similar ones: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: { ...declared, inputs: plain(declared) } });
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

  it("produce no warning if the vendor lists all", async () => {
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

  const silences: Readonly<Record<VendorRead, readonly object[]>> = {
    getGeneaDoors: [
      {},
      { panelList: null },
      { panelList: [] },
      { panelList: 5 },
      { panelList: [{ id: "x", name: "X" }, { name: "Y" }] },
      { panelList: [{ id: "x", name: "X" }, null] },
    ],
    getKisiPlaces: [{ places: null }, { places: [] }, { places: 5 }],
    getKisiDoors: [
      { placeToDoorMap: null },
      { placeToDoorMap: 5 },
      { placeToDoorMap: { "41001": null, "41002": [{ id: 1 }] } },
      { placeToDoorMap: { "41001": [] } },
    ],
  };
  const failures: readonly Fault[] = [
    { kind: "status", status: 500 },
    { kind: "status", status: 403 },
    { kind: "timeout" },
  ];
  for (const operation of ["getGeneaDoors", "getKisiPlaces", "getKisiDoors"] as const) {
    const silent = silences[operation].map((body): Fault => ({ kind: "status", status: 200, body }));
    for (const fault of [...failures, ...silent]) {
      it(`are written without a warning if ${operation} answers with ${JSON.stringify(fault)}`, async () => {
        const { emulator, stack } = await begin();
        const [before, after] = ofVendor(operation);
        await stack.up({ it: before });
        emulator.clearRequests();
        emulator.fail({ operation, times: 99, with: fault });
        assert.deepEqual(await stack.up({ it: after }), { it: "update" });
        assert.deepEqual([stack.warnings, count(emulator, operation)], [[], 1]);
      });
    }
  }
});

type VendorRead = "getGeneaDoors" | "getKisiPlaces" | "getKisiDoors";

/** The integration before and after the declaration of a door or place that the operation does not list. */
function ofVendor(operation: VendorRead): readonly [Declared, Declared] {
  if (operation === "getGeneaDoors") return [genea(), geneaDoors({ [typo]: lobby })];
  if (operation === "getKisiPlaces") return [kisi(), kisiPlaces({ "41010": {} })];
  const place = (doorInfoMap: Properties) => kisiPlaces({ [headquarters.id]: { doorInfoMap } });
  return [place({}), place({ "51009": lobby })];
}

/** The inputs without doors and places. */
function plain({ inputs }: Declared): Properties {
  const {
    doorInfoMap: _doors,
    doorToCameraMap: _cameras,
    placeToSettingsMap: _places,
    placeId: _place,
    ...rest
  } = inputs;
  return rest;
}
