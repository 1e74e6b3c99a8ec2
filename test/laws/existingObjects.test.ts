import assert from "node:assert/strict";
import { campusSeed, type Fault, type LoggedRequest, livedInSeed, type OperationName } from "../../provider/emulator";
import { begin, count, type Declared, endAll, patient } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const { headquartersOnGuard, warehouseOnGuard } = livedInSeed;

/** What exists at Acme in the seed `livedIn`, declared as if it did not. */
const existing: Readonly<Record<string, { declared: Declared; write: OperationName }>> = {
  "a group": { declared: group({ name: "engineering" }), write: "createAccessControlGroup" },
  "an OnGuard deployment": {
    declared: onGuard({ displayName: "Headquarters OnGuard" }),
    write: "createOrUpdateHoneywellOnGuardIntegration",
  },
  "the Genea integration": { declared: genea(), write: "updateGeneaIntegrationV2" },
  "the Kisi integration": { declared: kisi(), write: "updateKisiIntegrationV2" },
  "the Kisi integration of V1": { declared: kisi({ apiVersion: "V1" }), write: "updateKisiIntegration" },
};

function adopting({ type, inputs }: Declared): Declared {
  return { type, inputs: { ...inputs, adopt: true } };
}

describe("creating: what exists already", () => {
  afterEach(endAll);

  for (const [what, { declared, write }] of Object.entries(existing)) {
    it(`refuses to make ${what} again, and names the ways out`, async () => {
      const { emulator, stack } = await begin({ seed: "livedIn" });
      await assert.rejects(
        stack.up({ it: declared }),
        /exists already.*interrupted may have made it.*`adopt: true`.*`npx pulumi-rhombus import --match --apply`.*`aliases`/,
      );
      assert.equal(count(emulator, write), 0);
      assert.ok(!stack.has("it"));
    });

    it(`takes over ${what} with adopt: true, and shows no change afterwards`, async () => {
      const { stack } = await begin({ seed: "livedIn" });
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "create" });
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "same" });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });

    it(`makes ${what} with adopt: true where none exists`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: adopting(declared) });
      assert.equal(emulator.remains().length, 1);
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "same" });
    });
  }

  it("takes a name for taken only when a fresh read agrees", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "createAccessControlGroup" && console.removeGroup(uuid);
    const { stack, console } = await begin({ onRequest });
    const uuid = console.addGroup({ name: "Staff" });
    await stack.up({ other: group({ name: "Other" }), it: group() });
    assert.equal(console.groups().length, 2);
  });

  it("adopts without touching what the program does not declare", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    const [before] = console.onGuard();
    await stack.up({ it: onGuard({ displayName: "Headquarters OnGuard", adopt: true }) });
    assert.deepEqual(console.onGuard()[0], before);
  });

  it("adopts and brings to what is declared, keeping doors it was not told of with a warning", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    const inputs = { displayName: "Headquarters OnGuard", adopt: true, doorInfoMap: { "1:4": dock }, saveClips: false };
    await stack.up({ it: onGuard(inputs) });
    const [live] = console.onGuard();
    assert.deepEqual([live?.doorInfoMap["1:4"]?.doorName, live?.doorInfoMap["1:7"]?.doorName], ["Dock", "Server room"]);
    assert.equal(live?.flags.saveClips, false);
    assert.match(stack.warnings.join(), /doorInfoMap\["1:7"\] was added/);
  });

  it("recovers webhook URL and secret of an adopted OnGuard deployment", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { onGuardSecretReads: "absent" } });
    await stack.up({ it: onGuard({ displayName: "Headquarters OnGuard", adopt: true }) });
    const { presharedSecret, webhookUrl, rhombusToken } = stack.stored("it").outputs;
    const [live] = console.onGuard();
    assert.deepEqual(
      { presharedSecret, webhookUrl, rhombusToken },
      { ...headquartersOnGuard, webhookUrl: live?.webhookUrl },
    );
  });

  it("refuses to adopt what would be replaced right away, and names the difference", async () => {
    const { stack } = await begin({ seed: "livedIn" });
    const declared = group({ name: "Facilities", adopt: true, locationUuid: acme.locations.warehouse.uuid });
    await assert.rejects(stack.up({ it: declared }), /cannot be adopted: its locationUuid is .* would replace it/);
  });

  it("refuses to adopt when several match, and lists them", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    console.addOnGuard({ displayName: "Headquarters OnGuard" });
    const declared = onGuard({ displayName: "Headquarters OnGuard", adopt: true });
    await assert.rejects(stack.up({ it: declared }), /exists 2 times \(ids .*\).*Nothing was adopted/);
  });
});

