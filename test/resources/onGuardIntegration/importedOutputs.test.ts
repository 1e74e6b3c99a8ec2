import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { begin, calls, endAll, type Stack } from "../../drivers/stack";
import { onGuard } from "../declared";

const { acme } = campusSeed;
const WRITE = "createOrUpdateHoneywellOnGuardIntegration";

describe("outputs that an import did without", () => {
  afterEach(endAll);

  /** The deployment `it`, with a state that has no webhook URL. */
  const imported = async (hidden: object) => {
    const { emulator, stack } = await begin();
    await stack.up({ it: onGuard() });
    strip(stack, hidden);
    emulator.clearRequests();
    return { emulator, stack };
  };
  const strip = (stack: Stack, hidden: object) => {
    const { outputs, ...stored } = stack.stored("it");
    const { webhookUrl: _url, ...others } = outputs;
    stack.store("it", { ...stored, outputs: { ...others, ...hidden } });
  };
  const unasked = { __unasked: ["webhookUrl"] };

  it("are asked for where the state does not say so", async () => {
    const { stack } = await imported({});
    assert.deepEqual(await stack.preview({ it: onGuard() }), { it: "update" });
  });

  it("are no reason for an update, before a refresh and after it", async () => {
    const { stack } = await imported(unasked);
    assert.deepEqual(await stack.preview({ it: onGuard() }), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: onGuard() }), { it: "same" });
  });

  it("let a flag be written alone", async () => {
    const { emulator, stack } = await imported(unasked);
    await stack.up({ it: onGuard({ saveClips: true }) });
    assert.ok(!calls(emulator).includes(WRITE));
    assert.equal(stack.stored("it").outputs.webhookUrl, undefined);
  });

  it("come with a refresh where reads show them", async () => {
    const { emulator, stack } = await imported(unasked);
    emulator.behave({ onGuardUrlReads: "plain" });
    await stack.refresh();
    assert.equal(stack.stored("it").outputs.webhookUrl, emulator.console(acme.orgUuid).onGuard()[0]?.webhookUrl);
    assert.ok(stack.stored("it").secrets.has("webhookUrl"));
  });

  it("come with the next write that has another reason", async () => {
    const { stack } = await imported(unasked);
    await stack.up({ it: onGuard({ displayName: "Headquarters" }) });
    assert.match(String(stack.stored("it").outputs.webhookUrl), /^http/);
  });
});
