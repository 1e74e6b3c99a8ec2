import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest, livedInSeed } from "../../provider/emulator";
import { begin, count, endAll, patient } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { users } = campusSeed.acme;

describe("behaviours: reads that lag", () => {
  afterEach(endAll);

  for (const [what, one, other] of [
    ["description", { description: "old" }, { description: "new" }],
    ["name", { name: "Staff" }, { name: "Crew" }],
  ] as const) {
    it(`a group's ${what} that was just written is no change to the next refresh, and can be changed back at once`, async () => {
      const { stack, console } = await begin({ behaviours: { readLagMs: 100 }, patience: patient });
      await stack.up({ it: group(one) });
      await stack.up({ it: group(other) });
      await stack.refresh();
      assert.deepEqual([await stack.up({ it: group(other) }), stack.warnings], [{ it: "same" }, []]);
      await stack.up({ it: group(one) });
      assert.deepEqual([{ ...console.groups()[0], ...one }], console.groups());
    });
  }

  it("where they lag for longer than anybody waits, the answer to a group's update is proof enough", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn" });
    const adopted = { name: "Engineering", adopt: true };
    await stack.up({ it: group(adopted) });
    emulator.behave({ readLagMs: 60_000 });
    await stack.up({ it: group({ ...adopted, description: "new" }) });
    assert.equal(stack.stored("it").outputs.description, "new");
  });

  it("a group whose replacement lost its answer is not taken for the one that was deleted", async () => {
    // Where the organization cannot be asked for, the delete looks for the group, and the creation relies on that listing.
    const behaviours = { readLagMs: 100, organizationReads: "refused" } as const;
    const { emulator, stack, console } = await begin({ behaviours, patience: patient });
    const { headquarters, warehouse } = campusSeed.acme.locations;
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "status", status: 500, when: "after" } });
    await stack.up({ it: group({ locationUuid: warehouse.uuid, description: "new" }) });
    assert.deepEqual(
      console.groups().map(({ uuid }) => uuid),
      [stack.stored("it").id],
    );
  });

  for (const [operation, declared] of [
    ["deleteAccessControlGroup", group()],
    ["deleteHoneywellOnGuardIntegration", onGuard()],
    ["deleteGeneaIntegrationV2", genea()],
    ["deleteKisiIntegrationV2", kisi()],
  ] as const) {
    it(`a ${operation} that was carried out succeeds, although its answer was an error`, async () => {
      const { emulator, stack } = await begin({ behaviours: { readLagMs: 100 }, patience: patient });
      await stack.up({ it: declared });
      emulator.fail({ operation, with: { kind: "status", status: 500, when: "after" } });
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
    });
  }
});

