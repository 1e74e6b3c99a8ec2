import assert from "node:assert/strict";
import { campusSeed, type Emulator, type OperationName } from "../../provider/emulator";
import { count, writes } from "../drivers/calls";
import { begin, type Declared, endAll, type Properties, Stack } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";
import { resourceFacts } from "../resources/facts";

const { ada } = campusSeed.acme.users;
const listGroups = "findAccessControlGroupsByOrg";
const readOnGuard = "getHoneywellOnGuardIntegration";

/** A form of answer that shows objects: a read, the key that shows them, and its values without any and with another one. */
interface AnswerForm {
  readonly read: OperationName;
  readonly key: string;
  readonly none: unknown;
  readonly another: unknown;
  /** Further silent answers of this form. */
  readonly others?: Readonly<Record<string, Properties>>;
  readonly declared: Declared;
  readonly changes: Properties;
}

const configured = { enabled: true, deploymentToSettingsMap: { another: { displayName: "Another" } } };
const defaults = { "an integration of defaults": { orgIntegrationV2: { enabled: false, integration: "GENEA" } } };
const settings = { key: "orgIntegrationV2", none: null, another: configured, others: defaults };
const forms: Readonly<Record<string, AnswerForm>> = {
  "a list of groups": {
    read: listGroups,
    key: "groups",
    none: [],
    another: [{ uuid: "A".repeat(22), name: "Another" }],
    others: { "an item that is null": { groups: [null] }, "an item without id": { groups: [{}] } },
    declared: group(),
    changes: { description: "changed" },
  },
  "a map of OnGuard deployments": {
    ...settings,
    read: readOnGuard,
    none: { deploymentToSettingsMap: {} },
    declared: onGuard(),
    changes: { saveClips: true },
  },
  "the settings of an integration": {
    ...settings,
    read: "getGeneaIntegration",
    declared: genea(),
    changes: { saveClips: true },
  },
  "the settings of Kisi's second version": {
    ...settings,
    read: "getKisiIntegrationV2",
    declared: kisi(),
    changes: { enabled: false },
  },
  "the settings of Kisi's first version": {
    read: "getKisiIntegration",
    key: "kisiSettings",
    none: null,
    another: configured,
    declared: kisi({ apiVersion: "V1" }),
    changes: { saveClips: true },
  },
};

/** Answers with status 200 that do not prove that the object is gone. */
function silent({ key, none, another, others }: AnswerForm): Readonly<Record<string, Properties>> {
  const words = { error: false, errorMsg: "upstream timed out" };
  const failure = (errorMsg: string) => ({ error: true, errorMsg });
  return {
    "an empty object": {},
    "a null": { [key]: null },
    "another message": { message: "Service temporarily unavailable" },
    "an empty result beside error words": { [key]: none, ...words },
    "a null beside error words": { [key]: null, msg: "busy" },
    "a result beside error words": { [key]: another, ...words },
    "an empty result beside errors": { [key]: none, errors: ["timeout"] },
    "an empty result that is partial": { [key]: none, partial: true },
    "an error about an integration that is not enabled": failure("OnGuard integration is not enabled"),
    "an error about an integration that was not found": failure("No integration found; cache is warming up"),
    ...others,
  };
}

function answering(emulator: Emulator, operation: OperationName, body: Properties, times = 99): void {
  emulator.fail({ operation, with: { kind: "status", status: 200, body }, times });
}

describe("evidence: an answer that proves nothing", () => {
  afterEach(endAll);

  for (const [what, form] of Object.entries(forms)) {
    for (const [how, body] of Object.entries(silent(form))) {
      it(`leaves the state and the object as they are: ${what}, ${how}`, async () => {
        const { emulator, stack, console } = await begin();
        const { declared, changes } = form;
        await stack.up({ it: declared });
        const live = () => resourceFacts[declared.type].objects(console);
        const before = [stack.stored("it"), live()];
        answering(emulator, form.read, body);
        emulator.clearRequests();
        const error =
          form.read === listGroups && body.error === true
            ? /not enabled|No integration/
            : /Run the command again\. .*(?:`pulumi state delete` removes it|check the integration in the Rhombus console).* the answer may be incomplete: /;
        await assert.rejects(stack.refresh(), error);
        await assert.rejects(stack.up({ it: { ...declared, inputs: { ...declared.inputs, ...changes } } }));
        const another = new Stack(emulator);
        await assert.rejects(another.up({ it: declared }));
        assert.deepEqual([stack.stored("it"), live()], before);
        assert.deepEqual([another.has("it"), writes(emulator)], [false, []]);
      });
    }
  }
});