describe("creating: OnGuard by token", () => {
  afterEach(endAll);
  const byToken = (inputs = {}) => onGuard({ adopt: headquartersOnGuard.rhombusToken, ...inputs });

  it("adopts the deployment of that token, and gives it the declared name", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    await stack.up({ it: byToken({ displayName: "Main" }) });
    assert.deepEqual(
      console.onGuard().map(({ displayName }) => displayName),
      ["Main", "Warehouse OnGuard"],
    );
    assert.ok(!stack.stored("it").id.includes(headquartersOnGuard.rhombusToken));
  });

  it("fails where no deployment has that token, without showing it", async () => {
    const { stack } = await begin({ seed: "livedIn" });
    const secret = "A".repeat(22);
    await assert.rejects(stack.up({ it: byToken({ adopt: secret }) }), (error: Error) => {
      assert.match(error.message, /cannot be adopted: Rhombus has no object under the text/);
      return !error.message.includes(secret);
    });
  });

  it("refuses the name of another deployment", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    const before = console.onGuard();
    await assert.rejects(stack.up({ it: byToken({ displayName: "Warehouse OnGuard" }) }), /exists already/);
    assert.deepEqual(console.onGuard(), before);
  });

  it("refuses to adopt one deployment for two resources", async () => {
    const { stack } = await begin({ seed: "livedIn" });
    const program = { one: byToken({ displayName: "One" }), other: byToken({ displayName: "Other" }) };
    await assert.rejects(stack.up(program), /Two OnGuardIntegration resources of this program manage the same object/);
  });
});

