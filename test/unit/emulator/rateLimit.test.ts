import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed } from "../../../provider/emulator";
import { asPartner, call, closeAll, start } from "./caller";

const { bluebird } = campusSeed;
const asBluebird = { ...asPartner, "x-auth-org": bluebird.orgUuid };

describe("emulator: rate limit", () => {
  let clock: sinon.SinonFakeTimers;

  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
  });

  afterEach(async () => {
    clock.restore();
    await closeAll();
  });

  it("answers 429 in plain text with Retry-After when the bucket is empty, and does not carry the call out", async () => {
    const emulator = await start({ rateLimit: { ratePerSecond: 0.25, burst: 1 } });
    await call(emulator, "getOrgV2");
    const answer = await call(emulator, "createAccessControlGroup", { name: "Staff" });
    assert.deepEqual([answer.status, answer.text], [429, "Too many api requests. Enhance your calm."]);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain/);
    assert.equal(answer.headers.get("retry-after"), "4");
    assert.equal(emulator.isEmpty(), true);
    clock.tick(2000);
    assert.equal((await call(emulator, "getOrgV2")).headers.get("retry-after"), "2");
    clock.tick(2000);
    assert.equal((await call(emulator, "getOrgV2")).status, 200);
  });

  it("refills at its rate and never above its burst, and a change refills all buckets", async () => {
    const emulator = await start({ rateLimit: { ratePerSecond: 1, burst: 2 } });
    const expect = async (...statuses: number[]) => {
      for (const status of statuses) assert.equal((await call(emulator, "getOrgV2")).status, status);
    };
    await expect(200);
    clock.tick(60_000);
    await expect(200, 200, 429);
    clock.tick(1000);
    await expect(200, 429);
    emulator.limitRate({ ratePerSecond: 1, burst: 1 });
    await expect(200, 429);
    emulator.limitRate(undefined);
    await expect(200, 200, 200);
  });

  it("counts each organization, whatever the key, and a partner's own calls", async () => {
    const emulator = await start({ rateLimit: { ratePerSecond: 1, burst: 1 } });
    for (const status of [200, 429]) {
      assert.equal((await call(emulator, "getOrgV2")).status, status);
      assert.equal((await call(emulator, "getOrgV2", {}, asBluebird)).status, status);
      assert.equal((await call(emulator, "getClientsV2", {}, asPartner)).status, status);
    }
    const own = { "x-auth-scheme": "api-token", "x-auth-apikey": bluebird.apiKey };
    assert.equal((await call(emulator, "getOrgV2", {}, own)).status, 429);
  });

  it("rejects numbers that are not positive", async () => {
    await assert.rejects(start({ rateLimit: { ratePerSecond: 0, burst: 1 } }), RangeError);
    await assert.rejects(start({ rateLimit: { ratePerSecond: 1, burst: 0 } }), RangeError);
  });
});