describe("evidence: an absence", () => {
  afterEach(endAll);

  for (const [what, form] of Object.entries(forms)) {
    it(`is confirmed by another read: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: form.declared });
      answering(emulator, form.read, { [form.key]: form.none, error: false }, 2);
      assert.deepEqual(await stack.refresh(), []);
      assert.ok(stack.has("it"));
    });
  }
});

describe("evidence: answers about groups", () => {
  afterEach(endAll);
  const created = { uuid: "A".repeat(22), name: "Staff" };

  for (const [how, listing, byName] of [
    ["a group without id", { groups: null }, { group: { name: "Staff" } }],
    ["nothing in the group", { groups: null }, { group: {} }],
    ["a group of another name", { groups: null }, { group: { uuid: "A".repeat(22), name: "zzz" } }],
    ["no group beside an error", { groups: null }, { group: null, error: { code: 7 } }],
    ["no group beside a caveat", { groups: null }, { group: null, warningMsg: "not all were searched" }],
    ["nothing", { groups: null }, {}],
    ["no group after a listing with an error", { message: "busy" }, { group: null }],
  ] as const) {
    it(`a group is not created if the listing proves nothing and the look-up of its name answers with ${how}`, async () => {
      const { emulator, stack } = await begin();
      answering(emulator, listGroups, listing);
      answering(emulator, "findAccessControlGroupByExactName", byName);
      await assert.rejects(stack.up({ it: group() }), /may be incomplete/);
      assert.equal(count(emulator, "createAccessControlGroup"), 0);
    });
  }

  it("a creation that is answered with an existing group is an error", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    const [theirs] = console.groups();
    const answer = { group: { uuid: theirs?.uuid, name: theirs?.name }, groupMembers: [] };
    answering(emulator, "createAccessControlGroup", answer, 1);
    await assert.rejects(stack.up({ it: group() }), /answered its creation with the object .*, which existed before/);
    assert.ok(!stack.has("it"));
    assert.deepEqual(console.groups()[0], theirs);
  });

  it("the answer to an update is ignored if it names another group", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: group() });
    answering(emulator, "updateAccessControlGroup", { group: { ...created, description: "New" } }, 1);
    await stack.up({ it: group({ description: "New" }) });
    assert.equal(console.groups()[0]?.description, "New");
  });

  const another = { groupMembers: [{ groupUuid: "A".repeat(22), userUuid: ada.uuid }] };
  for (const [how, members] of [
    ["names another group", another],
    ["is null", { groupMembers: null }],
    ["is missing", {}],
  ] as const) {
    it(`a list of members is an error if it ${how}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: group({ userUuids: [ada.uuid] }) });
      answering(emulator, "findAllUsersForAccessControlGroup", members);
      await assert.rejects(stack.refresh(), /may be incomplete: .*"groupMembers"/);
    });
  }

  it("a group that the listing shows with another type stays in the state", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group() });
    const { id: uuid } = stack.stored("it");
    answering(emulator, listGroups, { groups: [{ uuid, name: "Staff", type: "GUEST_MANAGEMENT_HOST" }] });
    assert.deepEqual(await stack.refresh(), []);
  });

  it("a deployment without settings is not an integration of defaults", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: onGuard() });
    const { rhombusToken = "" } = stack.stored("it").outputs;
    const settings = { enabled: false, deploymentToSettingsMap: { [String(rhombusToken)]: {} } };
    answering(emulator, readOnGuard, { orgIntegrationV2: settings });
    answering(emulator, "getOrgIntegrationsV2", { orgIntegrationsV2: {} });
    assert.deepEqual(await stack.refresh(), []);
  });

  it("a time with a fraction does not damage the state", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group() });
    const { id: uuid } = stack.stored("it");
    answering(emulator, listGroups, { groups: [{ uuid, name: "Staff", createdAtMillis: 1.5 }] }, 1);
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: group() }), { it: "same" });
    await stack.destroy();
  });

  it("half a surrogate pair in an answer is replaced, and the object is created", async () => {
    const { emulator, stack } = await begin();
    answering(emulator, "createAccessControlGroup", { group: { ...created, type: "\udc00" } }, 1);
    await stack.up({ it: group() });
    assert.equal(stack.stored("it").outputs.groupType, "\ufffd");
  });
});