describe("creating: a lost answer", () => {
  afterEach(endAll);
  const faults: Readonly<Record<string, Fault>> = {
    "a timeout after the write": { kind: "timeout", when: "after" },
    "a reset before the write": { kind: "reset", when: "before" },
    "a reset after the write": { kind: "reset", when: "after" },
    "a 500 before the write": { kind: "status", status: 500, when: "before" },
    "a 500 after the write": { kind: "status", status: 500, when: "after" },
    "an unreadable answer": { kind: "truncated", when: "after" },
    "an empty answer": { kind: "emptyBody", when: "after" },
  };
  const created: Readonly<Record<string, { declared: Declared; write: OperationName }>> = {
    "a group": { declared: group({ userUuids: [acme.users.ada.uuid] }), write: "createAccessControlGroup" },
    "an OnGuard deployment": {
      declared: onGuard({ doorInfoMap: { "1:4": lobby }, saveClips: true }),
      write: "createOrUpdateHoneywellOnGuardIntegration",
    },
  };

  for (const [what, { declared, write }] of Object.entries(created)) {
    for (const [fault, plan] of Object.entries(faults)) {
      it(`ends with exactly one object: ${what}, ${fault}`, async () => {
        const { emulator, stack } = await begin();
        emulator.fail({ operation: write, with: plan });
        await stack.up({ it: declared });
        assert.equal(emulator.remains().length, 1);
        assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
      });
    }

    it(`gives up when it keeps happening, and leaves nothing behind: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 503 }, times: 9 });
      await assert.rejects(stack.up({ it: declared }), /503/);
      assert.deepEqual([emulator.remains(), stack.has("it")], [[], false]);
    });
  }

  for (const [what, declared, write, read] of [
    ["Genea", genea({ saveClips: true }), "updateGeneaIntegrationV2", "getGeneaIntegration"],
    ["Kisi", kisi({ enabled: false }), "updateKisiIntegrationV2", "getKisiIntegrationV2"],
  ] as const) {
    for (const when of ["before", "after"] as const) {
      it(`is of no consequence for the ${what} integration, if it was lost ${when} the write`, async () => {
        const { emulator, stack } = await begin();
        emulator.fail({ operation: write, with: { kind: "status", status: 500, when }, times: 2 });
        assert.deepEqual(await stack.up({ it: declared }), { it: "create" });
        assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
      });
    }

    it(`keeps the ${what} integration that lost answers left behind in the state`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 500, when: "after" } });
      emulator.fail({ operation: read, with: { kind: "status", status: 502 }, skip: 2, times: 2 });
      await assert.rejects(stack.up({ it: declared }), /500/);
      assert.ok(stack.has("it"));
      await stack.up({ it: declared });
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });

    it(`leaves no ${what} integration in the state that was never made`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 500, when: "before" }, times: 9 });
      await assert.rejects(stack.up({ it: declared }), /500/);
      assert.ok(!stack.has("it"));
    });
  }

  it("of an OnGuard create that changed the existing deployment: restores its name and doors", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" } });
    const before = console.onGuard();
    const fault = { kind: "status", status: 500, when: "after" } as const;
    emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: fault });
    await assert.rejects(stack.up({ it: onGuard({ doorInfoMap: { "9:9": lobby } }) }));
    assert.deepEqual([console.onGuard(), stack.has("it")], [before, false]);
  });

  it("that left several objects: names them instead of guessing", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "createAccessControlGroup" && console.addGroup({ name: "staff" });
    const { emulator, stack, console } = await begin({ onRequest, behaviours: { groupNames: "duplicates" } });
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "reset", when: "after" } });
    await assert.rejects(stack.up({ it: group() }), /exists 2 times/);
  });

  it("is understood although reads lag behind", async () => {
    const { emulator, stack } = await begin({ behaviours: { readLagMs: 100 }, patience: patient });
    const fault = { kind: "status", status: 500, when: "after" } as const;
    const writes = [
      "createAccessControlGroup",
      "createOrUpdateHoneywellOnGuardIntegration",
      "updateGeneaIntegrationV2",
    ] as const;
    for (const operation of writes) emulator.fail({ operation, with: fault });
    await stack.up({ group: group(), onGuard: onGuard(), genea: genea() });
    assert.equal(emulator.remains().length, 3);
  });
});

describe("creating: two resources for one object", () => {
  afterEach(endAll);

  for (const [what, { declared }] of Object.entries(existing)) {
    it(`refuses two declarations of ${what} in one program`, async () => {
      const { emulator, stack } = await begin();
      const program = { one: declared, other: adopting(declared) };
      await assert.rejects(stack.up(program, { parallel: true }), /Two .* manage the same object/);
      assert.equal(emulator.remains().length, 1);
    });

    it(`refuses to adopt ${what} that another resource has in the state`, async () => {
      const { stack } = await begin();
      await stack.up({ one: declared });
      await assert.rejects(stack.up({ one: declared, other: adopting(declared) }), /Two .* manage the same object/);
    });

    it(`refuses the diff of ${what} that another resource has just adopted`, async () => {
      const { stack } = await begin();
      await stack.up({ one: declared });
      await assert.rejects(stack.up({ other: adopting(declared), one: declared }), /Two .* manage the same object/);
    });

    it(`does not delete ${what} that another resource has adopted meanwhile, and says so`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ one: declared });
      await stack.up({ other: adopting(declared) });
      assert.equal(emulator.remains().length, 1);
      assert.match(stack.warnings.join(), /is not deleted: another resource of this program has taken it over/);
      assert.deepEqual([stack.has("one"), stack.has("other")], [false, true]);
    });
  }

  for (const [what, one, other, renamed] of [
    ["group", group({ name: "One" }), group({ name: "Other" }), group({ name: "other" })],
    ["OnGuard", onGuard({ displayName: "A" }), onGuard({ displayName: "B" }), onGuard({ displayName: "B" })],
  ] as const) {
    it(`refuses to rename a ${what} onto the name of another`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ one, other });
      await assert.rejects(stack.up({ one: renamed, other }), /Cannot rename: .* exists already/);
      assert.equal(emulator.remains().length, 2);
    });
  }

  it("refuses to rename a group onto the name of one that is being made", async () => {
    const { stack } = await begin();
    await stack.up({ one: group({ name: "One" }) });
    const program = { other: group({ name: "Other" }), one: group({ name: "Other" }) };
    await assert.rejects(stack.up(program), /Two AccessControlGroup resources/);
  });

  for (const seed of ["campus", "livedIn"] as const) {
    it(`lets another resource have what a failed one could not get, with the seed ${seed}`, async () => {
      const { stack } = await begin({ seed });
      const wrong = genea({ apiToken: "wrong-vendor-key", adopt: true });
      await assert.rejects(stack.up({ one: wrong, other: genea({ adopt: true }) }), /refused its own key/);
      assert.deepEqual([stack.has("one"), stack.has("other")], [false, true]);
    });
  }

  it("lets a group change the case of its own name", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ name: "staff" }) });
    await stack.up({ it: group({ name: "STAFF" }) });
    assert.deepEqual(
      console.groups().map(({ name }) => name),
      ["STAFF"],
    );
  });

  it("lets a new resource take the name of one that is deleted first", async () => {
    const { emulator, stack } = await begin();
    const inHeadquarters = group({ locationUuid: acme.locations.headquarters.uuid });
    await stack.up({ it: inHeadquarters });
    assert.deepEqual(await stack.up({ it: group({ locationUuid: acme.locations.warehouse.uuid }) }), { it: "replace" });
    assert.equal(emulator.remains().length, 1);
  });

  it("has groups of guest management neither in its way nor up for adoption", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { groupNames: "duplicates" } });
    await stack.up({ it: group({ name: "Guest hosts", adopt: true }) });
    assert.notEqual(stack.stored("it").id, livedInSeed.groups.guestHosts);
    assert.equal(console.groups().filter(({ name }) => name === "Guest hosts").length, 2);
  });

  it("takes an OnGuard deployment whose name differs only in case for the one that is meant", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn" });
    await assert.rejects(stack.up({ it: onGuard({ displayName: "warehouse onguard" }) }), /exists already/);
    assert.equal(emulator.console(acme.orgUuid).onGuard().length, 2);
    await stack.up({ it: onGuard({ displayName: "warehouse onguard", adopt: true }) });
    assert.equal(stack.stored("it").outputs.rhombusToken, warehouseOnGuard.rhombusToken);
  });
});
