import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type Emulator, type Fault, type FaultPlan } from "../../../provider/emulator";
import { asAcme, ask, asPartner, at, call, closeAll, paths, start } from "./caller";

const { bluebird } = campusSeed;
const create = "createAccessControlGroup";

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

// The laws on lost and late answers prove `timeout` and `late`.
describe("emulator: faults", () => {
  afterEach(closeAll);

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

  for (const [fault, check] of seen) {
    it(`${fault.kind}: the client sees it, and the write is done if it is after it`, async () => {
      for (const when of ["before", "after"] as const) {
        const { emulator, answer } = await createWithFault({ ...fault, when });
        await check(answer);
        assert.equal(emulator.isEmpty(), when === "before");
        assert.equal(emulator.requests()[0]?.status === 0, fault.kind === "reset");
      }
    });
  }

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

  type FaultyAnswer = readonly [fault: Fault, status: number, text: RegExp, type: string, retryAfter?: string];
  const busy = /^Too many api requests\. Enhance your calm\.$/;
  const onlyErrors = /^\{"error":true,"warningMsg":null,"errorMsg":"no","authError":true\}$/;
  const merged: Fault = { kind: "errorEnvelope", error: false, errorMsg: null, failedGuids: ["x"], when: "after" };
  const answers: readonly FaultyAnswer[] = [
    [{ kind: "html502" }, 502, /<h1>502 Bad Gateway<\/h1>/, "text/html"],
    [{ kind: "rateLimited", retryAfterSeconds: 7 }, 429, busy, "text/plain", "7"],
    [{ kind: "rateLimited" }, 429, busy, "text/plain"],
    [{ kind: "status", status: 500, body: "oops", retryAfterSeconds: 7 }, 500, /^oops$/, "text/plain", "7"],
    [{ kind: "errorEnvelope", errorMsg: "no", authError: true, when: "after" }, 200, onlyErrors, "application/json"],
    [merged, 200, /"name":"Staff".*"failedGuids":\["x"\]/, "application/json"],
  ];
  for (const [fault, status, text, type, retryAfter = null] of answers) {
    it(`${JSON.stringify(fault)}: answers ${status}`, async () => {
      const answer = await (await createWithFault(fault)).answer;
      assert.match(answer.text, text);
      const { headers } = answer;
      const shown = [answer.status, headers.get("content-type"), headers.get("retry-after")];
      assert.deepEqual(shown, [status, type, retryAfter]);
    });
  }

  const statuses = async (emulator: Emulator, count: number) => {
    const answers: number[] = [];
    for (let index = 0; index < count; index++) answers.push((await call(emulator, "getOrgV2")).status);
    return answers;
  };
  const plan: FaultPlan = { operation: "getOrgV2", with: { kind: "status", status: 500 } };

  it("apply to the given number of calls, after the given number of successes", async () => {
    const emulator = await start();
    const planned = emulator.fail({ ...plan, times: 2, skip: 1 });
    assert.deepEqual(await statuses(emulator, 4), [200, 500, 500, 200]);
    assert.equal(planned.remaining, 0);
  });

  it("apply to one operation in the order of their planning", async () => {
    const emulator = await start();
    for (const status of [500, 502, 503]) emulator.fail({ operation: "getOrgV2", with: { kind: "status", status } });
    assert.equal((await call(emulator, "getLocations")).status, 200);
    assert.deepEqual(await statuses(emulator, 4), [500, 502, 503, 200]);
  });

  it("apply to any operation with *, and to one organization if given", async () => {
    const emulator = await start();
    emulator.fail({ ...plan, operation: "*", organization: bluebird.orgUuid });
    assert.deepEqual(await statuses(emulator, 1), [200]);
    assert.equal((await call(emulator, "getOrgV2", {}, { ...asPartner, "x-auth-org": bluebird.orgUuid })).status, 500);
  });

  it("do not apply to calls with a refused key, and can be cancelled, one or all", async () => {
    const emulator = await start();
    const planned = emulator.fail(plan);
    assert.equal((await call(emulator, "getOrgV2", {}, {})).status, 401);
    assert.equal(planned.remaining, 1);
    planned.cancel();
    assert.deepEqual(await statuses(emulator, 1), [200]);
    emulator.fail(plan);
    emulator.clearFaults();
    assert.deepEqual(await statuses(emulator, 1), [200]);
  });

  it("reject an operation that does not exist", async () => {
    const emulator = await start();
    const wrong: FaultPlan = JSON.parse('{"operation":"getOrgV3","with":{"kind":"reset"}}');
    assert.throws(() => emulator.fail(wrong), /no operation "getOrgV3"/);
  });
});