describe("behaviours: OnGuard", () => {
  afterEach(endAll);

  it("where a create changes the existing deployment: fails, and restores that one", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" } });
    const before = console.onGuard();
    await assert.rejects(
      stack.up({ it: onGuard({ doorInfoMap: { "9:9": lobby } }) }),
      /answered with the existing one, "Headquarters OnGuard", whose name and doors were restored/,
    );
    assert.deepEqual(console.onGuard(), before);
    assert.ok(!stack.has("it"));
  });

  it("where a create clears the doors of the existing deployment: restores them", async () => {
    const behaviours = { onGuardCreate: "existing", onGuardDoorsOmitted: "cleared" } as const;
    const { stack, console } = await begin({ seed: "livedIn", behaviours });
    const before = console.onGuard();
    await assert.rejects(stack.up({ it: onGuard() }), /name and doors were restored/);
    assert.deepEqual(console.onGuard(), before);
  });

  it("where a create changed the existing deployment and the restore fails: names that one", async () => {
    const write = "createOrUpdateHoneywellOnGuardIntegration";
    const onRequest = ({ operation }: LoggedRequest) => {
      if (operation !== write || count(made.emulator, write) !== 1) return;
      made.emulator.fail({ operation: write, with: { kind: "status", status: 503 }, times: 9 });
    };
    const made = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" }, onRequest });
    await assert.rejects(
      made.stack.up({ it: onGuard() }),
      /changed the OnGuard integration "Headquarters OnGuard".*could not be restored \(.*503.*Check them in the Rhombus/,
    );
  });

  for (const onGuardUnknownToken of ["error", "recreate", "mint"] as const) {
    it(`where an unknown token means "${onGuardUnknownToken}": an update of what is gone makes nothing`, async () => {
      const { stack, console } = await begin({ behaviours: { onGuardUnknownToken } });
      await stack.up({ it: onGuard() });
      console.removeOnGuard();
      await assert.rejects(stack.up({ it: onGuard({ saveClips: true }) }), /no longer exists.*run `pulumi refresh`/);
      assert.deepEqual(console.onGuard(), []);
    });
  }

  it("where an unknown token mints another that no read shows: names that one", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    const adopted = { displayName: "Headquarters OnGuard", adopt: true, doorInfoMap: {} };
    await stack.up({ it: onGuard(adopted) });
    console.removeOnGuard(livedInSeed.headquartersOnGuard.rhombusToken);
    emulator.behave({ onGuardUnknownToken: "mint", readLagMs: 60_000 });
    const changed = onGuard({ ...adopted, doorInfoMap: { "1:1": lobby } });
    await assert.rejects(
      stack.up({ it: changed }),
      /answered the update of .* with the deployment [\w-]{36} \("Headquarters OnGuard"\).*Check both/,
    );
    const left = console.onGuard().map(({ displayName }) => displayName);
    assert.deepEqual(left, ["Warehouse OnGuard", "Headquarters OnGuard"]);
  });

  for (const onGuardSecretReads of ["plain", "masked", "absent"] as const) {
    it(`where reads show the secret ${onGuardSecretReads}: it survives refresh and update`, async () => {
      const { stack, console } = await begin({ behaviours: { onGuardSecretReads } });
      await stack.up({ it: onGuard() });
      const { presharedSecret, webhookUrl } = stack.stored("it").outputs;
      await stack.refresh();
      await stack.up({ it: onGuard({ saveClips: true, doorInfoMap: { "1:4": lobby } }) });
      await stack.refresh();
      const [live] = console.onGuard();
      const { outputs } = stack.stored("it");
      assert.deepEqual([outputs.presharedSecret, outputs.webhookUrl], [presharedSecret, webhookUrl]);
      assert.deepEqual([live?.presharedSecret, live?.webhookUrl], [presharedSecret, webhookUrl]);
    });
  }

  for (const readLagMs of [0, 100]) {
    it(`where flags of deployments left out are lost and reads lag ${readLagMs} ms: a new one harms no other`, async () => {
      const behaviours = { deploymentsOmitted: "removed", settingsWrites: "replace", readLagMs } as const;
      const { stack, console } = await begin({ seed: "livedIn", behaviours, patience: patient });
      console.setOnGuardEnabled(false);
      const before = console.onGuard();
      await new Promise((resolve) => setTimeout(resolve, readLagMs));
      await stack.up({ it: onGuard({ saveClips: true, doorInfoMap: { "1:4": lobby } }) });
      assert.deepEqual(console.onGuard().slice(0, 2), before);
      assert.equal(console.isOnGuardEnabled(), false);
    });
  }

  it("where reads never show a new deployment in time: keeps it in the state, harms no other, and finishes later", async () => {
    const behaviours = { deploymentsOmitted: "removed", readLagMs: 60_000 } as const;
    const { emulator, stack, console } = await begin({ seed: "livedIn", behaviours });
    const before = console.onGuard();
    await assert.rejects(stack.up({ it: onGuard({ saveClips: true }) }), /was made, but Rhombus does not show it yet/);
    assert.deepEqual(console.onGuard().slice(0, 2), before);
    const { id } = stack.stored("it");
    emulator.behave({ readLagMs: 0 });
    assert.deepEqual(await stack.up({ it: onGuard({ saveClips: true }) }), { it: "update" });
    assert.deepEqual([stack.stored("it").id, console.onGuard()[2]?.flags.saveClips], [id, true]);
  });

  it("where reads lag: a new name and a new flag in one update both stay", async () => {
    const { stack, console } = await begin({ behaviours: { readLagMs: 100 }, patience: patient });
    await stack.up({ it: onGuard() });
    await stack.up({ it: onGuard({ displayName: "Main", saveClips: true }) });
    const [live] = console.onGuard();
    assert.deepEqual([live?.displayName, live?.flags.saveClips], ["Main", true]);
  });
});

