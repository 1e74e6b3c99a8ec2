import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { campusSeed, type Emulator, startEmulator } from "pulumi-rhombus/emulator";
import { declareAccess } from "./declareAccess";

const ours = path.join(__dirname, "access.yaml");
const text = readFileSync(ours, "utf8");

describe("a file with mistakes, at the emulator", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "who-opens-what-"));
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    process.env.RHOMBUS_ENDPOINT_URL = emulator.url;
    process.env.RHOMBUS_API_KEY = campusSeed.acme.apiKey;
  });
  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  /** The mistakes of our file if some text in it is another. */
  async function mistakesWith(written: string, instead: string): Promise<string[]> {
    const file = path.join(folder, "access.yaml");
    assert.ok(text.includes(written));
    writeFileSync(file, text.replace(written, instead));
    const error: unknown = await declareAccess(file).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof pulumi.RunError, String(error));
    const [first, ...mistakes] = error.message.split("\n");
    assert.equal(first, "Nothing was deployed. Correct:");
    return mistakes.map((mistake) => mistake.replace("access.yaml:", ""));
  }

  const domain = "@acme-robotics.example";
  const hq = '"Headquarters"';
  for (const [kind, written, instead, expected] of [
    [
      "person",
      "ada.okafor",
      "ada.okafro",
      `5: No user has the e-mail "ada.okafro${domain}". Did you mean "ada.okafor${domain}"?`,
    ],
    [
      "location",
      "location: Headquarters\n    schedule: Nights",
      "location: Headquaters\n    schedule: Nights",
      `25: No location has the name "Headquaters". Did you mean ${hq}?`,
    ],
    [
      "door",
      "North gate",
      "Nort gate",
      `22: No door of Rhombus Access Control at ${hq} has the name "Nort gate". Did you mean "North gate"?`,
    ],
    ["label", "Perimeter", "Perimetre", '32: No door label has the text "Perimetre". Did you mean "Perimeter"?'],
    ["group", "[Engineers,", "[Enginers,", '23: There is no group "Enginers". Did you mean "Engineers"?'],
    ["schedule", "schedule: Nights", "schedule: Nigths", '26: There is no schedule "Nigths". Did you mean "Nights"?'],
    ["day", "monday", "munday", '14: There is no day "munday". Did you mean "monday"?'],
    [
      "property",
      "    always",
      "    alway: true\n    always",
      '31: There is no property "alway". Did you mean "always"?',
    ],
  ] as const) {
    it(`shows an unknown ${kind} with its line and the nearest name`, async () => {
      assert.deepEqual(await mistakesWith(written, instead), [expected]);
    });
  }

  it("shows a door of another location, and a person whose account is disabled", async () => {
    const [door = ""] = await mistakesWith("Main entrance", "Truck gate");
    assert.match(door, /^27: No door .*: there is "Truck gate" at "Warehouse"/);
    const [person = ""] = await mistakesWith("grace.lindqvist", "kira.sandoval");
    assert.match(person, /^33: No user .*: Kira Sandoval is disabled/);
  });

  it("shows all mistakes at once, in the order of the file", async () => {
    const mistakes = await mistakesWith(text.slice(text.indexOf("  Night shift:")), "\nschedules: none\nextra: {}\n");
    assert.deepEqual(mistakes, [
      '3: "grants" is missing.',
      "9: Write the schedules by name, or {} for none.",
      '10: There is no property "extra". There are groups, schedules, grants.',
    ]);
  });

  for (const [lost, written, instead, expected] of [
    [
      "the members of a group",
      "Contractors: []",
      "Contractors:",
      "10: Write a list of e-mail addresses, or [] for nobody.",
    ],
    ["the schedule of a grant", "    schedule: Nights\n", "", "24: Write either a schedule, or always: true."],
    ["the doors of a grant", "    doors: [Main entrance]\n", "", "24: Write doors or labels; [] means no door."],
    ["the people of a grant", "    people:", "#", "29: Write groups or people; [] means nobody."],
    [
      "a group that a grant names",
      "  Contractors: []\n",
      "",
      '22: There is no group "Contractors". There are Engineers, Night shift.',
    ],
    ["any text", text, "", "1: Write the properties groups, schedules, grants."],
  ] as const) {
    it(`refuses a file without ${lost}`, async () => {
      assert.deepEqual(await mistakesWith(written, instead), [expected]);
    });
  }

  for (const [mistake, written, instead, expected] of [
    [
      "both a schedule and all times",
      "always: true",
      "always: true\n    schedule: Nights",
      "29: Write either a schedule, or always: true.",
    ],
    ["no value but true for always", "always: true", "always: yes", "31: Write true, or a schedule instead."],
    ["a person twice", "ben.castillo", "Ada.Okafor", `6: "Ada.Okafor${domain}" is already in line 5.`],
    ["a time without minutes", "from: 07:00", "from: 7", "14: Write hours and minutes, such as 07:00."],
    ["the same time twice", "from: 20:00", "from: 07:00", "16: Write from: 00:00, to: 24:00 for whole days."],
    [
      "an interval that overlaps another",
      "schedules:",
      "schedules:\n  Weekend:\n    - { days: [monday], from: 08:00, to: 24:00 }\n    - { days: [sunday], from: 23:00, to: 08:01 }",
      "15: This interval overlaps that of line 14.",
    ],
    [
      "a schedule without intervals",
      "schedules:",
      "schedules:\n  Never: []",
      "13: Write a list of one or more intervals, each with days, from and to.",
    ],
    [
      "a list that is not closed",
      "South gate]",
      "South gate",
      "23: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  ] as const) {
    it(`refuses ${mistake}`, async () => {
      assert.equal((await mistakesWith(written, instead))[0], expected);
    });
  }
});

