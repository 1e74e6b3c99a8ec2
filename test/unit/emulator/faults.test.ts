import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type Emulator, type Fault, type FaultPlan } from "../../../provider/emulator";
import { asAcme, ask, asPartner, at, call, closeAll, paths, start } from "./caller";

const { acme, bluebird } = campusSeed;
const create = "createAccessControlGroup";
const groupCount = (emulator: Emulator) => emulator.console(acme.orgUuid).groups().length;

/** Creates a group with a fault. */
async function createWithFault(fault: Fault) {
  const emulator = await start();
  emulator.fail({ operation: create, with: fault });
  return { emulator, answer: call(emulator, create, { name: "Staff" }) };
}

/** The code of the socket error under a failed fetch. */
async function socketError(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
  } catch (error) {
    return error instanceof Error ? at(error.cause, "code") : error;
  }
  return assert.fail("the call was answered");
}

describe("emulator: faults", () => {
  afterEach(closeAll);

  const brief = (url: string) =>
    fetch(url, { method: "POST", headers: asAcme, body: '{"name":"Staff"}', signal: AbortSignal.timeout(100) });

  /** The faults, and what a client sees of each. */
  const seen: readonly (readonly [Fault, (answer: ReturnType<typeof call>) => Promise<unknown>])[] = [
    [
      { kind: "status", status: 503, body: { msg: "busy" } },
      async (answer) => sinon.assert.match(await answer, { status: 503, body: { msg: "busy" } }),
    ],
    [{ kind: "emptyBody" }, async (answer) => sinon.assert.match(await answer, { status: 200, text: "" })],
    [{ kind: "reset" }, async (answer) => assert.match(String(await socketError(answer)), /ECONNRESET|UND_ERR_SOCKET/)],
    [{ kind: "truncated" }, async (answer) => assert.match(String(await socketError(answer)), /UND_ERR/)],
  ];

  for (const [when, count] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    for (const [fault, check] of seen) {
      it(`${fault.kind} ${when}: the client sees it, the write ${count ? "committed" : "not done"}`, async () => {
        const { emulator, answer } = await createWithFault({ ...fault, when });
        await check(answer);
        assert.equal(groupCount(emulator), count);
        assert.equal(emulator.requests()[0]?.status === 0, fault.kind === "reset");
      });
    }

    it(`timeout ${when}: never answers, the write ${count ? "committed" : "not done"}`, async () => {
      const emulator = await start();
      emulator.fail({ operation: create, with: { kind: "timeout", when } });
      await assert.rejects(brief(`${emulator.url}${paths.get(create)}`), { name: "TimeoutError" });
      assert.equal(groupCount(emulator), count);
    });
  }

  it("late: fails at once, and carries the call out on carryOut()", async () => {
    const emulator = await start();
    const late = emulator.fail({ operation: create, with: { kind: "status", status: 504, when: "late" }, times: 2 });
    const answers = [await call(emulator, create, { name: "Staff" }), await call(emulator, create, { name: "STAFF" })];
    assert.deepEqual([answers.map(({ status }) => status), groupCount(emulator)], [[504, 504], 0]);
    late.carryOut();
    late.carryOut();
    assert.equal(groupCount(emulator), 1);
  });

  it("hang: sends the head and half of the body, then nothing, until the emulator closes", async () => {
    const emulator = await start();
    emulator.fail({ operation: create, with: { kind: "hang", when: "after" } });
    const url = `${emulator.url}${paths.get(create)}`;
    const response = await fetch(url, { method: "POST", headers: asAcme, body: '{"name":"Staff"}' });
    const reader = response.body?.getReader() ?? assert.fail();
    const first = await reader.read();
    assert.ok((first.value?.length ?? 0) < Number(response.headers.get("content-length")));
    let isOver = false;
    const rest = assert.rejects(reader.read().finally(() => (isOver = true)));
    for (const _ of [1, 2, 3]) await ask(emulator, "getOrgV2");
    assert.equal(isOver, false);
    await emulator.close();
    await rest;
  });

  it("html502: answers with the page of a gateway", async () => {
    const answer = await (await createWithFault({ kind: "html502" })).answer;
    assert.equal(answer.status, 502);
    assert.equal(answer.headers.get("content-type"), "text/html");
    assert.match(answer.text, /<h1>502 Bad Gateway<\/h1>/);
  });

  it("rateLimited: answers 429 in plain text, and with Retry-After if given", async () => {
    for (const [fault, header] of [
      [{ retryAfterSeconds: 7 }, "7"],
      [{}, null],
    ] as const) {
      const answer = await (await createWithFault({ kind: "rateLimited", ...fault })).answer;
      assert.deepEqual([answer.status, answer.text], [429, "Too many api requests. Enhance your calm."]);
      assert.equal(answer.headers.get("retry-after"), header);
    }
  });

  it("status: answers a text as plain text, and with Retry-After if given", async () => {
    const fault: Fault = { kind: "status", status: 500, body: "oops", retryAfterSeconds: 7 };
    const { status, text, headers } = await (await createWithFault(fault)).answer;
    assert.deepEqual([status, text], [500, "oops"]);
    assert.deepEqual([headers.get("content-type"), headers.get("retry-after")], ["text/plain", "7"]);
  });

  it("errorEnvelope: answers 200 with the vendor's error fields and nothing else", async () => {
    const answer = await (
      await createWithFault({ kind: "errorEnvelope", errorMsg: "no", authError: true, when: "after" })
    ).answer;
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { error: true, errorMsg: "no", warningMsg: null, authError: true });
  });

  it("errorEnvelope without an error: merges its fields into the real answer", async () => {
    const fault: Fault = { kind: "errorEnvelope", error: false, errorMsg: null, failedGuids: ["x"], when: "after" };
    const answer = await (await createWithFault(fault)).answer;
    sinon.assert.match(answer.body, { error: false, failedGuids: ["x"], group: { name: "Staff" } });
  });

  it("apply to the given number of calls, after the given number of successes", async () => {
    const emulator = await start();
    const planned = emulator.fail({ operation: "getOrgV2", times: 2, skip: 1, with: { kind: "status", status: 500 } });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) statuses.push((await call(emulator, "getOrgV2")).status);
    assert.deepEqual(statuses, [200, 500, 500, 200]);
    assert.equal(planned.remaining, 0);
  });

  it("apply to one operation in the order of their planning", async () => {
    const emulator = await start();
    for (const status of [500, 502, 503]) emulator.fail({ operation: "getOrgV2", with: { kind: "status", status } });
    assert.equal((await call(emulator, "getLocations")).status, 200);
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) statuses.push((await call(emulator, "getOrgV2")).status);
    assert.deepEqual(statuses, [500, 502, 503, 200]);
  });

  it("apply to any operation with *, and to one organization if given", async () => {
    const emulator = await start();
    emulator.fail({ operation: "*", organization: bluebird.orgUuid, with: { kind: "status", status: 500 } });
    assert.equal((await call(emulator, "getOrgV2")).status, 200);
    assert.equal((await call(emulator, "getOrgV2", {}, { ...asPartner, "x-auth-org": bluebird.orgUuid })).status, 500);
  });

  it("do not apply to calls with a refused key", async () => {
    const emulator = await start();
    const planned = emulator.fail({ operation: "getOrgV2", with: { kind: "status", status: 500 } });
    assert.equal((await call(emulator, "getOrgV2", {}, {})).status, 401);
    assert.equal(planned.remaining, 1);
  });

  it("can be cancelled, one or all", async () => {
    const emulator = await start();
    const plan: FaultPlan = { operation: "getOrgV2", with: { kind: "status", status: 500 } };
    emulator.fail(plan).cancel();
    assert.equal((await call(emulator, "getOrgV2")).status, 200);
    emulator.fail(plan);
    emulator.clearFaults();
    assert.equal((await call(emulator, "getOrgV2")).status, 200);
  });

  it("reject an operation that does not exist", async () => {
    const emulator = await start();
    const plan: FaultPlan = JSON.parse('{"operation":"getOrgV3","with":{"kind":"reset"}}');
    assert.throws(() => emulator.fail(plan), /no operation "getOrgV3"/);
  });
});