describe("behaviours: Genea and Kisi", () => {
  afterEach(endAll);

  for (const vendorKeyReads of ["plain", "masked", "absent"] as const) {
    it(`where reads show vendor keys ${vendorKeyReads}: an update keeps the stored key`, async () => {
      const { stack, console } = await begin({ behaviours: { vendorKeyReads } });
      await stack.up({ genea: genea(), kisi: kisi() });
      await stack.up({ genea: genea({ saveClips: true }), kisi: kisi({ enabled: false }) });
      assert.equal(console.genea()?.apiToken, campusSeed.acme.genea.apiToken);
      assert.equal(console.kisi()?.apiSecretKey, campusSeed.acme.kisi.apiSecretKey);
    });
  }

  for (const vendorKeyReads of ["masked", "absent"] as const) {
    it(`where reads show vendor keys ${vendorKeyReads}: nothing is written without a key that is known`, async () => {
      const { emulator, stack, console } = await begin({ seed: "livedIn", behaviours: { vendorKeyReads } });
      const program = { it: { type: "GeneaIntegration", inputs: { adopt: true, indexFaces: true } } } as const;
      await assert.rejects(stack.up(program), /cannot be written without its apiToken.*Declare apiToken/);
      assert.equal(count(emulator, "updateGeneaIntegrationV2"), 0);
      assert.equal(console.genea()?.apiToken, campusSeed.acme.genea.apiToken);
    });
  }

  it("where server-owned fields that a write leaves out are wiped: they stay as they were", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { serverFieldsOmitted: "wiped" } });
    const before = { genea: console.genea(), kisi: console.kisi()?.placeToSettingsMap["41001"] };
    await stack.up({ genea: genea({ adopt: true, indexFaces: true }), kisi: kisi({ adopt: true, enabled: false }) });
    const { rhombusToken, webhookUuid, webhookSignatureSecret, refreshToken } = before.genea ?? {};
    const server = { rhombusToken, webhookUuid, webhookSignatureSecret, refreshToken };
    assert.deepEqual({ ...console.genea(), ...server }, console.genea());
    const place = console.kisi()?.placeToSettingsMap["41001"];
    assert.deepEqual([place?.rhombusToken, place?.webhookId], [before.kisi?.rhombusToken, before.kisi?.webhookId]);
  });

  for (const readLagMs of [0, 100]) {
    it(`where what is left out is wiped and reads lag ${readLagMs} ms: a lost answer to a write that adds costs no token`, async function () {
      // It waits for the pauses between real tries.
      this.timeout(60_000);
      const behaviours = { serverFieldsOmitted: "wiped", readLagMs } as const;
      const { emulator, stack, console } = await begin({ behaviours, patience: patient, config: { maxRetries: "2" } });
      const lost = { kind: "status", status: 500, when: "after" } as const;
      emulator.fail({ operation: "updateGeneaIntegrationV2", with: lost });
      emulator.fail({ operation: "updateKisiIntegrationV2", with: lost, skip: 1 });
      await stack.up({ genea: genea({ indexFaces: true }), kisi: kisi({ placeToSettingsMap: {} }) });
      const places = { placeToSettingsMap: { "41001": { doorInfoMap: {} } } };
      await stack.up({ genea: genea({ indexFaces: true }), kisi: kisi(places) });
      const token = console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken;
      assert.ok(token && console.genea()?.rhombusToken);
      assert.deepEqual(stack.stored("kisi").outputs.placeTokens, { "41001": token });
      assert.equal(stack.stored("genea").outputs.rhombusToken, console.genea()?.rhombusToken);
    });
  }

  it("where what is left out is wiped and maps merge: a second form costs the place that the first one made no token", async () => {
    const behaviours = { serverFieldsOmitted: "wiped", mapWrites: "merge" } as const;
    const { stack, console } = await begin({ behaviours });
    const place = { doorInfoMap: {} };
    await stack.up({ it: kisi({ placeToSettingsMap: { "41001": place } }) });
    await stack.up({ it: kisi({ placeToSettingsMap: { "41002": place } }) });
    const token = console.kisi()?.placeToSettingsMap["41002"]?.rhombusToken;
    assert.ok(token);
    assert.deepEqual(stack.stored("it").outputs.placeTokens, { "41002": token });
  });

  it("where doors that the vendor does not have are reported: names them, keeps the rest, and says what to do", async () => {
    const { stack, console } = await begin({ behaviours: { failedDoors: true } });
    const { lobby: known } = campusSeed.acme.genea.doors;
    const program = { it: genea({ doorInfoMap: { [known.id]: lobby, nowhere: dock } }) };
    await assert.rejects(stack.up(program), /does not show it at doorInfoMap\.nowhere/);
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), [known.id]);
    assert.deepEqual(await stack.up({ it: genea({ doorInfoMap: { [known.id]: lobby } }) }), { it: "update" });
    assert.deepEqual(await stack.refresh(), []);
    assert.deepEqual(await stack.up({ it: genea({ doorInfoMap: { [known.id]: lobby } }) }), { it: "same" });
  });

  it("where doors merge and null keeps: a door's name can be taken out again", async () => {
    const { stack, console } = await begin({ behaviours: { doorWrites: "merge", nulls: "keeps" } });
    const { lobby: door } = campusSeed.acme.genea.doors;
    await stack.up({ it: genea({ doorInfoMap: { [door.id]: lobby } }) });
    const { assignedCameraList } = lobby;
    await stack.up({ it: genea({ doorInfoMap: { [door.id]: { assignedCameraList } } }) });
    assert.equal(console.genea()?.doorInfoMap[door.id]?.doorName, "");
  });

  it("where neither a missing entry nor a null removes a door: says which door stayed", async () => {
    const { stack } = await begin({ behaviours: { mapWrites: "merge", nulls: "keeps" } });
    await stack.up({ it: genea({ doorInfoMap: { "gd-acme-1001": lobby, "gd-acme-3001": dock } }) });
    const without = { it: genea({ doorInfoMap: { "gd-acme-1001": lobby } }) };
    await assert.rejects(stack.up(without), /does not show it at doorInfoMap\["gd-acme-3001"\]/);
  });

  it("gives a place that was removed and came back a token of its own", async () => {
    const { stack, console } = await begin();
    const places = { placeToSettingsMap: { "41001": { doorInfoMap: {} } } };
    await stack.up({ it: kisi(places) });
    const before = console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken;
    await stack.up({ it: kisi({ placeToSettingsMap: {} }) });
    await stack.up({ it: kisi(places) });
    assert.notEqual(console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken, before);
  });
});