it("a file that does not exist is an error that names it", async () => {
  await assert.rejects(declareAccess("/etc/acces.yaml"), /^Error: Set .* "file" .* not to \/etc\/acces\.yaml\.$/);
});

describe("our file, under Pulumi's mocks", () => {
  /** The inputs of each resource, by its name. */
  const declared = new Map<string, object>();
  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs: { __logicalName, __provider, ...inputs } }) => {
        declared.set(name, inputs);
        return { id: `id of ${name}`, state: inputs };
      },
      call: ({ inputs: { name, email, labels } }) => ({ uuid: `id of ${name ?? email}`, ids: labels }),
    });
    const { grants } = await declareAccess(ours);
    await new Promise((resolve) => pulumi.output(grants).apply(resolve));
  });

  it("declares each group with exactly its members", () => {
    assert.deepEqual(declared.get("night shift"), {
      name: "Night shift",
      userUuids: ["id of farid.haddad@acme-robotics.example"],
    });
    assert.deepEqual(declared.get("contractors"), { name: "Contractors", userUuids: [] });
  });

  it("declares schedules with times that need no quotes", () => {
    const days = ["monday", "tuesday", "wednesday", "thursday"];
    assert.deepEqual(declared.get("nights"), { name: "Nights", intervals: [{ days, from: "20:00", to: "07:00" }] });
  });

  it("declares each grant with the ids of what it names", () => {
    assert.deepEqual(declared.get("engineers at the gates"), {
      name: "Engineers at the gates",
      locationUuid: "id of Headquarters",
      scheduleUuid: "id of working hours",
      accessControlledDoorUuids: ["id of North gate", "id of South gate"],
      doorLabelIds: [],
      groupUuids: ["id of engineers", "id of contractors"],
      userUuids: [],
    });
    assert.deepEqual(declared.get("guards"), {
      name: "Guards",
      locationUuid: "id of Headquarters",
      always: true,
      accessControlledDoorUuids: [],
      doorLabelIds: ["Perimeter"],
      groupUuids: [],
      userUuids: ["id of grace.lindqvist@acme-robotics.example"],
    });
  });
});
