import assert from "node:assert/strict";
import { withoutSecretValues } from "../../../../provider/cli/apply/updatePlan";

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the update plan of apply", () => {
  it("accepts any value of a secret, and holds every other value to what was planned", () => {
    const goal = {
      type: "t",
      inputDiff: { adds: { name: "A", token: secret }, updates: { list: [secret], size: 1 }, deletes: ["gone"] },
      outputDiff: { updates: { url: { deep: secret } } },
    };
    const state = {
      name: "A",
      token: secret,
      list: [secret],
      size: 1,
      gone: secret,
      kept: secret,
      url: { deep: secret },
    };
    const deleted = { steps: ["delete"], state: {} };
    const text = JSON.stringify({
      manifest: { version: "3" },
      resourcePlans: { a: { goal, state, steps: ["update"] }, b: deleted },
    });
    assert.deepEqual(JSON.parse(withoutSecretValues(text)), {
      manifest: { version: "3" },
      resourcePlans: {
        a: {
          goal: {
            type: "t",
            inputDiff: {
              adds: { name: "A", token: UNKNOWN },
              updates: { list: UNKNOWN, size: 1, kept: UNKNOWN, url: UNKNOWN },
              deletes: ["gone"],
            },
            outputDiff: {
              adds: {},
              updates: { url: UNKNOWN, token: UNKNOWN, list: UNKNOWN, gone: UNKNOWN, kept: UNKNOWN },
            },
          },
          state,
          steps: ["update"],
        },
        b: deleted,
      },
    });
  });

  it("is refused in an unknown format", () => {
    assert.throws(() => withoutSecretValues('{"plans":{}}'), /writes update plans in an unknown format/);
  });
});
