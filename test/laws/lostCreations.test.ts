import assert from "node:assert/strict";
import { campusSeed, type Fault, type LoggedRequest, type PlannedFault } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, endAll, immediatePolling, quickPolling } from "../drivers/stack";
import { adopting, group } from "../resources/declared";
import { everyResource, writesOf } from "./everyResource";

const failed = { kind: "status", status: 500 } as const;
const timeout = { kind: "timeout", when: "late" } as const;
const behaviours = { groupNames: "duplicates" } as const;
const lagging = { behaviours: { ...behaviours, readLagMs: 100 }, polling: quickPolling } as const;
const create = "createAccessControlGroup";
const refused = /`adopt: true`: it exists now, although Rhombus refused to create it/;
const mayExist = /Run `pulumi up` again in a minute.* may still be created\./;

/** Failed creations that were carried out, or may still be. */
const outcomes: Readonly<
  Record<string, { fault: Fault; error: RegExp; options?: typeof lagging; thenReadsFail?: boolean }>
> = {
  "the answer is lost and reads fail": {
    fault: { ...failed, when: "after" },
    error: /may have been created\. The outcome of the call is unknown .*`adopt: true`/,
    thenReadsFail: true,
  },
  "a timeout": { fault: timeout, error: mayExist },
  "a gateway's timeout": { fault: { kind: "status", status: 504, when: "late" }, error: mayExist },
  "a refusal": { fault: { kind: "status", status: 403, when: "after" }, error: refused },
  "a refusal and reads that fail": {
    fault: { kind: "errorEnvelope", errorMsg: "Something went wrong.", when: "after" },
    error: /may have been created\. .*Something went wrong.*the search failed .*`adopt: true`/,
    thenReadsFail: true,
  },
  "a refusal and reads that lag": {
    fault: { kind: "status", status: 403, when: "after" },
    error: refused,
    options: lagging,
  },
};

describe("lost answers: a creation", () => {
  afterEach(endAll);

  for (const [what, declared] of everyResource) {
    for (const [outcome, { fault, error, options, thenReadsFail }] of Object.entries(outcomes)) {
      it(`is not sent twice, the next run is an error, and adopt: true takes the object over: ${what}, ${outcome}`, async () => {
        const { creation: operation } = await writesOf(declared);
        const onRequest = (request: LoggedRequest) => {
          if (!thenReadsFail || request.operation !== operation || planned.remaining > 0) return;
          outage ??= emulator.fail({ operation: "*", with: failed, times: 99 });
        };
        const { emulator, stack } = await begin({ behaviours, onRequest, ...options });
        let outage: PlannedFault | undefined;
        const planned = emulator.fail({ operation, with: fault });
        await assert.rejects(stack.up({ it: declared }), error);
        outage?.cancel();
        assert.deepEqual([count(emulator, operation), stack.has("it")], [1, false]);
        planned.carryOut();
        await assert.rejects(stack.up({ it: declared }), /already exists in Rhombus and is not managed by this/);
        await stack.up({ it: adopting(declared) });
        assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
      });
    }

    it(`succeeds although reads lag: ${what}`, async () => {
      const { creation: operation } = await writesOf(declared);
      const { emulator, stack } = await begin(lagging);
      emulator.fail({ operation, with: { ...failed, when: "after" } });
      await stack.up({ it: declared });
      assert.deepEqual([emulator.remains().length, stack.has("it")], [1, true]);
    });
  }

  it("is an error if several objects match", async () => {
    const onRequest = ({ operation }: LoggedRequest) => operation === create && console.addGroup({ name: "staff" });
    const { emulator, stack, console } = await begin({ onRequest, behaviours });
    emulator.fail({ operation: create, with: { kind: "reset", when: "after" } });
    await assert.rejects(stack.up({ it: group() }), /exists 2 times/);
  });

  it("is an error that warns of a duplicate if it may be carried out late, and one before it as well", async () => {
    const { emulator, stack } = await begin({ behaviours });
    const faults = [{ kind: "reset", when: "late" } as const, timeout];
    const late = faults.map((fault) => emulator.fail({ operation: create, with: fault }));
    await assert.rejects(
      stack.up({ it: group() }),
      /Run .* may still be created\. .*\. An earlier call failed as well, so there may be two then/,
    );
    for (const fault of late) fault.carryOut();
    assert.equal(emulator.remains().length, 2);
  });

  for (const [what, retryAfterSeconds, times, pauses] of [
    ["is sent again after the pause that Rhombus asks for", 30, 1, [0, 2, 28]],
    ["is left to the next run if Rhombus asks for more than five minutes in all", 200, 2, [0, 2, 198, 0, 2]],
  ] as const) {
    it(what, async () => {
      const slept: number[] = [];
      const sleep = async (ms: number) => void slept.push(Math.round(ms / 1000));
      const { emulator, stack } = await begin({ polling: { delaysMs: [0, 2000], sleep } });
      emulator.fail({ operation: create, with: { kind: "status", status: 503, retryAfterSeconds }, times });
      await stack.up({ it: group() }).catch((error: Error) => assert.match(error.message, /503/));
      assert.deepEqual([slept.slice(0, pauses.length), stack.has("it")], [pauses, times === 1]);
      assert.equal(count(emulator, create), 2);
    });
  }
});

