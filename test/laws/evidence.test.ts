import assert from "node:assert/strict";
import type { OperationName } from "../../provider/emulator";
import { campusSeed, type Emulator, type OrganizationConsole } from "../../provider/emulator";
import { calls, writes } from "../drivers/calls";
import { begin, type Declared, endAll, type Properties } from "../drivers/stack";
import { genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { ada } = campusSeed.acme.users;

/** A resource, and the read that shows it. */
interface Subject {
  readonly declared: Declared;
  readonly read: OperationName;
  /** The key of the answer that shows objects, and its value if there are none. */
  readonly key: string;
  readonly none: unknown;
  /** The live object or objects. */
  live(console: OrganizationConsole): unknown;
  remove(console: OrganizationConsole): void;
}

const subjects: Readonly<Record<string, Subject>> = {
  "a group": {
    declared: group({ userUuids: [ada.uuid] }),
    read: "findAccessControlGroupsByOrg",
    key: "groups",
    none: [],
    live: (console) => console.groups(),
    remove: (console) => console.removeGroup(console.groups()[0]?.uuid ?? ""),
  },
  "an OnGuard deployment": {
    declared: onGuard({ doorInfoMap: { "1:4": lobby } }),
    read: "getHoneywellOnGuardIntegration",
    key: "orgIntegrationV2",
    none: { deploymentToSettingsMap: {} },
    live: (console) => console.onGuard(),
    remove: (console) => console.removeOnGuard(),
  },
  "the Genea integration": {
    declared: genea({ doorInfoMap: { "gd-acme-1001": lobby } }),
    read: "getGeneaIntegration",
    key: "orgIntegrationV2",
    none: null,
    live: (console) => console.genea(),
    remove: (console) => console.removeGenea(),
  },
  "the Kisi integration": {
    declared: kisi({ placeToSettingsMap: { "41001": { doorInfoMap: { "51001": lobby } } } }),
    read: "getKisiIntegrationV2",
    key: "orgIntegrationV2",
    none: null,
    live: (console) => console.kisi(),
    remove: (console) => console.removeKisi(),
  },
  "the Kisi integration of the first version": {
    declared: kisi({ apiVersion: "V1", doorInfoMap: { "51001": lobby } }),
    read: "getKisiIntegration",
    key: "kisiSettings",
    none: null,
    live: (console) => console.kisi(),
    remove: (console) => console.removeKisi(),
  },
};

/** Answers with status 200 that do not prove that the object is gone. */
function silent({ key, none }: Subject): Readonly<Record<string, Properties>> {
  const words = { error: false, errorMsg: "upstream timed out" };
  return {
    "an empty object": {},
    "a null": { [key]: null },
    "another message": { message: "Service temporarily unavailable" },
    "an empty result beside error words": { [key]: none, ...words },
    "a null beside error words": { [key]: null, msg: "busy" },
    "an error about an integration that is not enabled": {
      error: true,
      errorMsg: "OnGuard integration is not enabled",
    },
    "an error about an integration that was not found": {
      error: true,
      errorMsg: "No integration found; cache is warming up",
    },
    "a result beside error words": { [key]: shownIn(key), ...words },
    "an empty result beside errors": { [key]: none, errors: ["timeout"] },
    "an empty result that is partial": { [key]: none, partial: true },
    ...(key === "groups" ? { "an item that is null": { groups: [null] }, "an item without id": { groups: [{}] } } : {}),
    ...(key === "orgIntegrationV2" ? { "a row of defaults": { [key]: { enabled: false, integration: "GENEA" } } } : {}),
  };
}

/** A value of the key with another object. */
function shownIn(key: string): unknown {
  if (key === "groups") return [{ uuid: "A".repeat(22), name: "Another" }];
  return { enabled: true, deploymentToSettingsMap: { another: { displayName: "Another" } } };
}

function answering(emulator: Emulator, operation: OperationName, body: Properties): void {
  emulator.fail({ operation, with: { kind: "status", status: 200, body }, times: 99 });
}

const WAY_OUT = /the answer may be incomplete: .* If the object is certainly gone, `pulumi state delete` removes it/;

for (const [what, subject] of Object.entries(subjects)) {
  const { declared, read } = subject;

  describe(`evidence: ${what}`, () => {
    afterEach(endAll);

    for (const [how, body] of Object.entries(silent(subject))) {
      it(`stays in the state if its read answers with ${how}`, async () => {
        const { emulator, stack, console } = await begin();
        await stack.up({ it: declared });
        const before = stack.stored("it");
        answering(emulator, read, body);
        await assert.rejects(
          stack.refresh(),
          subject.key === "groups" && body.error === true ? /not enabled|No integration/ : WAY_OUT,
        );
        assert.deepEqual(stack.stored("it"), before);
        // An update writes nothing either.
        const live = subject.live(console);
        emulator.clearRequests();
        await assert.rejects(stack.up({ it: { ...declared, inputs: { ...declared.inputs, ...changeOf(declared) } } }));
        assert.deepEqual([subject.live(console), writes(emulator)], [live, []]);
      });

      it(`is not created if its read answers with ${how}`, async () => {
        const { emulator, stack, console } = await begin({ seed: "livedIn" });
        const live = subject.live(console);
        answering(emulator, read, body);
        await assert.rejects(stack.up({ it: existing(declared) }));
        assert.deepEqual([subject.live(console), writes(emulator)], [live, []]);
        assert.ok(!stack.has("it"));
      });
    }

    it("is gone if an answer proves it", async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declared });
      subject.remove(console);
      assert.deepEqual(await stack.refresh(), ["it"]);
    });

    it("stays in the state, with an error, if its delete has no effect", async () => {
      const { stack, emulator } = await begin({ behaviours: { deletes: "ignored" } });
      await stack.up({ it: declared });
      await assert.rejects(
        stack.destroy(),
        /was not deleted: .*still shows it\. It stays in the state\. Run the same command/,
      );
      assert.ok(stack.has("it"));
      emulator.behave({ deletes: "performed" });
      await stack.destroy();
      assert.deepEqual([stack.has("it"), emulator.remains()], [false, []]);
    });

    it("stays in the state if the read after its delete fails, and the next run finds it gone", async () => {
      const { stack, emulator } = await begin();
      await stack.up({ it: declared });
      const down = { kind: "status", status: 503 } as const;
      emulator.fail({ operation: read, with: down, times: 99 });
      await assert.rejects(stack.destroy(), /503/);
      assert.ok(stack.has("it"));
      emulator.clearFaults();
      await stack.destroy();
      assert.deepEqual([stack.has("it"), emulator.remains()], [false, []]);
    });

    for (const emptyLists of ["array", "null", "absent"] as const) {
      for (const notConfigured of ["null", "absent", "default-object", "error-text"] as const) {
        const isSilent =
          emptyLists === "absent" && declared.inputs.apiVersion !== "V1" && declared.type !== "AccessControlGroup";
        it(`${isSilent ? "is an error" : "is created"} as the first one if empty lists are ${emptyLists} and no configuration is ${notConfigured}`, async () => {
          const { emulator, stack } = await begin({ behaviours: { emptyLists, notConfigured } });
          if (isSilent) {
            await assert.rejects(
              stack.up({ it: declared }),
              /was never configured, configure it once in the Rhombus console/,
            );
            assert.deepEqual(writes(emulator), []);
            return;
          }
          await stack.up({ it: declared });
          assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
          await stack.refresh();
          await stack.destroy();
          assert.deepEqual([stack.has("it"), emulator.remains()], [false, []]);
        });
      }
    }
  });
}

