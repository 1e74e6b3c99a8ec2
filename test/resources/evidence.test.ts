import assert from "node:assert/strict";
import type { OperationName } from "../../provider/emulator";
import { campusSeed, type Emulator, type OrganizationConsole } from "../../provider/emulator";
import { genea, group, kisi, lobby, onGuard } from "./declared";
import { begin, calls, type Declared, endAll, type Properties } from "./stack";

const { ada } = campusSeed.acme.users;

/** A resource, and the read that shows it. */
interface Subject {
  readonly declared: Declared;
  readonly read: OperationName;
  /** The key of its answer that shows objects, and what that is where there are none. */
  readonly key: string;
  readonly none: unknown;
  /** What the console has of it. */
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

/** Answers with status 200 that show no object and do not prove that there is none. */
function silent({ key, none }: Subject): Readonly<Record<string, Properties>> {
  const words = { error: false, errorMsg: "upstream timed out" };
  return {
    "an empty object": {},
    "a null": { [key]: null },
    "some other message": { message: "Service temporarily unavailable" },
    "an empty result beside error words": { [key]: none, ...words },
    "a null beside error words": { [key]: null, msg: "busy" },
    "an error of which the text says that it is not enabled": {
      error: true,
      errorMsg: "OnGuard integration is not enabled",
    },
    "an error of which the text says that it was not found": {
      error: true,
      errorMsg: "No integration found; cache is warming up",
    },
    ...(key === "groups" ? { "an item that is null": { groups: [null] }, "an item without id": { groups: [{}] } } : {}),
    ...(key === "orgIntegrationV2" ? { "a row of defaults": { [key]: { enabled: false, integration: "GENEA" } } } : {}),
  };
}

function answering(emulator: Emulator, operation: OperationName, body: Properties): void {
  emulator.fail({ operation, with: { kind: "status", status: 200, body }, times: 99 });
}

const WAY_OUT = /the answer may be incomplete: .* If the object is certainly gone, `pulumi state delete` removes it/;

const isWrite = (operation: string) => /^(?:create|update|delete|add|remove)/.test(operation);

for (const [what, subject] of Object.entries(subjects)) {
  const { declared, read } = subject;

  describe(`evidence: ${what}`, () => {
    afterEach(endAll);

    for (const [how, body] of Object.entries(silent(subject))) {
      it(`stays in the state where its read answers with ${how}`, async () => {
        const { emulator, stack, console } = await begin();
        await stack.up({ it: declared });
        const before = stack.stored("it");
        answering(emulator, read, body);
        await assert.rejects(
          stack.refresh(),
          subject.key === "groups" && body.error === true ? /not enabled|No integration/ : WAY_OUT,
        );
        assert.deepEqual(stack.stored("it"), before);
        // Nothing is written either, and a delete that nobody can confirm does not take it out of the state.
        const live = subject.live(console);
        emulator.clearRequests();
        await assert.rejects(stack.up({ it: { ...declared, inputs: { ...declared.inputs, ...changeOf(declared) } } }));
        assert.deepEqual([subject.live(console), calls(emulator).filter(isWrite)], [live, []]);
      });

      it(`is not made over what may exist where its read answers with ${how}`, async () => {
        const { emulator, stack, console } = await begin({ seed: "livedIn" });
        const live = subject.live(console);
        answering(emulator, read, body);
        await assert.rejects(stack.up({ it: existing(declared) }));
        assert.deepEqual([subject.live(console), calls(emulator).filter(isWrite)], [live, []]);
        assert.ok(!stack.has("it"));
      });
    }

    it("is gone where an answer proves it", async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declared });
      subject.remove(console);
      assert.deepEqual(await stack.refresh(), ["it"]);
    });

    it("stays in the state, with an error, where its delete is answered and has no effect", async () => {
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

    it("stays in the state where nobody can read back what its delete did, and the next run finds it gone", async () => {
      const { stack, emulator } = await begin();
      await stack.up({ it: declared });
      const down = { kind: "status", status: 503 } as const;
      emulator.fail({ operation: read, with: down, times: 99 });
      await assert.rejects(stack.destroy(), /503/);
      assert.ok(stack.has("it"));
      const again = await begin();
      await again.stack.up({ it: declared });
      subject.remove(again.console);
      await again.stack.destroy();
      assert.ok(!again.stack.has("it"));
    });

    for (const emptyLists of ["array", "null", "absent"] as const) {
      for (const notConfigured of ["null", "absent", "default-object", "error-text"] as const) {
        const isMute =
          emptyLists === "absent" && declared.inputs.apiVersion !== "V1" && declared.type !== "AccessControlGroup";
        it(`${isMute ? "is refused" : "is made"} as the first one where empty lists are ${emptyLists} and nothing configured is ${notConfigured}`, async () => {
          const { emulator, stack } = await begin({ behaviours: { emptyLists, notConfigured } });
          if (isMute) {
            await assert.rejects(
              stack.up({ it: declared }),
              /was never configured, configure it once in the Rhombus console/,
            );
            assert.deepEqual(calls(emulator).filter(isWrite), []);
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

/** A change of an input that is written. */
function changeOf({ type, inputs }: Declared): Properties {
  if (type === "AccessControlGroup") return { description: "changed" };
  return type === "KisiIntegration" && inputs.apiVersion === undefined
    ? { defaultOptions: { saveClips: true } }
    : { saveClips: true };
}

/** The same, under the name that the lived-in organization has one under. */
function existing({ type, inputs }: Declared): Declared {
  return type === "AccessControlGroup" ? { type, inputs: { ...inputs, name: "Engineering" } } : { type, inputs };
}
