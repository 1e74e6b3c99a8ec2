import assert from "node:assert/strict";
import { exitCodeOf } from "../../../../provider/cli/audit/command";
import { campusSeed, type Emulator, livedInSeed, startEmulator } from "../../../../provider/emulator";
import { onGuardId } from "../../../../provider/resources/onGuardIntegration/definition";
import { scriptedCli } from "../programFolder";
import { audited, managing } from "./audits";

const { bluebird } = campusSeed;
const { groups, headquartersOnGuard } = livedInSeed;

const first = managing([
  ["OnGuardIntegration", onGuardId(headquartersOnGuard.rhombusToken)],
  ["GeneaIntegration", "genea"],
  ["AccessControlGroup", groups.everyone],
]);
const second = managing([
  ["KisiIntegration", "kisi"],
  ["AccessControlGroup", groups.engineering],
]);

describe("audit, about unmanaged objects", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ seed: "livedIn" });
  });
  after(() => emulator.close());

  const strays = async (
    resources: Readonly<Record<string, readonly object[]>>,
    stacks: readonly (string | undefined)[],
  ) => {
    const { findings } = await audited(emulator, { cli: scriptedCli({ resources }), stacks });
    return findings.filter(({ kind }) => kind === "unmanaged").map(({ object }) => object);
  };
  const others = [
    'OnGuard "Warehouse OnGuard"',
    'group "Facilities"',
    'group "Warehouse"',
    'group "Night shift"',
    'group "Contractors"',
  ];

  it("compares with the selected stack, or with all named stacks", async () => {
    const alone = await strays({ dev: first }, [undefined]);
    assert.deepEqual(
      alone.filter((each) => !others.includes(each)),
      ["Kisi", 'group "Engineering"'],
    );
    assert.deepEqual(await strays({ dev: first, "acme/doors/prod": second }, ["dev", "acme/doors/prod"]), others);
  });

  it("does not count resources that a stack only reads, will delete, or manages in another organization", async () => {
    const idle = [
      ...first.map((each) => ({ ...each, external: true })),
      ...second.map((each) => ({ ...each, delete: true })),
      ...managing([["GeneaIntegration", "genea"]], bluebird.orgUuid),
    ];
    assert.equal((await strays({ dev: idle }, [undefined])).length, 10);
  });

  it("derives the organization from the objects if the key may not read it", async () => {
    emulator.behave({ organizationReads: "refused" });
    const foreign = managing([["KisiIntegration", "kisi"]], bluebird.orgUuid);
    const found = await strays({ dev: [...first, ...foreign] }, [undefined]);
    emulator.behave({ organizationReads: "allowed" });
    assert.deepEqual([found.includes("Kisi"), found.includes("Genea")], [true, false]);
  });

  it("gives the reason if it cannot compare, and fails if a named stack cannot be read", async () => {
    const nowhere = await audited(emulator);
    assert.match(nowhere.managementUnknown ?? "", /no Pulumi project here; name the stacks with --stack/);
    const cli = scriptedCli({ config: "no stack selected", resources: {} });
    const unselected = await audited(emulator, { cli, stacks: [undefined] });
    assert.match(unselected.managementUnknown ?? "", /no stack selected/);
    await assert.rejects(audited(emulator, { cli: scriptedCli(), stacks: ["gone"] }), /no stack named 'gone' found/);
  });

  it("exits with 1 if it cannot compare, unless unmanaged objects are ignored", async () => {
    const asked = await audited(emulator, { ignored: ["offlineCamera"] });
    const unasked = await audited(emulator, { ignored: ["offlineCamera", "unmanaged"] });
    assert.deepEqual([exitCodeOf(asked), exitCodeOf(unasked), unasked.managementUnknown], [1, 0, undefined]);
  });

  it("reports resources of another organization only for these settings and the first stack", async () => {
    const [foreign = {}] = managing([["GeneaIntegration", "genea"]], bluebird.orgUuid);
    const provider = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::clinic::id";
    const resources = { dev: [{ ...foreign, provider }], prod: [foreign] };
    const unread = async (...stacks: string[]) => {
      const { unread } = await audited(emulator, { cli: scriptedCli({ resources }), stacks });
      return unread.map(({ what }) => what);
    };
    assert.deepEqual(
      [await unread("dev", "prod"), await unread("prod", "dev")],
      [[], ["the organization of the stack"]],
    );
  });
});