/** A change of one input. */
function changeOf({ type, inputs }: Declared): Properties {
  if (type === "AccessControlGroup") return { description: "changed" };
  return type === "KisiIntegration" && inputs.apiVersion === undefined
    ? { defaultOptions: { saveClips: true } }
    : { saveClips: true };
}

/** The declaration of an object that the seed `livedIn` contains. */
function existing({ type, inputs }: Declared): Declared {
  return type === "AccessControlGroup" ? { type, inputs: { ...inputs, name: "Engineering" } } : { type, inputs };
}

describe("evidence: answers about groups", () => {
  afterEach(endAll);
  const exactName = "findAccessControlGroupByExactName";
  const isMade = (emulator: Emulator) => calls(emulator).includes("createAccessControlGroup");

  for (const [how, body] of Object.entries({
    "a group without id": { group: { name: "Staff" } },
    "nothing in the group": { group: {} },
    "a group of another name": { group: { uuid: "A".repeat(22), name: "zzz" } },
    "no group beside an error": { group: null, error: { code: 7 } },
    "no group beside a caveat": { group: null, warningMsg: "not all were searched" },
    nothing: {},
  })) {
    it(`a group is not created if the listing is null and the look-up of its name answers with ${how}`, async () => {
      const { emulator, stack } = await begin();
      answering(emulator, "findAccessControlGroupsByOrg", { groups: null });
      answering(emulator, exactName, body);
      await assert.rejects(stack.up({ it: group() }), /may be incomplete/);
      assert.ok(!isMade(emulator));
    });
  }

  it("a group is not created if the listing reports an error, even if the look-up of its name shows none", async () => {
    const { emulator, stack } = await begin();
    answering(emulator, "findAccessControlGroupsByOrg", { message: "busy" });
    await assert.rejects(stack.up({ it: group() }), /may be incomplete: Rhombus says "busy"/);
    assert.ok(!isMade(emulator));
  });

  it("a creation that is answered with an existing group is an error", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    const [theirs] = console.groups();
    const answer = { group: { uuid: theirs?.uuid, name: theirs?.name }, groupMembers: [] };
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "status", status: 200, body: answer } });
    await assert.rejects(stack.up({ it: group() }), /answered its creation with the group .*, which existed before/);
    assert.ok(!stack.has("it"));
    assert.deepEqual(console.groups()[0], theirs);
  });

  it("the answer to an update is ignored if it names another group", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: group() });
    const answer = { group: { uuid: "A".repeat(22), name: "Staff", description: "New" } };
    emulator.fail({
      operation: "updateAccessControlGroup",
      with: { kind: "status", status: 200, body: answer },
      times: 1,
    });
    await stack.up({ it: group({ description: "New" }) });
    assert.equal(console.groups()[0]?.description, "New");
  });

  it("a list of members is an error if it names another group", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group({ userUuids: [ada.uuid] }) });
    const groupMembers = [{ groupUuid: "A".repeat(22), userUuid: ada.uuid }];
    answering(emulator, "findAllUsersForAccessControlGroup", { groupMembers });
    await assert.rejects(stack.refresh(), /may be incomplete: an item of "groupMembers"/);
  });

  it("a group that the listing shows with another type stays in the state", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group() });
    const { id } = stack.stored("it");
    answering(emulator, "findAccessControlGroupsByOrg", {
      groups: [{ uuid: id, name: "Staff", type: "GUEST_MANAGEMENT_HOST" }],
    });
    assert.deepEqual(await stack.refresh(), []);
  });

  it("a deployment without settings is not a row of defaults", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: onGuard() });
    const { rhombusToken = "" } = stack.stored("it").outputs;
    const row = { enabled: false, deploymentToSettingsMap: { [String(rhombusToken)]: {} } };
    answering(emulator, "getHoneywellOnGuardIntegration", { orgIntegrationV2: row });
    answering(emulator, "getOrgIntegrationsV2", { orgIntegrationsV2: {} });
    assert.deepEqual(await stack.refresh(), []);
  });

  it("a time with a fraction does not damage the state", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group() });
    const { id } = stack.stored("it");
    emulator.fail({
      operation: "findAccessControlGroupsByOrg",
      with: { kind: "status", status: 200, body: { groups: [{ uuid: id, name: "Staff", createdAtMillis: 1.5 }] } },
    });
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: group() }), { it: "same" });
    await stack.destroy();
  });

  it("half a surrogate pair in an answer is replaced, and the object is created", async () => {
    const { emulator, stack } = await begin();
    const type = { group: { uuid: "A".repeat(22), name: "Staff", type: "\udc00" } };
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "status", status: 200, body: type } });
    await stack.up({ it: group() });
    assert.equal(stack.stored("it").outputs.groupType, "\ufffd");
  });
});
