import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { calls } from "../../drivers/calls";
import { begin, endAll } from "../../drivers/stack";
import { onGuard } from "../declared";

const { acme } = campusSeed;
const WRITE = "createOrUpdateHoneywellOnGuardIntegration";

describe("OnGuard: outputs that an import did not request", () => {
  afterEach(endAll);

  /** The deployment `it`, with a state that has no webhook URL. */
  const imported = async (metadata: object) => {
    const { emulator, stack } = await begin();
    await stack.up({ it: onGuard() });
    const stored = stack.stored("it");
    const { webhookUrl: _url, ...outputs } = stored.outputs;
    stack.store("it", { ...stored, outputs: { ...outputs, ...metadata } });
    emulator.clearRequests();
    return { emulator, stack };
  };
  const unrequested = { __unasked: ["webhookUrl"] };

  it("are requested if the state does not list them", async () => {
    const { stack } = await imported({});
    assert.deepEqual(await stack.preview({ it: onGuard() }), { it: "update" });
  });

  it("cause no update, before a refresh and after it", async () => {
    const { stack } = await imported(unrequested);
    assert.deepEqual(await stack.preview({ it: onGuard() }), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: onGuard() }), { it: "same" });
  });

  it("are not requested by an update of a flag", async () => {
    const { emulator, stack } = await imported(unrequested);
    await stack.up({ it: onGuard({ saveClips: true }) });
    assert.ok(!calls(emulator).includes(WRITE));
    assert.equal(stack.stored("it").outputs.webhookUrl, undefined);
  });

  it("are stored by a refresh if reads show them", async () => {
    const { emulator, stack } = await imported(unrequested);
    emulator.behave({ onGuardUrlReads: "plain" });
    await stack.refresh();
    assert.equal(stack.stored("it").outputs.webhookUrl, emulator.console(acme.orgUuid).onGuard()[0]?.webhookUrl);
    assert.ok(stack.stored("it").secrets.has("webhookUrl"));
  });

  it("are stored by the next write", async () => {
    const { stack } = await imported(unrequested);
    await stack.up({ it: onGuard({ displayName: "Headquarters" }) });
    assert.match(String(stack.stored("it").outputs.webhookUrl), /^http/);
  });
});