describe("behaviours: groups", () => {
  afterEach(endAll);

  for (const unknownUsers of ["skipped", "refused"] as const) {
    it(`where unknown users are ${unknownUsers}: makes the group with the others and names the unknown one`, async () => {
      const { stack, console } = await begin({ behaviours: { unknownUsers } });
      const userUuids = [users.ada.uuid, users.deleted.uuid];
      await assert.rejects(stack.up({ it: group({ userUuids }) }), new RegExp(`userUuids.*${users.deleted.uuid}`));
      assert.deepEqual(console.groups()[0]?.userUuids, [users.ada.uuid]);
      await stack.up({ it: group({ userUuids: [users.ada.uuid] }) });
      assert.deepEqual(await stack.up({ it: group({ userUuids: [users.ada.uuid] }) }), { it: "same" });
    });
  }

  it("where repeated members are refused: a change of members whose answers were lost succeeds without a word", async () => {
    const { emulator, stack, console } = await begin({
      behaviours: { repeatedMembers: "refused" },
      config: { maxRetries: "1" },
    });
    await stack.up({ it: group({ userUuids: [users.ada.uuid, users.ben.uuid] }) });
    for (const operation of ["addUsersToAccessControlGroup", "removeUsersFromAccessControlGroup"] as const) {
      emulator.fail({ operation, with: { kind: "status", status: 500, when: "after" } });
    }
    await stack.up({ it: group({ userUuids: [users.chloe.uuid] }) });
    assert.deepEqual([console.groups()[0]?.userUuids, stack.warnings], [[users.chloe.uuid], []]);
  });

  it("where names may repeat: refuses a taken name all the same", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { groupNames: "duplicates" } });
    await assert.rejects(stack.up({ it: group({ name: "engineering" }) }), /exists already/);
    assert.equal(console.groups().filter(({ name }) => name.toLowerCase() === "engineering").length, 1);
  });

  it("where names repeat already: adopts none of them, and lists them", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { groupNames: "duplicates" } });
    const twin = console.addGroup({ name: "ENGINEERING" });
    await assert.rejects(
      stack.up({ it: group({ name: "Engineering", adopt: true }) }),
      new RegExp(`exists 2 times \\(ids ${livedInSeed.groups.engineering}, ${twin}\\)`),
    );
  });

  for (const deleteMissingGroup of ["succeeds", "error"] as const) {
    it(`where deleting a missing group ${deleteMissingGroup}: destroy succeeds`, async () => {
      const { stack, console } = await begin({ behaviours: { deleteMissingGroup } });
      await stack.up({ it: group() });
      console.removeGroup(stack.stored("it").id);
      await stack.destroy();
    });
  }
});