describe("lost answers: a first creation that is carried out after the second one", () => {
  afterEach(endAll);

  for (const [what, readLagMs, error, searchFails = false] of [
    ["a duplicate", 0, / remove [\w-]{22} in the Rhombus console: .*now exists more than once/],
    ["a duplicate, although reads lag", 100, /now exists more than once/],
    ["a possible duplicate if reads show neither", 60_000, /may exist twice\. Rhombus does not show it yet\./],
    [
      "a possible duplicate if the search fails",
      0,
      /may exist twice\. The search for a duplicate failed \(.*500/,
      true,
    ],
  ] as const) {
    it(`is reported as ${what}, and the next run finishes the second one`, async () => {
      const onRequest = ({ operation }: LoggedRequest) => {
        if (operation !== create || count(emulator, create) !== 2) return;
        late.carryOut();
        if (searchFails) emulator.fail({ operation: "*", with: failed, times: 99 });
      };
      const polling = readLagMs === 100 ? quickPolling : immediatePolling;
      const { emulator, stack } = await begin({ behaviours: { ...behaviours, readLagMs }, polling, onRequest });
      const late = emulator.fail({ operation: create, with: { kind: "reset", when: "late" } });
      await assert.rejects(stack.up({ it: group() }), error);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [2, true]);
      emulator.clearFaults();
      emulator.behave({ readLagMs: 0 });
      assert.deepEqual(await stack.up({ it: group() }), { it: "update" });
      assert.deepEqual(await stack.up({ it: group() }), { it: "same" });
    });
  }
});

describe("lost answers: a group that was created although Rhombus refused it", () => {
  afterEach(endAll);
  const staff = group({ userUuids: [campusSeed.acme.users.ada.uuid] });

  for (const [what, fault] of [
    ["error: true", { kind: "errorEnvelope", errorMsg: "Something broke.", when: "after" }],
    ["400", { kind: "status", status: 400, when: "after" }],
  ] as const) {
    for (const [readLagMs, error, remaining] of [
      [250, refused, 1],
      [450, /after a failed call .*now exists more than once/, 2],
    ] as const) {
      it(`is found, also after a second creation, if reads lag ${readLagMs} ms: ${what}`, async () => {
        const { emulator, stack } = await begin({ behaviours: { ...behaviours, readLagMs }, polling: quickPolling });
        emulator.fail({ operation: create, with: fault });
        await assert.rejects(stack.up({ it: staff }), error);
        assert.deepEqual([emulator.remains().length, stack.has("it")], [remaining, remaining === 2]);
      });
    }
  }

  it("is not stored if another program created it", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "findAccessControlGroupsByOrg" && emulator.isEmpty() && console.addGroup({ name: "Staff" });
    const { emulator, stack, console } = await begin({ onRequest });
    await assert.rejects(
      stack.up({ it: group() }),
      /although Rhombus refused to create it.*400 .*or it was created outside Pulumi/,
    );
    assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
  });

  it("is a plain error if nothing was created", async () => {
    const { emulator, stack } = await begin();
    emulator.fail({ operation: create, with: { kind: "errorEnvelope", errorMsg: "Something broke." }, times: 2 });
    await assert.rejects(stack.up({ it: staff }), /failed: Rhombus reported "Something broke\."$/);
    assert.deepEqual(emulator.remains(), []);
  });
});
