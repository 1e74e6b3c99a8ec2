import assert from "node:assert/strict";
import { campusSeed, type OperationName } from "../../provider/emulator";
import { begin, type Declared, endAll, type Properties } from "../drivers/stack";
import { genea, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const places = { placeToSettingsMap: { "41001": { doorInfoMap: { "51001": lobby } } } };

/** An integration, the read that shows it, and the outputs that are secrets of the server. */
const integrations: Readonly<
  Record<
    string,
    { declared: Declared; changed: Declared; read: OperationName; slot: string; secrets: readonly string[] }
  >
> = {
  Genea: {
    declared: genea(),
    changed: genea({ saveClips: true }),
    read: "getGeneaIntegration",
    slot: "orgIntegrationV2",
    secrets: ["rhombusToken", "refreshToken", "webhookSignatureSecret"],
  },
  Kisi: {
    declared: kisi(places),
    changed: kisi({ ...places, enabled: false }),
    read: "getKisiIntegrationV2",
    slot: "orgIntegrationV2",
    secrets: ["placeTokens"],
  },
  "Kisi V1": {
    declared: kisi({ apiVersion: "V1", saveClips: false }),
    changed: kisi({ apiVersion: "V1", saveClips: true }),
    read: "getKisiIntegration",
    slot: "kisiSettings",
    secrets: ["rhombusToken"],
  },
};

const secretFields = ["rhombusToken", "refreshToken", "webhookSignatureSecret", "apiToken", "apiSecretKey"];

/** An answer with its secrets masked or removed. */
function hiding(value: unknown, how: "masked" | "absent"): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
    if (!secretFields.includes(name) || typeof each !== "string") return [[name, hiding(each, how)]];
    return how === "masked" ? [[name, "********"]] : [];
  });
  return Object.fromEntries(entries);
}

/** The secrets in an answer. */
function textsOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (secretFields.includes(name) ? [each] : textsOf(each)));
}

async function answerOf(url: string, operation: OperationName): Promise<Properties> {
  const headers = { "x-auth-scheme": "api-token", "x-auth-apikey": acme.apiKey, "content-type": "application/json" };
  const path = `/api/integrations/accessControl/${operation}`;
  const response = await fetch(`${url}${path}`, { method: "POST", headers, body: "{}" });
  const body: unknown = await response.json();
  assert.ok(typeof body === "object" && body !== null);
  return Object.fromEntries(Object.entries(body));
}

describe("secrets", () => {
  afterEach(endAll);

  for (const [what, { declared, changed, read, slot, secrets }] of Object.entries(integrations)) {
    for (const how of ["masked", "absent"] as const) {
      it(`of the server stay in the state and at Rhombus if reads show them ${how}: ${what}`, async () => {
        const { emulator, stack } = await begin({ behaviours: { serverFieldsOmitted: "wiped" } });
        await stack.up({ it: declared });
        const before = stack.stored("it").outputs;
        const answer = await answerOf(emulator.url, read);
        const body = { ...answer, [slot]: hiding(answer[slot], how) };
        const fault = emulator.fail({ operation: read, with: { kind: "status", status: 200, body }, times: 2 });
        await stack.refresh();
        for (const name of secrets) assert.deepEqual(stack.stored("it").outputs[name], before[name], name);
        await stack.up({ it: changed });
        assert.equal(fault.remaining, 0);
        const live = await answerOf(emulator.url, read);
        assert.deepEqual(textsOf(live[slot]), textsOf(answer[slot]));
      });
    }
  }

  it("in an answer replace those of the state", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: kisi(places) });
    console.setKisiPlace("41001", undefined);
    console.setKisiPlace("41001", { placeName: "Anew", doorInfoMap: { "51001": lobby } });
    await stack.refresh();
    const { rhombusToken } = console.kisi()?.placeToSettingsMap["41001"] ?? {};
    assert.deepEqual(stack.stored("it").outputs.placeTokens, { "41001": rhombusToken });
  });

  it("that a lost answer held are requested by the next up, also after a refresh", async () => {
    const { emulator, console, stack } = await begin();
    const lost = { kind: "status", status: 500, when: "after" } as const;
    emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: lost, times: 2 });
    await assert.rejects(stack.up({ it: onGuard() }));
    assert.equal(stack.stored("it").outputs.webhookUrl, undefined);
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: onGuard() }), { it: "update" });
    assert.equal(stack.stored("it").outputs.webhookUrl, console.onGuard()[0]?.webhookUrl);
    assert.deepEqual(await stack.up({ it: onGuard() }), { it: "same" });
  });

  it("are never part of an id", async () => {
    const { stack } = await begin();
    await stack.up({ it: onGuard() });
    const { id, outputs } = stack.stored("it");
    for (const secret of ["rhombusToken", "presharedSecret"]) assert.ok(!id.includes(`${outputs[secret]}`));
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/);
  });

  it("are not shown by an error of check", async () => {
    const { stack } = await begin();
    const long = "s".repeat(5_000);
    await assert.rejects(stack.preview({ it: genea({ apiToken: long }) }), (error: Error) => {
      assert.match(error.message, /apiToken has 5000 characters/);
      return !error.message.includes("sss");
    });
  });

  it("are not shown by an error of check if the settings are invalid", async () => {
    const { stack } = await begin({ config: { apiKey: "a key of several words", region: "several" } });
    const inputs = { apiToken: "geneaCanary", doorInfoMap: { "1": { geneaCanary: true } } };
    await assert.rejects(stack.preview({ it: genea(inputs) }), ({ message }: Error) => {
      assert.match(message, /"several" is not a region.*rhombus:apiKey: holds a space.*\[secret\]/s);
      return !/geneaCanary|several words/.test(message);
    });
  });

  it("in `adopt` are not stored in the outputs", async () => {
    const { stack, console } = await begin();
    const { rhombusToken } = console.addOnGuard({ displayName: "HQ" });
    await stack.up({ it: onGuard({ adopt: rhombusToken }) });
    const { outputs, inputs } = stack.stored("it");
    assert.ok(!("adopt" in outputs));
    assert.equal(inputs.adopt, rhombusToken);
  });
});
