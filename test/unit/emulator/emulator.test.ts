import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { campus, isRuuid, livedIn } from "../../../provider/emulator";
import { operations } from "../../../provider/emulator/domains/domains";
import { operations as clientOperations } from "../../../provider/rhombus/api/operations";
import { ask, call, closeAll, start } from "./caller";

describe("emulator: start and stop", () => {
  afterEach(closeAll);

  it("listens on a free port of 127.0.0.1, or on a given port", async () => {
    const first = await start();
    assert.equal(first.url, `http://127.0.0.1:${first.port}`);
    await assert.rejects(start({ port: first.port }), { code: "EADDRINUSE" });
    await first.close();
    assert.equal((await start({ port: first.port })).port, first.port);
  });

  it("has each operation once, where the client calls it, and knows which of them write", () => {
    const byName = new Map<string, (typeof operations)[number]>(operations.map((each) => [each.name, each]));
    assert.equal(byName.size, operations.length);
    for (const [name, { service, writes }] of Object.entries(clientOperations)) {
      const { kind, path } = byName.get(name) ?? assert.fail(name);
      assert.deepEqual(
        [path, kind],
        [`${service}/${name}`, writes ? (name.startsWith("delete") ? "delete" : "write") : "read"],
      );
    }
  });

  it("closes connections that wait for an answer, and idle ones, at once", async () => {
    const emulator = await start();
    emulator.fail({ operation: "getOrgV2", with: { kind: "timeout" } });
    const idle = connect(emulator.port, "127.0.0.1");
    await once(idle, "connect");
    const closed = once(idle.resume(), "close");
    const waiting = assert.rejects(call(emulator, "getOrgV2"));
    while (emulator.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([emulator.close(), waiting, closed]);
    await assert.rejects(call(emulator, "getOrgV2"));
  });

  it("delays calls by the latency, and does not keep a process alive for them once it is closed", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const emulator = await start({ latencyMs: 30 });
    await ask(emulator, "getOrgV2");
    assert.ok((emulator.requests()[0]?.durationMs ?? 0) >= 29);
    emulator.delayCalls(60_000);
    const waiting = assert.rejects(call(emulator, "getOrgV2"));
    const before = timers();
    while (emulator.requests().length === 1) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([emulator.close(), waiting]);
    assert.ok(timers() <= before);
  });
});

describe("emulator: seeds", () => {
  for (const [name, seed] of [
    ["campus", campus()],
    ["livedIn", livedIn()],
  ] as const) {
    it(`has well-formed and distinct ids, and cameras and members that exist, in ${name}`, () => {
      const uuids = seed.partners.map(({ uuid }) => uuid);
      for (const {
        uuid,
        locations,
        cameras,
        users,
        groups = [],
        onGuard = [],
        schedules = [],
        ...others
      } of seed.organizations) {
        const { accessControlledDoors: doors = [], elevatorLandingUuids = [] } = others;
        const { accessGrants = [], accessRevocations = [], scheduleUses = [] } = others;
        const places = locations.map((each) => each.uuid);
        const people = users.map((each) => each.uuid);
        const parts = locations.flatMap(({ subLocations = [] }) => subLocations.map((part) => part.uuid));
        uuids.push(uuid, ...places, ...parts, ...people, ...onGuard.map((each) => each.rhombusToken));
        uuids.push(...[...cameras, ...groups, ...schedules, ...doors].map((each) => each.uuid));
        uuids.push(
          ...elevatorLandingUuids,
          ...[...accessGrants, ...accessRevocations, ...scheduleUses].map((each) => each.uuid),
        );
        assert.ok(
          [...cameras, ...doors, ...accessGrants, ...accessRevocations].every(({ locationUuid }) =>
            places.includes(locationUuid),
          ),
        );
        assert.ok(groups.flatMap(({ userUuids = [] }) => userUuids).every((user) => people.includes(user)));
      }
      assert.deepEqual(
        uuids.filter((uuid) => !isRuuid(uuid)),
        [],
      );
      assert.equal(new Set(uuids).size, uuids.length);
    });
  }
});
